package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.MultiByteRule;
import com.oceanbase.odp.sql.SqlMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session in which statements were recorded, and what SET statements before one make of it. */
final class RecordedSession {
    /** Values of a session without SET statements. */
    static final SessionValues VALUES = SessionValues.MYSQL
            .withModes(SessionValues.Modes.parse("STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER"))
            .withTimeZone(ZoneId.of("+08:00"));

    private static final Pattern SET =
            Pattern.compile("(?is)^\\s*set\\s+(?:session\\s+)?(@?[\\w.$@]+)\\s*:?=\\s*(.*)$");

    private final Map<String, SqlValue> variables = new HashMap<>();
    private SessionValues values =
            VALUES.withVariables(name -> variables.getOrDefault(name, SqlValue.NULL), VALUES.systemVariables());

    RecordedSession(List<String> setup) {
        for (String statement : setup) {
            Matcher set = SET.matcher(statement);
            if (set.matches()) {
                apply(set.group(1).toLowerCase(Locale.ROOT), set.group(2).strip());
            }
        }
    }

    private void apply(String name, String text) {
        StoredExpression expression = StoredExpression.parse(text, false);
        SqlValue value = Evaluator.evaluate(
                expression.expression(), new EvaluationContext(expression.slots(), ParameterValues.NONE, values));
        switch (name.replaceFirst("^@@(session\\.)?", "")) {
            case "sql_mode" -> values = values.withModes(SessionValues.Modes.parse(value.toString()));
            case "time_zone" -> values = values.withTimeZone(zone(value.toString()));
            default -> {
                if (name.startsWith("@") && !name.startsWith("@@")) {
                    variables.put(name.substring(1), value);
                }
            }
        }
    }

    private static @org.jspecify.annotations.Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException _) {
            // A zone that this JVM does not know: times that depend on it are not known either.
            return null;
        }
    }

    SessionValues values() {
        return values;
    }

    /** How the session reads texts. */
    SqlMode mode() {
        SessionValues.Modes modes = values.modes();
        return new SqlMode(
                false, modes.ansiQuotes(), modes.noBackslashEscapes(), modes.pipesAsConcat(), MultiByteRule.UTF8);
    }
}
