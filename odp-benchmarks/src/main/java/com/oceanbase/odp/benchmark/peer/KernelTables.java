package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;

/** Fills a real kernel with what the workloads ask for. */
final class KernelTables {
    private static final int FIRST = 10_000;
    private static final int ROWS = 10_000;
    private static final int BATCH = 500;

    private KernelTables() {}

    static void create(String host, int port) throws IOException {
        try (RawClient client = RawClient.open(host, port, RawClient.Login.of("root@" + Backend.TENANT, ""))) {
            run(client, "CREATE DATABASE IF NOT EXISTS bench");
            run(client, "USE bench");
            run(
                    client,
                    "CREATE TABLE sbtest1 (id INT NOT NULL AUTO_INCREMENT, k INT NOT NULL DEFAULT 0, c CHAR(120) NOT NULL"
                            + " DEFAULT '', pad CHAR(60) NOT NULL DEFAULT '', PRIMARY KEY (id))"
                            + " PARTITION BY HASH(id) PARTITIONS 8");
            for (int from = FIRST; from < FIRST + ROWS; from += BATCH) {
                StringBuilder insert = new StringBuilder("INSERT INTO sbtest1 (id, k, c, pad) VALUES ");
                for (int id = from; id < from + BATCH; id++) {
                    insert.append(id == from ? "(" : ",(")
                            .append(id)
                            .append(", 4711, REPEAT('c', 119), REPEAT('p', 59))");
                }
                run(client, insert.toString());
            }
            run(client, "CREATE TABLE large1m (id INT PRIMARY KEY, d VARCHAR(4096))");
            run(client, "INSERT INTO large1m SELECT id, REPEAT('d', 4089) FROM sbtest1 LIMIT 256");
            run(client, "CREATE TABLE hundred (n INT PRIMARY KEY)");
            run(client, "INSERT INTO hundred SELECT id FROM sbtest1 LIMIT 100");
            run(client, "CREATE VIEW large100m AS SELECT l.d AS d FROM large1m l, hundred h");
        }
    }

    private static void run(RawClient client, String sql) throws IOException {
        Response answer = client.query(sql);
        if (answer.isError()) {
            throw new IOException(sql.substring(0, Math.min(60, sql.length())) + ": " + answer.error());
        }
    }
}
