package com.oceanbase.odp.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexedColumnTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select * from t where v = 1                          | true
            select * from t where V <=> ? and w > 2              | true
            select * from t x where 1 + 1 = x.v                  | true
            select * from t where v in (1, ?, @a)                | true
            update t set v = 3 where v = 1 limit 1               | true
            delete from t where v = 1                            | true
            select * from t join s on t.v = 5                    | true
            select * from t where v > 1                          | false
            select * from t where v not in (1)                   | false
            select * from t where v = 1 or w = 1                 | false
            select * from t where v = w                          | false
            select * from t where abs(v) = 1                     | false
            select * from t x where t.v = 1                      | false
            select * from t, s where v = 1                       | false
            select * from t                                      | false
            update t set v = 3                                   | false
            insert into t(v) values(1)                           | false
            """)
    void aColumnIsGivenByEquality(String sql, boolean given) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        QueryBlock block = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, new LiteralSlots())
                .blocks()
                .getFirst();
        assertThat(IndexedColumn.isGiven(block, block.tables().getFirst(), "v")).isEqualTo(given);
    }
}
