package com.oceanbase.odp.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource
    void everyCodeFitsAnErrorPacket(ErrorCode code) {
        assertThat(code.errno()).isBetween(1, 0xFFFF);
        assertThat(code.sqlState()).matches("[0-9A-Z]{5}");
        assertThat(code.obCode()).isNotPositive();
    }

    @Test
    void placeholdersAreFilledInOrderAndMissingOnesStay() {
        assertThat(ErrorCode.ACCESS_DENIED.format("root@sys", "10.0.0.1", "YES"))
                .isEqualTo("Access denied for user 'root@sys'@'10.0.0.1' (using password: YES)");
        assertThat(ErrorCode.UNKNOWN_THREAD.format(7L)).isEqualTo("Unknown thread id: 7");
        assertThat(ErrorCode.UNKNOWN_THREAD.format()).isEqualTo("Unknown thread id: %s");
        assertThat(ErrorCode.UNKNOWN_THREAD.format("%s", "more")).isEqualTo("Unknown thread id: %s");
    }

    @Test
    void exceptionsCarryNoStackTrace() {
        OdpException failure = OdpException.of(ErrorCode.CLUSTER_NOT_EXIST);
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure).hasMessage("cluster not exist");
        assertThat(new MalformedPacketException("x").as(ErrorCode.BAD_HANDSHAKE).code())
                .isEqualTo(ErrorCode.BAD_HANDSHAKE);
    }
}
