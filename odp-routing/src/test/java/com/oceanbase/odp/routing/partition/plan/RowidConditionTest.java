package com.oceanbase.odp.routing.partition.plan;

import static com.oceanbase.odp.routing.partition.plan.OracleTables.TABLET;
import static com.oceanbase.odp.routing.partition.plan.OracleTables.column;
import static com.oceanbase.odp.routing.partition.plan.OracleTables.evaluate;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.rowid.RowidBytes;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.TextOrigin;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowidConditionTest {
    /** Without primary key: by HASH (ID) in 7. */
    private static final PartitionedTable HEAP = OracleTables.hash(7, column("ID", OracleTables.NUMBER, -1));

    /** With primary key (K, ID), ID in the second place of ROWIDs: by RANGE (ID) below 10, 100 and the rest. */
    private static final PartitionedTable KEYED = OracleTables.range(
            column("ID", OracleTables.NUMBER, 1),
            new Datum.Exact(BigDecimal.valueOf(10)),
            new Datum.Exact(BigDecimal.valueOf(100)),
            Datum.Max.INSTANCE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM T WHERE ROWID = '%s'",
                "SELECT * FROM T WHERE '%s' = ROWID",
                "select x.*, rowid from t x where x.rowid = '%s' and name like 'a%%'",
                "SELECT * FROM T WHERE ROWID IN ('%s')",
                "SELECT * FROM T WHERE '%s' IN (ROWID)",
                "SELECT * FROM T WHERE ROWID = CHARTOROWID('%s') FOR UPDATE",
                "UPDATE T SET N = 1 WHERE NOT (ROWID <> '%s')",
                "DELETE FROM T WHERE ROWID = '%s'"
            })
    void aHeapRowidNamesItsPartition(String sql) {
        for (int leaf = 0; leaf < HEAP.leafCount(); leaf++) {
            String text = sql.formatted(RowidBytes.heap(TABLET + leaf, 12345));
            PartitionSet set = evaluate(HEAP, text);

            assertThat(set.single()).as(text).isEqualTo(leaf);
        }
    }

    @Test
    void extendedHeapRowidsDoToo() {
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID = '" + RowidBytes.extendedHeap(TABLET + 4, -1) + "'")
                        .single())
                .isEqualTo(4);
    }

    @Test
    void severalRowidsAreSeveralPartitions() {
        String a = "'" + RowidBytes.heap(TABLET + 2, 1) + "'";
        String b = "'" + RowidBytes.heap(TABLET + 5, 1) + "'";

        for (String condition : new String[] {
            "ROWID IN (" + a + ", " + b + ")",
            "ROWID = " + a + " OR " + b + " = ROWID",
            "ROWID IN (" + a + "," + b + ",NULL)"
        }) {
            PartitionSet set = evaluate(HEAP, "SELECT * FROM T WHERE " + condition);
            assertThat(set.leaves().stream()).as(condition).containsExactly(2, 5);
            assertThat(set.reason()).isEqualTo("several ROWIDs: 2 partitions possible");
            assertThat(set.precision()).isEqualTo(PartitionSet.Precision.EXACT);
        }
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID = " + a + " AND ROWID = " + b)
                        .empty())
                .isTrue();
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID IN (" + a + ", " + b + ") AND ROWID = " + b)
                        .single())
                .isEqualTo(5);
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID = NULL").empty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", ":ROW_ID"})
    void parametersAreRead(String placeholder) {
        ParameterValues values = new ParameterValues();
        values.reset(1);
        values.setName(0, "ROW_ID");
        String text = RowidBytes.heap(TABLET + 3, 9);
        values.setValue(
                0,
                new SqlValue.Text(text.getBytes(StandardCharsets.US_ASCII), Collation.UTF8MB4_BIN, TextOrigin.LITERAL));
        String sql = "SELECT * FROM T WHERE ROWID = " + placeholder;

        assertThat(evaluate(HEAP, sql, values).single()).isEqualTo(3);
        assertThat(evaluate(HEAP, sql).precision()).isEqualTo(PartitionSet.Precision.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 0x81})
    void theValuesOfAKeyNameThePartition(int version) {
        assertThat(keyed(version, 5).single()).isEqualTo(0);
        assertThat(keyed(version, 10).single()).isEqualTo(1);
        assertThat(keyed(version, 12345).single()).isEqualTo(2);
    }

    private static PartitionSet keyed(int version, int id) {
        String text = RowidBytes.logical(version, 0)
                .string(22, "key")
                .decimal(0xC0, id)
                .text();
        return evaluate(KEYED, "SELECT * FROM T WHERE ROWID = '" + text + "'");
    }

    @Property(tries = 200)
    void aRowIsWhereItsIdIs(@ForAll @IntRange(min = -999_999_999, max = 999_999_999) int id) {
        PartitionedTable table = OracleTables.hash(5, column("ID", OracleTables.NUMBER, 0));
        RowidBytes rowid = RowidBytes.logical(1, 0);
        String text = (id == 0 ? rowid.decimal(0x80) : rowid.decimal(id > 0 ? 0xC0 : 0x3F, Math.abs(id))).text();

        assertThat(evaluate(table, "SELECT * FROM T WHERE ROWID = '" + text + "'")
                        .single())
                .isEqualTo(evaluate(table, "SELECT * FROM T WHERE ID = " + id).single())
                .isNotNegative();
    }

    @Test
    void whatIsNotUnderstoodIsUnknownAndSaysWhy() {
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID = 'a b'").toString())
                .startsWith("UNKNOWN")
                .contains("the ROWID is not Base64");
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID = '" + RowidBytes.heap(7, 1) + "'")
                        .reason())
                .contains("no partition with the tablet 7");
        assertThat(evaluate(
                                KEYED,
                                "SELECT * FROM T WHERE ROWID = '"
                                        + RowidBytes.logical(1, 0)
                                                .string(22, "key")
                                                .text() + "'")
                        .reason())
                .contains("no value for column ID");
        assertThat(evaluate(
                                HEAP,
                                "SELECT * FROM T WHERE ROWID = '"
                                        + RowidBytes.logical(1, 0)
                                                .decimal(0xC0, 1)
                                                .text() + "'")
                        .precision())
                .isEqualTo(PartitionSet.Precision.UNKNOWN);
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID > '" + RowidBytes.heap(TABLET, 1) + "'")
                        .size())
                .isEqualTo(7);
        assertThat(evaluate(HEAP, "SELECT * FROM T WHERE ROWID NOT IN ('" + RowidBytes.heap(TABLET, 1) + "')")
                        .size())
                .isEqualTo(7);
    }

    @Test
    void anotherTablesRowidSaysNothing() {
        assertThat(evaluate(HEAP, "SELECT * FROM T, U WHERE U.ROWID = '" + RowidBytes.heap(TABLET, 1) + "'")
                        .size())
                .isEqualTo(7);
    }

    @Property(tries = 500)
    void noRowidThrows(@ForAll @Size(max = 30) byte[] bytes, @ForAll @IntRange(max = 2) int version) {
        byte[] logical = new byte[bytes.length + 2];
        logical[1] = (byte) version;
        System.arraycopy(bytes, 0, logical, 2, bytes.length);
        String text = Base64.getEncoder().encodeToString(logical);

        assertThat(evaluate(KEYED, "SELECT * FROM T WHERE ROWID = '" + text + "'")
                        .size())
                .isPositive();
        assertThat(evaluate(
                                HEAP,
                                "SELECT * FROM T WHERE ROWID = '"
                                        + Base64.getEncoder().encodeToString(bytes) + "'")
                        .size())
                .isPositive();
    }
}
