package com.oceanbase.odp.routing.partition.rowid;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowidTest {
    @Test
    void readsAKnownHeapRowid() {
        // 100 00000 | 00 03 0D 41 | 00 00 00 00 01
        byte[] bytes = {(byte) 0x80, 0, 3, 0x0D, 0x41, 0, 0, 0, 0, 1};

        assertThat(Rowid.of("*" + Base64.getEncoder().encodeToString(bytes))).isEqualTo(new Rowid.Heap(false, 200_001));
        assertThat(Rowid.of(Base64.getEncoder().encodeToString(bytes))).isEqualTo(new Rowid.Heap(false, 200_001));
    }

    @Property
    void readsTheTabletOfHeapRowids(
            @ForAll @LongRange(min = 0, max = (1L << 37) - 1) long tablet,
            @ForAll @LongRange(min = 0, max = (1L << 40) - 1) long number) {
        assertThat(Rowid.of(RowidBytes.heap(tablet, number))).isEqualTo(new Rowid.Heap(false, tablet));
    }

    @Property
    void readsTheTabletOfExtendedHeapRowids(
            @ForAll @LongRange(min = 0, max = (1L << 61) - 1) long tablet, @ForAll long number) {
        assertThat(Rowid.of(RowidBytes.extendedHeap(tablet, number))).isEqualTo(new Rowid.Heap(true, tablet));
    }

    @Test
    void readsTheValuesOfKeys() {
        String text = RowidBytes.logical(1, 3)
                .decimal(0xC1, 1, 500_000_000)
                .decimal(0x3F, 7)
                .string(22, "abc  ")
                .string(23, "abc  ")
                .number(17, 86_400_000_000L, 8)
                .timestamp(36, 5, 0x01020304, 4)
                .timestamp(38, 6, 999, 2)
                .number(5, -2, 8)
                .number(12, Double.doubleToLongBits(1.5), 8)
                .text();

        assertThat(Rowid.of(text)).isInstanceOfSatisfying(Rowid.Logical.class, logical -> {
            assertThat(logical.primaryKey()).isTrue();
            assertThat(((Datum.Exact) logical.values().get(0).value()).value())
                    .isEqualByComparingTo(new BigDecimal("1500000000"));
            assertThat(((Datum.Exact) logical.values().get(1).value()).value())
                    .isEqualByComparingTo(new BigDecimal("-7"));
            assertThat(logical.values().subList(2, 9))
                    .containsExactly(
                            new Rowid.KeyValue(ObjectType.VARCHAR, bytes("abc  ")),
                            new Rowid.KeyValue(ObjectType.CHAR, bytes("abc")),
                            new Rowid.KeyValue(ObjectType.DATETIME, new Datum.Whole(86_400_000_000L)),
                            new Rowid.KeyValue(ObjectType.TIMESTAMP_TZ, new Datum.Zoned(5, 0x01020304)),
                            new Rowid.KeyValue(ObjectType.TIMESTAMP_NANO, new Datum.Zoned(6, 999)),
                            new Rowid.KeyValue(ObjectType.BIGINT, new Datum.Whole(-2)),
                            new Rowid.KeyValue(ObjectType.DOUBLE, new Datum.Real(1.5)));
        });
    }

    @Test
    void versionsTellWhatTheKeyIs() {
        List<Rowid.KeyValue> five = List.of(new Rowid.KeyValue(ObjectType.BIGINT, new Datum.Whole(5)));

        assertThat(Rowid.of(RowidBytes.logical(1, 0).number(5, 5, 8).text())).isEqualTo(new Rowid.Logical(true, five));
        assertThat(Rowid.of(RowidBytes.logical(2, 0).number(5, 5, 8).text())).isEqualTo(new Rowid.Logical(false, five));
        assertThat(Rowid.of(RowidBytes.logical(0x81, 0).number(5, 5, 8).text()))
                .isEqualTo(new Rowid.Logical(true, five));
        assertThat(Rowid.of(RowidBytes.logical(3, 0).number(5, 5, 8).text())).isInstanceOf(Rowid.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "**", "abc def", "*gAAD", "ÄÖÜ", "*AAEFAQ==", "*/w==", "AAEBAQ=", "*5wAAAAAAAAAAAA=="})
    void whatIsCutOffOrUnknownIsMalformed(String text) {
        assertThat(Rowid.of(text)).isInstanceOf(Rowid.Malformed.class);
    }

    @Test
    void valuesThatDoNotExistAreMalformed() {
        assertThat(Rowid.of(RowidBytes.logical(1, 0)
                        .number(12, Double.doubleToLongBits(Double.NaN), 8)
                        .text()))
                .isInstanceOf(Rowid.Malformed.class);
        assertThat(Rowid.of(
                        RowidBytes.logical(1, 0).number(17, Long.MAX_VALUE, 8).text()))
                .isInstanceOf(Rowid.Malformed.class);
    }

    @Property
    void noBytesThrow(@ForAll @Size(max = 40) byte[] bytes) {
        assertThat(Rowid.of(Base64.getEncoder().encodeToString(bytes))).isNotNull();
        byte[] logical = new byte[bytes.length + 2];
        logical[1] = 1;
        System.arraycopy(bytes, 0, logical, 2, bytes.length);
        assertThat(Rowid.of("*" + Base64.getEncoder().encodeToString(logical))).isNotNull();
    }

    @Property
    void noTextThrows(@ForAll String text) {
        assertThat(Rowid.of(text)).isNotNull();
    }

    private static Datum bytes(String value) {
        return new Datum.Text(value.getBytes(StandardCharsets.UTF_8));
    }
}
