package com.oceanbase.odp.testkit.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which node leads which tablet. Without orders tablet t is led by node {@code t mod nodes + 1}; every node holds a
 * replica of everything. What is decided here is visible in the location relations at once. Thread safe.
 */
public final class Leaders {

    private final KernelLink kernel;
    private final String schema;
    private final int nodes;
    private final Map<Long, Integer> orders = new TreeMap<>();
    private final int[] slots;

    Leaders(KernelLink kernel, String schema, int nodes) {
        this.kernel = kernel;
        this.schema = schema;
        this.nodes = nodes;
        this.slots = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            slots[i] = i + 1;
        }
    }

    /** The node which leads a tablet, from 1. */
    public int of(long tablet) {
        synchronized (orders) {
            Integer ordered = orders.get(tablet);
            return ordered == null ? slots[(int) Math.floorMod(tablet, (long) nodes)] : ordered;
        }
    }

    /** Lets a node lead one tablet. */
    public void move(long tablet, int node) {
        check(node);
        synchronized (orders) {
            kernel.require("replace into " + schema + ".leaders values(" + tablet + ", " + node + ")");
            orders.put(tablet, node);
        }
    }

    /** Lets a node lead all tablets of a table. */
    public void moveTable(String database, String table, int node) {
        for (long tablet : tablets(database, table)) {
            move(tablet, node);
        }
    }

    /**
     * Lets a node lead a log stream: what it led of it before goes to it, but for tablets that were moved one by one,
     * which are in log streams of their own.
     */
    public void moveLogStream(int logStream, int node) {
        check(node);
        if (logStream < SimSchema.FIRST_LOG_STREAM || logStream >= SimSchema.FIRST_LOG_STREAM + nodes) {
            throw new IllegalArgumentException("no log stream " + logStream);
        }
        synchronized (orders) {
            slots[logStream - SimSchema.FIRST_LOG_STREAM] = node;
            writeSlots();
        }
    }

    /** The log stream of a tablet that was not moved by itself. */
    public int logStream(long tablet) {
        return SimSchema.FIRST_LOG_STREAM + (int) Math.floorMod(tablet, (long) nodes);
    }

    /** Lets a node lead everything, present and to come. */
    public void moveAll(int node) {
        check(node);
        synchronized (orders) {
            clearOrders();
            Arrays.fill(slots, node);
            writeSlots();
        }
    }

    /** What a node leads goes to the other nodes in turn, as after its death. */
    public void failOver(int node) {
        check(node);
        synchronized (orders) {
            int next = node;
            for (int i = 0; i < nodes; i++) {
                if (slots[i] == node) {
                    next = other(next, node);
                    slots[i] = next;
                }
            }
            writeSlots();
            for (Map.Entry<Long, Integer> order : List.copyOf(orders.entrySet())) {
                if (order.getValue() == node) {
                    next = other(next, node);
                    move(order.getKey(), next);
                }
            }
        }
    }

    /** Back to the beginning: tablets spread over all nodes. */
    public void spread() {
        synchronized (orders) {
            clearOrders();
            for (int i = 0; i < nodes; i++) {
                slots[i] = i + 1;
            }
            writeSlots();
        }
    }

    /** Tablet ids of a table in the order of its partitions and sub-partitions. */
    public List<Long> tablets(String database, String table) {
        String id = "(select t.table_id from oceanbase.__all_table t join oceanbase.__all_database d"
                + " on d.database_id = t.database_id where d.database_name = " + quote(database)
                + " and t.table_name = "
                + quote(table) + ")";
        List<Long> tablets =
                numbers("select tablet_id from oceanbase.__all_table where tablet_id > 0 and table_id = " + id);
        if (tablets.isEmpty()) {
            tablets = numbers("select s.tablet_id from oceanbase.__all_sub_part s join oceanbase.__all_part p"
                    + " on p.table_id = s.table_id and p.part_id = s.part_id where s.table_id = " + id
                    + " order by p.part_idx, s.sub_part_idx");
        }
        if (tablets.isEmpty()) {
            tablets =
                    numbers("select tablet_id from oceanbase.__all_part where table_id = " + id + " order by part_idx");
        }
        if (tablets.isEmpty()) {
            throw new IllegalArgumentException("no table " + database + "." + table);
        }
        return tablets;
    }

    /** Reads the tables again, after somebody changed them by SQL. */
    void reload() {
        synchronized (orders) {
            orders.clear();
            for (List<@Nullable String> row : kernel.rows("select tablet_id, server_id from " + schema + ".leaders")) {
                orders.put(number(row.get(0)), (int) number(row.get(1)));
            }
            for (List<@Nullable String> row : kernel.rows("select slot, server_id from " + schema + ".leader_slots")) {
                slots[(int) number(row.get(0))] = (int) number(row.get(1));
            }
        }
    }

    boolean isSpread() {
        synchronized (orders) {
            boolean spread = orders.isEmpty();
            for (int i = 0; i < nodes; i++) {
                spread &= slots[i] == i + 1;
            }
            return spread;
        }
    }

    private int other(int last, int excluded) {
        int next = last;
        do {
            next = next % nodes + 1;
        } while (next == excluded && nodes > 1);
        return next;
    }

    private void clearOrders() {
        kernel.require("delete from " + schema + ".leaders");
        orders.clear();
    }

    private void writeSlots() {
        for (int i = 0; i < nodes; i++) {
            kernel.require("update " + schema + ".leader_slots set server_id = " + slots[i] + " where slot = " + i
                    + " and server_id <> " + slots[i]);
        }
    }

    private List<Long> numbers(String sql) {
        List<Long> numbers = new ArrayList<>();
        for (List<@Nullable String> row : kernel.rows(sql)) {
            numbers.add(number(row.getFirst()));
        }
        return numbers;
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private void check(int node) {
        if (node < 1 || node > nodes) {
            throw new IllegalArgumentException("nodes are 1 to " + nodes + ", not " + node);
        }
    }
}
