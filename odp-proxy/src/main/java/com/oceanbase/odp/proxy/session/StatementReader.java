package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.PreparedText;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.sql.MultiByteRule;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.template.StatementTemplate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at a statement's text the way the session's servers will read it. Event loop confined. */
final class StatementReader {
    private final ClientSession session;
    private final RoutingValues values;
    private long modeVersion = -1;
    private @Nullable String modeText;
    private @Nullable String charset;
    private SqlMode mode = SqlMode.MYSQL;

    StatementReader(ClientSession session) {
        this.session = session;
        this.values = new RoutingValues(session.state());
    }

    /** What is to be known of a COM_QUERY's text; of a streamed one, of its beginning. */
    StatementSummary read(ClientRequest request) {
        return look(request).summary();
    }

    private StatementTemplate look(ClientRequest request) {
        int length = Math.max(0, request.payloadLength() - 1);
        byte[] scratch = session.loop().scratch(Math.max(1, length));
        if (length > 0) {
            request.bytes().getBytes(request.payloadStart() + 1, scratch, 0, length);
        }
        return session.loop().look(request, length, mode());
    }

    /** What a text is and needs. */
    StatementSummary summarize(byte[] text) {
        return StatementSummarizer.summarize(text, 0, text.length, mode());
    }

    /** All that can be known of a text that is to be prepared. */
    PreparedText understand(byte[] text) {
        StatementTemplate template = session.loop().understand(text, mode());
        LiteralSlots literals = session.loop().literals().copy();
        return new PreparedText(text, template.summary(), template.access(), literals);
    }

    // --- for the router, which must decide before the next text is looked at on this loop

    /** The statement of a COM_QUERY. */
    RoutedStatement routed(ClientRequest request, StatementSummary summary) {
        StatementTemplate known = session.loop().lookedAt(request);
        StatementTemplate template = known == null ? look(request) : known;
        return new RoutedStatement(summary, template.access(), session.loop().literals(), null, null);
    }

    /** A prepared statement with its parameters, null if it has none. */
    RoutedStatement routed(PreparedText text, @Nullable ParameterValues parameters, @Nullable String database) {
        return new RoutedStatement(text.summary(), text.access(), text.literals(), parameters, database);
    }

    /** The parameters of a COM_STMT_EXECUTE, as far as they are in memory. */
    ParameterValues executeParameters(ClientRequest request, PreparedStatement statement) {
        ParameterValues parameters = session.loop().parameters();
        parameters.reset(statement.parameters());
        if (statement.parameters() > 0) {
            int start = request.payloadStart();
            int length = Math.min(request.payloadLength(), request.bytes().writerIndex() - start);
            byte[] scratch = session.loop().scratch(length);
            request.bytes().getBytes(start, scratch, 0, length);
            ExecuteParameters.read(scratch, PreparedKinds.NULL_BITMAP_OFFSET, length, statement.types(), parameters);
        }
        return parameters;
    }

    /** An EXECUTE of a statement with these user variables; {@code parameters} is filled with them. */
    RoutedStatement routed(TextStatement statement, List<String> variables, ParameterValues parameters) {
        parameters.reset(variables.size());
        for (int index = 0; index < variables.size(); index++) {
            SqlValue value = values().userVariables().value(variables.get(index).toLowerCase(Locale.ROOT));
            if (value != null) {
                parameters.setValue(index, value);
            }
        }
        return routed(statement.inner(), parameters, statement.database());
    }

    /** What the session's servers compute constants with. */
    SessionValues values() {
        return values.current();
    }

    private SqlMode mode() {
        SessionState state = session.state();
        if (modeVersion == state.version() && mode.oracle() == state.isOracleMode()) {
            return mode;
        }
        modeVersion = state.version();
        String currentMode = state.systemVariable("sql_mode");
        String currentCharset = state.systemVariable("character_set_client");
        // Unchanged values are the same objects.
        if (currentMode != modeText || currentCharset != charset || mode.oracle() != state.isOracleMode()) {
            modeText = currentMode;
            charset = currentCharset;
            mode = (state.isOracleMode() ? SqlMode.ORACLE : SqlMode.MYSQL)
                    .withAnsiQuotes(state.hasAnsiQuotes())
                    .withNoBackslashEscapes(!state.hasBackslashEscapes())
                    .withPipesAsConcat(state.hasPipesAsConcat())
                    .withMultiByte(multiByteRule(currentCharset));
        }
        return mode;
    }

    /** Servers report the character set by name or by the number of a collation. */
    private static MultiByteRule multiByteRule(@Nullable String charset) {
        if (charset == null || charset.isEmpty()) {
            return MultiByteRule.UTF8;
        }
        if (Character.isDigit(charset.charAt(0))) {
            return MultiByteRule.ofCollation(Integer.parseInt(charset));
        }
        return switch (charset.toLowerCase(Locale.ROOT)) {
            case "gbk" -> MultiByteRule.GBK;
            case "gb18030", "gb18030_2022" -> MultiByteRule.GB18030;
            case "big5" -> MultiByteRule.BIG5;
            case "sjis", "cp932" -> MultiByteRule.SJIS;
            case "latin1", "ascii", "binary" -> MultiByteRule.SINGLE_BYTE;
            default -> MultiByteRule.UTF8;
        };
    }
}
