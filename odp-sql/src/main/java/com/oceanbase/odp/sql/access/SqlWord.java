package com.oceanbase.odp.sql.access;

import java.nio.charset.StandardCharsets;

/** Words that steer the reading of a statement's accesses. */
enum SqlWord {
    /** Any other word, and every token that is none. */
    NONE(false),
    ALL(true),
    ALTER(true),
    ANALYZE(true),
    AND(true),
    ANY(false),
    AS(true),
    ASC(true),
    AT(false),
    BEGIN(false),
    BETWEEN(true),
    BINARY(true),
    BULK(false),
    BY(true),
    CALL(true),
    CASE(true),
    CAST(false),
    COLLATE(true),
    CONNECT(false),
    CONNECT_BY_ROOT(true),
    CONVERT(true),
    CROSS(true),
    CURRENT_DATE(true),
    CURRENT_TIME(true),
    CURRENT_TIMESTAMP(true),
    CURRENT_USER(true),
    DATE(false),
    DBTIMEZONE(false),
    DECLARE(true),
    DEFAULT(true),
    DELAYED(true),
    DELETE(true),
    DESC(true),
    DESCRIBE(true),
    DISTINCT(true),
    DISTINCTROW(true),
    DIV(true),
    DUAL(false),
    DUPLICATE(false),
    ELSE(true),
    END(false),
    ERRORS(false),
    ESCAPE(false),
    EXCEPT(true),
    EXISTS(true),
    EXPLAIN(true),
    EXTRACT(false),
    FALSE(true),
    FETCH(true),
    FIRST(false),
    FOR(true),
    FORCE(true),
    FROM(true),
    FULL(false),
    GET_FORMAT(false),
    GROUP(true),
    HAVING(true),
    HIGH_PRIORITY(true),
    IGNORE(true),
    IN(true),
    INFILE(true),
    INNER(true),
    INSERT(true),
    INTERSECT(true),
    INTERVAL(true),
    INTO(true),
    IS(true),
    JOIN(true),
    LATERAL(true),
    LEADING(true),
    LEFT(true),
    LIKE(true),
    LIMIT(true),
    LOAD(true),
    LOCALTIME(true),
    LOCALTIMESTAMP(true),
    LOCK(true),
    LOG(false),
    LOOP(true),
    LOW_PRIORITY(true),
    MATCH(true),
    MAXVALUE(true),
    MEMBER(false),
    MERGE(false),
    MID(false),
    MINUS(false),
    MOD(true),
    NATURAL(true),
    NEXT(false),
    NOT(true),
    NULL(true),
    OF(true),
    OFFSET(false),
    OJ(false),
    ON(true),
    ONLY(false),
    OR(true),
    ORDER(true),
    OUTER(true),
    OVER(false),
    OVERWRITE(false),
    PARTITION(true),
    PIVOT(false),
    POSITION(false),
    PRIOR(false),
    PROCEDURE(true),
    QUICK(false),
    RECURSIVE(false),
    REGEXP(true),
    REPLACE(true),
    RETURNING(false),
    RIGHT(true),
    RLIKE(true),
    ROLLUP(false),
    ROUTE(false),
    ROW(false),
    ROWNUM(false),
    SAMPLE(false),
    SELECT(true),
    SESSIONTIMEZONE(false),
    SET(true),
    SETS(false),
    SIBLINGS(false),
    SOME(false),
    SOUNDS(false),
    SQL_BIG_RESULT(true),
    SQL_BUFFER_RESULT(false),
    SQL_CACHE(false),
    SQL_CALC_FOUND_ROWS(true),
    SQL_NO_CACHE(false),
    SQL_SMALL_RESULT(true),
    START(false),
    STRAIGHT_JOIN(true),
    SUBPARTITION(false),
    SUBSTR(false),
    SUBSTRING(false),
    SYSDATE(false),
    SYSTIMESTAMP(false),
    TABLE(true),
    TABLESAMPLE(false),
    THEN(true),
    TIME(false),
    TIMESTAMP(false),
    TIMESTAMPADD(false),
    TIMESTAMPDIFF(false),
    TO(true),
    TRAILING(true),
    BOTH(true),
    TRIM(false),
    TRUE(true),
    UID(false),
    UNION(true),
    UNIQUE(true),
    UNKNOWN(false),
    UNPIVOT(false),
    UPDATE(true),
    USE(true),
    USER(false),
    USING(true),
    UTC_DATE(true),
    UTC_TIME(true),
    UTC_TIMESTAMP(true),
    VALUE(false),
    VALUES(true),
    WAIT(false),
    WHEN(true),
    WHERE(true),
    WINDOW(false),
    WITH(true),
    WITHIN(false),
    XOR(true);

    private static final SqlWord[] WORDS = values();
    private static final int SLOTS = 1024;
    private static final byte[] TABLE_OF_WORDS = new byte[SLOTS];
    private static final byte[][] SPELLINGS = new byte[WORDS.length][];
    private static final int LONGEST;

    static {
        int longest = 0;
        for (SqlWord word : WORDS) {
            byte[] spelling = word.name().getBytes(StandardCharsets.US_ASCII);
            SPELLINGS[word.ordinal()] = spelling;
            longest = Math.max(longest, spelling.length);
            if (word != NONE) {
                int slot = slot(spelling, 0, spelling.length);
                while (TABLE_OF_WORDS[slot] != 0) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                TABLE_OF_WORDS[slot] = (byte) word.ordinal();
            }
        }
        LONGEST = longest;
    }

    private final boolean reserved;

    SqlWord(boolean reserved) {
        this.reserved = reserved;
    }

    /** Whether the word, when it is not quoted, is neither a column nor an alias. */
    boolean isReserved() {
        return reserved;
    }

    /** The word at these bytes in any letter case, {@link #NONE} if it is none of these. */
    static SqlWord find(byte[] text, int start, int end) {
        int length = end - start;
        if (length < 2 || length > LONGEST) {
            return NONE;
        }
        int slot = slot(text, start, end);
        while (true) {
            int candidate = TABLE_OF_WORDS[slot] & 0xFF;
            if (candidate == 0 || matches(SPELLINGS[candidate], text, start, length)) {
                return WORDS[candidate];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    private static boolean matches(byte[] spelling, byte[] text, int start, int length) {
        if (spelling.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = text[start + i];
            if (spelling[i] != (b >= 'a' && b <= 'z' ? b - 32 : b)) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (text[i] & 0xDF);
        }
        return (hash ^ hash >>> 10) & (SLOTS - 1);
    }
}
