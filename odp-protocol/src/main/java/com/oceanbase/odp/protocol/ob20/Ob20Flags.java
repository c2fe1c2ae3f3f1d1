package com.oceanbase.odp.protocol.ob20;

/** Flags of an {@link Ob20Header} (obproxy ob_2_0_protocol_struct.h, Ob20ProtocolFlags). */
public final class Ob20Flags {

    /** The payload begins with extra info. */
    public static final int EXTRA_INFO = 1;
    /** The request or response ends with this frame. */
    public static final int LAST_PACKET = 1 << 1;
    /** Request: the server may refuse and name another server. */
    public static final int PROXY_REROUTE = 1 << 2;
    /** The extra info is type, length, value; else pairs of serialised objects. */
    public static final int NEW_EXTRA_INFO = 1 << 3;
    /** Request: a weakly consistent read. */
    public static final int WEAK_READ = 1 << 4;
    /** The transaction may have statements on several servers; both sides say so. */
    public static final int TRANS_INTERNAL_ROUTING = 1 << 5;
    /** Request: the one before went to another server. */
    public static final int PROXY_SWITCH_ROUTE = 1 << 6;

    private Ob20Flags() {}
}
