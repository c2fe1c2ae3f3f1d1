package com.oceanbase.odp.routing.trace;

/**
 * One value of a condition.
 *
 * @param resolved its type and value, as {@code BIGINT:3}, with strings their collation in angle brackets; empty when it
 *     has none
 * @param token as written; empty for a parameter
 * @param function name of the function that it is, empty when it is none
 * @param supported whether the value can be computed
 */
public record ResolveToken(Type type, String resolved, String token, String function, boolean supported, String why)
        implements TracePoint {
    /** Kinds of values. */
    public enum Type {
        TOKEN_NONE,
        TOKEN_FUNC,
        TOKEN_OPERATOR,
        TOKEN_STR_VAL,
        TOKEN_INT_VAL,
        TOKEN_COLUMN,
        TOKEN_PLACE_HOLDER,
        TOKEN_HEX_VAL,
        TOKEN_NULL
    }

    /** Bounds the texts. */
    public ResolveToken {
        resolved = Bounded.field(resolved);
        token = Bounded.field(token);
        function = Bounded.field(function);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "RESOLVE_TOKEN";
    }

    @Override
    public int level() {
        return 4;
    }

    @Override
    public void fields(Fields out) {
        out.text("token_type", type.name());
        out.textIfAny("resolve", resolved);
        out.textIfAny("token", token);
        out.textIfAny("expr_type", function);
    }

    @Override
    public void prompts(Prompts out) {
        if (!supported) {
            out.warn(
                    function.isEmpty()
                            ? "Not supported to resolve value(" + token + ")"
                            : "Not supported to resolve expr func(" + function + ")");
        }
    }
}
