package com.oceanbase.odp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSnapshotTest {
    private final ConfigSnapshot defaults = ConfigSnapshot.defaults();

    private static ConfigSnapshot changed(ConfigSnapshot.Change change) {
        return switch (change) {
            case ConfigSnapshot.Change.Applied(ConfigSnapshot snapshot) -> snapshot;
            case ConfigSnapshot.Change.UnknownName(String message) -> throw new AssertionError(message);
            case ConfigSnapshot.Change.InvalidValue(String message) -> throw new AssertionError(message);
        };
    }

    private static StartConfig options(String text) {
        return StartConfig.load(List.of(ConfigSource.optionString(text)));
    }

    private static String refusal(String text) {
        return switch (options(text)) {
            case StartConfig.Refused(String problem) -> problem;
            case StartConfig.Ready ready -> throw new AssertionError("accepted " + text);
        };
    }

    @Test
    void hasEveryParameterOfTheOriginal() {
        int ownParameters = 5;
        assertThat(ParameterTable.get().all()).hasSize(300 + ownParameters);
        assertThat(ParameterTable.get().all().stream()
                        .filter(parameter -> parameter.definition().needsRestart()))
                .hasSize(32 + 2);
        assertThat(ParameterTable.get().all().stream()
                        .filter(parameter -> parameter.definition().visibleLevel() == VisibleLevel.MEMORY)
                        .map(Parameter::name))
                .containsExactlyInAnyOrder(
                        "refresh_json_config",
                        "refresh_rslist",
                        "refresh_idc_list",
                        "refresh_config",
                        "proxy_local_cmd",
                        "local_vip_tenant_version");
    }

    @Test
    void startsWithTheDocumentedDefaults() {
        assertThat(defaults.get(Parameters.CONGESTION_FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(defaults.get(Parameters.CONGESTION_FAIL_WINDOW)).isEqualTo(Duration.ofSeconds(120));
        assertThat(defaults.get(Parameters.FLOW_HIGH_WATER_MARK)).isEqualTo(65_536);
        assertThat(defaults.get(Parameters.USERNAME_SEPARATOR)).containsExactly(":", "-", ".");
        assertThat(defaults.get(Parameters.ROOTSERVICE_LIST)).isEmpty();
        assertThat(defaults.get(Parameters.MYSQL_VERSION)).isEqualTo("5.6.25");
    }

    @Test
    void differencesFromTheOriginalHaveAReason() {
        assertThat(defaults.get(Parameters.ENABLE_PROXY_SCRAMBLE)).isTrue();
        List<ParameterDefinition> different = ParameterTable.get().all().stream()
                .map(Parameter::definition)
                .filter(definition -> definition.difference() != null)
                .toList();
        assertThat(different).extracting(ParameterDefinition::name).contains("enable_proxy_scramble", "listen_port");
        for (ParameterDefinition definition : different) {
            assertThat(definition.difference())
                    .isNotNull()
                    .extracting(ParameterDefinition.Difference::reason)
                    .asString()
                    .isNotBlank();
            assertThat(definition.difference())
                    .extracting(ParameterDefinition.Difference::originalDefault)
                    .isNotEqualTo(definition.defaultText());
        }
    }

    @Test
    void keepsTheTextThatTheUserWrote() {
        ConfigSnapshot after = changed(defaults.with("congestion_fail_window", "2m", false));
        assertThat(after.text(Parameters.CONGESTION_FAIL_WINDOW)).isEqualTo("2m");
        assertThat(after.get(Parameters.CONGESTION_FAIL_WINDOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(after.isDefault(Parameters.CONGESTION_FAIL_WINDOW)).isFalse();
        assertThat(defaults.get(Parameters.CONGESTION_FAIL_WINDOW)).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void showsANegativeTimeButUsesZero() {
        ConfigSnapshot after = changed(defaults.with("tenant_location_valid_time", "-5s", false));
        assertThat(after.text(Parameters.TENANT_LOCATION_VALID_TIME)).isEqualTo("-5s");
        assertThat(after.get(Parameters.TENANT_LOCATION_VALID_TIME)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aParameterThatNeedsARestartChangesItsTextOnly() {
        ConfigSnapshot running = changed(defaults.with("listen_port", "3306", false));
        assertThat(running.text(Parameters.LISTEN_PORT)).isEqualTo("3306");
        assertThat(running.get(Parameters.LISTEN_PORT)).isEqualTo(2883);
        assertThat(changed(defaults.with("listen_port", "3306", true)).get(Parameters.LISTEN_PORT))
                .isEqualTo(3306);
    }

    @Test
    void tellsUnknownNamesFromBadValues() {
        assertThat(defaults.with("Listen_Port", "3306", true))
                .isEqualTo(new ConfigSnapshot.Change.UnknownName(
                        "there is no parameter 'Listen_Port'; did you mean listen_port?"));
        assertThat(defaults.with("proxy_id", "8192", false))
                .isEqualTo(new ConfigSnapshot.Change.InvalidValue("proxy_id: '8192' is outside [0,8191]"));
        assertThat(defaults.with("app_name", "x".repeat(4096), true))
                .isInstanceOf(ConfigSnapshot.Change.InvalidValue.class);
    }

    @Test
    void laterSourcesWinAndUnknownNamesAreNoted(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("odp.yaml");
        Files.writeString(file, """
                # settings of this host
                listen_port: 3000
                app_name: "shop"
                rootservice_list: '127.0.0.1:2881;[::1]:2881'
                refresh_config: true
                no_such_thing: 1
                """);
        StartConfig config = StartConfig.load(
                List.of(ConfigSource.file(file), ConfigSource.optionString("listen_port=4000,init_sql=,proxy_id=7")));
        assertThat(config).isInstanceOfSatisfying(StartConfig.Ready.class, ready -> {
            assertThat(ready.snapshot().get(Parameters.LISTEN_PORT)).isEqualTo(4000);
            assertThat(ready.snapshot().get(Parameters.APP_NAME)).isEqualTo("shop");
            assertThat(ready.snapshot().get(Parameters.ROOTSERVICE_LIST))
                    .containsExactly("127.0.0.1:2881", "[::1]:2881");
            assertThat(ready.snapshot().get(Parameters.INIT_SQL)).isEmpty();
            assertThat(ready.notices()).hasSize(2);
            assertThat(ready.notices().get(0)).contains("refresh_config");
            assertThat(ready.notices().get(1)).contains("no_such_thing");
        });
    }

    @Test
    void aValueMayHoldEqualsSignsAndTargetServersAreNotTakenFromOptions() {
        assertThat(ConfigSource.optionString("obproxy_config_server_url=http://h/s?a=b,target_db_server=a\nproxy_id=1")
                        .settings())
                .containsExactly(
                        new Setting("obproxy_config_server_url", "http://h/s?a=b"), new Setting("proxy_id", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen_port=80",
                "enable_congestion=maybe",
                "server_routing_mode=MYSQL",
                "proxy_service_mode=server",
                "proxy_id=256",
                "app_name=",
                "rootservice_list=10.0.0.1",
                "username_separator=ab",
                "mysql_version=8.0-x",
                "observer_sys_password=secret",
                "local_bound_ip=localhost"
            })
    void refusesToStartWith(String option) {
        assertThat(refusal(option)).contains(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy_service_mode=server,proxy_id=3",
                "proxy_id=256,client_session_id_version=2",
                "rootservice_list=10.0.0.1:2881;[fe80::1]:2881",
                "observer_sys_password=,observer_sys_password1=ee0e5138c912aed80b683c05303684be347ce81d"
            })
    void startsWith(String option) {
        assertThat(options(option)).isInstanceOf(StartConfig.Ready.class);
    }
}
