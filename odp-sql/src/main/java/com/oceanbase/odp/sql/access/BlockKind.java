package com.oceanbase.odp.sql.access;

/** What a block does to the rows of its first table. */
public enum BlockKind {
    SELECT,
    SELECT_FOR_UPDATE,
    INSERT,
    REPLACE,
    UPDATE,
    DELETE,
    MERGE,
    LOAD_DATA,
    CALL,
    OTHER
}
