package com.oceanbase.odp.it.original;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose route is compared.
 *
 * @param line as it is written in the catalogue
 * @param setup statements of the session before it
 * @param statement the statement itself
 * @param values parameters if it is executed by the binary protocol, else null
 * @param measure what says which node is right: a statement whose partitions the kernel tells, or {@code @1,2} (these
 *     nodes), {@code @last} (the node of the statement before), {@code @any} (all are)
 */
record RouteCase(
        String line,
        List<String> setup,
        String statement,
        @Nullable List<String> values,
        String measure) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\{(?<setup>.*?)} )?(?<statement>.*?)(?: <- (?<values>.*?))?(?: ==> (?<measure>.*))?");

    /** The cases of a file beside this class: one a line, lines that begin with a number sign are comments. */
    static List<RouteCase> read(String resource) {
        return lines(resource).stream().map(RouteCase::of).toList();
    }

    /** The lines of a file beside this class, without blank ones and comments. */
    static List<String> lines(String resource) {
        try (InputStream in = RouteCase.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code {setup; setup} statement <- value, value ==> measure}, where all but the statement may be missing. */
    static RouteCase of(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            throw new IllegalArgumentException(line);
        }
        String setup = form.group("setup");
        String values = form.group("values");
        String measure = form.group("measure");
        return new RouteCase(
                line,
                setup == null ? List.of() : List.of(setup.split("; ")),
                form.group("statement"),
                values == null ? null : new ArrayList<>(Arrays.asList(values.split(", "))),
                measure == null ? form.group("statement") : measure);
    }

    /** Whether several nodes are right, so that the choice may be another one each time. */
    boolean hasChoice() {
        return measure.startsWith("@") && measure.contains(",");
    }

    /** Whether it is asked as a text, so that it can be explained. */
    boolean isText() {
        return values == null;
    }
}
