package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;
import java.util.List;

/** Whether an expression of a statement is that of a definition. */
final class SameExpression {
    private SameExpression() {}

    /** True only if it is certain; names of columns are compared without qualifiers and without regard to case. */
    static boolean test(Expression a, LiteralSlots slots, Expression b, LiteralSlots otherSlots) {
        if (a instanceof Expression.Column x && b instanceof Expression.Column y) {
            return x.name().equalsIgnoreCase(y.name());
        }
        if (a instanceof Expression.Literal x && b instanceof Expression.Literal y) {
            return x.kind() == y.kind() && text(slots, x.slot(), otherSlots, y.slot());
        }
        if (a instanceof Expression.Binary x && b instanceof Expression.Binary y) {
            return x.operator() == y.operator()
                    && test(x.left(), slots, y.left(), otherSlots)
                    && test(x.right(), slots, y.right(), otherSlots);
        }
        if (a instanceof Expression.Unary x && b instanceof Expression.Unary y) {
            return x.operator() == y.operator() && test(x.operand(), slots, y.operand(), otherSlots);
        }
        if (a instanceof Expression.Call x && b instanceof Expression.Call y) {
            return x.name().equals(y.name()) && all(x.arguments(), slots, y.arguments(), otherSlots);
        }
        return a instanceof Expression.Unit && a.equals(b);
    }

    private static boolean all(List<Expression> a, LiteralSlots slots, List<Expression> b, LiteralSlots otherSlots) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!test(a.get(i), slots, b.get(i), otherSlots)) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(LiteralSlots slots, int slot, LiteralSlots otherSlots, int other) {
        return slot < slots.count()
                && other < otherSlots.count()
                && Arrays.equals(
                        slots.text(),
                        slots.start(slot),
                        slots.end(slot),
                        otherSlots.text(),
                        otherSlots.start(other),
                        otherSlots.end(other));
    }
}
