package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told to servers in passing, without anybody waiting for it. */
final class Cleanup {
    private static final Logger LOG = LoggerFactory.getLogger("odp.session");

    private Cleanup() {}

    /** Drops a text statement on the server. */
    private static void deallocate(ServerLink link, String name) {
        byte[] sql = ("DEALLOCATE PREPARE `" + name.replace("`", "``") + "`").getBytes(StandardCharsets.UTF_8);
        send(link, CommandCode.COM_QUERY, sql);
    }

    /** Drops a text statement on all servers that have it, except one that has dropped it already. */
    static void deallocateElsewhere(ClientSession session, TextStatement statement, @Nullable ServerLink done) {
        for (ServerLink link : session.links().all()) {
            if (link != done && link.state().textStatement(statement.name()) != 0) {
                link.state().forgetText(statement.name());
                deallocate(link, statement.name());
            }
        }
    }

    /** Closes a binary statement on the server, which does not answer. */
    static void closeStatement(ServerLink link, long serverId) {
        link.sendUnanswered(LinkSynchronizer.frame(link, CommandCode.COM_STMT_CLOSE, id(serverId)));
        link.flush();
    }

    /** Resets a binary statement on the server. */
    static void resetStatement(ServerLink link, long serverId) {
        send(link, CommandCode.COM_STMT_RESET, id(serverId));
    }

    private static byte[] id(long serverId) {
        return new byte[] {(byte) serverId, (byte) (serverId >>> 8), (byte) (serverId >>> 16), (byte) (serverId >>> 24)
        };
    }

    private static void send(ServerLink link, CommandCode command, byte[] argument) {
        ByteBuf framed = LinkSynchronizer.frame(link, command, argument);
        ReplayHandler handler = new ReplayHandler(ReplayHandler.Kind.CLEANUP, link, (replay, error) -> {
            if (error != null) {
                LOG.atDebug()
                        .addKeyValue("ss_id", link.id())
                        .addKeyValue("server", link.address())
                        .addKeyValue("errno", error.errno())
                        .addKeyValue("error", error.message())
                        .log("clean-up refused by the server");
            }
        });
        link.send(command, framed, handler);
        link.flush();
    }
}
