package com.oceanbase.odp.proxy.state;

import io.netty.util.collection.LongCollections;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of a session, binary and text. Each is prepared on a server when it is first executed there;
 * which server has which is in {@link LinkState}.
 */
public final class StatementRegistry {
    private static final long LARGEST_ID = Integer.MAX_VALUE;
    /** Until the first statement: most sessions have none. */
    private static final LongObjectMap<PreparedStatement> NO_STATEMENTS = LongCollections.emptyMap();

    private static final int STATEMENT_OVERHEAD = 256;

    private LongObjectMap<PreparedStatement> statements = NO_STATEMENTS;

    private final Map<String, TextStatement> textStatements = new HashMap<>(2);
    private long lastId;
    private long textVersion;
    private long memory;

    /**
     * A statement prepared by {@code PREPARE name FROM}.
     *
     * @param name its name, folded to lower case
     * @param prepareSql a PREPARE that makes it on any server
     * @param inner what it is
     * @param version number of this PREPARE within the session
     * @param database the current database when it was prepared, null for none
     */
    public record TextStatement(
            String name,
            byte[] prepareSql,
            PreparedText inner,
            long version,
            @Nullable String database) {}

    /** The id that the next statement will get. */
    public long nextId() {
        long candidate = lastId;
        do {
            candidate = candidate >= LARGEST_ID ? 1 : candidate + 1;
        } while (statements.containsKey(candidate));
        return candidate;
    }

    /** Registers a statement that a server has prepared. */
    public PreparedStatement add(long id, PreparedText text, int parameters, @Nullable String database) {
        lastId = id;
        PreparedStatement statement = new PreparedStatement(id, text, parameters, database);
        if (statements == NO_STATEMENTS) {
            statements = new LongObjectHashMap<>();
        }
        statements.put(id, statement);
        memory += text.text().length + STATEMENT_OVERHEAD;
        return statement;
    }

    public @Nullable PreparedStatement find(long id) {
        return statements.get(id);
    }

    public void remove(long id) {
        PreparedStatement removed = statements.remove(id);
        if (removed != null) {
            memory -= removed.text().length + STATEMENT_OVERHEAD;
        }
    }

    public Collection<PreparedStatement> all() {
        return statements.values();
    }

    /** Registers {@code PREPARE name}; it replaces one of the same name. */
    public TextStatement addText(String name, byte[] prepareSql, PreparedText inner, @Nullable String database) {
        removeText(name);
        TextStatement statement = new TextStatement(fold(name), prepareSql, inner, ++textVersion, database);
        textStatements.put(statement.name(), statement);
        memory += prepareSql.length + STATEMENT_OVERHEAD;
        return statement;
    }

    public @Nullable TextStatement findText(String name) {
        return textStatements.get(fold(name));
    }

    public void removeText(String name) {
        TextStatement removed = textStatements.remove(fold(name));
        if (removed != null) {
            memory -= removed.prepareSql().length + STATEMENT_OVERHEAD;
        }
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Bytes that the statements take, roughly. */
    public long memory() {
        return memory;
    }

    /** The session was reset: nothing is prepared. */
    public void clear() {
        statements = NO_STATEMENTS;
        textStatements.clear();
        memory = 0;
    }
}
