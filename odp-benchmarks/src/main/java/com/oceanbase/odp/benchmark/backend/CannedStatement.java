package com.oceanbase.odp.benchmark.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * What a statement is, told by how it begins. The order is the order of the search: a longer beginning stands before a
 * shorter one that it contains.
 */
enum CannedStatement {
    /** One row by its key, as sysbench asks. */
    POINT_SELECT("SELECT c FROM sbtest1 WHERE id="),
    /** The same of a table with any number of partitions. */
    POINT_SELECT_PART("SELECT c FROM part"),
    /** As many short rows as the statement says. */
    ROWS("SELECT c FROM sbtest1 LIMIT "),
    /** Ten rows by a range of keys. */
    RANGE_10("SELECT c FROM sbtest1 WHERE id BETWEEN "),
    /** An execution of a text statement that selects one row. */
    EXECUTE("EXECUTE "),
    /** Changes one row. */
    INSERT("INSERT "),
    UPDATE("UPDATE "),
    DELETE("DELETE "),
    BEGIN("BEGIN"),
    START("START TRANSACTION"),
    COMMIT("COMMIT"),
    ROLLBACK("ROLLBACK"),
    /** About a megabyte of rows of 4 KB. */
    LARGE_1MB("SELECT d FROM large1m"),
    /** About a hundred megabytes of the same rows. */
    LARGE_100MB("SELECT d FROM large100m"),
    /** A thousand short rows. */
    ROWS_1000("SELECT id, k, c, pad FROM sbtest1"),
    SET("SET "),
    USE("USE "),
    PREPARE("PREPARE "),
    DEALLOCATE("DEALLOCATE "),
    /** Everything else is asked beside the load. */
    OTHER("");

    private static final CannedStatement[] ALL = values();

    private final ByteBuf beginning;

    CannedStatement(String beginning) {
        this.beginning = Unpooled.unreleasableBuffer(Unpooled.directBuffer(Math.max(1, beginning.length()))
                .writeBytes(beginning.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The number behind this beginning. */
    int number(ByteBuf in, int start, int length) {
        int value = 0;
        for (int at = start + beginning.readableBytes(); at < start + length; at++) {
            value = value * 10 + in.getByte(at) - '0';
        }
        return value;
    }

    /** The statement in a buffer. */
    static CannedStatement of(ByteBuf in, int start, int length) {
        for (CannedStatement statement : ALL) {
            int size = statement.beginning.readableBytes();
            if (size <= length && ByteBufUtil.equals(statement.beginning, 0, in, start, size)) {
                return statement;
            }
        }
        return OTHER;
    }
}
