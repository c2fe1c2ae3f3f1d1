package com.oceanbase.odp.routing;

import org.jspecify.annotations.Nullable;

/**
 * First level of the cache: the tables looked at last, by a hash of their names. A look compares strings whose hashes
 * are remembered and makes no object. Reads and writes race without harm: a slot holds null or a complete entry.
 */
final class HotTables {
    private static final int SLOTS = 4096;

    /** A table that is looked at here is shown to the second level every so often, lest that thinks it unused. */
    private static final int TOUCH_MASK = 63;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable CacheEntry<TableKey, TableLocation>[] slots = new CacheEntry[SLOTS];

    private final byte[] looks = new byte[SLOTS];

    @Nullable
    CacheEntry<TableKey, TableLocation> find(String cluster, String tenant, String database, String table) {
        CacheEntry<TableKey, TableLocation> entry = slots[slot(tenant, database, table)];
        if (entry == null || entry.evicted) {
            return null;
        }
        TableKey key = entry.key;
        return key.table().equals(table)
                        && key.database().equals(database)
                        && key.tenant().equals(tenant)
                        && key.cluster().equals(cluster)
                ? entry
                : null;
    }

    /** Whether the second level should be told of this look. */
    boolean isTouchDue(TableKey key) {
        int slot = slot(key.tenant(), key.database(), key.table());
        return (++looks[slot] & TOUCH_MASK) == 0;
    }

    void remember(CacheEntry<TableKey, TableLocation> entry) {
        slots[slot(entry.key.tenant(), entry.key.database(), entry.key.table())] = entry;
    }

    void forget(CacheEntry<TableKey, TableLocation> entry) {
        slots[slot(entry.key.tenant(), entry.key.database(), entry.key.table())] = null;
    }

    private static int slot(String tenant, String database, String table) {
        int hash = (table.hashCode() * 31 + database.hashCode()) * 31 + tenant.hashCode();
        return (hash ^ hash >>> 12 ^ hash >>> 20) & SLOTS - 1;
    }
}
