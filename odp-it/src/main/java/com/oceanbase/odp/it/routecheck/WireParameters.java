package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.value.ParameterValues;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Fills the parameters of COM_STMT_EXECUTE as they were sent. */
final class WireParameters {
    /** {@code enum_field_types} of MySQL's {@code field_types.h}. */
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("DECIMAL", 0),
            Map.entry("TINY", 1),
            Map.entry("SHORT", 2),
            Map.entry("LONG", 3),
            Map.entry("FLOAT", 4),
            Map.entry("DOUBLE", 5),
            Map.entry("NULL", 6),
            Map.entry("TIMESTAMP", 7),
            Map.entry("LONGLONG", 8),
            Map.entry("INT24", 9),
            Map.entry("DATE", 10),
            Map.entry("TIME", 11),
            Map.entry("DATETIME", 12),
            Map.entry("YEAR", 13),
            Map.entry("VARCHAR", 15),
            Map.entry("BIT", 16),
            Map.entry("JSON", 245),
            Map.entry("NEWDECIMAL", 246),
            Map.entry("ENUM", 247),
            Map.entry("SET", 248),
            Map.entry("TINY_BLOB", 249),
            Map.entry("MEDIUM_BLOB", 250),
            Map.entry("LONG_BLOB", 251),
            Map.entry("BLOB", 252),
            Map.entry("VAR_STRING", 253),
            Map.entry("STRING", 254),
            Map.entry("GEOMETRY", 255));

    private WireParameters() {}

    static ParameterValues of(JsonNode nodes) {
        ParameterValues parameters = new ParameterValues();
        parameters.reset(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            Integer type = TYPES.get(node.path("type").asString(""));
            if (node.path("value").isNull() || node.path("type").asString("").equals("NULL")) {
                parameters.setNull(i);
            } else if (type == null || !node.has("wire")) {
                // What was sent is not known, so its value is not.
                parameters.setUnknown(i);
            } else {
                set(parameters, i, type, node);
            }
        }
        return parameters;
    }

    private static void set(ParameterValues parameters, int index, int type, JsonNode node) {
        byte[] wire = bytes(node.path("wire").asString(""));
        int prefix = hasLength(type) ? lengthBytes(wire) : 0;
        parameters.setBinary(index, type, node.path("unsigned").asBoolean(false), wire, prefix, wire.length - prefix);
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new JsonLines.BadLine("the bytes of a parameter are no hexadecimal digits: " + e.getMessage());
        }
    }

    private static boolean hasLength(int type) {
        return switch (type) {
            case 1, 2, 3, 4, 5, 8, 9, 13 -> false;
            default -> true;
        };
    }

    /** Bytes of a length-encoded length. */
    private static int lengthBytes(byte[] wire) {
        if (wire.length == 0) {
            return 0;
        }
        return switch (wire[0] & 0xFF) {
            case 0xFC -> 3;
            case 0xFD -> 4;
            case 0xFE -> 9;
            default -> 1;
        };
    }
}
