package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.sql.MultiByteRule;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at a statement's text the way the session's servers will read it. Event loop confined. */
final class StatementReader {
    private final ClientSession session;
    private @Nullable String modeText;
    private @Nullable String charset;
    private SqlMode mode = SqlMode.MYSQL;

    StatementReader(ClientSession session) {
        this.session = session;
    }

    /** What is to be known of a COM_QUERY's or COM_STMT_PREPARE's text; of a streamed one, of its beginning. */
    StatementSummary read(ClientRequest request) {
        int length = Math.max(0, request.payloadLength() - 1);
        byte[] scratch = session.loop().scratch(Math.max(1, length));
        if (length > 0) {
            request.bytes().getBytes(request.payloadStart() + 1, scratch, 0, length);
        }
        return StatementSummarizer.summarize(scratch, 0, length, mode());
    }

    /** What is to be known of a text. */
    StatementSummary read(byte[] text) {
        return StatementSummarizer.summarize(text, 0, text.length, mode());
    }

    private SqlMode mode() {
        SessionState state = session.state();
        String currentMode = state.systemVariable("sql_mode");
        String currentCharset = state.systemVariable("character_set_client");
        // Unchanged values are the same objects.
        if (currentMode != modeText || currentCharset != charset) {
            modeText = currentMode;
            charset = currentCharset;
            mode = SqlMode.MYSQL
                    .withAnsiQuotes(state.hasAnsiQuotes())
                    .withNoBackslashEscapes(!state.hasBackslashEscapes())
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
