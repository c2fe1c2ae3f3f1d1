package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class InnerRelationsTest {

    @Test
    void namesAreReplacedInEveryForm() {
        assertThat(InnerRelations.rename("select * from DBA_OB_SERVERS", InnerRelations.SCHEMA))
                .isEqualTo("select * from oceanbase_sim.DBA_OB_SERVERS");
        assertThat(InnerRelations.rename("select * from oceanbase.dba_ob_zones z", InnerRelations.SCHEMA))
                .isEqualTo("select * from oceanbase_sim.DBA_OB_ZONES z");
        assertThat(InnerRelations.rename("select * from `OceanBase` . `V$ob_cluster` limit 1", InnerRelations.SCHEMA))
                .isEqualTo("select * from oceanbase_sim.v_ob_cluster limit 1");
        assertThat(InnerRelations.rename(
                        "select A.* from oceanbase.__all_virtual_proxy_schema A, DBA_OB_TENANTS",
                        InnerRelations.SCHEMA))
                .isEqualTo("select A.* from oceanbase_sim.proxy_schema A, oceanbase_sim.DBA_OB_TENANTS");
    }

    @Test
    void literalsCommentsAndOtherNamesStay() {
        for (String same : new String[] {
            "select 'DBA_OB_SERVERS', \"oceanbase.DBA_OB_ZONES\"",
            "select 1 /* from DBA_OB_SERVERS */ # DBA_OB_ZONES",
            "select 1 -- DBA_OB_SERVERS",
            "select * from mydb.DBA_OB_SERVERS",
            "select * from DBA_OB_SERVERS_OLD, xDBA_OB_ZONES",
            "select 'it\\'s DBA_OB_SERVERS'",
            "select * from __all_virtual_proxy_sys_variable"
        }) {
            assertThat(InnerRelations.rename(same, InnerRelations.SCHEMA)).isSameAs(same);
        }
    }

    @Property
    void textWithoutTheNamesIsTheSameObject(@ForAll @NotEmpty String text) {
        assertThat(InnerRelations.rename(text, InnerRelations.SCHEMA)).isSameAs(text);
    }

    @Property
    void tokensCoverTheWholeText(@ForAll String text) {
        SqlTokens tokens = new SqlTokens(text);
        StringBuilder all = new StringBuilder();
        while (tokens.next()) {
            all.append(tokens.token());
        }
        assertThat(all).hasToString(text);
    }
}
