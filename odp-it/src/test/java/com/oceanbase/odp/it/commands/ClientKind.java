package com.oceanbase.odp.it.commands;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.RawClient;

/** What a client can do, as far as responses look different for it. */
enum ClientKind {
    PLAIN(RawClient.USUAL_CAPABILITIES & ~Capabilities.SESSION_TRACK),
    SESSION_TRACK(RawClient.USUAL_CAPABILITIES | Capabilities.SESSION_TRACK),
    DEPRECATE_EOF(RawClient.USUAL_CAPABILITIES & ~Capabilities.SESSION_TRACK | Capabilities.DEPRECATE_EOF),
    MULTI_STATEMENTS(RawClient.USUAL_CAPABILITIES | Capabilities.MULTI_STATEMENTS),
    MODERN(RawClient.USUAL_CAPABILITIES
            | Capabilities.SESSION_TRACK
            | Capabilities.DEPRECATE_EOF
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.PS_MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA);

    private final long capabilities;

    ClientKind(long capabilities) {
        this.capabilities = capabilities;
    }

    long capabilities() {
        return capabilities;
    }

    boolean has(long capability) {
        return (capabilities & capability) != 0;
    }
}
