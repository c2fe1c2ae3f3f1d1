package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes accesses and expressions compactly, to compare them. */
final class AccessText {
    private final LiteralSlots slots;

    private AccessText(LiteralSlots slots) {
        this.slots = slots;
    }

    static String mysql(String sql) {
        return of(sql, SqlMode.MYSQL);
    }

    static String oracle(String sql) {
        return of(sql, SqlMode.ORACLE);
    }

    /** All blocks of a statement; three dots at the end when it is not complete. */
    static String of(String sql, SqlMode mode) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, mode, slots);
        AccessText writer = new AccessText(slots);
        String blocks = access.blocks().stream().map(writer::block).collect(Collectors.joining(" | "));
        String fixed = access.fixedLiterals().isEmpty() ? "" : " fixed" + access.fixedLiterals();
        return (blocks + fixed + (access.complete() ? "" : " ...")).strip();
    }

    /** Blocks whose literals are those of a text. */
    static String of(List<QueryBlock> blocks, LiteralSlots slots) {
        return blocks.stream().map(new AccessText(slots)::block).collect(Collectors.joining(" | "));
    }

    /** The condition of {@code SELECT * FROM t WHERE condition}. */
    static String condition(String condition, SqlMode mode) {
        String prefix = "SELECT t: ";
        String all = of("select * from t where " + condition, mode);
        return all.startsWith(prefix) ? all.substring(prefix.length()) : all;
    }

    private String block(QueryBlock block) {
        StringBuilder out = new StringBuilder(block.kind().name());
        out.append(' ').append(block.tables().stream().map(this::table).collect(Collectors.joining(", ")));
        if (block.condition() != null) {
            out.append(": ").append(write(block.condition()));
        }
        WrittenRows rows = block.rows();
        if (rows != null) {
            out.append(" (").append(String.join(",", rows.columns())).append(") ");
            out.append(rows.rows().stream().map(this::list).collect(Collectors.joining()));
        }
        return out.toString();
    }

    private String table(TableAccess table) {
        String alias = table.alias() == null ? "" : " " + table.alias();
        String partitions = table.partitions().isEmpty() ? "" : "{" + String.join(",", table.partitions()) + "}";
        String own = table.onCondition() == null ? "" : "[" + write(table.onCondition()) + "]";
        return table.table() + partitions + alias + (table.optional() ? "?" : "") + own;
    }

    private String list(List<Expression> expressions) {
        return expressions.stream().map(this::write).collect(Collectors.joining(",", "(", ")"));
    }

    private String text(Expression.Literal literal) {
        int start = slots.start(literal.slot());
        return new String(slots.text(), start, slots.end(literal.slot()) - start, StandardCharsets.UTF_8);
    }

    private String write(@Nullable Expression expression) {
        return switch (expression) {
            case null -> "";
            case Expression.Literal literal -> text(literal);
            case Expression.AdjacentStrings strings ->
                strings.parts().stream().map(this::text).collect(Collectors.joining(" "));
            case Expression.Introduced introduced -> "_" + introduced.charset() + " " + write(introduced.literal());
            case Expression.Temporal temporal -> temporal.kind() + text(temporal.text());
            case Expression.Constant constant -> constant.kind().name();
            case Expression.Placeholder placeholder -> "?" + placeholder.index();
            case Expression.NamedPlaceholder placeholder -> ":" + placeholder.name();
            case Expression.UserVariable variable -> "@" + variable.name();
            case Expression.SystemVariable variable ->
                "@@" + (variable.scope() == null ? "" : variable.scope() + ".") + variable.name();
            case Expression.Column column ->
                (column.database() == null ? "" : column.database() + ".")
                        + (column.table() == null ? "" : column.table() + ".")
                        + column.name();
            case Expression.Unary unary -> unary.operator() + "(" + write(unary.operand()) + ")";
            case Expression.Binary binary ->
                "(" + write(binary.left()) + symbol(binary.operator()) + write(binary.right()) + ")";
            case Expression.Junction junction ->
                junction.terms().stream()
                        .map(this::write)
                        .collect(Collectors.joining(junction.and() ? " AND " : " OR ", "(", ")"));
            case Expression.Between between ->
                "(" + write(between.operand()) + not(between.negated()) + " BETWEEN " + write(between.low()) + " AND "
                        + write(between.high()) + ")";
            case Expression.In in -> "(" + write(in.operand()) + not(in.negated()) + " IN " + list(in.elements()) + ")";
            case Expression.Is is -> "(" + write(is.operand()) + " IS" + not(is.negated()) + " " + is.what() + ")";
            case Expression.Like like ->
                "(" + write(like.operand()) + not(like.negated()) + " LIKE " + write(like.pattern())
                        + (like.escape() == null ? "" : " ESCAPE " + write(like.escape())) + ")";
            case Expression.Row row -> "ROW" + list(row.elements());
            case Expression.Call call -> call.name() + list(call.arguments());
            case Expression.Unit unit -> "unit " + unit.name();
            case Expression.Interval interval -> "INTERVAL " + write(interval.amount()) + " " + interval.unit();
            case Expression.Cast cast ->
                "CAST(" + write(cast.operand()) + " AS " + cast.type().name()
                        + (cast.type().length() < 0 ? "" : "/" + cast.type().length())
                        + (cast.type().scale() < 0 ? "" : "/" + cast.type().scale())
                        + (cast.type().charset() == null
                                ? ""
                                : "/" + cast.type().charset())
                        + ")";
            case Expression.ConvertUsing convert ->
                "CONVERT(" + write(convert.operand()) + " USING " + convert.charset() + ")";
            case Expression.Collate collate -> "(" + write(collate.operand()) + " COLLATE " + collate.collation() + ")";
            case Expression.Case choice -> choice(choice);
            case Expression.ScalarSelect select -> "SELECT " + write(select.value());
            case Expression.Unknown unknown -> "UNKNOWN";
        };
    }

    private String choice(Expression.Case choice) {
        StringBuilder out = new StringBuilder("CASE ").append(write(choice.operand()));
        for (int i = 0; i < choice.whens().size(); i++) {
            out.append(" WHEN ").append(write(choice.whens().get(i)));
            out.append(" THEN ").append(write(choice.thens().get(i)));
        }
        return out.append(" ELSE ")
                .append(write(choice.otherwise()))
                .append(" END")
                .toString();
    }

    private static String not(boolean negated) {
        return negated ? " NOT" : "";
    }

    private static String symbol(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NULL_SAFE_EQUAL -> "<=>";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_EQUAL -> ">=";
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case BIT_AND -> "&";
            case BIT_OR -> "|";
            case BIT_XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case CONCAT -> "||";
            default -> " " + operator.name().toLowerCase(Locale.ROOT) + " ";
        };
    }
}
