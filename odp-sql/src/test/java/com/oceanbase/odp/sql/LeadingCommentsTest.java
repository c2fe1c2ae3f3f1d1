package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.template.StatementTemplates;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadingCommentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* ODP: target_db_server='1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881' */ select 1",
                "/*ODP:trace_log=1, target_db_server='1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881'*/select 1",
                " \n/* group_id=1, t.c='a,b', Target_DB_Server = \"1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881\", x=1 */ select 1",
                "# a\n/* b */ /*target_db_server='1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881'*/ update t set a = 1",
                "/* odp : target_db_server='1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881' */"
            })
    void readsThePairInAComment(String sql) {
        assertThat(targetServers(sql)).isEqualTo("1.1.1.1:2881,1.1.1.2:2881;1.1.1.3:2881");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select /* target_db_server='1.1.1.1:2881' */ 1",
                "/* not target_db_server='1.1.1.1:2881' */ select 1",
                "/* a='b, target_db_server=' */ select 1",
                "/* target_db_server=1.1.1.1:2881 */ select 1",
                "/* target_db_server='1.1.1.1:2881 */ select 1",
                "/* target_db_servers='1.1.1.1:2881' */ select 1",
                "-- target_db_server='1.1.1.1:2881'\nselect 1",
                "/* target_db_server",
                "/*",
                "/**/",
                "/"
            })
    void nothingElseNamesServers(String sql) {
        assertThat(targetServers(sql)).isNull();
    }

    @Test
    void templatesAreNotSharedByCommentsThatNameOthers() {
        StatementTemplates templates = new StatementTemplates(1 << 20);
        for (int i = 0; i < 3; i++) {
            for (String server : new String[] {"1.1.1.1:1", "1.1.1.2:1"}) {
                byte[] text = ("/* target_db_server='" + server + "' */ select * from t where a = " + i)
                        .getBytes(StandardCharsets.UTF_8);
                StatementSummary summary = templates
                        .find(text, 0, text.length, SqlMode.MYSQL, new LiteralSlots())
                        .summary();
                assertThat(summary.targetServers()).isEqualTo(server);
            }
        }
        assertThat(templates.hits()).isPositive();
    }

    private static @Nullable String targetServers(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL)
                .targetServers();
    }
}
