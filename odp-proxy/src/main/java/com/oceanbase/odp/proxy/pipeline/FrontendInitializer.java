package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.ConnectionLimit;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.channel.Channel;
import java.util.List;

/** Puts the first handlers on an accepted connection. */
public final class FrontendInitializer {
    private FrontendInitializer() {}

    /** The client is greeted at once. */
    public static void initialize(Channel channel, ClientSession session, GreetingSettings greeting) {
        channel.pipeline().addLast(new ClientLoginHandler(session, greeting));
    }

    /** The client gets the greeting of one of these plain MySQL servers, unless there are too many clients. */
    public static void initializeMysql(
            Channel channel, ClientSession session, List<ServerAddress> servers, ConnectionLimit limit) {
        if (!limit.admits(session.context().sessions())) {
            session.client().capabilities(Capabilities.PROTOCOL_41);
            session.client().sendError(0, ErrorCode.TOO_MANY_SESSIONS);
            session.onClientGone();
            session.client().closeAfterWrites();
            return;
        }
        channel.pipeline().addLast(new MysqlLoginHandler(session, servers));
    }
}
