package com.oceanbase.odp.protocol.response;

/**
 * How the server at the other end of a connection ends its responses.
 *
 * @param trailingOk the server adds an OK behind every response that does not end in one (OceanBase towards a proxy)
 * @param trailingOkForStatistics it does so behind COM_STATISTICS too (OB_CAP_EXTRA_OK_PACKET_FOR_STATISTICS)
 * @param deprecateEof CLIENT_DEPRECATE_EOF is agreed on this connection
 */
public record ServerDialect(boolean trailingOk, boolean trailingOkForStatistics, boolean deprecateEof) {
    /** OceanBase towards a proxy, plain MySQL framing. */
    public static final ServerDialect OCEANBASE = new ServerDialect(true, true, false);
    /** Any MySQL server, with EOF packets. */
    public static final ServerDialect MYSQL = new ServerDialect(false, false, false);
}
