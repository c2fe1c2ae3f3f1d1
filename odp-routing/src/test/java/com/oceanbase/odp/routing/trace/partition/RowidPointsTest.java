package com.oceanbase.odp.routing.trace.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.rowid.RowidBytes;
import com.oceanbase.odp.routing.trace.RouteTexts;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowidPointsTest {
    private static final PartitionedTable TABLE = new PartitionedTable(
            new PartitionedTable.Identity("DB", "T", 1, 1, true),
            List.of(new TableColumn("ID", ColumnType.of(ObjectType.NUMBER), 0, false, null, null)),
            new PartitionLevel(PartitionFunction.HASH, List.of(0), null, List.of()),
            null,
            List.of(
                    new Partition("P0", 1, 200_001, List.of(), List.of(), false, List.of()),
                    new Partition("P1", 2, 200_002, List.of(), List.of(), false, List.of())));

    @Test
    void saysWhatARowidIs() {
        assertThat(trace("SELECT * FROM T WHERE ROWID = '" + RowidBytes.heap(200_002, 1) + "'"))
                .contains("CALC_ROWID:{state:\"SUCCESS\", version:\"HEAP_TABLE_ROWID_VERSION\"");
        assertThat(trace("SELECT * FROM T WHERE ROWID = '" + RowidBytes.extendedHeap(7, 1) + "' OR ID = 1"))
                .contains("state:\"GET_PART_ID_FROM_DECODED_ROWID\", version:\"EXT_HEAP_TABLE_ROWID_VERSION\"");
        assertThat(trace("SELECT * FROM T WHERE ROWID = 'no'"))
                .contains("state:\"DECODE_ROWID\", version:\"INVALID_ROWID_VERSION\"");
        assertThat(trace("SELECT * FROM T WHERE ROWID = ?")).contains("state:\"RESOLVE_ROWID_TO_OBOBJ\"");
        assertThat(trace("SELECT * FROM T WHERE ID = 1")).doesNotContain("CALC_ROWID");
    }

    private static String trace(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.ORACLE, slots);
        RouteTrace trace = RouteTrace.explaining();
        PartitionPoints.add(
                trace,
                TABLE,
                access,
                new EvaluationContext(slots, ParameterValues.NONE, SessionValues.ORACLE),
                TABLE.all(),
                "");
        return RouteTexts.tree(trace, null);
    }
}
