package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.AuthSwitchRequest;
import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.login.LoginContext;
import org.jspecify.annotations.Nullable;

/**
 * COM_CHANGE_USER: a login on the existing connection, to any tenant and cluster. The new account logs in on a fresh
 * server link; only when that has succeeded are the old links closed, so a refusal leaves the session as it was, as
 * MySQL has it. A client that answers by another plugin is asked for mysql_native_password first.
 */
final class ChangeUserFlow {
    private final ClientSession session;
    private int sequence;

    ChangeUserFlow(ClientSession session) {
        this.session = session;
    }

    /** Takes the request over and answers it, now or later. */
    void start(ClientRequest request) {
        session.internalBegin();
        sequence = request.sequence() + 1;
        LoginContext before = session.login();
        try {
            ChangeUser change = ChangeUser.decode(
                    request.bytes().slice(request.payloadStart(), request.payloadLength()), before.capabilities());
            LoginContext login = loginOf(before, change);
            String plugin = change.authPlugin();
            if (!login.account().isComplete() || login.account().isProxySys()) {
                finish(LoginFlow.accessDenied(session, login));
            } else if (plugin == null || plugin.isEmpty() || plugin.equals(NativePassword.PLUGIN)) {
                new LoginFlow(session, login, this::finish).start();
            } else {
                switchPlugin(login);
            }
        } catch (MalformedPacketException malformed) {
            finish(ErrPacket.of(ErrorCode.MALFORMED_PACKET));
        } finally {
            request.release();
        }
    }

    private LoginContext loginOf(LoginContext before, ChangeUser change) {
        // A name without tenant or cluster stays with those of the session.
        AccountName account = AccountName.parse(
                        change.user(), session.settings().userNameSeparators())
                .withDefaults(before.account().tenant(), before.account().cluster());
        return new LoginContext(
                account,
                change.authResponse(),
                before.scramble(),
                before.capabilities(),
                before.maxPacketSize(),
                change.characterSet() == 0 ? before.characterSet() : change.characterSet(),
                change.database().isEmpty() ? null : change.database(),
                before.attributes(),
                before.zstdLevel());
    }

    private void switchPlugin(LoginContext login) {
        AuthSwitchRequest switching = new AuthSwitchRequest(NativePassword.PLUGIN, login.scramble());
        session.client()
                .write(MysqlFrame.encode(session.client().channel().alloc(), sequence & 0xFF, switching::encode));
        session.client().flush();
        session.intake().expectPacket(answer -> {
            sequence = answer.sequence() + 1;
            LoginContext answered = login.withAuthResponse(answer.payload(), login.scramble());
            answer.release();
            new LoginFlow(session, answered, this::finish).start();
        });
    }

    private void finish(@Nullable ErrPacket error) {
        if (error == null) {
            session.client().sendOk(sequence, AnswerStatus.ofOk(session));
        } else {
            session.log().loginFailed(error);
            session.client().sendError(sequence, error);
        }
        session.internalDone();
    }
}
