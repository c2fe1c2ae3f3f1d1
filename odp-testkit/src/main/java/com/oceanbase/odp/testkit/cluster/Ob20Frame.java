package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.ob20.Ob20Header;

/**
 * What a frame of OceanBase 2.0 said beside its MySQL bytes.
 *
 * @param extraInfo empty if it had none
 */
record Ob20Frame(Ob20Header header, byte[] extraInfo) {
    static final Ob20Frame NONE = new Ob20Frame(new Ob20Header(0, 0, 0, 0, 0), new byte[0]);
}
