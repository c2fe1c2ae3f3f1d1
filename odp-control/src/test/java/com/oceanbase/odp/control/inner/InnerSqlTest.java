package com.oceanbase.odp.control.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InnerSqlTest {
    @Test
    void asksForATableAsTheOriginalDoes() {
        assertThat(InnerSql.TABLE_ENTRY.text(4, Map.of("tenant", "sys", "db", "db1", "table", "t1")))
                .isEqualTo("SELECT /*+READ_CONSISTENCY(WEAK)*/ A.*, B.svr_port as svr_port FROM"
                        + " oceanbase.__all_virtual_proxy_schema A inner join oceanbase.DBA_OB_SERVERS B ON"
                        + " A.svr_ip = B.svr_ip and A.sql_port = B.sql_port WHERE A.tenant_name = 'sys' AND"
                        + " A.database_name = 'db1' AND A.table_name = 't1' AND A.tablet_id = 0"
                        + " ORDER BY A.role ASC LIMIT 9223372036854775807");
    }

    @Test
    void choosesTheTextByTheVersion() {
        assertThat(InnerSql.SERVERS.text(3, Map.of())).contains("__all_virtual_proxy_server_stat");
        assertThat(InnerSql.SERVERS.text(4, Map.of())).contains("DBA_OB_SERVERS");
    }

    @Test
    void forcesTheServerToLookAgain() {
        assertThat(InnerSql.TABLE_ENTRY.text(4, Map.of("force", InnerSql.FORCE_REFRESH)))
                .contains("/*+READ_CONSISTENCY(WEAK), FORCE_REFRESH_LOCATION_CACHE*/");
    }

    @Property
    void aNameNeverEndsItsLiteral(@ForAll String name) {
        String text = InnerSql.TENANT_SERVERS.text(4, Map.of("tenant", name));
        int start = text.indexOf("tenant_name = '") + "tenant_name = '".length();
        StringBuilder read = new StringBuilder();
        int at = start;
        while (true) {
            char c = text.charAt(at);
            if (c == '\\') {
                read.append(text.charAt(at + 1));
                at += 2;
            } else if (c == '\'' && text.charAt(at + 1) == '\'') {
                read.append('\'');
                at += 2;
            } else if (c == '\'') {
                break;
            } else {
                read.append(c);
                at++;
            }
        }
        assertThat(read.toString()).isEqualTo(name);
        assertThat(text.substring(at)).startsWith("' AND A.database_name = 'oceanbase'");
    }
}
