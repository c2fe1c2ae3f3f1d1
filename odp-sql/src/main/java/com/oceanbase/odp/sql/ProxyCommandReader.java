package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.ProxyCommand.Argument;
import com.oceanbase.odp.sql.ProxyCommand.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises the commands of the proxy that have no other meaning. */
final class ProxyCommandReader {
    /** Commands that are SHOW and one word, by that word. */
    private static final Map<String, Type> SHOW = new HashMap<>();

    static {
        for (Type type : Type.values()) {
            String name = type.name();
            if (name.startsWith("SHOW_") && type != Type.SHOW_SLAVE_HOSTS && type != Type.SHOW_RELAYLOG_EVENTS) {
                SHOW.put(name.substring("SHOW_".length()), type);
            }
        }
    }

    private ProxyCommandReader() {}

    /** The command {@code SHOW word}. */
    static @Nullable Type show(String upperCaseWord) {
        return SHOW.get(upperCaseWord);
    }

    /** All tokens up to the end of the statement. */
    static List<Argument> arguments(TokenCursor cursor) {
        List<Argument> arguments = new ArrayList<>();
        while (!cursor.atEnd()) {
            arguments.add(argument(cursor));
            cursor.advance();
        }
        return arguments;
    }

    /** The token at the cursor. */
    static Argument argument(TokenCursor cursor) {
        return switch (cursor.kind()) {
            case WORD -> new Argument(Argument.Form.WORD, cursor.current());
            case QUOTED_IDENTIFIER, STRING -> new Argument(Argument.Form.QUOTED, cursor.unquoted());
            case INTEGER, DECIMAL -> new Argument(Argument.Form.NUMBER, cursor.current());
            default -> new Argument(Argument.Form.SYMBOL, cursor.current());
        };
    }

    /** The index of a byte as an argument. */
    static Argument position(int index) {
        return new Argument(Argument.Form.NUMBER, Integer.toString(index));
    }

    /** Adds the format of {@code FORMAT = format}, and passes it; no statement begins so. */
    static void takeFormat(TokenCursor cursor, List<Argument> arguments) {
        if (!argument(cursor).is("FORMAT")) {
            return;
        }
        cursor.advance();
        if (cursor.atSymbol('=')) {
            cursor.advance();
        }
        if (!cursor.atEnd()) {
            arguments.add(argument(cursor));
            cursor.advance();
        }
    }

    /** Value of digits, -1 when they are none or too many. */
    static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 19 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + (digits.charAt(i) - '0');
        }
        return value < 0 ? -1 : value;
    }

    /**
     * The command that a query is when it selects nothing but this: the cursor is on the first token of the select list. Null when the query
     * is an ordinary one. The query is scanned as far as it is read.
     */
    static @Nullable ProxyCommand select(TokenCursor cursor, QueryScanner scanner) {
        Type type = selected(cursor);
        if (type == null) {
            return null;
        }
        scanner.step();
        List<Argument> arguments = new ArrayList<>(4);
        while (!cursor.atEnd() && arguments.size() < 5) {
            arguments.add(argument(cursor));
            scanner.step();
        }
        boolean whole = cursor.atEnd() && (isCall(type) ? isCallWithAlias(arguments) : arguments.isEmpty());
        return whole ? new ProxyCommand(type, List.copyOf(arguments)) : null;
    }

    private static @Nullable Type selected(TokenCursor cursor) {
        return switch (cursor.kind()) {
            case WORD ->
                switch (cursor.keyword()) {
                    case PROXY_VERSION -> Type.SELECT_PROXY_VERSION;
                    case PROXY_STATUS -> Type.SELECT_PROXY_STATUS;
                    default -> null;
                };
            case USER_VARIABLE ->
                cursor.variableName().equalsIgnoreCase(SetReader.ROUTE_ADDRESS) ? Type.SELECT_ROUTE_ADDRESS : null;
            case SYSTEM_VARIABLE ->
                switch (cursor.systemVariable().keyword()) {
                    case TX_READ_ONLY, TRANSACTION_READ_ONLY -> Type.SELECT_TX_READ_ONLY;
                    default -> null;
                };
            default -> null;
        };
    }

    private static boolean isCall(Type type) {
        return type == Type.SELECT_PROXY_VERSION || type == Type.SELECT_PROXY_STATUS;
    }

    private static boolean isCallWithAlias(List<Argument> arguments) {
        int count = arguments.size();
        if (count < 2
                || count > 4
                || !arguments.get(0).is("(")
                || !arguments.get(1).is(")")) {
            return false;
        }
        return count == 2
                || (count == 3 && !arguments.get(2).is("AS"))
                || (count == 4 && arguments.get(2).is("AS"));
    }
}
