package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an expression into a {@link Condition} on the columns of one table. What it leaves out only makes the condition weaker: rows for which
 * the expression is true always fulfil the condition.
 */
public final class ConditionCompiler {
    private final PartitionedTable table;
    private final TableAccess access;

    private ConditionCompiler(PartitionedTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    /** The condition that an expression puts on the rows of a table as a statement uses it. */
    public static Condition compile(PartitionedTable table, TableAccess access, @Nullable Expression expression) {
        return expression == null
                ? Condition.Always.INSTANCE
                : new ConditionCompiler(table, access).compile(expression, false);
    }

    private Condition compile(Expression expression, boolean negated) {
        return switch (expression) {
            case Expression.Junction(boolean and, List<Expression> terms) -> junction(and != negated, terms, negated);
            case Expression.Unary(UnaryOperator operator, Expression operand)
            when operator == UnaryOperator.NOT -> compile(operand, !negated);
            case Expression.Binary binary when isComparison(binary.operator()) -> comparison(binary, negated);
            case Expression.Between between -> between(between, negated);
            case Expression.In in -> in(in, negated);
            case Expression.Is is -> is(is, negated);
            case Expression.Like like -> like(like, negated);
            default -> constantOrRest(expression, negated);
        };
    }

    private Condition junction(boolean and, List<Expression> terms, boolean negated) {
        List<Condition> compiled = new ArrayList<>(terms.size());
        for (Expression term : terms) {
            compiled.add(compile(term, negated));
        }
        return junction(and, compiled);
    }

    private static Condition junction(boolean and, List<Condition> terms) {
        List<Condition> kept = new ArrayList<>(terms.size());
        for (Condition term : terms) {
            if (term instanceof Condition.Always) {
                if (!and) {
                    return term;
                }
            } else {
                kept.add(term);
            }
        }
        return switch (kept.size()) {
            case 0 -> Condition.Always.INSTANCE;
            case 1 -> kept.getFirst();
            default -> new Condition.Junction(and, List.copyOf(kept));
        };
    }

    private static boolean isComparison(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
    }

    private Condition comparison(Expression.Binary binary, boolean negated) {
        if (binary.left() instanceof Expression.Row(List<Expression> left)
                && binary.right() instanceof Expression.Row(List<Expression> right)
                && left.size() == right.size()) {
            return rows(binary.operator(), left, right, negated);
        }
        BinaryOperator operator = negated ? inverse(binary.operator()) : binary.operator();
        int column = column(binary.left());
        if (column >= 0 && ExpressionColumns.isConstant(binary.right())) {
            Filter filter = filter(binary, negated);
            return compare(column, operator, binary.right(), negated, isCollated(binary.left()), filter);
        }
        column = column(binary.right());
        if (column >= 0 && ExpressionColumns.isConstant(binary.left())) {
            Filter filter = filter(binary, negated);
            return compare(column, flip(operator), binary.left(), negated, isCollated(binary.right()), filter);
        }
        if (operator == BinaryOperator.EQUAL) {
            if (isRowid(binary.left()) && ExpressionColumns.isConstant(binary.right())) {
                return new Condition.ByRowid(List.of(rowidText(binary.right())));
            }
            if (isRowid(binary.right()) && ExpressionColumns.isConstant(binary.left())) {
                return new Condition.ByRowid(List.of(rowidText(binary.left())));
            }
        }
        return onExpression(binary, operator, negated);
    }

    /** Whether an operand is the pseudo column of Oracle mode; no column of a table can have that name. */
    private boolean isRowid(Expression operand) {
        return table.oracleMode()
                && operand instanceof Expression.Column column
                && column.name().equals("ROWID")
                && isOfTable(column)
                && table.columnIndex(column.name()) < 0;
    }

    /** CHARTOROWID only changes the type. */
    private static Expression rowidText(Expression constant) {
        return constant instanceof Expression.Call(String name, List<Expression> arguments)
                        && name.equals("CHARTOROWID")
                        && arguments.size() == 1
                ? arguments.getFirst()
                : constant;
    }

    /** An expression of columns that is compared with a constant may be a partition expression. */
    private Condition onExpression(Expression.Binary binary, BinaryOperator operator, boolean negated) {
        boolean usable =
                operator != BinaryOperator.NOT_EQUAL && !(negated && operator == BinaryOperator.NULL_SAFE_EQUAL);
        Condition rest = constantOrRest(binary, negated);
        if (!usable || !(rest instanceof Condition.Unusable unusable)) {
            return rest;
        }
        boolean constantRight = ExpressionColumns.isConstant(binary.right());
        if (!constantRight && !ExpressionColumns.isConstant(binary.left())) {
            return rest;
        }
        Expression operand = constantRight ? binary.left() : binary.right();
        Expression value = constantRight ? binary.right() : binary.left();
        BinaryOperator seen = constantRight ? operator : flip(operator);
        for (int level = 0; level < 2; level++) {
            PartitionLevel divided = level == 0 ? table.first() : table.second();
            StoredExpression stored = divided == null ? null : divided.expression();
            if (stored != null && stored.expression().getClass() == operand.getClass()) {
                return new Condition.OnExpression(level, operand, seen, value, unusable.reason(), unusable.filter());
            }
        }
        return rest;
    }

    /** What list partitions can be checked for; null if the table has none, or the expression depends on other columns. */
    private @Nullable Filter filter(Expression expression, boolean negated) {
        PartitionLevel level = table.first().function().isList() ? table.first() : table.second();
        if (level == null || !level.function().isList()) {
            return null;
        }
        List<Expression.Column> used = new ArrayList<>();
        if (!ExpressionColumns.collect(expression, used) || used.isEmpty()) {
            return null;
        }
        Set<Integer> columns = new HashSet<>();
        for (Expression.Column column : used) {
            int index = own(column);
            if (index < 0) {
                return null;
            }
            columns.add(index);
        }
        Expression checked = negated ? new Expression.Unary(UnaryOperator.NOT, expression) : expression;
        return new Filter(checked, Set.copyOf(columns));
    }

    private static Condition checked(Condition condition, @Nullable Filter filter) {
        return filter == null ? condition : junction(true, List.of(condition, new Condition.Checked(filter)));
    }

    private static boolean isCollated(Expression expression) {
        return expression instanceof Expression.Collate;
    }

    /** A negated {@code <=>} has no inverse among the operators. */
    private Condition compare(
            int column,
            BinaryOperator operator,
            Expression value,
            boolean negated,
            boolean collated,
            @Nullable Filter filter) {
        if (operator == BinaryOperator.NOT_EQUAL || negated && operator == BinaryOperator.NULL_SAFE_EQUAL) {
            return checked(
                    operator == BinaryOperator.NOT_EQUAL
                            ? new Condition.NullTest(column, true)
                            : Condition.Always.INSTANCE,
                    filter);
        }
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NULL_SAFE_EQUAL;
        if (collated && !equality) {
            return new Condition.Unusable("column " + name(column) + " is compared by another collation", filter);
        }
        return new Condition.Compare(column, operator, value, filter);
    }

    private static BinaryOperator inverse(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> BinaryOperator.NOT_EQUAL;
            case NOT_EQUAL -> BinaryOperator.EQUAL;
            case LESS -> BinaryOperator.GREATER_EQUAL;
            case LESS_EQUAL -> BinaryOperator.GREATER;
            case GREATER -> BinaryOperator.LESS_EQUAL;
            case GREATER_EQUAL -> BinaryOperator.LESS;
            default -> operator;
        };
    }

    private static BinaryOperator flip(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_EQUAL -> BinaryOperator.GREATER_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_EQUAL -> BinaryOperator.LESS_EQUAL;
            default -> operator;
        };
    }

    private Condition rows(BinaryOperator operator, List<Expression> left, List<Expression> right, boolean negated) {
        if (negated) {
            return Condition.Always.INSTANCE;
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> {
                List<Condition> terms = new ArrayList<>();
                for (int i = 0; i < left.size(); i++) {
                    terms.add(compile(new Expression.Binary(operator, left.get(i), right.get(i)), false));
                }
                yield junction(true, terms);
            }
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> orderedRows(operator, left, right);
            default -> Condition.Always.INSTANCE;
        };
    }

    /** {@code (a,b) > (x,y)} is {@code a > x OR a = x AND b > y}. */
    private Condition orderedRows(BinaryOperator operator, List<Expression> left, List<Expression> right) {
        BinaryOperator strict = switch (operator) {
            case LESS_EQUAL -> BinaryOperator.LESS;
            case GREATER_EQUAL -> BinaryOperator.GREATER;
            default -> operator;
        };
        List<Condition> alternatives = new ArrayList<>();
        List<Condition> equal = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            BinaryOperator here = i == left.size() - 1 ? operator : strict;
            List<Condition> terms = new ArrayList<>(equal);
            terms.add(compile(new Expression.Binary(here, left.get(i), right.get(i)), false));
            alternatives.add(junction(true, terms));
            equal.add(compile(new Expression.Binary(BinaryOperator.EQUAL, left.get(i), right.get(i)), false));
        }
        return junction(false, alternatives);
    }

    private Condition between(Expression.Between between, boolean outerNegated) {
        boolean negated = between.negated() != outerNegated;
        Condition low =
                compile(new Expression.Binary(BinaryOperator.GREATER_EQUAL, between.operand(), between.low()), negated);
        Condition high =
                compile(new Expression.Binary(BinaryOperator.LESS_EQUAL, between.operand(), between.high()), negated);
        return junction(!negated, List.of(low, high));
    }

    private Condition in(Expression.In in, boolean outerNegated) {
        boolean negated = in.negated() != outerNegated;
        if (in.operand() instanceof Expression.Row(List<Expression> operands)) {
            if (negated) {
                return Condition.Always.INSTANCE;
            }
            List<Condition> alternatives = new ArrayList<>();
            for (Expression element : in.elements()) {
                if (!(element instanceof Expression.Row(List<Expression> values)) || values.size() != operands.size()) {
                    return constantOrRest(in, outerNegated);
                }
                alternatives.add(rows(BinaryOperator.EQUAL, operands, values, false));
            }
            return junction(false, alternatives);
        }
        int column = column(in.operand());
        if (column < 0 && !negated && isRowid(in.operand())) {
            return in.elements().stream().allMatch(ExpressionColumns::isConstant)
                    ? new Condition.ByRowid(in.elements().stream()
                            .map(ConditionCompiler::rowidText)
                            .toList())
                    : constantOrRest(in, outerNegated);
        }
        if (column < 0) {
            return inWithConstantOperand(in, negated);
        }
        Filter filter = filter(in, outerNegated);
        if (negated) {
            return checked(new Condition.NullTest(column, true), filter);
        }
        for (Expression element : in.elements()) {
            if (!ExpressionColumns.isConstant(element)) {
                return constantOrRest(in, outerNegated);
            }
        }
        return new Condition.OneOf(column, in.elements(), filter);
    }

    /** {@code 5 IN (a, 7)} is {@code a = 5 OR 5 = 7}. */
    private Condition inWithConstantOperand(Expression.In in, boolean negated) {
        if (negated || !ExpressionColumns.isConstant(in.operand())) {
            return constantOrRest(in, negated != in.negated());
        }
        List<Condition> alternatives = new ArrayList<>();
        for (Expression element : in.elements()) {
            alternatives.add(compile(new Expression.Binary(BinaryOperator.EQUAL, element, in.operand()), false));
        }
        return junction(false, alternatives);
    }

    private Condition is(Expression.Is is, boolean outerNegated) {
        int column = column(is.operand());
        if (column < 0 || is.what() != ConstantKind.NULL) {
            return constantOrRest(is, outerNegated);
        }
        return new Condition.NullTest(column, is.negated() != outerNegated);
    }

    private Condition like(Expression.Like like, boolean outerNegated) {
        int column = column(like.operand());
        boolean constant = ExpressionColumns.isConstant(like.pattern())
                && (like.escape() == null || ExpressionColumns.isConstant(like.escape()));
        if (column < 0 || !constant) {
            return constantOrRest(like, outerNegated);
        }
        return like.negated() != outerNegated
                ? checked(new Condition.NullTest(column, true), filter(like, outerNegated))
                : new Condition.Like(column, like.pattern(), like.escape(), filter(like, outerNegated));
    }

    private Condition constantOrRest(Expression expression, boolean negated) {
        if (ExpressionColumns.isConstant(expression)) {
            return new Condition.Truth(expression, negated);
        }
        List<Expression.Column> used = new ArrayList<>();
        if (ExpressionColumns.collect(expression, used)) {
            for (Expression.Column column : used) {
                int index = own(column);
                if (index >= 0 && isKey(index)) {
                    return new Condition.Unusable(
                            "column " + name(index) + " is not compared with a constant", filter(expression, negated));
                }
            }
        }
        return Condition.Always.INSTANCE;
    }

    private boolean isKey(int column) {
        return table.first().columns().contains(column)
                || table.second() != null && table.second().columns().contains(column);
    }

    private String name(int column) {
        return table.columns().get(column).name();
    }

    /** Index of the column that an operand is, -1 if it is something else. A COLLATE around it only makes equality stricter. */
    private int column(Expression operand) {
        return switch (operand) {
            case Expression.Column column -> own(column);
            case Expression.Collate(Expression inner, String collation)
            when inner instanceof Expression.Column column
                    && (collation.endsWith("_bin") || collation.equals("binary")) -> own(column);
            default -> -1;
        };
    }

    /** Index of a column if it belongs to this table as the statement uses it. */
    private int own(Expression.Column column) {
        if (!isOfTable(column)) {
            return -1;
        }
        List<TableColumn> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isNamed(column)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a column, by its qualifier, may belong to this table as the statement uses it. */
    private boolean isOfTable(Expression.Column column) {
        String qualifier = column.table();
        if (qualifier != null) {
            TableName name = access.table();
            String visible = access.alias() == null ? plain(name.name()) : access.alias();
            if (!visible.equalsIgnoreCase(qualifier)) {
                return false;
            }
            String database = column.database();
            return database == null
                    || access.alias() != null
                    || database.equalsIgnoreCase(name.database() == null ? table.database() : name.database());
        }
        return true;
    }

    private static String plain(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
