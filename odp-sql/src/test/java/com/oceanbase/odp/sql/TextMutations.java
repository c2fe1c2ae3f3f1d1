package com.oceanbase.odp.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes texts that are almost SQL: real statements that are cut, joined and changed, and sequences of their words. */
public final class TextMutations {
    private static final byte[] START = "select * from t where ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPECIAL =
            "'\"`\\/*!+-#@:;().,=<>|&?{}[] \n\tqQnNxXbBuU0159eE_$".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> statements;
    private final List<byte[]> words;

    public TextMutations(List<String> statements) {
        this.statements = statements.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.words = statements.stream()
                .flatMap(text -> Arrays.stream(text.split("(?<=[(),;=.])|(?=[(),;=.])|\\s+")))
                .filter(word -> !word.isBlank())
                .distinct()
                .map(word -> (word + ' ').getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** A statement with a few changes. */
    public byte[] mutated(Random random) {
        byte[] text = statement(random);
        for (int change = random.nextInt(5); change > 0 && text.length > 0; change--) {
            int at = random.nextInt(text.length);
            text = switch (random.nextInt(6)) {
                case 0 -> replaced(text, at, (byte) random.nextInt(256));
                case 1 -> replaced(text, at, SPECIAL[random.nextInt(SPECIAL.length)]);
                case 2 -> Arrays.copyOf(text, at);
                case 3 -> Arrays.copyOfRange(text, at, text.length);
                case 4 -> joined(Arrays.copyOf(text, at), word(random), Arrays.copyOfRange(text, at, text.length));
                default -> joined(Arrays.copyOf(text, at), statement(random));
            };
        }
        return text;
    }

    /** Words in any order, parentheses often. */
    public byte[] sequence(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(START, 0, random.nextInt(3) * 11);
        for (int count = random.nextInt(40); count > 0; count--) {
            switch (random.nextInt(8)) {
                case 0 -> out.write('(');
                case 1 -> out.write(')');
                default -> out.writeBytes(word(random));
            }
        }
        return out.toByteArray();
    }

    private byte[] statement(Random random) {
        return statements.get(random.nextInt(statements.size()));
    }

    private byte[] word(Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] replaced(byte[] text, int at, byte with) {
        byte[] copy = text.clone();
        copy[at] = with;
        return copy;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
