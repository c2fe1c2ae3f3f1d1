package com.oceanbase.odp.routing.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.hash.DatumHash;
import com.oceanbase.odp.routing.partition.hash.Murmur;
import com.oceanbase.odp.routing.value.Collation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hash values that were compared with the server's own routine. */
class DatumHashTest {
    private static final ColumnType GENERAL = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 64);
    private static final ColumnType BIN = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_BIN, 64);

    @ParameterizedTest
    @CsvSource({
        "0, 8217090173679840641",
        "1, 10357027354812746030",
        "5, 18238278800771436856",
        "-5, 18274814457550441390",
        "100, 370154694182504760"
    })
    void integers(long value, String hash) {
        assertThat(hash(ColumnType.BIGINT, new Datum.Whole(value), false)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 17521711688066808763",
        "ABC, 17521711688066808763",
        "'abc  ', 17521711688066808763",
        "Hello, 4448760307358337390"
    })
    void stringsThatAreEqualHashAlike(String value, String hash) {
        assertThat(hash(GENERAL, text(value), false)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({"abc, 11297775770902552315", "'abc  ', 11297775770902552315", "ABC, 7743174347765137136"})
    void binaryCollation(String value, String hash) {
        assertThat(hash(BIN, text(value), false)).isEqualTo(hash);
    }

    @Test
    void oracleModeKeepsTrailingBlanks() {
        assertThat(hash(BIN, text("abc  "), true)).isEqualTo("6667172123170521619");
    }

    @Test
    void columnsAreChained() {
        long first = DatumHash.hash(ColumnType.BIGINT, new Datum.Whole(5), 0, false);

        assertThat(Long.toUnsignedString(DatumHash.hash(GENERAL, text("abc"), first, false)))
                .isEqualTo("15312999186526542909");
    }

    @Test
    void nullIsNotZero() {
        ColumnType decimal = new ColumnType(ObjectType.DECIMAL_INT, Collation.BINARY, -1, 10, 2, List.of());

        assertThat(hash(ColumnType.BIGINT, Datum.Null.INSTANCE, false)).isNotEqualTo("8217090173679840641");
        assertThat(DatumHash.hash(decimal, Datum.Null.INSTANCE, 0, false)).isZero();
        assertThat(DatumHash.hash(decimal, Datum.Null.INSTANCE, 7, false)).isEqualTo(Murmur.hash(new byte[0], 0, 0, 7));
        assertThat(DatumHash.hash(ColumnType.BIGINT, Datum.Null.INSTANCE, 7, true))
                .isEqualTo(7);
    }

    @Test
    void decimalsHashTheirUnscaledValue() {
        ColumnType decimal = new ColumnType(ObjectType.DECIMAL_INT, Collation.BINARY, -1, 10, 2, List.of());

        assertThat(hash(decimal, new Datum.Exact(new BigDecimal("1.5")), false))
                .isEqualTo(hash(decimal, new Datum.Exact(new BigDecimal("1.50")), false));
    }

    @Test
    void doublesWithDecimalsHashTheShortestTextThatIsReadBack() {
        ColumnType type = new ColumnType(ObjectType.DOUBLE, Collation.BINARY, -1, 20, 10, List.of());

        assertThat(DatumHash.hash(type, new Datum.Real(0x1p64), 0, false))
                .isEqualTo(ascii("18446744073709552000.0000000000"));
        assertThat(DatumHash.hash(type, new Datum.Real(12345678.9), 0, false)).isEqualTo(ascii("12345678.9000000000"));
    }

    private static long ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Murmur.hash(bytes, 0, bytes.length, 0);
    }

    private static Datum text(String value) {
        return new Datum.Text(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(ColumnType type, Datum value, boolean oracle) {
        return Long.toUnsignedString(DatumHash.hash(type, value, 0, oracle));
    }
}
