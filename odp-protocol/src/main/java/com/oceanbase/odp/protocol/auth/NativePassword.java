package com.oceanbase.odp.protocol.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The plugin mysql_native_password (MySQL: password.c). With s1 = SHA1(password) and s2 = SHA1(s1), which is what a
 * server stores, the proof is s1 XOR SHA1(scramble + s2). OceanBase's proxy parameters hold s1 in hexadecimal.
 */
public final class NativePassword {

    /** Name of the plugin on the wire. */
    public static final String PLUGIN = "mysql_native_password";

    /** Bytes of a proof. */
    public static final int ANSWER_LENGTH = 20;

    private static final byte[] EMPTY = {};

    private NativePassword() {}

    /** The proof for a clear-text password; an empty password has an empty proof. */
    public static byte[] answer(byte[] password, byte[] scramble) {
        return password.length == 0 ? EMPTY : answerFromStage1(sha1().digest(password), scramble);
    }

    /** The proof for SHA1(password). */
    public static byte[] answerFromStage1(byte[] sha1OfPassword, byte[] scramble) {
        MessageDigest digest = sha1();
        byte[] stage2 = digest.digest(sha1OfPassword);
        digest.update(scramble);
        return xor(sha1OfPassword, digest.digest(stage2));
    }

    /** The proof for SHA1(password) in hexadecimal, empty text standing for no password. */
    public static byte[] answerFromStage1Hex(String stage1Hex, byte[] scramble) {
        return stage1Hex.isEmpty() ? EMPTY : answerFromStage1(HexFormat.of().parseHex(stage1Hex), scramble);
    }

    /** Whether a client's proof fits the password whose SHA1 is given in hexadecimal; constant in time. */
    public static boolean verifyWithStage1Hex(String stage1Hex, byte[] scramble, byte[] answer) {
        return MessageDigest.isEqual(answerFromStage1Hex(stage1Hex, scramble), answer);
    }

    /** SHA1(password) in lower-case hexadecimal, empty for an empty password. */
    public static String stage1Hex(byte[] password) {
        return password.length == 0 ? "" : HexFormat.of().formatHex(sha1().digest(password));
    }

    /** Byte by byte; both must be equally long. */
    public static byte[] xor(byte[] left, byte[] right) {
        if (left.length != right.length) {
            throw new IllegalArgumentException("lengths differ: " + left.length + ", " + right.length);
        }
        byte[] result = new byte[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
    }
}
