package com.oceanbase.odp.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 text that survives the way through a {@link String} even when it is not UTF-8.
 *
 * <p>Names and values on the wire are in the character set of the session, which the proxy does not convert. Valid
 * UTF-8 becomes ordinary text; every other byte becomes one unpaired surrogate U+DC80 to U+DCFF, which valid UTF-8 can
 * never produce, and is written back as that byte (the scheme of Python's PEP 383).
 */
public final class LosslessText {

    private static final char ESCAPE_BASE = 0xDC00;

    private LosslessText() {}

    /** Takes {@code length} bytes, which the caller has checked to be readable. */
    public static String read(ByteBuf in, int length) {
        if (length == 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return decode(bytes);
    }

    /** Bytes to text. */
    public static String decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return decodeNonAscii(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String decodeNonAscii(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (ESCAPE_BASE | (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    /** How many bytes {@link #write} takes for this text. */
    public static int size(String text) {
        if (isAscii(text)) {
            return text.length();
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                size++;
            } else if (c < 0x800) {
                size += 2;
            } else if (isPairAt(text, i)) {
                size += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                size++;
            } else {
                size += 3;
            }
        }
        return size;
    }

    /** Text to bytes; an unpaired surrogate that is no escaped byte becomes a question mark. */
    public static void write(ByteBuf out, String text) {
        if (isAscii(text)) {
            ByteBufUtil.writeAscii(out, text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out.writeByte(c);
            } else if (c < 0x800) {
                out.writeByte(0xC0 | c >> 6).writeByte(0x80 | c & 0x3F);
            } else if (isPairAt(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out.writeByte(0xF0 | point >> 18)
                        .writeByte(0x80 | point >> 12 & 0x3F)
                        .writeByte(0x80 | point >> 6 & 0x3F)
                        .writeByte(0x80 | point & 0x3F);
            } else if (Character.isSurrogate(c)) {
                out.writeByte(isEscape(c) ? c : '?');
            } else {
                out.writeByte(0xE0 | c >> 12).writeByte(0x80 | c >> 6 & 0x3F).writeByte(0x80 | c & 0x3F);
            }
        }
    }

    /** Text to bytes as a fresh array. */
    public static byte[] encode(String text) {
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] bytes = new byte[size(text)];
        ByteBuf out = Unpooled.wrappedBuffer(bytes).writerIndex(0);
        write(out, text);
        return bytes;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static boolean isEscape(char c) {
        return c >= ESCAPE_BASE + 0x80 && c <= ESCAPE_BASE + 0xFF;
    }
}
