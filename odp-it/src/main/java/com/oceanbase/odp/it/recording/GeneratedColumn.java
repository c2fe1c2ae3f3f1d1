package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * A generated column that may be a key.
 *
 * @param expression of the base columns
 */
record GeneratedColumn(KeyType type, String expression, List<KeyColumn> bases) {
    private static final List<String> OF_NUMBERS = List.of(
            "c*10+1",
            "c % 5",
            "c+1",
            "c div 10",
            "abs(c)",
            "c-100",
            "mod(c,7)",
            "c*2",
            "if(c>100,1,0)",
            "-c",
            "floor(c/10)",
            "ifnull(c,0)",
            "c & 15",
            "greatest(c,10)",
            "coalesce(c,-1)");
    private static final List<String> TO_TEXT = List.of(
            "substr(c,1,4)",
            "substring(c,2)",
            "substr(c,2,3)",
            "lower(c)",
            "upper(c)",
            "left(c,3)",
            "concat(c,'x')",
            "right(c,2)",
            "trim(c)",
            "reverse(c)",
            "substr(c,-3)",
            "concat('p',c)",
            "mid(c,1,5)",
            "replace(c,'a','b')",
            "lpad(c,6,'0')",
            "substring_index(c,'-',1)",
            "ifnull(c,'none')",
            "ltrim(c)",
            "md5(c)",
            "hex(c)",
            "concat(substr(c,1,2),'-x')",
            "concat_ws('_',c,'t')",
            "insert(c,1,1,'z')",
            "repeat(c,2)",
            "rtrim(c)");
    private static final List<String> TO_NUMBER = List.of(
            "length(c)",
            "char_length(c)",
            "ascii(c)",
            "instr(c,'a')",
            "crc32(c)",
            "locate('b',c)",
            "ord(c)",
            "length(trim(c))",
            "cast(c as signed)",
            "cast(substr(c,1,2) as unsigned)");
    private static final List<String> OF_DATES = List.of("date(c)", "last_day(c)", "date_add(c, interval 1 day)");
    private static final List<String> DATE_TO_NUMBER = List.of(
            "year(c)",
            "month(c)",
            "to_days(c)",
            "year(c)*100+month(c)",
            "dayofweek(c)",
            "quarter(c)",
            "extract(year_month from c)");
    private static final List<String> OF_TWO =
            List.of("c+e", "c*10+e", "greatest(c,e)", "mod(c,10)+mod(e,10)", "if(c>e,c,e)");

    private static final List<String> NUMBER_TO_TEXT =
            List.of("concat('u',c)", "cast(c as char)", "lpad(c,6,'0')", "concat(c,'')", "hex(c)", "right(c,2)");
    private static final List<String> DATE_TO_TEXT = List.of(
            "date_format(c,'%Y%m')",
            "date_format(c,'%Y-%m-%d')", "left(c,7)", "concat(year(c),'-',month(c))", "cast(c as char)");
    private static final List<String> OF_TEXT_AND_NUMBER = List.of(
            "concat(c,e)",
            "concat_ws('-',c,e)",
            "concat(substr(c,1,2),e)",
            "substr(c,e % 3 + 1)",
            "if(e>10,c,'small')");

    static GeneratedColumn any(Dice dice) {
        return switch (dice.below(12)) {
            case 0, 1, 2 -> {
                KeyColumn base = new KeyColumn("c", dice.any(KeyType.of(Family.INTEGER)));
                yield new GeneratedColumn(whole(dice), dice.any(OF_NUMBERS), List.of(base));
            }
            case 3, 4, 5, 6 -> {
                KeyColumn base = new KeyColumn("c", text(dice), dice.chance(30) ? "not null" : "");
                KeyType type = base.type().ddl().endsWith("_bin")
                        ? named("varchar(64) collate utf8mb4_bin")
                        : dice.chance(60) ? named("varchar(64)") : named("varchar(255)");
                yield dice.chance(85)
                        ? new GeneratedColumn(type, dice.any(TO_TEXT), List.of(base))
                        : new GeneratedColumn(named("bigint"), dice.any(TO_NUMBER), List.of(base));
            }
            case 7, 8 -> {
                KeyColumn base = new KeyColumn("c", dice.any(KeyType.of(Family.DATE, Family.DATETIME)));
                yield dice.chance(50)
                        ? new GeneratedColumn(named("date"), dice.any(OF_DATES), List.of(base))
                        : new GeneratedColumn(named("int"), dice.any(DATE_TO_NUMBER), List.of(base));
            }
            case 9 -> {
                KeyColumn base = new KeyColumn("c", dice.any(KeyType.of(Family.INTEGER, Family.DATE, Family.DATETIME)));
                List<String> texts = base.type().family() == Family.INTEGER ? NUMBER_TO_TEXT : DATE_TO_TEXT;
                yield new GeneratedColumn(named("varchar(64)"), dice.any(texts), List.of(base));
            }
            case 10 -> {
                List<KeyColumn> bases =
                        List.of(new KeyColumn("c", named("varchar(64)")), new KeyColumn("e", named("int")));
                yield new GeneratedColumn(named("varchar(255)"), dice.any(OF_TEXT_AND_NUMBER), bases);
            }
            default -> {
                List<KeyColumn> bases = new ArrayList<>();
                bases.add(new KeyColumn("c", named("int")));
                bases.add(new KeyColumn("e", named("smallint")));
                yield new GeneratedColumn(named("bigint"), dice.any(OF_TWO), bases);
            }
        };
    }

    private static KeyType whole(Dice dice) {
        return named(dice.anyOf("int", "bigint"));
    }

    private static KeyType text(Dice dice) {
        return named(dice.anyOf("varchar(64)", "varchar(255)", "varchar(64) collate utf8mb4_bin", "char(20)"));
    }

    private static KeyType named(String ddl) {
        return KeyType.ALL.stream()
                .filter(type -> type.ddl().equals(ddl))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(ddl));
    }
}
