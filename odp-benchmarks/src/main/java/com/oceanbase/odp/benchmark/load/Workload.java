package com.oceanbase.odp.benchmark.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What each connection does, over and over. In the texts {@code #####} stands for the key of an existing row,
 * {@code ^^^^^} for that key plus nine, {@code #########} for a new key: literals differ from request to request, lengths
 * do not. Tables and statements are those of sysbench, as far as it has them.
 */
public enum Workload {
    /** One row by its key. */
    POINT_SELECT(List.of(), List.of("SELECT c FROM sbtest1 WHERE id=#####")),
    /** Ten rows by a range of the key. */
    RANGE_10(List.of(), List.of("SELECT c FROM sbtest1 WHERE id BETWEEN ##### AND ^^^^^")),
    /** A thousand rows of 200 bytes. */
    ROWS_1000(List.of(), List.of("SELECT id, k, c, pad FROM sbtest1 LIMIT 1000")),
    /** A result of a megabyte. */
    RESULT_1MB(List.of(), List.of("SELECT d FROM large1m")),
    /** A result of a hundred megabytes. */
    RESULT_100MB(List.of(), List.of("SELECT d FROM large100m")),
    /** One new row. */
    INSERT(List.of(), List.of(Texts.INSERT)),
    /** A prepared statement of the text protocol. */
    PS_TEXT(
            List.of("PREPARE p FROM 'SELECT c FROM sbtest1 WHERE id=?'", "SET @id = 10042"),
            List.of("EXECUTE p USING @id")),
    /** A prepared statement of the binary protocol. */
    PS_BINARY(List.of(), List.of("?SELECT c FROM sbtest1 WHERE id=?")),
    /** Ten statements that read and write, BEGIN and COMMIT among them. */
    RW_TRANSACTION(
            List.of(),
            List.of(
                    "BEGIN",
                    "SELECT c FROM sbtest1 WHERE id=#####",
                    "SELECT c FROM sbtest1 WHERE id=#####",
                    "SELECT c FROM sbtest1 WHERE id=#####",
                    "SELECT c FROM sbtest1 WHERE id BETWEEN ##### AND ^^^^^",
                    "UPDATE sbtest1 SET k=k+1 WHERE id=#####",
                    "UPDATE sbtest1 SET c='" + Texts.C + "' WHERE id=#####",
                    "DELETE FROM sbtest1 WHERE id=#####",
                    Texts.INSERT,
                    "COMMIT")),
    /** Connect, log in, one point select, quit. */
    CHURN(List.of(), List.of("SELECT c FROM sbtest1 WHERE id=#####")),
    /** Thousands of connections that rarely ask anything. */
    IDLE_10K(List.of(), List.of("SELECT c FROM sbtest1 WHERE id=#####")),
    /** One row by its key, over any number of connections. */
    SCALE_CONNECTIONS(List.of(), List.of("SELECT c FROM sbtest1 WHERE id=#####")),
    /** One row by its key, from tables that have so many partitions together. */
    SCALE_PARTITIONS(Workload::selectsOfPartitions),
    /** So many rows. */
    SCALE_RESULT(rows -> List.of("SELECT c FROM sbtest1 LIMIT " + rows)),
    /** One row by its key, by each of so many prepared statements in turn. */
    SCALE_STATEMENTS(Workload::preparedSelects);

    private static final class Texts {
        static final String C = "68487932199-96439406143-93774651418-41631865787-96406072701-20604855487"
                + "-25459966574-28203206787-41238978918-19503783441";
        static final String INSERT = "INSERT INTO sbtest1 (id, k, c, pad) VALUES (#########, 4711, '" + C
                + "', '22195207048-70116052123-74140395089-76317954521-98694025897')";

        private Texts() {}
    }

    private static final int MOST_PARTITIONS_A_TABLE = 8192;

    private final List<String> setup;
    private final IntFunction<List<String>> cycle;

    Workload(List<String> setup, List<String> cycle) {
        this.setup = setup;
        this.cycle = size -> cycle;
    }

    Workload(IntFunction<List<String>> cycle) {
        this.setup = List.of();
        this.cycle = cycle;
    }

    /** Of as few tables as possible: the server allows no more partitions a table. */
    private static List<String> selectsOfPartitions(int partitions) {
        int tables = Math.ceilDiv(partitions, MOST_PARTITIONS_A_TABLE);
        String table = "part" + Math.min(partitions, MOST_PARTITIONS_A_TABLE) + "_";
        return IntStream.range(0, tables)
                .mapToObj(number -> "SELECT c FROM " + table + number + " WHERE id=#####")
                .toList();
    }

    private static List<String> preparedSelects(int statements) {
        return IntStream.range(0, statements)
                .mapToObj(number -> "?SELECT c AS c" + number + " FROM sbtest1 WHERE id=?")
                .toList();
    }

    /** The name on the command line, such as {@code point-select}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @throws IllegalArgumentException there is none of this name; the message lists those that there are
     */
    public static Workload of(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + id + "; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Workload::id).toList())));
    }

    /** Statements of each connection ahead of the load. */
    List<String> setup() {
        return setup;
    }

    /**
     * Requests of each connection; a leading question mark: by a prepared statement of the binary protocol.
     *
     * @param size how many of what the workload scales by
     */
    List<String> cycle(int size) {
        return cycle.apply(size);
    }

    /** Whether what it asks depends on a size, or how many connections ask it. */
    public boolean isScale() {
        return switch (this) {
            case SCALE_CONNECTIONS, SCALE_PARTITIONS, SCALE_RESULT, SCALE_STATEMENTS -> true;
            default -> false;
        };
    }

    /** Whether every request has a connection of its own. */
    public boolean isChurn() {
        return this == CHURN;
    }

    /** Bytes of a result count, not requests: one connection keeps the machine busy. */
    public boolean isBulk() {
        return this == RESULT_1MB || this == RESULT_100MB || this == ROWS_1000;
    }
}
