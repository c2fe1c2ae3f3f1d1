package com.oceanbase.odp.routing;

/** Kind of a table by its number in location rows (original: src/share/schema/ob_schema_struct.h:83-93). */
public enum TableKind {
    /** System table. */
    SYSTEM,
    /** System view. */
    SYSTEM_VIEW,
    /** Virtual table. */
    VIRTUAL,
    /** Ordinary table. */
    USER,
    /** View. */
    VIEW,
    /** Table of a global index. */
    INDEX,
    /** Temporary table. */
    TEMPORARY,
    /** A number that newer servers send. */
    OTHER;

    /** The kind with this number. */
    public static TableKind of(long code) {
        return code >= 0 && code < OTHER.ordinal() ? values()[(int) code] : OTHER;
    }

    /** Whether it has no location of its own, so that any server of the tenant will do. */
    public boolean isAnywhere() {
        return this == SYSTEM_VIEW || this == VIRTUAL || this == VIEW || this == TEMPORARY;
    }
}
