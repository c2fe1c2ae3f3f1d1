package com.oceanbase.odp.routing.partition;

/**
 * Column types of an OBServer with the numbers of its dictionary and its serialized objects. Numbers above 35 differ between kernels, but only
 * types that the other mode does not have share a number: so number and mode of the tenant decide (see {@link #of}).
 */
public enum ObjectType {
    NULL(0, Kind.NULL),
    TINYINT(1, Kind.WHOLE),
    SMALLINT(2, Kind.WHOLE),
    MEDIUMINT(3, Kind.WHOLE),
    INT(4, Kind.WHOLE),
    BIGINT(5, Kind.WHOLE),
    TINYINT_UNSIGNED(6, Kind.WHOLE),
    SMALLINT_UNSIGNED(7, Kind.WHOLE),
    MEDIUMINT_UNSIGNED(8, Kind.WHOLE),
    INT_UNSIGNED(9, Kind.WHOLE),
    BIGINT_UNSIGNED(10, Kind.WHOLE),
    FLOAT(11, Kind.REAL),
    DOUBLE(12, Kind.REAL),
    FLOAT_UNSIGNED(13, Kind.REAL),
    DOUBLE_UNSIGNED(14, Kind.REAL),
    /** Decimal of older kernels, NUMBER of Oracle mode: digits in base 10^9. */
    NUMBER(15, Kind.EXACT),
    NUMBER_UNSIGNED(16, Kind.EXACT),
    /** DATETIME of MySQL mode as microseconds since 1970 without zone, DATE of Oracle mode. */
    DATETIME(17, Kind.WHOLE),
    /** Microseconds since 1970 UTC. */
    TIMESTAMP(18, Kind.WHOLE),
    /** Days since 1970. */
    DATE(19, Kind.WHOLE),
    /** Microseconds. */
    TIME(20, Kind.WHOLE),
    /** Year - 1900, 0 for the year 0. */
    YEAR(21, Kind.WHOLE),
    VARCHAR(22, Kind.TEXT),
    CHAR(23, Kind.TEXT),
    HEX_STRING(24, Kind.TEXT),
    /** MINVALUE, MAXVALUE, DEFAULT of bounds. */
    EXTEND(25, Kind.NONE),
    TINY_TEXT(27, Kind.TEXT),
    TEXT(28, Kind.TEXT),
    MEDIUM_TEXT(29, Kind.TEXT),
    LONG_TEXT(30, Kind.TEXT),
    BIT(31, Kind.WHOLE),
    ENUM(32, Kind.WHOLE),
    SET(33, Kind.WHOLE),
    TIMESTAMP_TZ(36, Kind.ZONED),
    TIMESTAMP_LTZ(37, Kind.ZONED),
    TIMESTAMP_NANO(38, Kind.ZONED),
    RAW(39, Kind.TEXT),
    NUMBER_FLOAT(42, Kind.EXACT),
    NVARCHAR2(43, Kind.TEXT),
    NCHAR(44, Kind.TEXT),
    /** Decimal as a two's complement integer. */
    DECIMAL_INT(50, Kind.EXACT),
    /** DATE of MySQL mode that keeps dates which are no days: year &lt;&lt; 9 | month &lt;&lt; 5 | day. */
    MYSQL_DATE(52, Kind.WHOLE),
    /** DATETIME of MySQL mode that keeps dates which are no days; packed fields. */
    MYSQL_DATETIME(53, Kind.WHOLE),
    /** Anything that no partition key can be. */
    OTHER(-1, Kind.NONE);

    /** How a value of the type is kept; see {@link Datum}. */
    public enum Kind {
        NONE,
        NULL,
        WHOLE,
        REAL,
        EXACT,
        TEXT,
        ZONED
    }

    private static final ObjectType[] BY_NUMBER = new ObjectType[64];

    static {
        for (ObjectType type : values()) {
            if (type.number >= 0) {
                BY_NUMBER[type.number] = type;
            }
        }
    }

    private final int number;
    private final Kind kind;

    ObjectType(int number, Kind kind) {
        this.number = number;
        this.kind = kind;
    }

    /**
     * Type of a number. In MySQL mode 39, 41 and 42 are what small kernels, which have no Oracle types, call decimal int, MySQL date and MySQL
     * datetime.
     *
     * @param number {@code data_type} of the dictionary, {@code part_key_type}, or the first byte of a serialized object
     * @param oracleMode mode of the tenant
     */
    public static ObjectType of(int number, boolean oracleMode) {
        if (!oracleMode) {
            switch (number) {
                case 39 -> {
                    return DECIMAL_INT;
                }
                case 41 -> {
                    return MYSQL_DATE;
                }
                case 42 -> {
                    return MYSQL_DATETIME;
                }
                default -> {
                    // The number means the same in both modes.
                }
            }
        }
        ObjectType type = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return type == null ? OTHER : type;
    }

    /** How values are kept. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is one of the integer types of MySQL mode, signed or not. */
    public boolean isInteger() {
        return number >= 1 && number <= 10;
    }

    /** The least value of an integer type. */
    public long lowest() {
        return isUnsigned() ? 0 : -1L << (bits() - 1);
    }

    /** The greatest value of an integer type; -1 stands for the greatest unsigned one. */
    public long highest() {
        return -1L >>> (Long.SIZE - bits() + (isUnsigned() ? 0 : 1));
    }

    private int bits() {
        return switch (this) {
            case TINYINT, TINYINT_UNSIGNED -> 8;
            case SMALLINT, SMALLINT_UNSIGNED -> 16;
            case MEDIUMINT, MEDIUMINT_UNSIGNED -> 24;
            case INT, INT_UNSIGNED -> 32;
            default -> Long.SIZE;
        };
    }

    /** Whether values are unsigned 64-bit numbers. */
    public boolean isUnsignedWhole() {
        return number >= 6 && number <= 10 || this == BIT || this == ENUM || this == SET;
    }

    /** Whether negative values are out of range. */
    public boolean isUnsigned() {
        return isUnsignedWhole() || this == FLOAT_UNSIGNED || this == DOUBLE_UNSIGNED || this == NUMBER_UNSIGNED;
    }

    /** Whether trailing blanks are no part of a stored value. */
    public boolean isFixedChar() {
        return this == CHAR || this == NCHAR;
    }

    /** Whether it is a date without time of day. */
    public boolean isDate() {
        return this == DATE || this == MYSQL_DATE;
    }

    /** Whether it has date and time of day, TIMESTAMP included. */
    public boolean isDateTime() {
        return this == DATETIME || this == MYSQL_DATETIME || this == TIMESTAMP;
    }

    /** Whether it is a date, time or year. */
    public boolean isTemporal() {
        return isDate() || isDateTime() || this == TIME || this == YEAR;
    }
}
