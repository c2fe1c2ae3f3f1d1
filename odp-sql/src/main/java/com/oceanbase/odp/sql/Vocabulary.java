package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.Word.CallEffect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All known words, found by their bytes without regard to case. The functions are read from {@code functions.csv}. */
final class Vocabulary {
    private static final int SLOTS = 4096;
    private static final byte[][] SPELLINGS = new byte[SLOTS][];
    private static final @Nullable Word[] WORDS = new Word[SLOTS];
    private static final int LONGEST;

    static {
        Map<String, Word> words = new HashMap<>();
        for (Keyword keyword : Keyword.values()) {
            words.put(keyword.name(), new Word(keyword, CallEffect.ANY, null));
        }
        words.remove(Keyword.NONE.name());
        readFunctions(words);
        words.forEach(Vocabulary::put);
        LONGEST = words.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    private Vocabulary() {}

    /** The word at these bytes, {@link Word#UNKNOWN} if it means nothing. */
    static Word find(byte[] text, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return Word.UNKNOWN;
        }
        int slot = slot(text, start, end);
        while (true) {
            Word word = WORDS[slot];
            if (word == null) {
                return Word.UNKNOWN;
            }
            if (matches(SPELLINGS[slot], text, start, length)) {
                return word;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    private static boolean matches(byte[] spelling, byte[] text, int start, int length) {
        if (spelling.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (spelling[i] != Ascii.upper(text[start + i])) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (text[i] & 0xDF);
        }
        return (hash ^ hash >>> 12) & (SLOTS - 1);
    }

    private static void put(String spelling, Word word) {
        byte[] bytes = spelling.getBytes(StandardCharsets.US_ASCII);
        int slot = slot(bytes, 0, bytes.length);
        while (WORDS[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        SPELLINGS[slot] = bytes;
        WORDS[slot] = word;
    }

    private static void readFunctions(Map<String, Word> words) {
        try (InputStream in = Vocabulary.class.getResourceAsStream("functions.csv")) {
            if (in == null) {
                throw new IllegalStateException("functions.csv is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> readFunction(line, words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line: effect, flag (may be empty), names separated by blanks. */
    private static void readFunction(String line, Map<String, Word> words) {
        String[] cells = line.split(",", -1);
        CallEffect effect = CallEffect.valueOf(cells[0]);
        StatementFlag flag = cells[1].isEmpty() ? null : StatementFlag.valueOf(cells[1]);
        for (String name : cells[2].trim().split(" +")) {
            String upper = name.toUpperCase(Locale.ROOT);
            Keyword keyword = words.getOrDefault(upper, Word.UNKNOWN).keyword();
            words.put(upper, new Word(keyword, effect, flag));
        }
    }
}
