package com.oceanbase.odp.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountNameTest {
    private static final List<String> SEPARATORS = List.of(":", "-", ".");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // written              | user      | tenant | cluster | id
                "app                    | app       | ''     | ''      | 0",
                "app@shop               | app       | shop   | ''      | 0",
                "app#east               | app       | ''     | east    | 0",
                "app@shop#east          | app       | shop   | east    | 0",
                "app@shop#east:17       | app       | shop   | east    | 17",
                "app@shop#east:x        | app       | shop   | east    | 0",
                "east:shop:app          | app       | shop   | east    | 0",
                "east:shop:app:17       | app       | shop   | east    | 17",
                "east-shop-app          | app       | shop   | east    | 0",
                "east-shop-app:17       | app       | shop   | east    | 17",
                "east.shop.app          | app       | shop   | east    | 0",
                "my-app                 | my-app    | ''     | ''      | 0",
                "a:b                    | a:b       | ''     | ''      | 0",
                "a-b:c                  | a-b:c     | ''     | ''      | 0",
                "first.last@shop#east   | first.last| shop   | east    | 0",
                "@shop                  | ''        | shop   | ''      | 0",
                "''                     | ''        | ''     | ''      | 0"
            })
    void parsesEveryForm(String written, String user, String tenant, String cluster, long id) {
        AccountName account = AccountName.parse(written, SEPARATORS);
        assertThat(account).isEqualTo(new AccountName(user, tenant, cluster, id, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // list                      | is app@shop#east in it
                "app                         | true",
                "other, app@shop             | true",
                "other;app@shop#east         | true",
                "app#east                    | true",
                "app@store                   | false",
                "app@shop#west, App, app1    | false",
                "''                          | false",
                "@shop, #east                | false"
            })
    void isFoundInAList(String list, boolean found) {
        assertThat(AccountName.parse("app@shop#east", SEPARATORS).isAmong(list)).isEqualTo(found);
    }

    @Property
    void neverThrows(@ForAll String written) {
        AccountName account = AccountName.parse(written, SEPARATORS);
        assertThat(account.withDefaults("sys", "demo").tenant()).isNotEmpty();
    }
}
