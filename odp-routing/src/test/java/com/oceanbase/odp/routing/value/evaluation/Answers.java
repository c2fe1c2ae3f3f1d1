package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Evaluates texts of expressions and names the types of results as the recorded answers do. */
final class Answers {
    /** The session of the recording. */
    static final SessionValues SESSION = SessionValues.MYSQL
            .withTimeZone(ZoneOffset.ofHours(8))
            .withModes(SessionValues.Modes.parse("STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER"));

    private Answers() {}

    static SqlValue evaluate(String text, SessionValues session) {
        SqlMode mode = (session.oracle() ? SqlMode.ORACLE : SqlMode.MYSQL)
                .withAnsiQuotes(session.modes().ansiQuotes())
                .withNoBackslashEscapes(session.modes().noBackslashEscapes());
        LiteralSlots slots = new LiteralSlots();
        Expression expression = AccessParser.parseExpression(text.getBytes(StandardCharsets.UTF_8), mode, slots);
        return Evaluator.evaluate(expression, new EvaluationContext(slots, ParameterValues.NONE, session));
    }

    static SqlValue evaluate(String text) {
        return evaluate(text, SESSION);
    }

    static String type(SqlValue value) {
        return switch (value) {
            case SqlValue.Int i -> i.unsigned() ? "UINT" : "INT";
            case SqlValue.Decimal _ -> "DEC";
            case SqlValue.Real r -> r.single() ? "FLOAT" : "DOUBLE";
            case SqlValue.Text t -> t.collation().id() == 63 ? "BIN" : "TEXT";
            case SqlValue.Null _ -> "NULL";
            default -> value.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
        };
    }

    static String text(SqlValue value) {
        if (value instanceof SqlValue.Text text && text.collation().id() == 63) {
            return HexFormat.of().formatHex(text.bytes());
        }
        String text = Texts.format(value);
        return text == null ? value.toString() : text;
    }
}
