package com.oceanbase.odp.sql.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTemplatesTest {
    private final StatementTemplates templates = new StatementTemplates(1 << 20);
    private final LiteralSlots slots = new LiteralSlots();

    private StatementTemplate find(String sql, SqlMode mode) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return templates.find(text, 0, text.length, mode, slots);
    }

    /** Whether the second text is served by what was kept for the first one. */
    private boolean isServed(String first, String second) {
        StatementTemplate kept = keep(first);
        return find(second, SqlMode.MYSQL) == kept;
    }

    private StatementTemplate keep(String sql) {
        find(sql, SqlMode.MYSQL);
        return find(sql, SqlMode.MYSQL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select * from t where k = 1 | select * from t where k = 22",
                "select * from t where k = 'a' | select * from t where k = 'b''c'",
                "select * from t where k = 'a' | select * from t where k = \"b\"",
                "insert into t values (1, 'a') | insert into t values (23, '')",
                "select * from t limit 1 | select * from t limit 100",
                "call p(1) | call p(2)",
                "commit | commit",
                "select 1 -- a | select 1 -- b",
                "select 1 -- a | select 1 # a",
                "select 1 -- a | select 1 /* a */",
                "select 1 -- a | select 1 --",
                "select 1 # a | select 1 #",
                "/* trace_id=1 */ select 1 | /* trace_id='22' */ select 1",
                "/* a */ /* b */ select 1 | /**/ /* c, d */ select 1",
                "select /* a */ k from t where k = 1 /* b */ | select /* */ k from t where k = 2 /* a = 'b', c = 'd' */",
                "select /*+ read_consistency(weak) */ 1 /*traceparent='00-1'*/ "
                        + "| select /*+ read_consistency(weak) */ 1 /*traceparent='00-2'*/",
                "select 1 /* target_db_server='1.1.1.1:1' */ | select 1 /* target_db_server='1.1.1.1:2' */",
                "select k from t where k = .5 and j = 0x41 | select k from t where k = .25 and j = 0x4142",
                "set autocommit = 1 | set autocommit = 1",
                "select cast(k as decimal(10, 2)) from t where cast('1' as decimal(5)) = k "
                        + "| select cast(k as decimal(10, 2)) from t where cast('2' as decimal(5)) = k",
            })
    void servesTextsThatDifferInLiterals(String first, String second) {
        assertThat(isServed(first, second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select * from t where k = 1 | select * from t where j = 1",
                "select * from t where k = 1 | select * from t where k = '1'",
                "select * from t where k = 1 | select * from t where k = 1.0",
                "select * from t where k = 1.5 | select * from t where k = 1e5",
                "select * from t where k = x'41' | select * from t where k = b'01'",
                "select * from t where k = 1 | select * from t where  k = 1",
                "select * from t where k = 1 | select * from t where k = 1 ;",
                "select * from t where k = 1 | select * from T where k = 1",
                "select * from t where k = 1 and 2 | select * from t where k = 1",
                "select /*+ read_consistency(weak) */ 1 | select /*+ read_consistency(strong) */ 1",
                "select 1 /* a */ | select 1 /*+ a */",
                "select 1 /* a */ | select 1 /*! a */",
                "select 1 /* a */ | select 1 /*M! a */",
                "select 1 /* a */ | select 1 /* a",
                "/* a */ select 1 | /* target_db_server='1.1.1.1:1' */ select 1",
                "/* target_db_server='1.1.1.1:1' */ select 1 | /* target_db_server='1.1.1.1:2' */ select 1",
                "/* a */ /* target_db_server='1.1.1.1:1' */ select 1 | /* a */ /* target_db_server='1.1.1.1:2' */ select 1",
                "set @a = 1 /* a */ | set @a = 1 /* b */",
                "select 1, /*!12 */ | select 1, /*!50000 */",
                "select x\"41\" | select x'41'",
                "select cast(1 as decimal(10)) | select cast(1 as decimal(11))",
                "set autocommit = 1 | set autocommit = 0",
                "use `a` | use `b`",
                "select 'a' | select 'a",
                "savepoint 'a' | savepoint 'b'",
                "prepare s from 'select 1' | prepare s from 'select 1'",
                "kill 5 | kill 5",
                "select proxy_version() 'a' | select proxy_version() 'b'",
                "create table t (a int) | create table t (a int)",
                "select 'a' | select 'b' /*!99999 , 2 */",
            })
    void parsesTextsAnew(String first, String second) {
        assertThat(isServed(first, second)).isFalse();
    }

    @Test
    void keepsTextsOfDifferentModesApart() {
        String sql = "select * from t where k = 1 || \"a\"";
        SqlMode pipes = SqlMode.MYSQL.withPipesAsConcat(true);
        SqlMode ansi = SqlMode.MYSQL.withAnsiQuotes(true);
        SqlMode[] modes = {SqlMode.MYSQL, pipes, ansi, SqlMode.ORACLE};
        StatementTemplate[] kept = new StatementTemplate[modes.length];
        for (int i = 0; i < modes.length; i++) {
            find(sql, modes[i]);
            kept[i] = find(sql, modes[i]);
        }
        assertThat(kept).doesNotHaveDuplicates();
        for (int i = 0; i < modes.length; i++) {
            assertThat(find(sql, modes[i])).isSameAs(kept[i]);
        }
        SqlMode equal = SqlMode.MYSQL.withPipesAsConcat(true);
        assertThat(find(sql, equal)).isSameAs(kept[1]);
    }

    @Test
    void fillsTheSlotsOfEachText() {
        keep("select * from t where k = 1 and v = 'x'");
        StatementTemplate found = find("select * from t where k = 1234 and v = ''", SqlMode.MYSQL);
        assertThat(templates.hits()).isOne();
        assertThat(found.summary().kind()).isEqualTo(StatementKind.SELECT);
        assertThat(slots.count()).isEqualTo(2);
        assertThat(new String(slots.text(), slots.start(0), slots.end(0) - slots.start(0), StandardCharsets.UTF_8))
                .isEqualTo("1234");
        assertThat(slots.end(1) - slots.start(1)).isEqualTo(2);
    }

    @Test
    void keepsATextWhenItComesForTheSecondTime() {
        String sql = "select * from t where k = 1";
        StatementTemplate first = find(sql, SqlMode.MYSQL);
        StatementTemplate second = find(sql, SqlMode.MYSQL);
        assertThat(second).isNotSameAs(first).isEqualTo(find(sql, SqlMode.MYSQL));
        assertThat(find(sql, SqlMode.MYSQL)).isSameAs(second);
    }

    @Test
    void staysWithinItsMemory() {
        StatementTemplates small = new StatementTemplates(40_000);
        String used = "select * from used where k = 1";
        for (int i = 0; i < 20_000; i++) {
            for (String sql : new String[] {"select * from t" + i / 2 + " where k = 1", used}) {
                byte[] text = sql.getBytes(StandardCharsets.UTF_8);
                small.find(text, 0, text.length, SqlMode.MYSQL, slots);
            }
            assertThat(small.bytes()).isLessThanOrEqualTo(40_000);
        }
        assertThat(small.bytes()).isGreaterThan(10_000);
        // What is used again and again is not pushed out by what is used twice.
        assertThat(small.hits()).isGreaterThan(19_900);
    }

    @Test
    void longTextsAndManyLiteralsAreNotKept() {
        String many = "select * from t where k in (1" + ",2".repeat(5000) + ")";
        String longText = "select * from t where k = '" + "x".repeat(70_000) + "'";
        for (String sql : new String[] {many, longText}) {
            assertThat(keep(sql)).isNotSameAs(find(sql, SqlMode.MYSQL));
        }
        assertThat(templates.hits()).isZero();
        assertThat(templates.bytes()).isZero();
    }

    @Test
    void aHitAllocatesNothing() {
        byte[] text = "select id, k, c from sbtest1 where id = 4711 and c = 'abc'".getBytes(StandardCharsets.UTF_8);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                templates.find(text, 0, text.length, SqlMode.MYSQL, slots);
            }
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }
}
