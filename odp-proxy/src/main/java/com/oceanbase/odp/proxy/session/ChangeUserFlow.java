package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.login.LoginContext;
import org.jspecify.annotations.Nullable;

/**
 * COM_CHANGE_USER: a login on the existing connection, to any tenant and cluster. The new account logs in on a fresh
 * server link; only when that has succeeded are the old links closed, so a refusal leaves the session as it was, as
 * MySQL has it.
 */
final class ChangeUserFlow {
    private final ClientSession session;
    private final ClientRequest request;
    private final int sequence;

    ChangeUserFlow(ClientSession session, ClientRequest request) {
        this.session = session;
        this.request = request;
        this.sequence = request.sequence() + 1;
    }

    void start() {
        session.internalBegin();
        LoginContext before = session.login();
        try {
            ChangeUser change = ChangeUser.decode(
                    request.bytes().slice(request.payloadStart(), request.payloadLength()), before.capabilities());
            // A name without tenant or cluster stays with those of the session.
            AccountName account = AccountName.parse(change.user(), session.settings().userNameSeparators())
                    .withDefaults(before.account().tenant(), before.account().cluster());
            LoginContext login = new LoginContext(
                    account,
                    change.authResponse(),
                    before.scramble(),
                    before.capabilities(),
                    before.maxPacketSize(),
                    change.characterSet() == 0 ? before.characterSet() : change.characterSet(),
                    change.database().isEmpty() ? null : change.database(),
                    before.attributes(),
                    before.zstdLevel());
            if (!account.isComplete() || account.isProxySys()) {
                finish(LoginFlow.accessDenied(session, login));
            } else {
                new LoginFlow(session, login, this::finish).start();
            }
        } catch (MalformedPacketException malformed) {
            finish(new ErrPacket(
                    ErrorCode.MALFORMED_PACKET.errno(),
                    ErrorCode.MALFORMED_PACKET.sqlState(),
                    ErrorCode.MALFORMED_PACKET.format()));
        }
    }

    private void finish(@Nullable ErrPacket error) {
        request.release();
        if (error == null) {
            session.client().sendOk(sequence, session.ownStatus());
        } else {
            session.log().loginFailed(error);
            session.client().sendError(sequence, error);
        }
        session.internalDone();
    }
}
