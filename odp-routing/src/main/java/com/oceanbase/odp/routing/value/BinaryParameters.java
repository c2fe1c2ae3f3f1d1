package com.oceanbase.odp.routing.value;

/** Decodes parameters of COM_STMT_EXECUTE. Type codes: {@code enum_field_types} of MySQL's {@code field_types.h}. */
final class BinaryParameters {
    private BinaryParameters() {}

    static boolean isInteger(int type, int length) {
        return switch (type) {
            case 1 -> length == 1;
            case 2, 13 -> length == 2;
            case 3, 9 -> length == 4;
            case 8 -> length == 8;
            default -> false;
        };
    }

    /** Reads 1 to 8 bytes, little endian. */
    static long integer(boolean unsigned, byte[] buffer, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (buffer[offset + i] & 0xFF);
        }
        int unused = 64 - 8 * length;
        return unsigned ? value : value << unused >> unused;
    }

    static SqlValue decode(int type, boolean unsigned, byte[] buffer, int offset, int length, SessionValues session) {
        if (isInteger(type, length)) {
            return new SqlValue.Int(integer(unsigned, buffer, offset, length), unsigned);
        }
        return Reasons.PARAMETER;
    }
}
