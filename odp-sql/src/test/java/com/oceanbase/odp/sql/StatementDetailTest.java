package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.StatementDetail.Access;
import com.oceanbase.odp.sql.StatementDetail.Kill.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementDetailTest {
    private static @Nullable StatementDetail detail(String text) {
        return Texts.mysql(text).detail();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "BEGIN;",
                "begin work ; ",
                "/* c */ begin -- d",
                "start transaction",
                "start transaction read only",
                "START TRANSACTION READ WRITE, WITH CONSISTENT SNAPSHOT;"
            })
    void findsPlainTransactionStarts(String text) {
        assertThat(Texts.mysql(text).isPlainTransactionStart()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; select 1",
                "begin;;",
                "begin not atomic",
                "begin work now",
                "start transaction read",
                "start transaction read only,",
                "start transaction, read only",
                "start transaction read only read write",
                "start transaction with consistent",
                "start transaction isolation level serializable",
                "begin /* open",
                "select 1; begin",
                "/*! begin"
            })
    void holdsNothingElseForPlain(String text) {
        assertThat(Texts.mysql(text).isPlainTransactionStart()).isFalse();
    }

    @Test
    void readsTransactionCharacteristics() {
        assertThat(detail("begin")).isEqualTo(new StatementDetail.TransactionStart(null, false, true));
        assertThat(detail("start transaction read only"))
                .isEqualTo(new StatementDetail.TransactionStart(Access.READ_ONLY, false, true));
        assertThat(detail("start transaction with consistent snapshot, read write"))
                .isEqualTo(new StatementDetail.TransactionStart(Access.READ_WRITE, true, true));
        assertThat(Texts.oracle("begin null; end;").detail()).isNull();
    }

    @Test
    void readsTransactionEnds() {
        assertThat(detail("commit")).isEqualTo(new StatementDetail.TransactionEnd(false, false));
        assertThat(detail("commit work and chain")).isEqualTo(new StatementDetail.TransactionEnd(true, false));
        assertThat(detail("rollback and no chain release")).isEqualTo(new StatementDetail.TransactionEnd(false, true));
        assertThat(detail("commit and chain no release")).isEqualTo(new StatementDetail.TransactionEnd(true, false));
        assertThat(detail("commit; select 1")).isEqualTo(new StatementDetail.TransactionEnd(false, false));
    }

    @Test
    void readsSavepoints() {
        assertThat(detail("savepoint `a b`")).isEqualTo(new StatementDetail.Savepoint("a b"));
        assertThat(detail("rollback to x")).isEqualTo(new StatementDetail.Savepoint("x"));
        assertThat(detail("rollback work to savepoint x;")).isEqualTo(new StatementDetail.Savepoint("x"));
        assertThat(detail("release savepoint x")).isEqualTo(new StatementDetail.Savepoint("x"));
        assertThat(detail("savepoint")).isEqualTo(new StatementDetail.Savepoint(""));
    }

    @Test
    void readsXa() {
        assertThat(detail("xa start 'a',x'01',1 join")).isEqualTo(new StatementDetail.Xa("'a',x'01',1", "join"));
        assertThat(detail("xa end 'a' suspend for migrate"))
                .isEqualTo(new StatementDetail.Xa("'a'", "suspend for migrate"));
        assertThat(detail("xa commit 'a' one phase")).isEqualTo(new StatementDetail.Xa("'a'", "one phase"));
        assertThat(detail("xa recover")).isEqualTo(new StatementDetail.Xa("", ""));
        assertThat(detail("xa prepare 'a';")).isEqualTo(new StatementDetail.Xa("'a'", ""));
    }

    @Test
    void readsUse() {
        assertThat(Texts.mysql("use db;").useDatabase()).isEqualTo("db");
        assertThat(Texts.mysql("USE `My Db`").useDatabase()).isEqualTo("My Db");
        assertThat(Texts.mysql("use").useDatabase()).isNull();
        assertThat(Texts.mysql("select 1").useDatabase()).isNull();
    }

    @Test
    void readsKill() {
        assertThat(detail("kill 5")).isEqualTo(new StatementDetail.Kill(Target.CONNECTION, List.of(5L)));
        assertThat(detail("kill connection 5;")).isEqualTo(new StatementDetail.Kill(Target.CONNECTION, List.of(5L)));
        assertThat(detail("KILL QUERY 9223372036854775807"))
                .isEqualTo(new StatementDetail.Kill(Target.QUERY, List.of(Long.MAX_VALUE)));
        assertThat(detail("kill query 9223372036854775808"))
                .isEqualTo(new StatementDetail.Kill(Target.QUERY, List.of()));
        assertThat(detail("kill proxysession 1 2"))
                .isEqualTo(new StatementDetail.Kill(Target.PROXY_SESSION, List.of(1L, 2L)));
        assertThat(detail("kill connection_id()")).isEqualTo(new StatementDetail.Kill(Target.CONNECTION, List.of()));
        assertThat(detail("kill 1 + 2")).isEqualTo(new StatementDetail.Kill(Target.CONNECTION, List.of()));
        assertThat(detail("kill")).isEqualTo(new StatementDetail.Kill(Target.CONNECTION, List.of()));
    }

    @Test
    void readsTextPreparedStatements() {
        assertThat(detail("prepare s from 'select \\'a\\', ''b'''"))
                .isEqualTo(new StatementDetail.PrepareText("s", "select 'a', 'b'", null));
        assertThat(detail("prepare `s 1` from \"select 'x'\""))
                .isEqualTo(new StatementDetail.PrepareText("s 1", "select 'x'", null));
        assertThat(detail("prepare s from @`a b`")).isEqualTo(new StatementDetail.PrepareText("s", null, "a b"));
        assertThat(detail("prepare s from 'a' 'b'")).isEqualTo(new StatementDetail.PrepareText("s", "ab", null));
        assertThat(detail("execute s")).isEqualTo(new StatementDetail.ExecuteText("s", List.of()));
        assertThat(detail("execute s using @a, @`b`"))
                .isEqualTo(new StatementDetail.ExecuteText("s", List.of("a", "b")));
        assertThat(detail("execute immediate 'select 1'")).isNull();
        assertThat(detail("deallocate prepare s")).isEqualTo(new StatementDetail.DeallocateText("s"));
        assertThat(detail("drop prepare `s`;")).isEqualTo(new StatementDetail.DeallocateText("s"));
    }

    @Test
    void knowsNoSourceOfOddPrepares() {
        assertThat(detail("prepare s from concat('a', 'b')"))
                .isEqualTo(new StatementDetail.PrepareText("s", null, null));
        assertThat(detail("prepare s from 'a' x")).isEqualTo(new StatementDetail.PrepareText("s", null, null));
    }

    @Test
    void readsExplained() {
        assertThat(detail("explain analyze select 1"))
                .isEqualTo(new StatementDetail.Explained(StatementKind.SELECT, true));
        assertThat(detail("desc update t set a = 1"))
                .isEqualTo(new StatementDetail.Explained(StatementKind.UPDATE, false));
        assertThat(detail("explain route set a = 1"))
                .isEqualTo(new StatementDetail.Explained(StatementKind.SET, false));
        assertThat(detail("desc t")).isNull();
    }

    @Test
    void resolvesEscapes() {
        assertThat(detail("prepare s from '\\0\\b\\n\\r\\t\\Z\\%\\_\\\\\\x'"))
                .isEqualTo(new StatementDetail.PrepareText("s", "\0\b\n\r\t\u001a\\%\\_\\x", null));
    }
}
