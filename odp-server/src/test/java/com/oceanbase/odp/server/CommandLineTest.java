package com.oceanbase.odp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options, output and exit codes of commands that start nothing. */
class CommandLineTest {
    @TempDir
    private Path home;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = ObProxyMain.run(List.of(arguments), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Result(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-x", "-p", "-o", "start extra", "nonsense", "stop -N", "status --rs_list=a"})
    void refusesWrongUsageWithStatusTwo(String arguments) {
        Result result = run(arguments.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: odp");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1024", "65536", "-1", "0"})
    void refusesPortsOutsideTheRange(String port) {
        for (String option : List.of("-p", "--listen_port=", "-l", "--prometheus_listen_port=", "-s")) {
            Result result = run("start", option + port);

            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("port number should greater than 1024 and less than 65536: " + port);
        }
    }

    @Test
    void refusesAPortThatIsNoNumber() {
        assertThat(run("-pabc")).matches(r -> r.code() == 2 && r.err().contains("need port number: abc"));
    }

    @Test
    void refusesAnItemWithoutName() {
        Result result = run("start", "--home", home.toString(), "-o", "a=1,=");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no name before '='");
    }

    @Test
    void refusesANegativeGeneration() {
        assertThat(run("start", "--home", home.toString(), "-u", "-1").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "start -h", "stop --help", "status -h", "restart -h", "help start"})
    void printsHelpOnTheStandardOutput(String arguments) {
        Result result = run(arguments.split(" "));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: odp");
    }

    @Test
    void listsEveryOptionOfTheOriginal() {
        assertThat(run("start", "-h").out())
                .contains("-p, --listen_port", "-l, --prometheus_listen_port", "-s, --rpc_listen_port", "-o, --optstr")
                .contains("-n, --appname", "-r, --rs_list", "-c, --cluster_name", "-e, --execute_config_sql")
                .contains("-d, --dump_config_sql", "-u, --upgrade_ver", "-N, --nodaemon", "-V, --version")
                .contains("-R, --releaseid", "-h, --help");
    }

    @Test
    void printsTheVersionWithoutAnyCommand() {
        assertThat(run("-V").out()).contains("OceanBase Database Proxy");
        assertThat(run("version").out()).isEqualTo(run("--version").out());
        assertThat(run("-V").code()).isZero();
        assertThat(run("-R").out()).isNotBlank();
        assertThat(ProductVersion.number()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    @Test
    void saysThatNothingRuns() {
        Result status = run("status", "--home", home.toString());
        Result stop = run("stop", "--home", home.toString());

        assertThat(status.code()).isEqualTo(3);
        assertThat(status.out()).contains("not running");
        assertThat(stop.code()).isZero();
        assertThat(stop.out()).contains("not running");
    }

    @Test
    void printsUptimeWithoutLeadingZeros() {
        assertThat(Instances.uptime(Duration.ofSeconds(5))).isEqualTo("5s");
        assertThat(Instances.uptime(Duration.ofSeconds(3600))).isEqualTo("1h 0m 0s");
        assertThat(Instances.uptime(Duration.ofDays(2).plusSeconds(61))).isEqualTo("2d 0h 1m 1s");
    }
}
