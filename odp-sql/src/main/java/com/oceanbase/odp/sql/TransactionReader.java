package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.StatementDetail.Access;
import org.jspecify.annotations.Nullable;

/** Reads the statements that begin and end transactions. */
final class TransactionReader {
    private final TokenCursor cursor;
    private final SummaryBuilder summary;

    TransactionReader(TokenCursor cursor, SummaryBuilder summary) {
        this.cursor = cursor;
        this.summary = summary;
    }

    /** {@code BEGIN [WORK]} of MySQL mode. */
    void begin() {
        cursor.advance();
        cursor.take(Keyword.WORK);
        if (cursor.atEnd()) {
            summary.kind(StatementKind.BEGIN);
            summary.detail(new StatementDetail.TransactionStart(null, false, true));
        } else {
            summary.kind(StatementKind.OTHER);
        }
    }

    /** {@code START TRANSACTION}. */
    void start() {
        cursor.advance();
        if (!cursor.take(Keyword.TRANSACTION)) {
            summary.kind(StatementKind.OTHER);
            return;
        }
        @Nullable Access access = null;
        boolean snapshot = false;
        boolean understood = cursor.atEnd();
        while (!cursor.atEnd()) {
            if (access == null && cursor.take(Keyword.READ)) {
                access = cursor.at(Keyword.ONLY) ? Access.READ_ONLY : Access.READ_WRITE;
                understood = cursor.take(Keyword.ONLY) || cursor.take(Keyword.WRITE);
            } else if (!snapshot && cursor.take(Keyword.WITH)) {
                snapshot = cursor.take(Keyword.CONSISTENT) && cursor.take(Keyword.SNAPSHOT);
                understood = snapshot;
            } else {
                understood = false;
            }
            if (!understood || cursor.kind() != TokenKind.COMMA) {
                break;
            }
            cursor.advance();
            understood = false;
        }
        summary.kind(StatementKind.START_TRANSACTION);
        summary.detail(new StatementDetail.TransactionStart(access, snapshot, understood && cursor.atEnd()));
    }

    /** {@code COMMIT} or {@code ROLLBACK}. */
    void end(StatementKind kind) {
        cursor.advance();
        cursor.take(Keyword.WORK);
        if (kind == StatementKind.ROLLBACK && cursor.take(Keyword.TO)) {
            cursor.take(Keyword.SAVEPOINT);
            savepoint(StatementKind.ROLLBACK_TO);
            return;
        }
        summary.kind(kind);
        boolean understood = true;
        boolean chain = false;
        if (cursor.take(Keyword.AND)) {
            boolean negated = cursor.take(Keyword.NO);
            understood = cursor.take(Keyword.CHAIN);
            chain = !negated;
        }
        boolean negated = cursor.take(Keyword.NO);
        boolean release = cursor.take(Keyword.RELEASE);
        understood &= release || !negated;
        if (understood && cursor.atEnd()) {
            summary.detail(new StatementDetail.TransactionEnd(chain, release && !negated));
        }
    }

    /** The name at the cursor. */
    void savepoint(StatementKind kind) {
        summary.kind(kind);
        summary.detail(new StatementDetail.Savepoint(cursor.takeName()));
    }

    /** {@code RELEASE SAVEPOINT}. */
    void release() {
        cursor.advance();
        if (cursor.take(Keyword.SAVEPOINT)) {
            savepoint(StatementKind.RELEASE_SAVEPOINT);
        } else {
            summary.kind(StatementKind.OTHER);
        }
    }

    /** Any XA statement. */
    void xa() {
        cursor.advance();
        StatementKind kind = switch (cursor.keyword()) {
            case START, BEGIN -> StatementKind.XA_START;
            case END -> StatementKind.XA_END;
            case PREPARE -> StatementKind.XA_PREPARE;
            case COMMIT -> StatementKind.XA_COMMIT;
            case ROLLBACK -> StatementKind.XA_ROLLBACK;
            case RECOVER -> StatementKind.XA_RECOVER;
            default -> StatementKind.OTHER;
        };
        summary.kind(kind);
        if (kind == StatementKind.OTHER) {
            return;
        }
        cursor.advance();
        int start = cursor.start();
        int end = start;
        while (!cursor.atEnd() && cursor.kind() != TokenKind.WORD) {
            end = cursor.end();
            cursor.advance();
        }
        int suffix = cursor.start();
        cursor.skipStatement();
        String rest = cursor.slice(suffix, cursor.previousEnd());
        summary.detail(new StatementDetail.Xa(cursor.slice(start, end), rest));
    }
}
