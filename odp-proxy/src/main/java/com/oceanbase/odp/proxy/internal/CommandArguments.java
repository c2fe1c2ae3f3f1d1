package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.sql.ProxyCommand.Argument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a command one after the other. What does not fit is found out by {@link #areUsedUp}. */
final class CommandArguments {
    private static final long MAX_NUMBER = 999_999_999_999_999_999L;

    private final List<Argument> arguments;
    private int position;
    private boolean malformed;

    CommandArguments(List<Argument> arguments) {
        this.arguments = arguments;
    }

    private @Nullable Argument peek() {
        return position < arguments.size() ? arguments.get(position) : null;
    }

    /** Whether the word comes next; it is passed then. */
    boolean accept(String word) {
        Argument next = peek();
        if (next == null || !next.is(word)) {
            return false;
        }
        position++;
        return true;
    }

    /** The number that comes next, null when none does. */
    @Nullable
    Long number() {
        Argument next = peek();
        if (next == null || next.form() != Argument.Form.NUMBER) {
            return null;
        }
        position++;
        return parse(next.text());
    }

    private @Nullable Long parse(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                malformed = true;
                return null;
            }
            value = Math.min(MAX_NUMBER, value * 10 + (digit - '0'));
        }
        return value;
    }

    /** {@code LIKE 'pattern'}, or a pattern for everything when there is none. */
    LikePattern like() {
        if (!accept("LIKE")) {
            return LikePattern.EVERYTHING;
        }
        String pattern = text();
        if (pattern == null) {
            malformed = true;
            return LikePattern.EVERYTHING;
        }
        return new LikePattern(pattern);
    }

    /** The name that comes next, quoted or not; null when none does. */
    @Nullable
    String text() {
        Argument next = peek();
        if (next == null || (next.form() != Argument.Form.QUOTED && next.form() != Argument.Form.WORD)) {
            return null;
        }
        position++;
        return next.text();
    }

    /** Whether everything was read and understood. */
    boolean areUsedUp() {
        return !malformed && position == arguments.size();
    }
}
