package com.oceanbase.odp.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommandCodeTest {

    @Test
    void codesLeadBackToTheirCommands() {
        for (CommandCode command : CommandCode.values()) {
            assertThat(CommandCode.of(command.code())).isSameAs(command);
        }
        assertThat(CommandCode.of(3)).isSameAs(CommandCode.COM_QUERY);
        assertThat(CommandCode.of(0xA1)).isSameAs(CommandCode.COM_STMT_PREPARE_EXECUTE);
        assertThat(CommandCode.of(0x20)).isNull();
        assertThat(CommandCode.of(-1)).isNull();
        assertThat(CommandCode.of(256)).isNull();
    }

    @Test
    void threeCommandsHaveNoAnswer() {
        assertThat(Arrays.stream(CommandCode.values()).filter(command -> !command.expectsResponse()))
                .containsExactly(CommandCode.COM_QUIT, CommandCode.COM_STMT_SEND_LONG_DATA, CommandCode.COM_STMT_CLOSE);
    }
}
