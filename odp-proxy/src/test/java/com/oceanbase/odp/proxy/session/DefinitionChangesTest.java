package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DDL that went through the proxy makes stale. */
class DefinitionChangesTest {
    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(1, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table d.a (x int primary key) | stale c:t:d.a",
                "ALTER TABLE D.A add column y int | stale c:t:d.a",
                "truncate table d.a | stale c:t:d.a",
                "drop table if exists d.a, e.b | stale c:t:d.a, stale c:t:e.b",
                "rename table d.a to d.b | stale c:t:d.a, stale c:t:d.b",
                "create index i on d.a (x) | stale c:t:d.a",
                "drop index i on d.a | stale c:t:d.a",
                "select 1; drop table d.a | stale c:t:d.a"
            })
    void marksTheTables(String sql, String told) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query(sql).isSuccess()).isTrue();
            assertThat(String.join(", ", proxy.toldOfLocations())).isEqualTo(told);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"insert into d.a values (1)", "create view d.v as select 1", "drop table a", "drop table mysql.a"
            })
    void marksNothingElse(String sql) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query(sql).isSuccess()).isTrue();
            assertThat(proxy.toldOfLocations()).isEmpty();
        }
    }

    @Test
    void marksNothingWhenItFailed() throws IOException {
        proxy.server(0).when("drop", ScriptedServer.error(1051, "42S02", "Unknown table"));
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("drop table d.a").errno()).isEqualTo(1051);
            assertThat(proxy.toldOfLocations()).isEmpty();
            assertThat(client.query("select 1; drop table d.a").isSuccess()).isTrue();
        }
    }

    @Test
    void preparingDefinesNothing() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            byte[] text = "drop table d.a".getBytes(StandardCharsets.UTF_8);
            assertThat(client.command(CommandCode.COM_STMT_PREPARE.code(), text).isSuccess())
                    .isTrue();
            assertThat(proxy.toldOfLocations()).isEmpty();
        }
    }
}
