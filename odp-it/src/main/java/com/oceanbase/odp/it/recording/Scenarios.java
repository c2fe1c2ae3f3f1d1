package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;

/** Tables as applications have them. */
final class Scenarios {
    private static final List<String> MONTHS =
            List.of("2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-07-01");

    private Scenarios() {}

    static Design any(Dice dice, String name, boolean classic) {
        int hashes = (int) dice.between(2, 12);
        int subs = (int) dice.between(2, 8);
        int choice = dice.below(9);
        return switch (choice) {
            case 0 ->
                table(
                        name,
                        classic,
                        "partition by hash(order_id) partitions " + hashes,
                        "order_id",
                        column("order_id", "bigint", "not null"),
                        column("buyer", "varchar(64)", ""));
            case 1 ->
                table(
                        name,
                        classic,
                        "partition by range columns(gmt_create) subpartition by hash(user_id) subpartitions " + subs
                                + " (" + months(dice, "'%s'", "(maxvalue)") + ")",
                        "user_id,gmt_create",
                        column("user_id", "bigint(20)", "not null"),
                        column("gmt_create", "datetime", "not null"));
            case 2 ->
                table(
                        name,
                        classic,
                        "partition by key(acct_no) subpartition by range columns(tx_date) subpartition template ("
                                + months(dice, "'%s'", "(maxvalue)").replace("partition p", "subpartition s")
                                + ") partitions " + hashes,
                        "acct_no,tx_date",
                        column("acct_no", "varchar(64)", "not null"),
                        column("tx_date", "date", "not null"));
            case 3 ->
                table(
                        name,
                        classic,
                        "partition by list(tenant_id) subpartition by key(sku) subpartitions " + subs
                                + " (partition t1 values in (1), partition t2 values in (2,3),"
                                + " partition tdef values in (default))",
                        "",
                        column("tenant_id", "int", "not null"),
                        column("sku", "varchar(64)", ""));
            default -> further(choice, dice, name, classic, hashes);
        };
    }

    private static Design further(int choice, Dice dice, String name, boolean classic, int hashes) {
        int subs = (int) dice.between(2, 8);
        return switch (choice) {
            case 4 ->
                table(
                        name,
                        classic,
                        "partition by range(unix_timestamp(created)) ("
                                + months(dice, "unix_timestamp('%s 00:00:00')", "maxvalue") + ")",
                        "",
                        column("created", "timestamp null", ""));
            case 5 ->
                table(
                        name,
                        classic,
                        "partition by range(to_days(log_day)) subpartition by key(host) subpartitions " + subs + " ("
                                + months(dice, "to_days('%s')", "maxvalue") + ")",
                        "",
                        column("log_day", "date", ""),
                        column("host", "varchar(64)", "default 'localhost'"));
            case 6 ->
                table(
                        name,
                        classic,
                        "partition by key(id) partitions " + hashes,
                        "id",
                        column("id", "bigint unsigned", "auto_increment"),
                        column("city", "varchar(64)", ""));
            case 7 ->
                table(
                        name,
                        classic,
                        "partition by list columns(region) subpartition by range(amount) subpartition template ("
                                + "subpartition low values less than (100), subpartition mid values less than (10000),"
                                + " subpartition high values less than (maxvalue))"
                                + " (partition pn values in ('north','东北'), partition ps values in ('south','a','b'),"
                                + " partition po values in (default))",
                        "",
                        column("region", "varchar(64)", "default 'north'"),
                        column("amount", "bigint", "default 5"));
            default ->
                table(
                        name,
                        classic,
                        "partition by hash(dept) subpartition by list(grade) subpartition template ("
                                + "subpartition ga values in (1,2,3), subpartition gb values in (4,5),"
                                + " subpartition gc values in (default)) partitions " + hashes,
                        "",
                        column("dept", "int", "not null default 7"),
                        column("grade", "tinyint", "default 1"));
        };
    }

    private static String months(Dice dice, String form, String most) {
        List<String> parts = new ArrayList<>();
        List<String> days = MONTHS.subList(dice.below(2), MONTHS.size() - dice.below(2));
        for (String day : days) {
            parts.add("partition p" + day.substring(0, 7).replace("-", "") + " values less than (" + form.formatted(day)
                    + ")");
        }
        parts.add("partition pmax values less than " + most);
        return String.join(", ", parts);
    }

    private static KeyColumn column(String name, String ddl, String attributes) {
        KeyType type = KeyType.ALL.stream()
                .filter(known -> known.ddl().equals(ddl))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(ddl));
        return new KeyColumn(name, type, attributes);
    }

    private static Design table(String name, boolean classic, String clause, String primary, KeyColumn... columns) {
        List<String> parts = new ArrayList<>(List.of("rid int", "note varchar(64)"));
        for (KeyColumn column : columns) {
            parts.add(column.definition());
        }
        if (!primary.isEmpty()) {
            parts.add("primary key(" + primary + ")");
        }
        List<KeyColumn> keys = new ArrayList<>();
        for (KeyColumn column : columns) {
            if (clause.contains(column.name())) {
                keys.add(column);
            }
        }
        String ddl = "create table " + name + "(" + String.join(", ", parts) + ") " + clause;
        return new Design(name, classic, ddl, List.of(), keys, null);
    }
}
