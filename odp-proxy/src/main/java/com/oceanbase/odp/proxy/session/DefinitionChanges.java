package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableKeys;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TableName;

/** Makes the next statement learn anew what a statement has defined: the tables of a DDL statement that came through here. */
final class DefinitionChanges {
    private DefinitionChanges() {}

    /** The request has been answered; of several statements some may have been executed although the last one failed. */
    static void note(ClientSession session, RequestKind kind, boolean success) {
        StatementSummary executed = kind.summary();
        if (executed == null
                || executed.tables().isEmpty()
                || !(success || executed.isMulti())
                || kind.code() == CommandCode.COM_STMT_PREPARE
                || session.isPassThrough()
                || !changesTables(executed)) {
            return;
        }
        LocationSource locations = session.context().locations();
        TableKeys names = TableKeys.of(session.refreshedTenant(), session.routing());
        String database = database(session, kind);
        for (TableName table : executed.tables()) {
            TableKey key = names.key(table, database);
            if (key != null) {
                locations.markStale(key);
            }
        }
    }

    private static boolean changesTables(StatementSummary executed) {
        return executed.isMulti()
                ? executed.contains(StatementKind.CREATE)
                        || executed.contains(StatementKind.ALTER)
                        || executed.contains(StatementKind.DROP)
                        || executed.contains(StatementKind.TRUNCATE)
                        || executed.contains(StatementKind.RENAME)
                : isChange(executed.kind());
    }

    private static boolean isChange(StatementKind kind) {
        return switch (kind) {
            case CREATE, ALTER, DROP, TRUNCATE, RENAME -> true;
            default -> false;
        };
    }

    /** Names without a database mean that of when the statement was prepared. */
    private static String database(ClientSession session, RequestKind kind) {
        PreparedStatement prepared = kind.statement();
        TextStatement text = kind.textStatement();
        String then = null;
        if (prepared != null) {
            then = prepared.database();
        } else if (text != null) {
            then = text.database();
        }
        return then == null ? session.state().databaseOrEmpty() : then;
    }
}
