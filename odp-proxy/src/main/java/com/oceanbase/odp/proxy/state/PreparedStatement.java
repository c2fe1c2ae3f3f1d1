package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.sql.StatementSummary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement that the client prepared by COM_STMT_PREPARE, known to it by an id of this session. */
public final class PreparedStatement {
    private static final byte[] NO_TYPES = new byte[0];

    private final long clientId;
    private final PreparedText text;
    private final int parameters;
    private final @Nullable String database;
    private byte[] types = NO_TYPES;
    private long typesVersion;
    private @Nullable LinkState longDataOn;
    private boolean longDataLost;

    PreparedStatement(long clientId, PreparedText text, int parameters, @Nullable String database) {
        this.clientId = clientId;
        this.text = text;
        this.parameters = parameters;
        this.database = database;
    }

    public long clientId() {
        return clientId;
    }

    /** The statement's text as the client sent it. */
    public byte[] text() {
        return text.text();
    }

    /** What is understood of the text. */
    public PreparedText understood() {
        return text;
    }

    public StatementSummary summary() {
        return text.summary();
    }

    /** The current database when it was prepared, to which its unqualified names belong; null for none. */
    public @Nullable String database() {
        return database;
    }

    /** Number of parameters. */
    public int parameters() {
        return parameters;
    }

    /** The parameter types that the client bound last, two bytes each; empty when it never did. */
    public byte[] types() {
        return types;
    }

    /** Raised with each change of {@link #types()}; 0 when there are none. */
    public long typesVersion() {
        return typesVersion;
    }

    /** The client bound these types. */
    public void bind(byte[] newTypes) {
        if (typesVersion == 0 || !Arrays.equals(types, newTypes)) {
            types = newTypes;
            typesVersion++;
        }
    }

    /** The server that holds parameter data sent ahead; null when there is none. */
    public @Nullable LinkState longDataOn() {
        return longDataOn;
    }

    /** The server has parameter data from now on; null: there is none any more. */
    public void longDataOn(@Nullable LinkState link) {
        longDataOn = link;
        longDataLost = false;
    }

    /** Parameter data did not reach its server: the statement must not be executed without it. */
    public void loseLongData() {
        longDataOn = null;
        longDataLost = true;
    }

    /** Whether parameter data was sent ahead, arrived or not. */
    public boolean hasLongData() {
        return longDataOn != null || longDataLost;
    }
}
