package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.sql.StatementSummary;

/** Statements and commands that the proxy answers itself. */
public interface InternalCommands {
    /**
     * Answers a statement if it is one of the proxy's own.
     *
     * @return whether it was: it has been, or will be, answered, and {@link ClientSession#internalDone()} is called then
     */
    boolean answer(ClientSession session, ClientRequest request, StatementSummary summary);

    /**
     * Answers COM_PROCESS_INFO or COM_PROCESS_KILL.
     *
     * @return whether it has been, or will be, answered; else it is for a server
     */
    boolean answerCommand(ClientSession session, ClientRequest request, CommandCode command);
}
