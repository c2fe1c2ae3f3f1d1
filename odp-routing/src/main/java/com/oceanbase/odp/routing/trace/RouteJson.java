package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.routing.trace.TracePoint.Fields;
import com.oceanbase.odp.routing.trace.TracePoint.Prompts;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trace as one JSON object, for programs:
 *
 * <pre>
 * {"first_statement": ".."            only inside a transaction
 *  "statement": "..",
 *  "server": "127.0.0.1:2881",        absent when there is none
 *  "reason": "leader of the partition",
 *  "prompts": [{"point": "..", "severity": "INFO" | "WARN", "text": ".."}],
 *  "plan": [{"point": "..", "level": 1, "fields": {..}, "why": ".."}],
 *  "dropped_points": 0}
 * </pre>
 *
 * Unlike the tree it gives every prompt, also those after the first warning.
 */
public final class RouteJson {
    private final StringBuilder out = new StringBuilder(1024);

    /** True where a comma has to precede the next member. */
    private boolean continued;

    private RouteJson() {}

    /**
     * The object.
     *
     * @param firstStatement first statement of the transaction, null outside of one
     */
    public static String of(RouteTrace trace, @Nullable String firstStatement) {
        return new RouteJson().write(trace, firstStatement);
    }

    private String write(RouteTrace trace, @Nullable String firstStatement) {
        open('{');
        if (firstStatement != null && !firstStatement.isEmpty()) {
            text("first_statement", Bounded.statement(firstStatement));
        }
        for (TracePoint point : trace.points()) {
            if (point instanceof SqlParse parse) {
                text("statement", parse.sql());
                break;
            }
        }
        ServerAddress server = trace.server();
        if (server != null) {
            text("server", server.toString());
            text("reason", trace.reason());
        }
        name("prompts");
        open('[');
        for (TracePoint point : trace.points()) {
            point.prompts(new PromptWriter(point.name()));
        }
        close(']');
        name("plan");
        open('[');
        for (TracePoint point : trace.points()) {
            plan(point);
        }
        close(']');
        number("dropped_points", trace.dropped());
        close('}');
        return out.toString();
    }

    private void plan(TracePoint point) {
        separate();
        open('{');
        text("point", point.name());
        number("level", point.level());
        name("fields");
        open('{');
        point.fields(new FieldWriter());
        close('}');
        if (!point.why().isEmpty()) {
            text("why", point.why());
        }
        close('}');
    }

    private final class PromptWriter implements Prompts {
        private final String point;

        PromptWriter(String point) {
            this.point = point;
        }

        @Override
        public void info(String text) {
            prompt("INFO", text);
        }

        @Override
        public void warn(String text) {
            prompt("WARN", text);
        }

        private void prompt(String severity, String text) {
            separate();
            open('{');
            RouteJson.this.text("point", point);
            RouteJson.this.text("severity", severity);
            RouteJson.this.text("text", text);
            close('}');
        }
    }

    private final class FieldWriter implements Fields {
        @Override
        public void text(String name, String value) {
            RouteJson.this.text(name, value);
        }

        @Override
        public void number(String name, long value) {
            RouteJson.this.number(name, value);
        }

        @Override
        public void flag(String name, boolean value) {
            name(name);
            out.append(value);
        }
    }

    // --- JSON

    private void open(char bracket) {
        out.append(bracket);
        continued = false;
    }

    private void close(char bracket) {
        out.append(bracket);
        continued = true;
    }

    private void separate() {
        if (continued) {
            out.append(',');
        }
        continued = true;
    }

    private void name(String name) {
        separate();
        string(name);
        out.append(':');
    }

    private void text(String name, String value) {
        name(name);
        string(value);
    }

    private void number(String name, long value) {
        name(name);
        out.append(value);
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ' || Character.isSurrogate(c) && !isPaired(value, i)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String value, int index) {
        return Character.isHighSurrogate(value.charAt(index))
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }
}
