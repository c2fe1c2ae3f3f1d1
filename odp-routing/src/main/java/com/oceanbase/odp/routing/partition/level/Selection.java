package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.sql.expression.Expression;
import org.jspecify.annotations.Nullable;

/** What conditions say about the key of a level, with constants that are looked up for each execution. Arrays are never changed. */
public sealed interface Selection {
    /** One of some keys, each with an expression for each of its columns. */
    record Keys(Expression[][] keys) implements Selection {}

    /** A range of the only column; a null end is open. */
    record Between(
            @Nullable Expression low,
            boolean lowInclusive,
            @Nullable Expression high,
            boolean highInclusive) implements Selection {}

    /** Any key of which some columns have one of these values each, others any. */
    record Part(Expression[][] given) implements Selection {}

    /** Any key. */
    record All() implements Selection {}
}
