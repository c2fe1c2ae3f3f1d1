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

    private static final int LOWEST = 1;
    private static final int HIGHEST = 0x7F;

    private Scramble() {}

    /** Random 7-bit characters without zero, which would end the text, and without '$' (MySQL: generate_user_salt). */
    public static byte[] random(SecureRandom random) {
        byte[] scramble = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int c = random.nextInt(LOWEST, HIGHEST);
            scramble[i] = (byte) (c >= '$' ? c + 1 : c);
        }
        return scramble;
    }
}
