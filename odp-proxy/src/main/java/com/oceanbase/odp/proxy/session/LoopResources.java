package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.state.BaselineCache;

/** What the sessions of one event loop share without locks. Only that event loop may touch it. */
public final class LoopResources {
    private static final int INITIAL_SCRATCH = 4096;

    private final BaselineCache baselines = new BaselineCache();
    private byte[] scratch = new byte[INITIAL_SCRATCH];

    BaselineCache baselines() {
        return baselines;
    }

    /** Room for a statement's text while it is looked at; its content does not outlive the call that filled it. */
    byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length - 1) << 1];
        }
        return scratch;
    }
}
