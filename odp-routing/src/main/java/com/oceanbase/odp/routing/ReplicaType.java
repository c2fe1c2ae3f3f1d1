package com.oceanbase.odp.routing;

/** Kind of a replica by its number in location rows (original: src/lib/ob_define.h:1055-1073). */
public enum ReplicaType {
    /** Complete copy that may lead. */
    FULL(0),
    /** Backup copy. */
    BACKUP(1),
    /** Votes on the log, has no data. */
    LOGONLY(5),
    /** Complete copy that never leads. */
    READONLY(16),
    /** Copy of the newest data only. */
    MEMONLY(20),
    /** Votes on the encrypted log, has no data. */
    ENCRYPTION_LOGONLY(261),
    /** A number that newer servers send. */
    OTHER(-1);

    private final int code;

    ReplicaType(int code) {
        this.code = code;
    }

    /** The type with this number. */
    public static ReplicaType of(long code) {
        for (ReplicaType type : values()) {
            if (type.code == code && type != OTHER) {
                return type;
            }
        }
        return OTHER;
    }

    /** Whether statements can be executed on it: log-only replicas have no data. */
    public boolean hasData() {
        return this != LOGONLY && this != ENCRYPTION_LOGONLY;
    }
}
