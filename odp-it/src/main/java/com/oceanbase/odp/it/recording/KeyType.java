package com.oceanbase.odp.it.recording;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column type that may be a partition key.
 *
 * @param ddl how CREATE TABLE names it
 * @param digits digits behind the point or the seconds; length of strings
 * @param lowest the least whole number that it holds
 * @param highest the greatest whole number that it holds
 * @param members of an ENUM or SET
 */
record KeyType(String ddl, Family family, int digits, BigInteger lowest, BigInteger highest, List<String> members) {
    private static final BigInteger MANY = BigInteger.TEN.pow(15);

    /** All types. */
    static final List<KeyType> ALL = all();

    /** Types of one family. */
    static List<KeyType> of(Family... families) {
        List<Family> wanted = List.of(families);
        return ALL.stream().filter(type -> wanted.contains(type.family)).toList();
    }

    boolean isUnsigned() {
        return lowest.signum() == 0;
    }

    private static List<KeyType> all() {
        List<KeyType> types = new ArrayList<>();
        integers(types);
        for (int bits : new int[] {1, 4, 8, 16, 33, 64}) {
            types.add(new KeyType(
                    "bit(" + bits + ")",
                    Family.BIT,
                    bits,
                    BigInteger.ZERO,
                    BigInteger.TWO.pow(bits).subtract(BigInteger.ONE),
                    List.of()));
        }
        numbers(types);
        for (String text : List.of(
                "varchar(64)",
                "varchar(255)",
                "varchar(3)",
                "varchar(1)",
                "varchar(1000)",
                "varchar(64) collate utf8mb4_bin",
                "varchar(32) binary",
                "char(20)",
                "char(3)",
                "char(255)",
                "char(20) collate utf8mb4_bin",
                "varchar(40) charset utf8mb4 collate utf8mb4_general_ci",
                "char(32)")) {
            types.add(simple(text, Family.TEXT, length(text)));
        }
        for (String bytes :
                List.of("varbinary(64)", "varbinary(5)", "binary(8)", "binary(3)", "varchar(64) charset binary")) {
            types.add(simple(bytes, Family.BYTES, length(bytes)));
        }
        types.add(simple("date", Family.DATE, 0));
        IntStream.rangeClosed(0, 6).forEach(digits -> {
            String suffix = digits == 0 ? "" : "(" + digits + ")";
            types.add(simple("datetime" + suffix, Family.DATETIME, digits));
            types.add(simple("timestamp" + suffix + " null", Family.TIMESTAMP, digits));
            types.add(simple("time" + suffix, Family.TIME, digits));
        });
        types.add(simple("year", Family.YEAR, 0));
        types.add(simple("year(4)", Family.YEAR, 0));
        types.add(chosen("enum", Family.ENUM, List.of("x", "y", "z")));
        types.add(chosen("enum", Family.ENUM, List.of("small", "MEDIUM", "Large")));
        types.add(chosen("set", Family.SET, List.of("a", "b", "c", "d")));
        types.add(chosen("set", Family.SET, List.of("read", "WRITE", "Exec")));
        return List.copyOf(types);
    }

    private static void integers(List<KeyType> types) {
        record Size(String name, int bits) {}
        for (Size size : List.of(
                new Size("tinyint", 8),
                new Size("smallint", 16),
                new Size("mediumint", 24),
                new Size("int", 32),
                new Size("bigint", 64))) {
            BigInteger half = BigInteger.TWO.pow(size.bits - 1);
            types.add(integer(size.name, half.negate(), half.subtract(BigInteger.ONE)));
            BigInteger top = BigInteger.TWO.pow(size.bits).subtract(BigInteger.ONE);
            types.add(integer(size.name + " unsigned", BigInteger.ZERO, top));
        }
        BigInteger int32 = BigInteger.valueOf(Integer.MAX_VALUE);
        BigInteger int64 = BigInteger.valueOf(Long.MAX_VALUE);
        types.add(integer("int(11)", int32.not(), int32));
        types.add(integer("integer", int32.not(), int32));
        types.add(integer("bigint(20)", int64.not(), int64));
        types.add(integer(
                "int(8) zerofill", BigInteger.ZERO, BigInteger.TWO.pow(32).subtract(BigInteger.ONE)));
        types.add(integer("bool", BigInteger.valueOf(Byte.MIN_VALUE), BigInteger.valueOf(Byte.MAX_VALUE)));
    }

    private static void numbers(List<KeyType> types) {
        for (String real :
                List.of("float", "double", "real", "float(7,3)", "double(10,4)", "double(8,2)", "float(5,1)")) {
            types.add(new KeyType(real, Family.REAL, scale(real), BigInteger.valueOf(-9999), MANY, List.of()));
        }
        types.add(new KeyType("double unsigned", Family.REAL, 4, BigInteger.ZERO, MANY, List.of()));
        types.add(new KeyType("float unsigned", Family.REAL, 2, BigInteger.ZERO, MANY, List.of()));
        record Size(int precision, int scale) {}
        for (Size size : List.of(
                new Size(10, 2),
                new Size(18, 6),
                new Size(20, 0),
                new Size(38, 10),
                new Size(5, 0),
                new Size(9, 4),
                new Size(15, 3),
                new Size(30, 8),
                new Size(65, 10),
                new Size(12, 4))) {
            String ddl = "decimal(" + size.precision + "," + size.scale + ")";
            BigInteger top = BigInteger.TEN.pow(size.precision - size.scale).subtract(BigInteger.ONE);
            types.add(new KeyType(ddl, Family.DECIMAL, size.scale, top.negate(), top, List.of()));
            if (size.scale == 2 || size.scale == 4 || size.scale == 8) {
                types.add(new KeyType(ddl + " unsigned", Family.DECIMAL, size.scale, BigInteger.ZERO, top, List.of()));
            }
        }
        types.add(new KeyType("numeric", Family.DECIMAL, 0, MANY.negate(), MANY, List.of()));
    }

    private static KeyType integer(String ddl, BigInteger lowest, BigInteger highest) {
        return new KeyType(ddl, Family.INTEGER, 0, lowest, highest, List.of());
    }

    private static KeyType simple(String ddl, Family family, int digits) {
        return new KeyType(ddl, family, digits, MANY.negate(), MANY, List.of());
    }

    private static KeyType chosen(String name, Family family, List<String> members) {
        String list = String.join(",", members.stream().map(Value::quote).toList());
        return new KeyType(name + "(" + list + ")", family, 0, BigInteger.ZERO, MANY, members);
    }

    private static int length(String ddl) {
        return Integer.parseInt(ddl.substring(ddl.indexOf('(') + 1, ddl.indexOf(')')));
    }

    private static int scale(String ddl) {
        int comma = ddl.indexOf(',');
        return comma < 0 ? 3 : Integer.parseInt(ddl.substring(comma + 1, ddl.indexOf(')')));
    }
}
