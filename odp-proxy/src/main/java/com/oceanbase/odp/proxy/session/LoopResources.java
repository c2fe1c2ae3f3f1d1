package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.state.BaselineCache;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.template.StatementTemplate;
import com.oceanbase.odp.sql.template.StatementTemplates;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the sessions of one event loop share without locks. Only that event loop may touch it. */
public final class LoopResources {
    private static final int INITIAL_SCRATCH = 4096;
    private static final long TEMPLATE_MEMORY = 16L << 20;

    private final ServerLoads loads;
    private final int number;
    private final SessionTimers timers = new SessionTimers();
    private final BaselineCache baselines = new BaselineCache();
    private final LiteralSlots literals = new LiteralSlots();
    private final ParameterValues parameters = new ParameterValues();
    private final StatementTemplates templates = new StatementTemplates(TEMPLATE_MEMORY);
    private final Map<ServerAddress, ServerLoads.Counter> counters = new HashMap<>();
    private @Nullable Object lookedAt;
    private @Nullable StatementTemplate template;
    private byte[] scratch = new byte[INITIAL_SCRATCH];

    /**
     * Resources of an event loop.
     *
     * @param loads shared by all event loops
     * @param number number of this one
     */
    public LoopResources(ServerLoads loads, int number) {
        this.loads = loads;
        this.number = number;
    }

    /** Counts the answers that are awaited from this server. */
    ServerLoads.Counter load(ServerAddress server) {
        return counters.computeIfAbsent(server, address -> loads.counter(address, number));
    }

    /** Literals of the text that was looked at last; they do not outlive the next look at a text. */
    LiteralSlots literals() {
        return literals;
    }

    /**
     * What is known of a text in {@link #scratch}, whose literals are in {@link #literals} from now on.
     *
     * @param source what the text belongs to
     */
    StatementTemplate look(Object source, int length, SqlMode mode) {
        StatementTemplate found = templates.find(scratch, 0, length, mode, literals);
        lookedAt = source;
        template = found;
        return found;
    }

    /** What is known of a text that is to be prepared, whose literals are in {@link #literals} from now on. */
    StatementTemplate understand(byte[] text, SqlMode mode) {
        lookedAt = null;
        return templates.find(text, 0, text.length, mode, literals);
    }

    /** What was found last, if it was of this source and its literals are still there. */
    @Nullable
    StatementTemplate lookedAt(Object source) {
        return lookedAt == source ? template : null;
    }

    /** Parameters of the statement that is being routed; they do not outlive the call that filled them. */
    ParameterValues parameters() {
        return parameters;
    }

    /** Timers of the sessions on this event loop. */
    public SessionTimers timers() {
        return timers;
    }

    BaselineCache baselines() {
        return baselines;
    }

    /** Room for a statement's text while it is looked at; its content does not outlive the call that filled it. */
    byte[] scratch(int length) {
        lookedAt = null;
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length - 1) << 1];
        }
        return scratch;
    }
}
