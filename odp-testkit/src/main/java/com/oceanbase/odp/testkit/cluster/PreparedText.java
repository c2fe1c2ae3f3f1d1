package com.oceanbase.odp.testkit.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A prepared statement of a session: its text and the parameter types of its last execution. Used by the thread that
 * reads requests only.
 */
final class PreparedText {

    private final String text;
    private List<Integer> types = List.of();

    PreparedText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    List<Integer> types() {
        return types;
    }

    void types(List<Integer> newTypes) {
        types = List.copyOf(newTypes);
    }

    /** Puts literals in the places of the question marks; text and literals in order. */
    String withLiterals(List<String> literals) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        SqlTokens tokens = new SqlTokens(text);
        List<String> left = new ArrayList<>(literals);
        while (tokens.next()) {
            boolean parameter = tokens.kind() == SqlTokens.Kind.PARAMETER && !left.isEmpty();
            out.append(parameter ? left.removeFirst() : tokens.token());
        }
        return out.toString();
    }

    /** How many question marks stand in the text. */
    int parameterCount() {
        SqlTokens tokens = new SqlTokens(text);
        int count = 0;
        while (tokens.next()) {
            if (tokens.kind() == SqlTokens.Kind.PARAMETER) {
                count++;
            }
        }
        return count;
    }
}
