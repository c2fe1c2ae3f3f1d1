package com.oceanbase.odp.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void prefersTheOptionThenTheVariable() {
        Map<String, String> environment = Map.of(HomeDirectory.ENVIRONMENT, "/b");

        assertThat(HomeDirectory.choose(Path.of("/a"), 1, environment).path()).isEqualTo(Path.of("/a"));
        assertThat(HomeDirectory.choose(null, 1, environment).path()).isEqualTo(Path.of("/b"));
    }

    @Test
    void takesOneStateDirectoryForEachPort() {
        Map<String, String> xdg = Map.of("XDG_STATE_HOME", "/s", "HOME", "/h");
        Map<String, String> plain = Map.of("HOME", directory.toString());

        assertThat(HomeDirectory.choose(null, 0, xdg).path()).isEqualTo(Path.of("/s/odp"));
        assertThat(HomeDirectory.choose(null, 2883, xdg).path()).isEqualTo(Path.of("/s/odp-2883"));
        assertThat(HomeDirectory.choose(null, 0, plain).path()).isEqualTo(directory.resolve(".local/state/odp"));
    }

    @Test
    void ignoresARelativeStateDirectory() {
        assertThat(HomeDirectory.choose(null, 0, Map.of("XDG_STATE_HOME", "rel", "HOME", directory.toString()))
                        .path())
                .isEqualTo(directory.resolve(".local/state/odp"));
    }

    @Test
    void saysWhatToDoWithoutAHome() {
        assertThatThrownBy(() -> HomeDirectory.choose(null, 0, Map.of("HOME", "/does/not/exist")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--home");
    }
}
