package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.condition.ConditionCompiler;
import com.oceanbase.odp.routing.partition.condition.RowidRows;
import com.oceanbase.odp.routing.partition.rowid.Rowid;
import com.oceanbase.odp.routing.trace.CalcRowid;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/** Records what was read from the ROWIDs that rows of a table are compared with: CALC_ROWID. */
final class RowidPoints {
    private static final int MOST = 16;

    private RowidPoints() {}

    static void add(RouteTrace trace, PartitionedTable table, StatementAccess statement, EvaluationContext context) {
        if (!table.oracleMode()) {
            return;
        }
        List<Expression> texts = new ArrayList<>();
        for (QueryBlock block : statement.blocks()) {
            for (TableAccess access : block.tables()) {
                if (access.table().name().equalsIgnoreCase(table.name())) {
                    collect(ConditionCompiler.compile(table, access, block.conditionOf(access)), texts);
                }
            }
        }
        texts.stream()
                .limit(MOST)
                .map(text -> point(RowidRows.of(table, Evaluator.evaluate(text, context))))
                .forEach(trace::add);
    }

    private static void collect(Condition condition, List<Expression> texts) {
        switch (condition) {
            case Condition.Junction(boolean _, List<Condition> terms) -> terms.forEach(term -> collect(term, texts));
            case Condition.ByRowid(List<Expression> values) -> texts.addAll(values);
            default -> {
                // Says nothing about ROWIDs.
            }
        }
    }

    private static CalcRowid point(RowidRows rows) {
        CalcRowid.State state = switch (rows.rowid()) {
            case null -> CalcRowid.State.RESOLVE_ROWID_TO_OBOBJ;
            case Rowid.Malformed _ -> CalcRowid.State.DECODE_ROWID;
            default -> rows.box() == null ? CalcRowid.State.GET_PART_ID_FROM_DECODED_ROWID : CalcRowid.State.SUCCESS;
        };
        CalcRowid.Version version = switch (rows.rowid()) {
            case Rowid.Heap(boolean extended, long _) ->
                extended ? CalcRowid.Version.EXT_HEAP_TABLE_ROWID_VERSION : CalcRowid.Version.HEAP_TABLE_ROWID_VERSION;
            case Rowid.Logical(boolean primaryKey, List<Rowid.KeyValue> _) ->
                primaryKey ? CalcRowid.Version.PK_ROWID_VERSION : CalcRowid.Version.NO_PK_ROWID_VERSION;
            case Rowid.Malformed _ -> CalcRowid.Version.INVALID_ROWID_VERSION;
            case null -> CalcRowid.Version.INVALID_ROWID_VERSION;
        };
        return new CalcRowid(state, version, rows.problem());
    }
}
