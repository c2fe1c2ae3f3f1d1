package com.oceanbase.odp.protocol.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class NativePasswordTest {

    private static final byte[] PASSWORD = "secret".getBytes(StandardCharsets.US_ASCII);

    /** What a server does: it has SHA1(SHA1(password)) only. */
    @Test
    void aServerRecoversTheStoredHashFromTheAnswer() throws NoSuchAlgorithmException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] stored = sha1.digest(sha1.digest(PASSWORD));
        byte[] scramble = Scramble.random(new SecureRandom());
        byte[] answer = NativePassword.answer(PASSWORD, scramble);
        sha1.update(scramble);
        byte[] stage1 = NativePassword.xor(answer, sha1.digest(stored));
        assertThat(sha1.digest(stage1)).isEqualTo(stored);
    }

    @Test
    void verificationAcceptsTheRightAnswerOnly() {
        String hex = NativePassword.stage1Hex(PASSWORD);
        assertThat(hex).isEqualTo("e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4");
        byte[] answer = NativePassword.answer(PASSWORD, Scramble.CONSTANT);
        assertThat(NativePassword.verifyWithStage1Hex(hex, Scramble.CONSTANT, answer))
                .isTrue();
        answer[3] ^= 1;
        assertThat(NativePassword.verifyWithStage1Hex(hex, Scramble.CONSTANT, answer))
                .isFalse();
        assertThat(NativePassword.verifyWithStage1Hex(hex, Scramble.CONSTANT, new byte[0]))
                .isFalse();
    }

    @Test
    void noPasswordHasAnEmptyAnswer() {
        assertThat(NativePassword.answer(new byte[0], Scramble.CONSTANT)).isEmpty();
        assertThat(NativePassword.verifyWithStage1Hex("", Scramble.CONSTANT, new byte[0]))
                .isTrue();
        assertThat(NativePassword.verifyWithStage1Hex("", Scramble.CONSTANT, new byte[20]))
                .isFalse();
    }

    @Test
    void scramblesAreSevenBitWithoutZeroAndDollar() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 2000; i++) {
            byte[] scramble = Scramble.random(random);
            assertThat(scramble).hasSize(20).doesNotContain('$');
            for (byte b : scramble) {
                assertThat(b).isPositive();
            }
        }
        assertThat(Scramble.CONSTANT).asString(StandardCharsets.US_ASCII).isEqualTo("aaaaaaaabbbbbbbbbbbb");
    }

    @Test
    void xorRefusesDifferentLengths() {
        assertThatThrownBy(() -> NativePassword.xor(new byte[1], new byte[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
