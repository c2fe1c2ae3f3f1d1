package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.ClockExpressions;
import com.oceanbase.odp.routing.partition.condition.ClockValues;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.condition.ConditionEvaluator;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.condition.Region;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to find the partitions of one table in one statement, whatever its literals and parameters are. Immutable and safe for all threads. The
 * usual lookup by integers and strings takes a way without allocation.
 */
public final class PartitionPlan {
    /** How far the server's clock may be from this one, with the way there. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final PartitionedTable table;
    private final Condition condition;
    private final @Nullable RowPlan rows;
    private final @Nullable PartitionSet named;
    private final @Nullable PlainPlan plain;

    /** Whether a value depends on when the statement runs. */
    private final boolean clocked;

    /** The result, if no value has a part in it. */
    private final @Nullable PartitionSet constant;

    PartitionPlan(
            PartitionedTable table,
            Condition condition,
            @Nullable RowPlan rows,
            @Nullable PartitionSet named,
            @Nullable PlainPlan plain) {
        this.table = table;
        this.condition = condition;
        this.rows = rows;
        this.named = named;
        this.plain = plain;
        this.clocked = rows == null ? dependsOnClock(condition) : rows.dependsOnClock();
        this.constant = rows == null && isConstant(condition)
                ? conditioned(new EvaluationContext(new LiteralSlots(), ParameterValues.NONE, SessionValues.MYSQL))
                : null;
    }

    private static boolean dependsOnClock(Condition condition) {
        return switch (condition) {
            case Condition.Junction(boolean _, List<Condition> terms) ->
                terms.stream().anyMatch(PartitionPlan::dependsOnClock);
            case Condition.Compare compare -> ClockExpressions.depends(compare.value());
            case Condition.OnExpression onExpression -> ClockExpressions.depends(onExpression.value());
            case Condition.OneOf oneOf -> oneOf.values().stream().anyMatch(ClockExpressions::depends);
            default -> false;
        };
    }

    /** Whether a condition leaves the same partitions whatever its constants are. */
    private static boolean isConstant(Condition condition) {
        return switch (condition) {
            case Condition.Always _ -> true;
            case Condition.Unusable unusable -> unusable.filter() == null;
            case Condition.Junction(boolean _, List<Condition> terms) ->
                terms.stream().allMatch(PartitionPlan::isConstant);
            default -> false;
        };
    }

    /** The table that it is for. */
    public PartitionedTable table() {
        return table;
    }

    /** The partitions that the statement touches with these values. */
    public PartitionSet evaluate(EvaluationContext context) {
        return evaluate(context.literals(), context.parameters(), context.session());
    }

    /** The partitions that the statement touches with these values. */
    public PartitionSet evaluate(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        if (constant != null) {
            return constant;
        }
        PartitionSet found = plain(literals, parameters, session);
        if (found != null) {
            return found;
        }
        if (table.leafCount() == 1) {
            return table.leaf(0);
        }
        if (clocked) {
            found = atClock(literals, parameters, session);
            if (found != null) {
                return found;
            }
        }
        // Without a clock: a time of day that counts from today is not to be computed by this machine's clock alone.
        return calculated(literals, parameters, session.clock() == null ? session : session.withClock(null));
    }

    private @Nullable PartitionSet plain(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        if (plain != null) {
            return plain.evaluate(literals, parameters, session);
        }
        return rows == null || named != null ? null : rows.plain(literals, parameters, session);
    }

    private PartitionSet calculated(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return rows == null
                ? conditioned(new EvaluationContext(literals, parameters, session))
                : rows.evaluate(literals, parameters, session, named);
    }

    /** With both ends of the time that the server's clock may show; null if there is no clock. */
    private @Nullable PartitionSet atClock(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        SessionValues.StatementClock clock = session.clock();
        if (clock == null) {
            return null;
        }
        Instant now = clock.now();
        Instant early = now.minus(TOLERANCE);
        Instant late = now.plus(TOLERANCE);
        PartitionSet before = calculated(literals, parameters, session.withClock(new ClockValues.End(early, late)));
        PartitionSet after = calculated(literals, parameters, session.withClock(new ClockValues.End(late, early)));
        BitSet leaves = before.leaves();
        if (leaves.equals(after.leaves()) || after.empty()) {
            return before;
        }
        if (before.empty()) {
            return after;
        }
        leaves.or(after.leaves());
        return PartitionSet.of(
                        table.leafCount(),
                        leaves,
                        PartitionSet.Precision.SUPERSET,
                        "it depends on the server's clock: " + leaves.cardinality() + " partitions possible")
                .preferring(before.preferred());
    }

    private PartitionSet conditioned(EvaluationContext context) {
        ConditionEvaluator evaluator = new ConditionEvaluator(table, context);
        Region region = evaluator.evaluate(condition);
        LeafFinder finder = new LeafFinder(table, context);
        if (region.isEmpty()) {
            return noRow(region, "no row fulfils the condition");
        }
        BitSet leaves = new BitSet(table.leafCount());
        for (Box box : region.boxes()) {
            if (!box.isEmpty()) {
                finder.add(box, leaves);
            }
        }
        if (leaves.isEmpty()) {
            return noPartition(finder, region);
        }
        if (named != null) {
            leaves.and(named.leaves());
            if (leaves.isEmpty()) {
                return table.leaf(named.preferred())
                        .forNoRow("the partitions in the statement hold no row that fulfils the condition");
            }
        }
        return result(region, evaluator.unusable(), leaves);
    }

    private PartitionSet result(Region region, String unusable, BitSet leaves) {
        int count = leaves.cardinality();
        if (count == 1) {
            return table.leaf(leaves.nextSetBit(0));
        }
        boolean all = count == table.leafCount();
        String reason = Explanation.of(table, region, unusable, count);
        if (all && !unusable.isEmpty()) {
            return PartitionSet.all(count, reason);
        }
        PartitionSet.Precision precision =
                unusable.isEmpty() ? PartitionSet.Precision.EXACT : PartitionSet.Precision.SUPERSET;
        return PartitionSet.of(table.leafCount(), leaves, precision, reason);
    }

    /** Any partition will do. The server takes its first, or the default one of a list of several columns of which some are free. */
    private PartitionSet noRow(Region region, String reason) {
        if (named != null) {
            return table.leaf(named.preferred()).forNoRow(reason);
        }
        int leaf = FirstLeaf.of(table);
        if (table.second() == null
                && !region.boxes().isEmpty()
                && hasFreeColumn(region.boxes().getFirst())) {
            for (int i = 0; i < table.leafCount(); i++) {
                leaf = table.leaves().get(i).isDefault() ? i : leaf;
            }
        }
        return table.leaf(leaf).forNoRow(reason);
    }

    /**
     * No partition is for the values. The server names the first leaf then, but it does not prune by each condition on floating point and
     * unsigned decimal keys: of these a leaf is taken whose other level fits.
     */
    private PartitionSet noPartition(LeafFinder finder, Region region) {
        String reason = "no partition is for such values";
        Box box = region.boxes().getFirst();
        List<TableColumn> columns = table.columns();
        boolean loosened = false;
        for (int i = 0; i < columns.size(); i++) {
            ObjectType type = columns.get(i).type().type();
            boolean loose =
                    type.kind() == ObjectType.Kind.REAL || type.kind() == ObjectType.Kind.EXACT && type.isUnsigned();
            if (loose) {
                box = box.with(i, Domain.Any.INSTANCE);
                loosened = true;
            }
        }
        BitSet leaves = new BitSet(table.leafCount());
        if (loosened && table.second() != null && named == null) {
            finder.add(box, leaves);
        }
        return leaves.isEmpty()
                ? noRow(region, reason)
                : table.leaf(leaves.nextSetBit(0)).forNoRow(reason);
    }

    private boolean hasFreeColumn(Box box) {
        return table.first().columns().stream().anyMatch(column -> box.domain(column) instanceof Domain.Any);
    }
}
