package com.oceanbase.odp.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerStateTest {
    @ParameterizedTest
    @CsvSource({
        "ACTIVE,true,false,ACTIVE,true",
        "active,true,false,ACTIVE,true",
        "ACTIVE,false,false,REPLAY,false",
        "INACTIVE,false,false,INACTIVE,false",
        "INACTIVE,true,false,INACTIVE,false",
        "DELETING,true,false,DELETING,true",
        "DELETING,false,false,INACTIVE,false",
        "ACTIVE,true,true,STOPPED,false",
        "INACTIVE,false,true,STOPPED,false",
        "unheard of,true,false,INACTIVE,false"
    })
    void followsTheRowOfTheServerList(
            String status, boolean inService, boolean stopped, ServerState expected, boolean serving) {
        ServerState state = ServerState.of(status, inService, stopped);
        assertThat(state).isEqualTo(expected);
        assertThat(state.isServing()).isEqualTo(serving);
    }
}
