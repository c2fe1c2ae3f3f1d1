package com.oceanbase.odp.routing.value;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collation of the server and its character set. Identifiers as in {@code information_schema.collations} of OceanBase; utf8 is another name for
 * utf8mb4 there.
 *
 * @param id number that travels in metadata
 * @param name lower case
 * @param charset name of the character set, lower case
 * @param javaCharset how its bytes are decoded
 */
public record Collation(int id, String name, String charset, Charset javaCharset) {
    /** Bytes without a character set. */
    public static final Collation BINARY = new Collation(63, "binary", "binary", StandardCharsets.ISO_8859_1);

    public static final Collation UTF8MB4_GENERAL_CI =
            new Collation(45, "utf8mb4_general_ci", "utf8mb4", StandardCharsets.UTF_8);
    public static final Collation UTF8MB4_BIN = new Collation(46, "utf8mb4_bin", "utf8mb4", StandardCharsets.UTF_8);

    private static final Charset GBK = Charset.forName("GBK");
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset LATIN1 = Charset.forName("windows-1252");
    private static final Charset TIS620 = Charset.forName("TIS-620");

    private static final Collation[] ALL = {
        UTF8MB4_GENERAL_CI,
        UTF8MB4_BIN,
        new Collation(224, "utf8mb4_unicode_ci", "utf8mb4", StandardCharsets.UTF_8),
        new Collation(255, "utf8mb4_0900_ai_ci", "utf8mb4", StandardCharsets.UTF_8),
        BINARY,
        new Collation(28, "gbk_chinese_ci", "gbk", GBK),
        new Collation(87, "gbk_bin", "gbk", GBK),
        new Collation(248, "gb18030_chinese_ci", "gb18030", GB18030),
        new Collation(249, "gb18030_bin", "gb18030", GB18030),
        new Collation(8, "latin1_swedish_ci", "latin1", LATIN1),
        new Collation(47, "latin1_bin", "latin1", LATIN1),
        new Collation(11, "ascii_general_ci", "ascii", StandardCharsets.US_ASCII),
        new Collation(65, "ascii_bin", "ascii", StandardCharsets.US_ASCII),
        new Collation(18, "tis620_thai_ci", "tis620", TIS620),
        new Collation(89, "tis620_bin", "tis620", TIS620),
        new Collation(54, "utf16_general_ci", "utf16", StandardCharsets.UTF_16BE),
        new Collation(55, "utf16_bin", "utf16", StandardCharsets.UTF_16BE),
        new Collation(101, "utf16_unicode_ci", "utf16", StandardCharsets.UTF_16BE),
    };

    private static final Map<String, Collation> BY_NAME = new HashMap<>();
    private static final Map<String, Collation> BY_CHARSET = new HashMap<>();
    private static final Map<Integer, Collation> BY_ID = new HashMap<>();

    static {
        for (Collation collation : ALL) {
            BY_NAME.put(collation.name, collation);
            BY_ID.put(collation.id, collation);
            BY_CHARSET.putIfAbsent(collation.charset, collation);
        }
        BY_NAME.put("utf8_general_ci", UTF8MB4_GENERAL_CI);
        BY_NAME.put("utf8_bin", UTF8MB4_BIN);
        BY_CHARSET.put("utf8", UTF8MB4_GENERAL_CI);
        BY_CHARSET.put("utf8mb3", UTF8MB4_GENERAL_CI);
        BY_ID.put(33, UTF8MB4_GENERAL_CI);
        BY_ID.put(83, UTF8MB4_BIN);
    }

    /** The collation with this name, in any case; null if it is not known. */
    public static @Nullable Collation byName(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** The collation with this number; null if it is not known. */
    public static @Nullable Collation byId(int id) {
        return BY_ID.get(id);
    }

    /** The default collation of a character set; null if it is not known. */
    public static @Nullable Collation ofCharset(String charset) {
        return BY_CHARSET.get(charset.toLowerCase(Locale.ROOT));
    }

    /** Whether strings compare byte by byte. */
    public boolean isBinary() {
        return id == 63 || name.endsWith("_bin");
    }
}
