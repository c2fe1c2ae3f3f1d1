package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.proxy.session.ClientSession;

/** One command that the proxy answers itself. Stateless; runs on the event loop of the session that asks. */
interface InternalCommand {
    /**
     * What a command works on.
     *
     * @param session the session that asks
     * @param caller who asks
     * @param arguments what stands behind the words that name the command
     * @param reply takes the answer, now or later
     */
    record Call(ClientSession session, Caller caller, CommandArguments arguments, Reply reply) {}

    /** Answers, now or later. */
    void run(Call call);
}
