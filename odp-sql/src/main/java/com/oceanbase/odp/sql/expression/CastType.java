package com.oceanbase.odp.sql.expression;

import org.jspecify.annotations.Nullable;

/**
 * Target of a CAST.
 *
 * @param name type in upper case, e.g. SIGNED, UNSIGNED, CHAR, BINARY, DECIMAL, DATE, DATETIME, TIME, YEAR, DOUBLE, FLOAT, JSON; of Oracle mode
 *     NUMBER, VARCHAR2 …
 * @param length length, precision or fractional digits; -1 if none
 * @param scale scale; -1 if none
 * @param charset character set in lower case, null if none
 */
public record CastType(
        String name, int length, int scale, @Nullable String charset) {}
