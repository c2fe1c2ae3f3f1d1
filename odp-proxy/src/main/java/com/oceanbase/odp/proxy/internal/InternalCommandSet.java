package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.InternalCommands;
import com.oceanbase.odp.sql.StatementSummary;

/** The statements that the proxy answers itself, each by a class of its own. */
public final class InternalCommandSet implements InternalCommands {
    @Override
    public boolean answer(ClientSession session, ClientRequest request, StatementSummary summary) {
        return false;
    }

    @Override
    public boolean answerCommand(ClientSession session, ClientRequest request, CommandCode command) {
        session.internalBegin();
        session.client().sendError(request.sequence() + 1, ErrorCode.NOT_SUPPORTED);
        request.release();
        session.internalDone();
        return true;
    }
}
