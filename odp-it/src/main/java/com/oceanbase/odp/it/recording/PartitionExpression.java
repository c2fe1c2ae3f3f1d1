package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An expression by which HASH, RANGE and LIST partition.
 *
 * @param text with {@code {}} for the column
 * @param results what its values are, for bounds that make sense
 */
record PartitionExpression(String text, Results results) {
    /** Kinds of values. */
    enum Results {
        NUMBERS,
        YEARS,
        DAYS,
        SECONDS,
        STAMPS,
        SMALL
    }

    private static final List<PartitionExpression> DATES = List.of(
            of("year({})", Results.YEARS),
            of("to_days({})", Results.DAYS),
            of("month({})", Results.SMALL),
            of("dayofyear({})", Results.SMALL),
            of("quarter({})", Results.SMALL),
            of("dayofmonth({})", Results.SMALL),
            of("day({})", Results.SMALL),
            of("weekday({})", Results.SMALL),
            of("dayofweek({})", Results.SMALL),
            of("week({})", Results.SMALL),
            of("yearweek({})", Results.NUMBERS),
            of("to_seconds({})", Results.SECONDS),
            of("extract(year_month from {})", Results.NUMBERS),
            of("extract(year from {})", Results.YEARS),
            of("extract(month from {})", Results.SMALL),
            of("year({})*100+month({})", Results.NUMBERS),
            of("year({}) div 10", Results.NUMBERS),
            of("mod(to_days({}),7)", Results.SMALL),
            of("datediff({},'2000-01-01')", Results.NUMBERS),
            of("year({})+1", Results.YEARS),
            of("weekofyear({})", Results.SMALL),
            of("week({},1)", Results.SMALL),
            of("yearweek({},1)", Results.NUMBERS),
            of("to_days({}) div 7", Results.NUMBERS),
            of("floor(to_days({})/7)", Results.NUMBERS),
            of("mod(year({}),4)", Results.SMALL),
            of("extract(quarter from {})", Results.SMALL),
            of("extract(week from {})", Results.SMALL),
            of("extract(day from {})", Results.SMALL),
            of("timestampdiff(day,'2000-01-01',{})", Results.NUMBERS),
            of("dayofmonth({})*12+month({})", Results.NUMBERS));
    private static final List<PartitionExpression> CLOCK = List.of(
            of("hour({})", Results.SMALL),
            of("minute({})", Results.SMALL),
            of("second({})", Results.SMALL),
            of("microsecond({})", Results.NUMBERS),
            of("extract(hour_minute from {})", Results.NUMBERS),
            of("extract(hour from {})", Results.SMALL),
            of("time_to_sec({})", Results.NUMBERS),
            of("hour({})*60+minute({})", Results.NUMBERS),
            of("extract(minute_second from {})", Results.NUMBERS),
            of("extract(hour_second from {})", Results.NUMBERS),
            of("extract(microsecond from {})", Results.NUMBERS),
            of("mod(hour({}),6)", Results.SMALL));
    private static final List<PartitionExpression> INTEGERS = List.of(
            of("{}", Results.NUMBERS),
            of("mod({},10)", Results.SMALL),
            of("mod({},5)", Results.SMALL),
            of("abs({})", Results.NUMBERS),
            of("{} div 10", Results.NUMBERS),
            of("{} div 100", Results.NUMBERS),
            of("{}*2", Results.NUMBERS),
            of("{}%7", Results.SMALL),
            of("-{}", Results.NUMBERS),
            of("floor({})", Results.NUMBERS),
            of("ceiling({})", Results.NUMBERS),
            of("{}+1", Results.NUMBERS),
            of("{}-3", Results.NUMBERS),
            of("({}+5)*3", Results.NUMBERS),
            of("floor({}/10)", Results.NUMBERS),
            of("abs({}) div 3", Results.NUMBERS),
            of("abs({})%10", Results.SMALL),
            of("{}%1000 div 7", Results.SMALL),
            of("ceil({}/4)", Results.NUMBERS),
            of("100-{}", Results.NUMBERS),
            of("{}*{}", Results.NUMBERS));

    private static PartitionExpression of(String text, Results results) {
        return new PartitionExpression(text, results);
    }

    /** An expression that the kernel accepts for columns of the type, mostly. */
    static PartitionExpression any(KeyType type, Dice dice) {
        return switch (type.family()) {
            case DATE -> dice.any(DATES);
            case DATETIME -> dice.chance(65) ? dice.any(DATES) : dice.any(CLOCK);
            case TIMESTAMP -> of("unix_timestamp({})", Results.STAMPS);
            case TIME -> dice.any(CLOCK);
            case DECIMAL, REAL -> of(dice.anyOf("ceiling({})", "floor({})", "ceil({})"), Results.NUMBERS);
            case YEAR -> of(dice.anyOf("{}", "{}+1", "{}-1900", "mod({},10)"), Results.YEARS);
            case BIT -> of(dice.anyOf("{}", "{}", "{}+1", "{}*2"), Results.NUMBERS);
            default -> dice.chance(35) ? INTEGERS.getFirst() : dice.any(INTEGERS);
        };
    }

    String on(String column) {
        return text.replace("{}", column);
    }

    /** Ascending constants. */
    List<String> ascending(KeyType type, int count, Dice dice) {
        return switch (results) {
            case DAYS -> wrapped("to_days(", dates(count, dice), "", ")");
            case SECONDS -> wrapped("to_seconds(", dates(count, dice), "", ")");
            case STAMPS -> wrapped("unix_timestamp(", dates(count, dice), " 00:00:00", ")");
            case YEARS -> numbers(1990, 2035, count, dice);
            case SMALL -> numbers(-3, 30, count, dice);
            case NUMBERS -> {
                TreeSet<java.math.BigInteger> found = new TreeSet<>();
                while (found.size() < count) {
                    found.add(
                            dice.chance(60) && type.family() == Family.INTEGER
                                    ? new java.math.BigInteger(
                                            Values.of(type, dice).text())
                                    : java.math.BigInteger.valueOf(dice.between(type.isUnsigned() ? 0 : -100, 2000)));
                }
                yield found.stream().map(Object::toString).toList();
            }
        };
    }

    private static List<String> numbers(long from, long to, int count, Dice dice) {
        TreeSet<Long> found = new TreeSet<>();
        while (found.size() < count) {
            found.add(dice.between(from, to));
        }
        return found.stream().map(Object::toString).toList();
    }

    private static List<String> dates(int count, Dice dice) {
        TreeSet<String> found = new TreeSet<>();
        while (found.size() < count) {
            found.add(dice.anyOf("1999", "2000", "2023", "2024", "2025") + dice.anyOf("-01-01", "-02-15", "-07-01"));
        }
        return List.copyOf(found);
    }

    private static List<String> wrapped(String before, List<String> texts, String tail, String after) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(before + "'" + text + tail + "'" + after));
        return all;
    }
}
