package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.proxy.state.SessionState.Versioned;
import com.oceanbase.odp.sql.MultiByteRule;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values of user variables as literals that mean the same wherever they are executed. Servers report a string in the
 * client character set of that moment and with backslash escapes; the session may have changed character set or
 * {@code sql_mode} since.
 */
final class UserLiteral {
    private UserLiteral() {}

    /** The character set to remember with a literal: null when every character set reads it the same. */
    static @Nullable String characterSetOf(String literal, @Nullable String characterSetClient) {
        for (int i = 0; i < literal.length(); i++) {
            if (literal.charAt(i) >= 0x80) {
                return characterSetClient;
            }
        }
        return null;
    }

    /**
     * The literal as a server reads it rightly.
     *
     * @param characterSetClient the session's client character set now
     * @param backslashEscapes whether the session's {@code sql_mode} takes backslashes as escapes now
     */
    static String forReplay(Versioned variable, @Nullable String characterSetClient, boolean backslashEscapes) {
        String literal = variable.value();
        if (literal.length() < 2 || literal.charAt(0) != '\'') {
            return literal;
        }
        String learntIn = variable.characterSet();
        if (learntIn != null && !learntIn.equals(characterSetClient)) {
            byte[] content = LosslessText.encode(unescape(literal));
            return '_' + name(learntIn) + " X'" + HexFormat.of().formatHex(content) + '\'';
        }
        if (backslashEscapes || literal.indexOf('\\') < 0) {
            return literal;
        }
        return '\'' + unescape(literal).replace("'", "''") + '\'';
    }

    /** Character sets come by name or as the number of a collation. */
    private static String name(String characterSet) {
        if (!Character.isDigit(characterSet.charAt(0))) {
            return characterSet.toLowerCase(Locale.ROOT);
        }
        return switch (MultiByteRule.ofCollation(Integer.parseInt(characterSet))) {
            case SINGLE_BYTE -> "latin1";
            case UTF8 -> "utf8mb4";
            case GBK -> "gbk";
            case GB18030 -> "gb18030";
            case BIG5 -> "big5";
            case SJIS -> "sjis";
        };
    }

    /** The content of a quoted literal with MySQL's escapes. */
    private static String unescape(String literal) {
        StringBuilder content = new StringBuilder(literal.length());
        int end = literal.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = literal.charAt(i);
            if (c == '\\' && i + 1 < end) {
                content.append(escaped(literal.charAt(++i)));
            } else {
                content.append(c);
            }
        }
        return content.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> '\032';
            default -> c;
        };
    }
}
