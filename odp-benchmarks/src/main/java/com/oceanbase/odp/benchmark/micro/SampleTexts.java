package com.oceanbase.odp.benchmark.micro;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Statements from short to long, as applications send them. */
final class SampleTexts {
    private static final int TURNS = 64;

    private SampleTexts() {}

    /** The text of a name. */
    static byte[] of(String name) {
        return switch (name) {
            case "point" -> bytes("SELECT c FROM sbtest1 WHERE id=12345");
            case "pointKey" -> bytes("SELECT email FROM users WHERE name='alice.liddell@example.com'");
            case "range10" -> bytes("SELECT c FROM sbtest1 WHERE id BETWEEN 12345 AND 12354");
            case "rangeOfKey10" -> bytes("SELECT c FROM counters WHERE id >= 12345 AND id < 12355");
            case "rangeOfTwoLevels" ->
                bytes("SELECT * FROM logs WHERE day >= '2026-03-01' AND day < '2026-04-01' AND id = 17");
            case "rangeOfDates" -> bytes("SELECT * FROM facts WHERE day >= '2026-03-01' AND day < '2026-04-01'");
            case "rangeOfDays" -> bytes("SELECT * FROM events WHERE at >= '2026-03-01' AND at < '2026-04-01'");
            case "inOfKey10" -> bytes(inListOfStrings());
            case "pointEscaped" -> bytes("SELECT email FROM users WHERE name='Miles O\\'Brien'");
            case "update" -> bytes("UPDATE sbtest1 SET k=k+1 WHERE id=12345");
            case "delete" -> bytes("DELETE FROM sbtest1 WHERE id=12345 AND k IN (1, 2) LIMIT 1");
            case "upsert" ->
                bytes("INSERT INTO sbtest1 (id, k, c) VALUES (12345, 1, 'x') ON DUPLICATE KEY UPDATE k=VALUES(k)+1");
            case "page" -> bytes("SELECT c FROM sbtest1 WHERE id=12345 ORDER BY k DESC LIMIT 20 OFFSET 40");
            case "listOfStrings" -> bytes("SELECT * FROM regional WHERE region='north' AND id=17");
            case "clock" -> bytes("SELECT * FROM facts WHERE day=CURDATE()");
            case "function" -> bytes("SELECT * FROM users WHERE name=LOWER('Alice.Liddell@example.com')");
            case "like" -> bytes("SELECT * FROM users WHERE name LIKE 'alice%'");
            case "partOfKey" -> bytes("SELECT * FROM tenants WHERE tenant=17");
            case "insert10" -> bytes(insert());
            case "in100" -> bytes(inList());
            case "join4" ->
                bytes("SELECT o.id, c.name, p.title, s.city FROM orders o JOIN customers c ON c.id = o.customer_id"
                        + " JOIN products p ON p.id = o.product_id LEFT JOIN stores s ON s.id = o.store_id"
                        + " WHERE o.id = 4711 AND o.state IN ('new', 'paid') ORDER BY o.created LIMIT 20");
            case "report200" -> bytes(report());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Texts that come in turns: the one of a name, or what differs each time. */
    static byte[][] turnsOf(String name) {
        if (!name.equals("pointTraced")) {
            return new byte[][] {of(name)};
        }
        byte[][] texts = new byte[TURNS][];
        for (int i = 0; i < TURNS; i++) {
            texts[i] = bytes("/*traceparent='00-%016x%016x-%016x-01'*/ SELECT c FROM sbtest1 WHERE id=%d"
                    .formatted(i * 31L, i * 17L, i * 13L, 1000 + i));
        }
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String insert() {
        StringBuilder text = new StringBuilder("INSERT INTO sbtest1 (id, k, c, pad) VALUES ");
        for (int i = 0; i < 10; i++) {
            text.append(i == 0 ? "(" : ", (")
                    .append(100_000 + i)
                    .append(", 42, '")
                    .append("c".repeat(119));
            text.append("', '").append("p".repeat(59)).append("')");
        }
        return text.toString();
    }

    private static String inListOfStrings() {
        StringJoiner text = new StringJoiner(", ", "SELECT email FROM users WHERE name IN (", ")");
        for (int i = 0; i < 10; i++) {
            text.add("'alice.liddell." + i + "@example.com'");
        }
        return text.toString();
    }

    private static String inList() {
        StringBuilder text = new StringBuilder("SELECT id, c FROM sbtest1 WHERE id IN (");
        for (int i = 0; i < 100; i++) {
            text.append(i == 0 ? "" : ", ").append(10_000 + 7 * i);
        }
        return text.append(')').toString();
    }

    private static String report() {
        StringBuilder text = new StringBuilder("SELECT t.region, t.month\n");
        for (int i = 0; i < 150; i++) {
            text.append("     , SUM(CASE WHEN t.kind = ")
                    .append(i)
                    .append(" AND t.amount > 10.5 THEN t.amount ELSE 0 END)");
            text.append(" AS kind_").append(i).append(" -- kind ").append(i).append('\n');
        }
        text.append("FROM (SELECT s.region, MONTH(f.day) AS month, f.kind, f.amount\n  FROM facts f\n");
        text.append("  JOIN stores s ON s.id = f.store_id\n  WHERE f.day BETWEEN '2026-01-01' AND '2026-12-31'\n");
        for (int i = 0; i < 40; i++) {
            text.append("    AND f.attribute_")
                    .append(i)
                    .append(" <> 'excluded ")
                    .append(i)
                    .append("'\n");
        }
        return text.append(") t\nGROUP BY t.region, t.month\nHAVING COUNT(*) > 0\nORDER BY t.region, t.month")
                .toString();
    }
}
