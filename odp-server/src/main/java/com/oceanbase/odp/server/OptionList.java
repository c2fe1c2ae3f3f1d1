package com.oceanbase.odp.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code -o} list: {@code name=value} separated by commas or newlines. The value is all text after the first
 * {@code =} and may be empty; a later item of the same name wins. Rules: share/config/ob_common_config.cpp:18, 48-145.
 */
final class OptionList {
    /** Its value contains commas, so that it cannot come through this list. */
    private static final String IGNORED = "target_db_server";

    private OptionList() {}

    /**
     * @throws IllegalArgumentException an item has no name
     */
    static Map<String, String> parse(String text) {
        var items = new LinkedHashMap<String, String>();
        for (String token : text.split("[,\n]+")) {
            if (token.isEmpty()) {
                continue;
            }
            String item = withoutLeadingSigns(token);
            if (item.isEmpty()) {
                throw new IllegalArgumentException("no name before '=' in '" + token + "'");
            }
            int sign = item.indexOf('=');
            String name = sign < 0 ? item : item.substring(0, sign);
            if (!name.equalsIgnoreCase(IGNORED)) {
                items.putLast(name, sign < 0 ? "" : item.substring(sign + 1));
            }
        }
        return items;
    }

    /** The original splits with strtok, which skips separators in front of the name. */
    private static String withoutLeadingSigns(String token) {
        int start = 0;
        while (start < token.length() && token.charAt(start) == '=') {
            start++;
        }
        return token.substring(start);
    }
}
