package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.proxy.session.ClientSession;
import io.netty.channel.Channel;

/** Puts the first handlers on an accepted connection. */
public final class FrontendInitializer {
    private FrontendInitializer() {}

    /** The client is greeted at once. */
    public static void initialize(Channel channel, ClientSession session, GreetingSettings greeting) {
        channel.pipeline().addLast(new ClientLoginHandler(session, greeting));
    }
}
