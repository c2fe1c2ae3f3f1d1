package com.oceanbase.odp.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:2881", "[::1]:2881", "ob-1.example:65535"})
    void readsAndWritesTheSameText(String text) {
        assertThat(ServerAddress.parse(' ' + text + ' ')).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":2881", "host:x", "host:0", "host:65536", "::1:2881"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.contains(":0") || text.contains("65536") ? "port" : text);
    }

    @Test
    void aListKeepsItsOrderWithoutRepetitionsAndEmptyParts() {
        assertThat(ServerAddress.parseAll(List.of("b:1", "", "a:1", "b:1")))
                .containsExactly(new ServerAddress("b", 1), new ServerAddress("a", 1));
    }
}
