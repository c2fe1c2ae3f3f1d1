package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.protocol.auth.Scramble;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.proxy.login.LoginRules;
import com.oceanbase.odp.proxy.session.ConnectionLimit;
import java.security.SecureRandom;

/**
 * How clients are greeted and which of them are let in.
 *
 * @param serverVersion version text of the greeting
 * @param randomScramble each client gets a scramble of its own; the constant one, which old servers need, lets a
 *     captured login be replayed
 * @param deprecateEof CLIENT_DEPRECATE_EOF is offered
 * @param limit how many clients may be logged in
 * @param rules who is let in
 */
public record GreetingSettings(
        String serverVersion, boolean randomScramble, boolean deprecateEof, ConnectionLimit limit, LoginRules rules) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UTF8MB4_BIN = 46;

    /** What concerns client and server alone: the proxy needs no part in it. */
    static final long END_TO_END = Capabilities.FOUND_ROWS
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.NO_SCHEMA
            | Capabilities.ODBC
            | Capabilities.LOCAL_FILES
            | Capabilities.IGNORE_SPACE
            | Capabilities.PROTOCOL_41
            | Capabilities.INTERACTIVE
            | Capabilities.IGNORE_SIGPIPE
            | Capabilities.TRANSACTIONS
            | Capabilities.RESERVED
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS
            | Capabilities.PS_MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.SESSION_TRACK;

    /**
     * What the proxy can do. Not offered, since they could not be kept whatever the server: CLIENT_SSL (for now),
     * CLIENT_OPTIONAL_RESULTSET_METADATA, and CLIENT_QUERY_ATTRIBUTES, whose bit OceanBase drivers use for Oracle mode.
     */
    private static final long OFFERED =
            END_TO_END | Capabilities.LONG_PASSWORD | Capabilities.COMPRESS | Capabilities.ZSTD_COMPRESSION_ALGORITHM;

    /** Capability flags of the greeting. */
    public long capabilities() {
        return deprecateEof ? OFFERED | Capabilities.DEPRECATE_EOF : OFFERED;
    }

    /** Character set number of the greeting. */
    public int characterSet() {
        return UTF8MB4_BIN;
    }

    /** The scramble for one client. */
    byte[] freshScramble() {
        return randomScramble ? Scramble.random(RANDOM) : Scramble.CONSTANT;
    }
}
