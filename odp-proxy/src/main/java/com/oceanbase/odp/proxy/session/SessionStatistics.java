package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.sql.StatementKind;
import java.util.Locale;
import java.util.function.ObjLongConsumer;

/**
 * What one session has done since its login, as SHOW PROXYSESSION STAT shows it. Names and meanings are the original's
 * (src/obproxy/stat/ob_mysql_stats.cpp); what this proxy does not count is not listed. Event loop confined.
 */
public final class SessionStatistics {
    /** What is counted; the name shown is that of the constant in lower case. */
    enum Counter {
        TOTAL_TRANSACTION_COUNT,
        TOTAL_QUERY_COUNT,
        CLIENT_REQUESTS,
        CLIENT_LARGE_REQUESTS,
        CLIENT_INTERNAL_REQUESTS,
        CLIENT_COMPLETED_REQUESTS,
        CLIENT_SELECT_REQUESTS,
        CLIENT_INSERT_REQUESTS,
        CLIENT_UPDATE_REQUESTS,
        CLIENT_DELETE_REQUESTS,
        CLIENT_OTHER_REQUESTS,
        SERVER_CONNECT_COUNT,
        BROKEN_SERVER_CONNECTIONS,
        SERVER_REQUESTS,
        SERVER_RESPONSES,
        SERVER_ERROR_RESPONSES,
        SEND_USE_DATABASE_REQUESTS,
        SEND_CHANGED_SESSION_VARS_REQUESTS,
        SEND_START_TRANS_REQUESTS;

        private static final Counter[] ALL = values();

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private final long[] counts = new long[Counter.ALL.length];

    void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    /** A statement as text came. */
    void countStatement(StatementKind kind) {
        count(
                switch (kind) {
                    case SELECT -> Counter.CLIENT_SELECT_REQUESTS;
                    case INSERT, REPLACE -> Counter.CLIENT_INSERT_REQUESTS;
                    case UPDATE -> Counter.CLIENT_UPDATE_REQUESTS;
                    case DELETE -> Counter.CLIENT_DELETE_REQUESTS;
                    default -> Counter.CLIENT_OTHER_REQUESTS;
                });
    }

    /** A request was answered by a server: successfully or with an error, leaving a transaction open or not. */
    void countAnswered(boolean success, boolean inTransaction) {
        count(Counter.SERVER_RESPONSES);
        count(Counter.CLIENT_COMPLETED_REQUESTS);
        count(Counter.TOTAL_QUERY_COUNT);
        if (!success) {
            count(Counter.SERVER_ERROR_RESPONSES);
        }
        if (!inTransaction) {
            count(Counter.TOTAL_TRANSACTION_COUNT);
        }
    }

    /** The proxy answered a request itself. */
    void countInternal() {
        count(Counter.CLIENT_INTERNAL_REQUESTS);
        count(Counter.CLIENT_COMPLETED_REQUESTS);
        count(Counter.TOTAL_QUERY_COUNT);
    }

    /** Transactions that have ended; a statement outside of one is a transaction of its own. */
    public long transactions() {
        return counts[Counter.TOTAL_TRANSACTION_COUNT.ordinal()];
    }

    /** All counters with their names. */
    public void forEach(ObjLongConsumer<String> action) {
        for (Counter counter : Counter.ALL) {
            action.accept(counter.label, counts[counter.ordinal()]);
        }
    }
}
