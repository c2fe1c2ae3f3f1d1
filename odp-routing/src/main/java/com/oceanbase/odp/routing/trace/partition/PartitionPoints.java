package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.trace.CalcPartitionId;
import com.oceanbase.odp.routing.trace.ExprParse;
import com.oceanbase.odp.routing.trace.FetchTableRelatedData;
import com.oceanbase.odp.routing.trace.PartitionIdCalcDone;
import com.oceanbase.odp.routing.trace.PartitionNames;
import com.oceanbase.odp.routing.trace.ResolveExpr;
import com.oceanbase.odp.routing.trace.ResolveToken;
import com.oceanbase.odp.routing.trace.ResolveToken.Type;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.partition.KeyConditions.KeyCondition;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Records how the partitions of a statement were calculated: EXPR_PARSE, CALC_ROWID, RESOLVE_EXPR, RESOLVE_TOKEN, CALC_PARTITION_ID
 * and PARTITION_ID_CALC_DONE. The calculation itself is not asked, so that it costs nothing for the sake of this; what it
 * found, and why, is in its {@link PartitionSet}.
 */
public final class PartitionPoints {
    private static final int DETAIL_LEVEL = 3;
    private static final int MOST_TOKENS = 16;

    private final PartitionedTable table;
    private final StatementAccess access;
    private final EvaluationContext context;

    private PartitionPoints(PartitionedTable table, StatementAccess access, EvaluationContext context) {
        this.table = table;
        this.access = access;
        this.context = context;
    }

    /**
     * Records a calculation.
     *
     * @param access tables and conditions of the statement
     * @param context values of the statement
     * @param result what was calculated
     * @param routedSql the statement, when it is not the request's own; else empty
     */
    public static void add(
            RouteTrace trace,
            PartitionedTable table,
            StatementAccess access,
            EvaluationContext context,
            PartitionSet result,
            String routedSql) {
        PartitionPoints points = new PartitionPoints(table, access, context);
        if (trace.wants(DETAIL_LEVEL)) {
            points.addDetails(trace, result);
        }
        trace.add(points.done(result).withPartName(points.named()).withRoutedSql(routedSql));
    }

    /** The names that the statement gives in PARTITION (..). */
    private String named() {
        for (QueryBlock block : access.blocks()) {
            for (TableAccess used : block.tables()) {
                if (used.table().name().equalsIgnoreCase(table.name())
                        && !used.partitions().isEmpty()) {
                    return String.join(",", used.partitions());
                }
            }
        }
        return "";
    }

    /** The definition of a table that has just been fetched. */
    public static FetchTableRelatedData fetched(PartitionedTable table) {
        PartitionLevel second = table.second();
        return FetchTableRelatedData.partitioned(
                second == null ? 1 : 2,
                isUnknown(table.first()) || (second != null && isUnknown(second)),
                TableText.expression(table, table.first()),
                second == null ? "" : TableText.expression(table, second),
                "");
    }

    private static boolean isUnknown(PartitionLevel level) {
        return level.function() == PartitionFunction.UNSUPPORTED;
    }

    private void addDetails(RouteTrace trace, PartitionSet result) {
        List<Integer> keys = new ArrayList<>(table.first().columns());
        PartitionLevel second = table.second();
        if (second != null) {
            second.columns().stream().filter(column -> !keys.contains(column)).forEach(keys::add);
        }
        List<KeyCondition> conditions = KeyConditions.of(table, keys, access);
        List<String> texts = new ArrayList<>();
        conditions.forEach(condition -> texts.add(text(condition)));
        String missing = texts.isEmpty() ? "no condition on " + names(keys) : "";
        trace.add(new ExprParse(String.join(",", texts), access.complete() ? missing : incomplete(missing)));
        RowidPoints.add(trace, table, access, context);
        trace.add(new ResolveExpr(
                KeyRange.of(table.first().columns(), conditions, this::value),
                second == null ? "" : KeyRange.of(second.columns(), conditions, this::value),
                ""));
        tokens(trace, conditions);
        trace.add(new CalcPartitionId(TableText.of(table), result.reason()));
    }

    private static String incomplete(String missing) {
        String note = "part of the statement was not understood";
        return missing.isEmpty() ? note : missing + "; " + note;
    }

    private String names(List<Integer> keys) {
        List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add(table.columns().get(key).name()));
        return (names.size() == 1 ? "key column " : "key columns ") + String.join(", ", names);
    }

    private String text(KeyCondition condition) {
        BinaryOperator operator = condition.operator();
        return operator == null
                ? ExpressionText.of(condition.whole(), context.literals())
                : table.columns().get(condition.column()).name()
                        + ExpressionText.symbol(operator)
                        + ExpressionText.of(condition.values().getFirst(), context.literals());
    }

    private String value(Expression expression) {
        SqlValue value = Evaluator.evaluate(expression, context);
        return value.isUnknown() ? ExpressionText.of(expression, context.literals()) : ValueText.plain(value);
    }

    private void tokens(RouteTrace trace, List<KeyCondition> conditions) {
        int written = 0;
        for (KeyCondition condition : conditions) {
            for (Expression value : condition.values()) {
                if (written++ == MOST_TOKENS) {
                    return;
                }
                trace.add(token(value));
            }
        }
    }

    private ResolveToken token(Expression expression) {
        SqlValue value = Evaluator.evaluate(expression, context);
        String why = value instanceof SqlValue.Unknown unknown ? unknown.reason() : "";
        return new ResolveToken(
                type(expression),
                ValueText.typed(value),
                ExpressionText.of(expression, context.literals()),
                expression instanceof Expression.Call call ? call.name() : "",
                !value.isUnknown(),
                why);
    }

    private static Type type(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literalType(literal.kind());
            case Expression.AdjacentStrings ignored -> Type.TOKEN_STR_VAL;
            case Expression.Introduced ignored -> Type.TOKEN_STR_VAL;
            case Expression.Temporal ignored -> Type.TOKEN_STR_VAL;
            case Expression.Constant constant ->
                constant.kind() == ConstantKind.NULL ? Type.TOKEN_NULL : Type.TOKEN_NONE;
            case Expression.Placeholder ignored -> Type.TOKEN_PLACE_HOLDER;
            case Expression.NamedPlaceholder ignored -> Type.TOKEN_PLACE_HOLDER;
            case Expression.Column ignored -> Type.TOKEN_COLUMN;
            case Expression.Call ignored -> Type.TOKEN_FUNC;
            case Expression.Cast ignored -> Type.TOKEN_FUNC;
            case Expression.Binary ignored -> Type.TOKEN_OPERATOR;
            case Expression.Unary unary ->
                unary.operand() instanceof Expression.Literal literal
                        ? literalType(literal.kind())
                        : Type.TOKEN_OPERATOR;
            default -> Type.TOKEN_NONE;
        };
    }

    private static Type literalType(LiteralKind kind) {
        return switch (kind) {
            case INTEGER -> Type.TOKEN_INT_VAL;
            case HEX, BIT -> Type.TOKEN_HEX_VAL;
            case DECIMAL, FLOAT, STRING, NATIONAL_STRING -> Type.TOKEN_STR_VAL;
        };
    }

    private PartitionIdCalcDone done(PartitionSet result) {
        int level = table.second() == null ? 1 : 2;
        int single = result.single();
        String why = result.reason();
        if (result.empty()) {
            why = why.isEmpty() ? "no row can match: any partition will do" : why;
        } else if (single < 0 && result.size() > 1) {
            String possible = result.size() + " of " + table.leafCount() + " partitions possible";
            why = why.isEmpty() ? possible : why + ": " + possible;
        }
        if (single >= 0) {
            return PartitionIdCalcDone.one(table.leaves().get(single).physicalId(), level, positions(result), why);
        }
        boolean all = result.size() == table.leafCount();
        return PartitionIdCalcDone.several(level, all ? "" : positions(result), result.size(), why);
    }

    private String positions(PartitionSet result) {
        PartitionNames names = new PartitionNames();
        int partition = 0;
        for (int leaf = result.next(0); leaf >= 0; leaf = result.next(leaf + 1)) {
            while (partition + 1 < table.partitions().size() && table.firstLeaf(partition + 1) <= leaf) {
                partition++;
            }
            if (table.second() == null) {
                names.add(leaf);
            } else {
                names.add(partition, leaf - table.firstLeaf(partition));
            }
        }
        return names.text();
    }
}
