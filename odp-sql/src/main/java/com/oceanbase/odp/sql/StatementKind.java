package com.oceanbase.odp.sql;

/** Kind of a statement. For {@code WITH ..} it is the kind of the main statement. */
public enum StatementKind {
    /** Only blanks and comments. */
    EMPTY(Group.OTHER),
    SELECT(Group.DML),
    TABLE(Group.DML),
    VALUES(Group.DML),
    INSERT(Group.DML),
    REPLACE(Group.DML),
    UPDATE(Group.DML),
    DELETE(Group.DML),
    MERGE(Group.DML),
    LOAD_DATA(Group.DML),
    CALL(Group.OTHER),
    DO(Group.OTHER),
    HANDLER(Group.OTHER),
    /** {@code BEGIN .. END} or {@code DECLARE ..} of Oracle mode. */
    ANONYMOUS_BLOCK(Group.OTHER),
    SET(Group.SESSION),
    USE(Group.SESSION),
    /** {@code ALTER SESSION}. */
    ALTER_SESSION(Group.SESSION),
    BEGIN(Group.TRANSACTION),
    START_TRANSACTION(Group.TRANSACTION),
    COMMIT(Group.TRANSACTION),
    ROLLBACK(Group.TRANSACTION),
    SAVEPOINT(Group.TRANSACTION),
    ROLLBACK_TO(Group.TRANSACTION),
    RELEASE_SAVEPOINT(Group.TRANSACTION),
    /** {@code XA START} or {@code XA BEGIN}. */
    XA_START(Group.TRANSACTION),
    XA_END(Group.TRANSACTION),
    XA_PREPARE(Group.TRANSACTION),
    XA_COMMIT(Group.TRANSACTION),
    XA_ROLLBACK(Group.TRANSACTION),
    XA_RECOVER(Group.TRANSACTION),
    SHOW(Group.INFORMATION),
    /** {@code DESC t}: columns of a table. */
    DESCRIBE(Group.INFORMATION),
    /** {@code EXPLAIN} or {@code DESC} of a statement. */
    EXPLAIN(Group.INFORMATION),
    HELP(Group.INFORMATION),
    CREATE(Group.DDL),
    ALTER(Group.DDL),
    DROP(Group.DDL),
    TRUNCATE(Group.DDL),
    RENAME(Group.DDL),
    COMMENT(Group.DDL),
    PURGE(Group.DDL),
    FLASHBACK(Group.DDL),
    AUDIT(Group.DDL),
    NOAUDIT(Group.DDL),
    GRANT(Group.USER_ADMIN),
    REVOKE(Group.USER_ADMIN),
    /** {@code CREATE}, {@code ALTER}, {@code DROP}, {@code RENAME} of {@code USER} or {@code ROLE}. */
    USER_ADMIN(Group.USER_ADMIN),
    ANALYZE(Group.MAINTENANCE),
    OPTIMIZE(Group.MAINTENANCE),
    CHECK(Group.MAINTENANCE),
    REPAIR(Group.MAINTENANCE),
    CHECKSUM(Group.MAINTENANCE),
    FLUSH(Group.MAINTENANCE),
    RESET(Group.MAINTENANCE),
    PREPARE(Group.TEXT_PREPARED),
    EXECUTE(Group.TEXT_PREPARED),
    /** {@code DEALLOCATE PREPARE} or {@code DROP PREPARE}. */
    DEALLOCATE(Group.TEXT_PREPARED),
    LOCK_TABLES(Group.SESSION),
    UNLOCK_TABLES(Group.SESSION),
    KILL(Group.OTHER),
    /** Anything else, and text that is not understood. */
    OTHER(Group.OTHER);

    /** Coarse division of the kinds. */
    public enum Group {
        DML,
        DDL,
        TRANSACTION,
        SESSION,
        INFORMATION,
        USER_ADMIN,
        MAINTENANCE,
        TEXT_PREPARED,
        OTHER
    }

    private final Group group;

    StatementKind(Group group) {
        this.group = group;
    }

    public Group group() {
        return group;
    }

    public boolean isDml() {
        return group == Group.DML;
    }

    public boolean isDdl() {
        return group == Group.DDL;
    }
}
