package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.routing.trace.TracePoint.Fields;
import com.oceanbase.odp.routing.trace.TracePoint.Prompts;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trace the way obproxy does, which tools and people know how to read: the statements, then what should be
 * noticed, then every point with its fields, indented by level. The reason of a point is its last field, {@code why}.
 * Source of the form: obproxy src/obproxy/proxy/route/ob_route_diagnosis.cpp.
 */
public final class RouteTexts {
    /** Longest text, in characters; the original's cell holds a mebibyte. */
    public static final int MAXIMUM_LENGTH = 1 << 20;

    private static final String RULE = "-----------------";

    /** What the log has in place of a line break. */
    private static final String LOG_BREAK = "/n";

    private final StringBuilder out = new StringBuilder(1024);
    private final String lineBreak;
    private final boolean ruled;

    private RouteTexts(String lineBreak, boolean ruled) {
        this.lineBreak = lineBreak;
        this.ruled = ruled;
    }

    /**
     * The cell of EXPLAIN ROUTE.
     *
     * @param firstStatement first statement of the transaction, null outside of one
     */
    public static String tree(RouteTrace trace, @Nullable String firstStatement) {
        return new RouteTexts("\n", true).write(trace, firstStatement);
    }

    /** The same for the log, in one line and without the rules below the headings. */
    public static String logLine(RouteTrace trace, @Nullable String firstStatement) {
        String text = new RouteTexts(LOG_BREAK, false).write(trace, firstStatement);
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                line.append(LOG_BREAK);
            } else {
                line.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return line.toString();
    }

    private String write(RouteTrace trace, @Nullable String firstStatement) {
        newLine();
        if (firstStatement != null && !firstStatement.isEmpty()) {
            line("Trans First Query:\"" + Bounded.statement(firstStatement) + '"');
        }
        for (TracePoint point : trace.points()) {
            if (point instanceof SqlParse parse) {
                line("Trans Current Query:\"" + parse.sql() + '"');
            }
        }
        newLine();
        heading("Route Prompts");
        prompts(trace);
        newLine();
        newLine();
        heading("Route Plan");
        for (TracePoint point : trace.points()) {
            plan(point);
        }
        if (trace.dropped() > 0) {
            line("... " + trace.dropped() + " more");
        }
        if (out.length() > MAXIMUM_LENGTH) {
            out.setLength(MAXIMUM_LENGTH);
        }
        return out.toString();
    }

    private void heading(String text) {
        line(text);
        if (ruled) {
            line(RULE);
        }
    }

    private void line(String text) {
        out.append(text);
        newLine();
    }

    private void newLine() {
        out.append(lineBreak);
    }

    // --- prompts

    /** The first warning ends the prompts; of its own point nothing but further warnings follow. */
    private void prompts(RouteTrace trace) {
        for (TracePoint point : trace.points()) {
            PromptWriter writer = new PromptWriter(point.name());
            point.prompts(writer);
            if (writer.warned) {
                return;
            }
        }
    }

    private final class PromptWriter implements Prompts {
        private final String point;
        private boolean begun;
        private boolean warned;

        PromptWriter(String point) {
            this.point = point;
        }

        @Override
        public void info(String text) {
            if (!warned) {
                write("  [INFO] ", text);
            }
        }

        @Override
        public void warn(String text) {
            write("  [WARN] ", text);
            warned = true;
        }

        private void write(String head, String text) {
            if (!begun) {
                line("> " + point);
                begun = true;
            }
            line(head + text);
        }
    }

    // --- plan

    private void plan(TracePoint point) {
        if (!point.opens().isEmpty()) {
            begin(point.opens(), point.openedLevel());
            line("}");
        }
        begin(point.name(), point.level());
        FieldWriter writer = new FieldWriter();
        point.fields(writer);
        writer.textIfAny("why", point.why());
        line("}");
    }

    private void begin(String name, int level) {
        out.append("  ".repeat(level - 1)).append("> ").append(name).append(":{");
    }

    private final class FieldWriter implements Fields {
        private boolean begun;

        @Override
        public void text(String name, String value) {
            name(name);
            out.append('"').append(value).append('"');
        }

        @Override
        public void number(String name, long value) {
            name(name);
            out.append(value);
        }

        @Override
        public void flag(String name, boolean value) {
            name(name);
            out.append(value);
        }

        private void name(String name) {
            if (begun) {
                out.append(", ");
            }
            begun = true;
            out.append(name).append(':');
        }
    }
}
