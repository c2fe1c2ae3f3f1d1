package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PreparedText;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.proxy.state.TransactionState.HeldStart;
import com.oceanbase.odp.sql.StatementDetail;
import com.oceanbase.odp.sql.StatementSummary;
import org.jspecify.annotations.Nullable;

/** Prepared statements of the text protocol: PREPARE, EXECUTE and DEALLOCATE as statements. */
final class TextStatements {
    private final ClientSession session;
    private final StatementReader reader;

    TextStatements(ClientSession session, StatementReader reader) {
        this.session = session;
        this.reader = reader;
    }

    /** How a text goes on its way; null when there is nothing to do for it but to say OK. */
    @Nullable
    RequestKind kindOf(ClientRequest request, StatementSummary summary) {
        if (summary.isMulti() || !request.isComplete()) {
            return new RequestKinds.Text(summary);
        }
        return switch (summary.detail()) {
            case StatementDetail.PrepareText prepare -> prepare(request, summary, prepare);
            case StatementDetail.ExecuteText execute -> {
                TextStatement statement = session.statements().findText(execute.name());
                yield statement == null
                        ? new RequestKinds.Text(summary)
                        : new RequestKinds.ExecuteText(statement, execute.variables());
            }
            case StatementDetail.DeallocateText deallocate -> deallocate(summary, deallocate.name());
            case null, default -> new RequestKinds.Text(summary);
        };
    }

    private RequestKind prepare(ClientRequest request, StatementSummary summary, StatementDetail.PrepareText prepare) {
        String text = prepare.text();
        if (text != null) {
            PreparedText inner = reader.understand(LosslessText.encode(text));
            return new RequestKinds.PrepareText(summary, prepare.name(), request.argument(), inner);
        }
        String variable = prepare.variable();
        String literal = variable == null ? null : session.state().userVariable(variable);
        if (literal == null) {
            byte[] unknown = request.argument();
            return new RequestKinds.PrepareText(summary, prepare.name(), unknown, PreparedText.of(unknown, summary));
        }
        // The variable may have another value when another server must prepare the statement.
        String prepareSql = "PREPARE `" + prepare.name().replace("`", "``") + "` FROM " + literal;
        StatementSummary outer = reader.summarize(LosslessText.encode(prepareSql));
        String innerText =
                outer.detail() instanceof StatementDetail.PrepareText known && known.text() != null ? known.text() : "";
        return new RequestKinds.PrepareText(
                summary,
                prepare.name(),
                LosslessText.encode(prepareSql),
                reader.understand(LosslessText.encode(innerText)));
    }

    /** The servers that have the statement are told in passing: which one the session is on does not matter. */
    private @Nullable RequestKind deallocate(StatementSummary summary, String name) {
        TextStatement statement = session.statements().findText(name);
        if (statement == null) {
            return new RequestKinds.Text(summary);
        }
        if (mayBeReadOnly()) {
            // Servers count this as a write.
            return new RequestKinds.DeallocateText(summary, statement);
        }
        Cleanup.deallocateElsewhere(session, statement, null);
        session.statements().removeText(name);
        return null;
    }

    private boolean mayBeReadOnly() {
        HeldStart held = session.transaction().held();
        return session.transaction().isInTransaction()
                || (held != null && held.readOnly())
                || session.routing().preferences().readOnly();
    }
}
