package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kernel")
@ExtendWith(OdpFixture.class)
class SmokeTest {
    @Test
    void selectsThroughTheProxy(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(client.query("select 1").cell()).isEqualTo("1");
        }
    }
}
