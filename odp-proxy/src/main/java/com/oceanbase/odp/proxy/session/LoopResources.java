package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.state.BaselineCache;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/** What the sessions of one event loop share without locks. Only that event loop may touch it. */
public final class LoopResources {
    private static final int INITIAL_SCRATCH = 4096;

    private final BaselineCache baselines = new BaselineCache();
    private final LiteralSlots literals = new LiteralSlots();
    private final ParameterValues parameters = new ParameterValues();
    private byte[] scratch = new byte[INITIAL_SCRATCH];

    /** Literals of the text that was looked at last; they do not outlive the next look at a text. */
    LiteralSlots literals() {
        return literals;
    }

    /** Parameters of the statement that is being routed; they do not outlive the call that filled them. */
    ParameterValues parameters() {
        return parameters;
    }

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
