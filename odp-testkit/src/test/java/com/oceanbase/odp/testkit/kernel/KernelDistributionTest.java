package com.oceanbase.odp.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDistributionTest {

    @Test
    void failuresOfTheDownloadBecomeOneLine() {
        assertThat(KernelDistribution.explain("/usr/bin/python3: No module named pip\n"))
                .contains("python3-pip")
                .doesNotContain("\n");
        assertThat(KernelDistribution.explain("WARNING: retry\nERROR: first\nERROR: No matching distribution\n"))
                .contains("No matching distribution")
                .doesNotContain("\n");
    }

    @Test
    void anUnpackedKernelIsNotFetchedAgain(@TempDir Path cache) throws IOException {
        Path binary = cache.resolve("kernel-" + KernelDistribution.VERSION).resolve("pylibseekdb/seekdb");
        Files.createDirectories(binary.getParent());
        Files.writeString(binary, "");
        assertThat(binary.toFile().setExecutable(true)).isTrue();
        assertThat(KernelDistribution.locate(cache).binary()).isEqualTo(binary);
    }

    @Test
    void treesAreDeleted(@TempDir Path directory) throws IOException {
        Path root = directory.resolve("a");
        Files.createDirectories(root.resolve("b/c"));
        Files.writeString(root.resolve("b/f"), "x");
        KernelDistribution.deleteTree(root);
        assertThat(root).doesNotExist();
        KernelDistribution.deleteTree(root);
    }
}
