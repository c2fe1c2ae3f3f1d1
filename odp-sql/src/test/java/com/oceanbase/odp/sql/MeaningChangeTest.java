package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier statement of a text does to the meaning of a later one. */
class MeaningChangeTest {
    private static boolean changes(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL)
                .has(StatementFlag.CHANGES_MEANING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set time_zone = '+00:00'; select * from t where ts = '2024-01-01'",
                "select 1; set autocommit = 1, @@session.Time_Zone = 'SYSTEM'; select 2",
                "set sql_mode = 'ANSI_QUOTES'; select * from t where a = 'x'",
                "set names gbk; insert into t values ('x')",
                "set character set latin1; select 1",
                "set persist time_zone = '+00:00'; select 1",
                "use db2; select * from t",
                "call p(); select * from t where id = 1",
                "execute s; select * from t where id = 1",
                "select my_function(); select * from t where id = 1",
                "alter session set nls_date_format = 'YYYY'; select 1",
                "set nls_date_format = 'YYYY'; select 1"
            })
    void notKnownToBeHarmless(String sql) {
        assertThat(changes(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set time_zone = '+00:00'",
                "set time_zone = '+00:00';",
                "select * from t where ts = '2024-01-01'; set time_zone = '+00:00'",
                "set autocommit = 0; select * from t where id = 1",
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; begin; update t set a = 1 where id = 1; commit",
                "set @a = 1; select * from t where id = @a",
                "set global time_zone = '+00:00'; select 1",
                "insert into t values (1); insert into t values (2)",
                "show warnings; select 1",
                "call p()"
            })
    void harmless(String sql) {
        assertThat(changes(sql)).isFalse();
    }
}
