package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the session's servers compute constants with, as far as the session's variables tell. Read again only after one
 * of them changed. Event loop confined.
 */
final class RoutingValues {
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2}):(\\d{2})");
    private static final Pattern CLOCK_TIME = Pattern.compile("0([.]0*)?|(?i:default)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private final SessionState state;
    private final Map<String, SqlValue> userVariables = new HashMap<>(4);
    private SessionValues values = SessionValues.MYSQL;
    private long readVersion = -1;

    RoutingValues(SessionState state) {
        this.state = state;
    }

    /** The values now; the same object as long as no variable changes. */
    SessionValues current() {
        if (readVersion != state.version()) {
            readVersion = state.version();
            userVariables.clear();
            values = (state.isOracleMode() ? SessionValues.ORACLE.withNls(formats()) : SessionValues.MYSQL)
                    .withModes(SessionValues.Modes.parse(state.sqlModeWords()))
                    .withTimeZone(timeZone())
                    .withCollations(
                            collation("character_set_client", Collation.UTF8MB4_GENERAL_CI),
                            collation("collation_connection", Collation.UTF8MB4_GENERAL_CI))
                    .withVariables(this::userVariable, this::systemVariable)
                    .withClock(state.isOracleMode() || hasOwnTime() ? null : Instant::now);
        }
        return values;
    }

    private SessionValues.NlsFormats formats() {
        SessionValues.NlsFormats otherwise = SessionValues.NlsFormats.DEFAULT;
        return new SessionValues.NlsFormats(
                variable("nls_date_format", otherwise.date()),
                variable("nls_timestamp_format", otherwise.timestamp()),
                variable("nls_timestamp_tz_format", otherwise.timestampTz()));
    }

    private String variable(String name, String otherwise) {
        String value = state.systemVariable(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** Whether functions of the clock do not go by the clock: {@code timestamp} is set. */
    private boolean hasOwnTime() {
        String time = state.systemVariable("timestamp");
        return time != null && !CLOCK_TIME.matcher(time).matches();
    }

    private @Nullable ZoneId timeZone() {
        String zone = state.systemVariable("time_zone");
        if (zone != null && zone.equalsIgnoreCase("SYSTEM")) {
            zone = state.systemVariable("system_time_zone");
        }
        if (zone == null) {
            return null;
        }
        Matcher offset = OFFSET.matcher(zone);
        try {
            if (offset.matches()) {
                int sign = offset.group(1).equals("-") ? -1 : 1;
                return ZoneOffset.ofHoursMinutes(
                        sign * Integer.parseInt(offset.group(2)), sign * Integer.parseInt(offset.group(3)));
            }
            return ZoneId.of(zone);
        } catch (DateTimeException unknownHere) {
            return null;
        }
    }

    /** Servers report names of character sets or collations, or the number of a collation. */
    private Collation collation(String variable, Collation otherwise) {
        String value = state.systemVariable(variable);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        Collation found;
        if (NUMBER.matcher(value).matches()) {
            found = Collation.byId((int) Long.parseLong(value));
        } else {
            found = Collation.byName(value);
            found = found == null ? Collation.ofCharset(value) : found;
        }
        return found == null ? otherwise : found;
    }

    /** Names are not case-sensitive; a variable that no server has reported was never set. */
    private @Nullable SqlValue userVariable(String name) {
        return userVariables.computeIfAbsent(name, this::readUserVariable);
    }

    private SqlValue readUserVariable(String name) {
        String[] literal = {state.userVariable(name)};
        if (literal[0] == null) {
            state.forEachUserVariable((other, value) -> literal[0] = other.equalsIgnoreCase(name) ? value : literal[0]);
        }
        return literal[0] == null ? SqlValue.NULL : valueOf(literal[0]);
    }

    /** What a literal means as servers report it: with backslash escapes, whatever the session's mode. */
    private SqlValue valueOf(String literal) {
        LiteralSlots slots = new LiteralSlots();
        Expression expression = AccessParser.parseExpression(LosslessText.encode(literal), SqlMode.MYSQL, slots);
        return Evaluator.evaluate(
                expression,
                new EvaluationContext(
                        slots, ParameterValues.NONE, values.withModes(SessionValues.Modes.parse("STRICT_ALL_TABLES"))));
    }

    /** Only plain numbers: how other values look in an expression is not certain. */
    private @Nullable SqlValue systemVariable(String name) {
        String value = state.systemVariable(name.toLowerCase(Locale.ROOT));
        return value != null && NUMBER.matcher(value).matches() ? new SqlValue.Int(Long.parseLong(value), false) : null;
    }
}
