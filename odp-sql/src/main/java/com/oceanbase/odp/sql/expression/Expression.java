package com.oceanbase.odp.sql.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a statement. Immutable and independent of the values of literals: these are numbered slots (see {@link LiteralSlots}),
 * so that one tree serves all texts that differ in literals only. A tree never nests deeper than {@value #MAX_DEPTH}; what is deeper, or
 * not understood, is {@link Unknown}.
 */
public sealed interface Expression {
    /** Depth of a tree; so recursion over it is safe on any thread. */
    int MAX_DEPTH = 200;

    /** Both must hold; one {@link Junction} without nested ones of its kind. */
    static Expression and(Expression left, Expression right) {
        List<Expression> terms = new ArrayList<>();
        addTerms(left, terms);
        addTerms(right, terms);
        return new Junction(true, List.copyOf(terms));
    }

    private static void addTerms(Expression expression, List<Expression> terms) {
        if (expression instanceof Junction(boolean and, List<Expression> inner) && and) {
            terms.addAll(inner);
        } else {
            terms.add(expression);
        }
    }

    /** A literal of the text, without its sign. */
    record Literal(LiteralKind kind, int slot) implements Expression {}

    /** {@code 'a' 'b'}: literals that form one string. */
    record AdjacentStrings(List<Literal> parts) implements Expression {}

    /** {@code _utf8mb4'abc'}, {@code _binary x'41'}; {@code charset} in lower case without the underscore. */
    record Introduced(String charset, Expression literal) implements Expression {}

    /** {@code DATE '2024-01-01'}, {@code {ts '..'}} and the like. */
    record Temporal(TemporalKind kind, Literal text) implements Expression {}

    /** NULL, TRUE, FALSE, DEFAULT, MAXVALUE. */
    record Constant(ConstantKind kind) implements Expression {}

    /** {@code ?}, numbered from 0 in the order of the text, those of parts that are not understood included. */
    record Placeholder(int index) implements Expression {}

    /** {@code :1} or {@code :name} of Oracle mode; {@code name} as in the text, without the colon. */
    record NamedPlaceholder(String name) implements Expression {}

    /**
     * {@code @name}; {@code name} without {@code @} and quotes. It has the value that the session gave it: in a text that assigns variables all
     * of them are {@link Unknown}.
     */
    record UserVariable(String name) implements Expression {}

    /** {@code @@name}; {@code scope} is global, session, local or null, in lower case as {@code name} is. */
    record SystemVariable(@Nullable String scope, String name) implements Expression {}

    /** A column; or a pseudo column such as ROWID. Names as the server stores them ({@link com.oceanbase.odp.sql.TableName}). */
    record Column(@Nullable String database, @Nullable String table, String name) implements Expression {}

    /** {@code - + ~ ! NOT BINARY} before an operand. */
    record Unary(UnaryOperator operator, Expression operand) implements Expression {}

    /**
     * Two operands; comparison, arithmetic, bits, {@code ||} and {@code XOR}. AND and OR are {@link Junction}. {@code a = ANY (b, c)} is
     * {@link In}.
     */
    record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

    /** {@code a AND b AND c} or the like with OR; at least two terms, none of them a junction of the same kind. */
    record Junction(boolean and, List<Expression> terms) implements Expression {}

    /** {@code a BETWEEN low AND high}. */
    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {}

    /** {@code a IN (b, c)} with a list; at least one element. */
    record In(Expression operand, List<Expression> elements, boolean negated) implements Expression {}

    /** {@code a IS NULL | TRUE | FALSE | UNKNOWN} ({@code what}; UNKNOWN is NULL). */
    record Is(Expression operand, ConstantKind what, boolean negated) implements Expression {}

    /** {@code a LIKE b [ESCAPE c]}. */
    record Like(
            Expression operand,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated) implements Expression {}

    /** {@code (a, b)} or {@code ROW(a, b)} with at least two elements. */
    record Row(List<Expression> elements) implements Expression {}

    /**
     * {@code name(arguments)}; {@code name} in upper case without quotes, functions with a special syntax in the order of the text:
     * {@code SUBSTRING(a FROM b FOR c)} as {@code SUBSTRING(a,b,c)}, {@code POSITION(a IN b)} as {@code LOCATE(a,b)},
     * {@code TRIM(LEADING a FROM b)} as {@code TRIM_LEADING(b,a)} ({@code _TRAILING}, {@code _BOTH}), {@code EXTRACT(u FROM a)} as
     * {@code EXTRACT(Unit,a)}, {@code CONVERT(a USING c)} as {@link ConvertUsing}. CURRENT_DATE and others without parentheses are calls without
     * arguments; so are SYSDATE and the like of Oracle mode. Functions of schemas or packages are {@link Unknown}.
     */
    record Call(String name, List<Expression> arguments) implements Expression {}

    /** A unit such as DAY or DAY_SECOND, as argument of EXTRACT, TIMESTAMPADD, TIMESTAMPDIFF; upper case. */
    record Unit(String name) implements Expression {}

    /** {@code INTERVAL amount unit}, as argument of DATE_ADD and operand of + and -; {@code unit} in upper case. */
    record Interval(Expression amount, String unit) implements Expression {}

    /** {@code CAST(a AS type)} and {@code CONVERT(a, type)}. */
    record Cast(Expression operand, CastType type) implements Expression {}

    /** {@code CONVERT(a USING charset)}; lower case. */
    record ConvertUsing(Expression operand, String charset) implements Expression {}

    /** {@code a COLLATE name}; lower case. */
    record Collate(Expression operand, String collation) implements Expression {}

    /** {@code CASE [operand] WHEN .. THEN .. [ELSE ..] END}; as many {@code whens} as {@code thens}. */
    record Case(
            @Nullable Expression operand,
            List<Expression> whens,
            List<Expression> thens,
            @Nullable Expression otherwise)
            implements Expression {}

    /** {@code (SELECT value)} without tables: one row with one value. */
    record ScalarSelect(Expression value) implements Expression {}

    /** Anything else; its value is not known, and it may depend on any column. */
    record Unknown() implements Expression {
        /** The only one that is needed. */
        public static final Unknown INSTANCE = new Unknown();
    }
}
