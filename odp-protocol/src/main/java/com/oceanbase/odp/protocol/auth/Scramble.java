package com.oceanbase.odp.protocol.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The random text of a handshake against which a client proves that it knows a password. */
public final class Scramble {

    /** Bytes of a scramble. */
    public static final int LENGTH = 20;

    /**
     * The scramble of a proxy that passes the client's proof on: a server in proxy mode checks against it when it gets
     * no other (OceanBase: ObMPConnect::extract_real_scramble). Nobody may write into it.
     */
    public static final byte[] CONSTANT = "aaaaaaaabbbbbbbbbbbb".getBytes(StandardCharsets.US_ASCII);

    private static final int SEVEN_BITS = 0x7F;

    /** Some more than are needed: one of 64 characters is no good. */
    private static final int DRAWN = LENGTH + 4;

    private Scramble() {}

    /** Random 7-bit characters without zero, which would end the text, and without '$' (MySQL: generate_user_salt). */
    public static byte[] random(SecureRandom random) {
        byte[] scramble = new byte[LENGTH];
        byte[] drawn = new byte[DRAWN];
        int filled = 0;
        while (filled < LENGTH) {
            random.nextBytes(drawn);
            for (int i = 0; i < DRAWN && filled < LENGTH; i++) {
                int c = drawn[i] & SEVEN_BITS;
                if (c != 0 && c != '$') {
                    scramble[filled++] = (byte) c;
                }
            }
        }
        return scramble;
    }
}
