package com.oceanbase.odp.it.recording;

/** Kinds of column types whose values are written alike. */
enum Family {
    INTEGER,
    BIT,
    REAL,
    DECIMAL,
    TEXT,
    BYTES,
    DATE,
    DATETIME,
    TIMESTAMP,
    TIME,
    YEAR,
    ENUM,
    SET;

    boolean isNumber() {
        return this == INTEGER || this == REAL || this == DECIMAL || this == BIT || this == YEAR;
    }

    boolean isTemporal() {
        return this == DATE || this == DATETIME || this == TIMESTAMP || this == TIME;
    }

    boolean isText() {
        return this == TEXT || this == BYTES;
    }

    /** Whether KEY, RANGE COLUMNS and LIST COLUMNS alike accept the type. */
    boolean isListed() {
        return this != BIT && this != ENUM && this != SET && this != DECIMAL && this != REAL;
    }
}
