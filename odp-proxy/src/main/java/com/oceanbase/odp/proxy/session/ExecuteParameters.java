package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.routing.value.ParameterValues;

/**
 * Finds the values of a COM_STMT_EXECUTE in its payload. Layout: MySQL protocol, "Binary Protocol Value"; types from 200 on are
 * OceanBase's (original: src/obproxy/proxy/mysqllib/ob_mysql_request_analyzer.cpp).
 */
final class ExecuteParameters {
    private static final int UNSIGNED = 0x80;
    private static final int TYPE_LENGTH = 2;

    private static final int NEXT_2 = 0xfc;
    private static final int NEXT_3 = 0xfd;
    private static final int NEXT_8 = 0xfe;

    private ExecuteParameters() {}

    /**
     * Fills in the values.
     *
     * @param payload array with the payload of the command
     * @param nullBitmap where the bitmap of NULLs is in it, behind which come a flag, and types if it is 1
     * @param end index behind the payload, or behind what of it is there: values beyond it are unknown
     * @param types two bytes for each parameter as they were bound last
     * @param out has a place for each parameter, all unknown
     */
    static void read(byte[] payload, int nullBitmap, int end, byte[] types, ParameterValues out) {
        int count = out.count();
        int flag = nullBitmap + (count + 7) / 8;
        if (count == 0 || flag >= end || types.length < count * TYPE_LENGTH) {
            return;
        }
        int at = flag + 1 + (payload[flag] == 1 ? count * TYPE_LENGTH : 0);
        for (int index = 0; index < count; index++) {
            if ((payload[nullBitmap + index / 8] >> index % 8 & 1) != 0) {
                out.setNull(index);
                continue;
            }
            int type = types[index * TYPE_LENGTH] & 0xff;
            int fixed = fixedLength(type);
            int prefix = fixed >= 0 ? 0 : prefixLength(payload, at, end);
            if (prefix < 0) {
                return;
            }
            long length = fixed >= 0 ? fixed : prefixedLength(payload, at, prefix);
            if (length < 0 || length > end - at - prefix) {
                // The rest of a large request is not here.
                return;
            }
            boolean unsigned = (types[index * TYPE_LENGTH + 1] & UNSIGNED) != 0;
            out.setBinary(index, type, unsigned, payload, at + prefix, (int) length);
            at += prefix + (int) length;
        }
    }

    /** Length of the values of a type, -1 if each tells its own. Codes: {@code enum_field_types} in MySQL's field_types.h. */
    private static int fixedLength(int type) {
        return switch (type) {
            case 1 -> 1; // TINY
            case 2, 13 -> 2; // SHORT, YEAR
            case 3, 9, 4 -> 4; // LONG, INT24, FLOAT
            case 8, 5 -> 8; // LONGLONG, DOUBLE
            case 6 -> 0; // NULL
            default -> -1;
        };
    }

    /** Number of bytes that tell the length of the value at this index, -1 if they are not all here. */
    private static int prefixLength(byte[] payload, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int length = switch (payload[at] & 0xff) {
            case NEXT_2 -> 3;
            case NEXT_3 -> 4;
            case NEXT_8 -> 9;
            default -> 1;
        };
        return length <= end - at ? length : -1;
    }

    private static long prefixedLength(byte[] payload, int at, int prefix) {
        if (prefix == 1) {
            return payload[at] & 0xff;
        }
        long length = 0;
        for (int i = prefix - 1; i > 0; i--) {
            length = length << 8 | payload[at + i] & 0xff;
        }
        return length;
    }
}
