package com.oceanbase.odp.routing.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.routing.partition.dictionary.ObjectReader;
import com.oceanbase.odp.routing.partition.dictionary.ObjectReader.TypedDatum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bounds as a kernel wrote them into its dictionary. */
class ObjectReaderTest {
    @Test
    void integersAndMaxvalue() {
        assertThat(values(reader("0105053F00E807").bound())).containsExactly(new Datum.Whole(1000));
        assertThat(values(reader("010A053F0080808080808080808001").bound()))
                .containsExactly(new Datum.Whole(Long.MIN_VALUE));
        assertThat(values(reader("0119070000FEFFFFFFFFFFFFFFFF01").bound())).containsExactly(Datum.Max.INSTANCE);
    }

    @Test
    void severalColumns() {
        List<TypedDatum> bound =
                reader("0316042DFF0161002A053FFF8080808080C090B21905053F0000").bound();

        assertThat(bound)
                .extracting(datum -> datum.type().type())
                .containsExactly(ObjectType.VARCHAR, ObjectType.MYSQL_DATETIME, ObjectType.BIGINT);
        long packed = (2000L * 13 + 1) << 46 | 1L << 41;
        assertThat(values(bound))
                .containsExactly(
                        new Datum.Text("a".getBytes(StandardCharsets.UTF_8)),
                        new Datum.Whole(packed),
                        new Datum.Whole(0));
    }

    @Test
    void decimalsAndNumbers() {
        assertThat(values(
                        reader("0127053F0A100A002AEE81FCFFFFFFFFFFFFFFFFFFFFFF").bound()))
                .containsExactly(new Datum.Exact(new BigDecimal("-1.5000000000")));
        TypedDatum number = reader("010F053FFFC10000020100000000A5DC28").bound().getFirst();
        assertThat(((Datum.Exact) number.value()).value()).isEqualByComparingTo("1685548800");
    }

    @Test
    void listsWithNull() {
        List<List<TypedDatum>> rows =
                reader("030100063FFF000105053F000A000105053F006400").countedRows();

        assertThat(rows.stream().map(ObjectReaderTest::values))
                .containsExactly(
                        List.of(Datum.Null.INSTANCE), List.of(new Datum.Whole(10)), List.of(new Datum.Whole(100)));
        assertThat(reader("0105053F000A00").rows()).hasSize(1);
    }

    @Test
    void typesThatShareANumberGoByTheMode() {
        assertThat(ObjectType.of(42, false)).isEqualTo(ObjectType.MYSQL_DATETIME);
        assertThat(ObjectType.of(42, true)).isEqualTo(ObjectType.NUMBER_FLOAT);
        assertThat(ObjectType.of(39, false)).isEqualTo(ObjectType.DECIMAL_INT);
        assertThat(ObjectType.of(39, true)).isEqualTo(ObjectType.RAW);
    }

    @Test
    void whatIsCutOffIsRefused() {
        assertThatThrownBy(() -> reader("0316042DFF0161").bound()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader("01").bound()).isInstanceOf(IllegalArgumentException.class);
    }

    private static ObjectReader reader(String hex) {
        return new ObjectReader(HexFormat.of().parseHex(hex), false);
    }

    private static List<Datum> values(List<TypedDatum> row) {
        return row.stream().map(TypedDatum::value).toList();
    }
}
