package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedText;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.proxy.state.TransactionState;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.sql.StatementFlag;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of request that need little of their own. Prepared statements are in {@link PreparedKinds}. */
final class RequestKinds {
    /** No request is in flight. */
    static final RequestKind NONE = new RequestKind(CommandCode.COM_SLEEP, null);

    private RequestKinds() {}

    /** A command that a server executes as it is. */
    static final class Command extends RequestKind {
        private final boolean repeatable;

        Command(CommandCode code, boolean repeatable) {
            super(code, null);
            this.repeatable = repeatable;
        }

        @Override
        boolean isRepeatable() {
            return repeatable;
        }
    }

    /** COM_CHANGE_USER towards a plain MySQL server, which asks the client itself for its password. */
    static final class ChangeUser extends RequestKind {
        ChangeUser() {
            super(CommandCode.COM_CHANGE_USER, null);
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            session.learner().resetKeeping(link);
        }
    }

    /** COM_SET_OPTION: recorded so that other servers learn it. */
    static final class SetOption extends RequestKind {
        private final boolean multiStatements;

        SetOption(boolean multiStatements) {
            super(CommandCode.COM_SET_OPTION, null);
            this.multiStatements = multiStatements;
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            session.state().multiStatements(multiStatements);
            link.state().multiStatements(multiStatements);
        }
    }

    /** COM_RESET_CONNECTION: one server is reset, the links to all others are closed. */
    static final class ResetConnection extends RequestKind {
        ResetConnection() {
            super(CommandCode.COM_RESET_CONNECTION, null);
        }

        @Override
        PinReason boundBy(ClientSession session) {
            return PinReason.PREVIOUS_STATEMENT;
        }

        @Override
        @Nullable
        ServerLink boundLink(ClientSession session) {
            return session.links().current();
        }

        @Override
        boolean needsSync() {
            return false;
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            session.learner().resetKeeping(link);
        }
    }

    /** A statement as text. */
    static class Text extends RequestKind {
        Text(StatementSummary summary) {
            super(CommandCode.COM_QUERY, summary);
        }

        @Override
        @Nullable
        RoutedStatement routed(ClientSession session, ClientRequest request) {
            StatementSummary known = summary();
            return known == null ? null : session.reader().routed(request, known);
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            StatementSummary executed = summary();
            if (executed != null) {
                noteEffects(session.transaction(), executed);
            }
        }

        /** What stood before the statement that failed was executed: its locks may be held. */
        @Override
        void onFailure(ClientSession session, ServerLink link) {
            StatementSummary executed = summary();
            if (executed != null && executed.isMulti() && executed.has(StatementFlag.USES_GET_LOCK)) {
                session.transaction().userLockTaken();
            }
        }
    }

    /** {@code EXECUTE name}: the server must have the statement under that name. */
    static final class ExecuteText extends Text {
        private final TextStatement statement;
        private final List<String> variables;

        /** The statement with these user variables as its parameters. */
        ExecuteText(TextStatement statement, List<String> variables) {
            super(statement.inner().summary());
            this.statement = statement;
            this.variables = variables;
        }

        @Override
        RoutedStatement routed(ClientSession session, ClientRequest request) {
            return session.reader().routed(statement, variables, session.loop().parameters());
        }

        @Override
        TextStatement textStatement() {
            return statement;
        }
    }

    /** {@code DEALLOCATE PREPARE name} where the server may have something against it. */
    static final class DeallocateText extends Text {
        private final TextStatement statement;

        DeallocateText(StatementSummary summary, TextStatement statement) {
            super(summary);
            this.statement = statement;
        }

        @Override
        TextStatement textStatement() {
            return statement;
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            link.state().forgetText(statement.name());
            Cleanup.deallocateElsewhere(session, statement, link);
            session.statements().removeText(statement.name());
        }
    }

    /** {@code PREPARE name FROM …}: remembered when the server accepted it. */
    static final class PrepareText extends Text {
        private final String name;
        private final byte[] prepareSql;
        private final PreparedText inner;
        private boolean notExecuted;

        PrepareText(StatementSummary summary, String name, byte[] prepareSql, PreparedText inner) {
            super(summary);
            this.name = name;
            this.prepareSql = prepareSql;
            this.inner = inner;
        }

        @Override
        boolean isRepeatable() {
            return true;
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            TextStatement statement = session.statements()
                    .addText(name, prepareSql, inner, session.state().database());
            link.state().textStatement(statement.name(), statement.version());
        }

        @Override
        void onError(ErrPacket error) {
            notExecuted = error.errno() == ErrorCode.READ_ONLY_TRANSACTION.errno();
        }

        /** The server has dropped what had this name. */
        @Override
        void onFailure(ClientSession session, ServerLink link) {
            TextStatement before = session.statements().findText(name);
            if (before != null && !notExecuted) {
                link.state().forgetText(before.name());
                Cleanup.deallocateElsewhere(session, before, link);
                session.statements().removeText(name);
            }
        }
    }

    /** Follows what a statement leaves behind on its server that no status flag tells. */
    static void noteEffects(TransactionState transaction, StatementSummary executed) {
        if (executed.has(StatementFlag.USES_GET_LOCK)) {
            transaction.userLockTaken();
        }
        if (executed.has(StatementFlag.USES_RELEASE_ALL_LOCKS)) {
            transaction.userLocksReleased();
        } else if (executed.has(StatementFlag.USES_RELEASE_LOCK)) {
            transaction.userLockReleased();
        }
        switch (executed.kind()) {
            case LOCK_TABLES -> transaction.lockedTables(true);
            case UNLOCK_TABLES, BEGIN, START_TRANSACTION -> transaction.lockedTables(false);
            case XA_START -> transaction.xaBranch(true);
            case XA_PREPARE, XA_COMMIT, XA_ROLLBACK -> transaction.xaBranch(false);
            default -> noteTemporaryTables(transaction, executed);
        }
    }

    private static void noteTemporaryTables(TransactionState transaction, StatementSummary executed) {
        for (TableName table : executed.tables()) {
            if (executed.has(StatementFlag.CREATES_TEMPORARY_TABLE)) {
                transaction.temporaryTableCreated(table.name());
                return;
            }
            if (executed.kind() == StatementKind.DROP) {
                transaction.tableDropped(table.name());
            }
        }
    }
}
