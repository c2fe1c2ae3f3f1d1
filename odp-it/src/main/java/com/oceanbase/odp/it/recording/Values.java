package com.oceanbase.odp.it.recording;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Values of columns: usual ones, those at the edges, and random ones. */
final class Values {
    private static final List<String> INTEGERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "7",
            "8",
            "9",
            "10",
            "11",
            "15",
            "16",
            "17",
            "25",
            "31",
            "32",
            "42",
            "63",
            "64",
            "65",
            "96",
            "97",
            "99",
            "100",
            "101",
            "120",
            "126",
            "127",
            "128",
            "200",
            "255",
            "256",
            "300",
            "500",
            "511",
            "512",
            "1000",
            "1023",
            "1024",
            "1025",
            "2024",
            "4096",
            "9999",
            "10000",
            "12345",
            "32767",
            "32768",
            "65535",
            "65536",
            "99999",
            "100000",
            "123456",
            "1000000",
            "8388607",
            "16777215",
            "20240101",
            "2147483647",
            "2147483648",
            "4294967295",
            "4294967296",
            "123456789012",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "-1",
            "-2",
            "-5",
            "-7",
            "-42",
            "-100",
            "-128",
            "-1000",
            "-32768",
            "-8388608",
            "-2147483648",
            "-9223372036854775808");
    private static final List<String> NUMBERS = List.of(
            "0",
            "0.1",
            "0.01",
            "0.5",
            "-0.5",
            "1",
            "1.5",
            "-1.5",
            "2.25",
            "2.5",
            "3.14",
            "5",
            "9.99",
            "10",
            "17.2",
            "100",
            "100.5",
            "-100.5",
            "123.45",
            "255",
            "999.9",
            "1000.1",
            "12345.67",
            "-12345.67",
            "65535",
            "99999",
            "16777216",
            "123456789.12",
            "-1",
            "-7",
            "-0.01",
            "0.0001");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "  ",
            "a",
            "b",
            "c",
            "A",
            "B",
            "Z",
            "ab",
            "abc",
            "ABC",
            "aBc",
            "abcd",
            "abc ",
            " abc",
            "hello world",
            "0",
            "1",
            "5",
            "05",
            "5.0",
            "12345",
            "-128",
            "1e1",
            "0x41",
            "true",
            "null",
            "NULL",
            "_",
            "%",
            "a%b",
            "?",
            "$1",
            "#",
            "--",
            "/*x*/",
            ";",
            "(a)",
            "a,b",
            "a\"b",
            "it's",
            "a\\b",
            "a\tb",
            "a\nb",
            "order-2024-01-01",
            "user_10001",
            "USER_10001",
            "SKU-00370",
            "550e8400-e29b-41d4-a716-446655440000",
            "2024-01-01",
            "中",
            "中文",
            "中文abc",
            "中国上海市浦东新区",
            "日本語テキスト",
            "한국어",
            "é",
            "É",
            "e",
            "ä",
            "Ä",
            "ß",
            "ss",
            "Straße",
            "ı",
            "I",
            "i",
            "ω",
            "Ω",
            "я",
            "Я",
            "😀",
            "a😀b",
            "ａｂｃ",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
    private static final List<String> DATES = List.of(
            "1000-01-01",
            "1970-01-01",
            "1970-01-02",
            "1999-12-31",
            "2000-01-01",
            "2000-02-29",
            "2021-11-11",
            "2022-03-03",
            "2023-01-01",
            "2023-05-20",
            "2023-12-31",
            "2024-01-01",
            "2024-01-15",
            "2024-02-29",
            "2024-07-01",
            "2024-10-10",
            "2025-01-01",
            "2030-06-15",
            "9999-12-31");
    private static final List<String> TIMES = List.of(
            "00:00:00",
            "00:00:01",
            "01:02:03",
            "03:03:03",
            "08:00:00",
            "10:10:10",
            "10:20:30",
            "12:00:00",
            "13:14:00",
            "23:59:59");
    private static final List<String> LONG_TIMES = List.of(
            "00:00:00",
            "01:02:03",
            "09:00:00",
            "10:20:30",
            "12:00:00",
            "23:59:59",
            "24:00:00",
            "100:00:00",
            "-01:00:00",
            "-10:20:30",
            "838:59:59");
    private static final List<String> YEARS =
            List.of("1901", "1970", "1999", "2000", "2001", "2023", "2024", "2025", "2069", "2155", "0");

    private Values() {}

    /** A value that the type holds. */
    static Value of(KeyType type, Dice dice) {
        return switch (type.family()) {
            case INTEGER, BIT -> Value.number(integer(type, dice));
            case REAL, DECIMAL -> Value.number(number(type, dice));
            case TEXT, BYTES -> Value.string(text(type, dice));
            case DATE -> Value.string(dice.chance(80) ? dice.any(DATES) : date(dice));
            case DATETIME -> Value.string(datetime(dice, type.digits(), false));
            case TIMESTAMP -> Value.string(datetime(dice, type.digits(), true));
            case TIME -> Value.string(dice.any(LONG_TIMES) + fraction(dice, type.digits()));
            case YEAR -> Value.number(dice.chance(80) ? dice.any(YEARS) : dice.between(1950, 2100));
            case ENUM -> Value.string(dice.any(type.members()));
            case SET ->
                Value.string(String.join(
                        ",",
                        type.members().stream().filter(_ -> dice.chance(50)).toList()));
        };
    }

    /** Different values, fewer if the type has not so many. */
    static List<Value> several(KeyType type, int count, Dice dice) {
        List<Value> found = new ArrayList<>();
        for (int tries = 0; found.size() < count && tries < 200; tries++) {
            Value value = of(type, dice);
            if (found.stream().noneMatch(known -> known.text().equalsIgnoreCase(value.text()))) {
                found.add(value);
            }
        }
        return found;
    }

    private static BigInteger integer(KeyType type, Dice dice) {
        for (int tries = 0; tries < 50; tries++) {
            BigInteger value =
                    dice.chance(75) ? new BigInteger(dice.any(INTEGERS)) : BigInteger.valueOf(dice.between(-50, 5000));
            if (dice.chance(5)) {
                value = BigInteger.valueOf(dice.between(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2));
            }
            if (value.compareTo(type.lowest()) >= 0 && value.compareTo(type.highest()) <= 0) {
                return value;
            }
        }
        return type.lowest();
    }

    private static BigDecimal number(KeyType type, Dice dice) {
        for (int tries = 0; tries < 50; tries++) {
            BigDecimal value = dice.chance(75)
                    ? new BigDecimal(dice.any(NUMBERS))
                    : BigDecimal.valueOf(dice.between(-1_000_000, 100_000_000), (int) dice.between(0, 5));
            if (value.scale() > type.digits()) {
                value = value.setScale(type.digits(), RoundingMode.HALF_UP);
            }
            boolean small = !type.ddl().contains(",") || value.abs().compareTo(BigDecimal.valueOf(999)) < 0;
            if (value.compareTo(new BigDecimal(type.lowest())) >= 0
                    && value.compareTo(new BigDecimal(type.highest())) <= 0
                    && (small || type.family() == Family.DECIMAL)) {
                return value;
            }
        }
        return BigDecimal.ZERO;
    }

    private static String text(KeyType type, Dice dice) {
        for (int tries = 0; tries < 50; tries++) {
            String text = dice.chance(80)
                    ? dice.any(TEXTS)
                    : dice.anyOf("k", "order", "cust-", "U00", "用户", "tést") + dice.below(1_000_000);
            int length = type.family() == Family.BYTES ? text.length() * 3 : text.length();
            if (length <= type.digits()) {
                return text;
            }
        }
        return dice.anyOf("a", "b", "");
    }

    private static String date(Dice dice) {
        return "%04d-%02d-%02d".formatted(dice.between(1985, 2027), dice.between(1, 12), dice.between(1, 28));
    }

    private static String datetime(Dice dice, int digits, boolean stamp) {
        String date = dice.chance(70) ? dice.any(DATES) : date(dice);
        if (stamp && (date.startsWith("1000") || date.startsWith("9999") || date.equals("1970-01-01"))) {
            date = "2024-01-15";
        }
        return date + " " + dice.any(TIMES) + fraction(dice, digits);
    }

    private static String fraction(Dice dice, int digits) {
        if (digits == 0 || dice.chance(50)) {
            return "";
        }
        StringBuilder text = new StringBuilder(".");
        for (int i = 0; i < digits; i++) {
            text.append(dice.below(10));
        }
        return text.toString();
    }
}
