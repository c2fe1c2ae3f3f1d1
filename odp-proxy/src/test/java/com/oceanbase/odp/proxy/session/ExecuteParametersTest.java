package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExecuteParametersTest {
    private static final int LONG = 3;
    private static final int LONGLONG = 8;
    private static final int VAR_STRING = 253;
    private static final int DATETIME = 12;

    private static byte[] types(int... codes) {
        byte[] types = new byte[2 * codes.length];
        for (int i = 0; i < codes.length; i++) {
            types[2 * i] = (byte) codes[i];
            types[2 * i + 1] = (byte) (codes[i] >> 8);
        }
        return types;
    }

    private static ParameterValues read(String hex, byte[] types) {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        ParameterValues values = new ParameterValues();
        values.reset(types.length / 2);
        ExecuteParameters.read(payload, 0, payload.length, types, values);
        return values;
    }

    private static SqlValue value(ParameterValues values, int index) {
        return values.value(index, SessionValues.MYSQL);
    }

    @Test
    void valuesFollowOneAnother() {
        ParameterValues values = read("00 00 05000000 f9ffffff", types(LONG, LONG));
        assertThat(value(values, 0)).isEqualTo(new SqlValue.Int(5, false));
        assertThat(value(values, 1)).isEqualTo(new SqlValue.Int(-7, false));
    }

    @Test
    void typesInThePacketAreSteppedOver() {
        ParameterValues values = read("00 01 0300 0880 05000000 ffffffffffffffff", types(LONG, LONGLONG | 0x8000));
        assertThat(value(values, 0)).isEqualTo(new SqlValue.Int(5, false));
        assertThat(value(values, 1)).isEqualTo(new SqlValue.Int(-1, true));
    }

    @Test
    void nullsTakeNoRoom() {
        ParameterValues values = read("05 00 2a000000", types(LONG, LONG, LONG));
        assertThat(value(values, 0)).isEqualTo(SqlValue.NULL);
        assertThat(value(values, 1)).isEqualTo(new SqlValue.Int(42, false));
        assertThat(value(values, 2)).isEqualTo(SqlValue.NULL);
    }

    @Test
    void valuesBehindOnesWithALengthAreFound() {
        ParameterValues values = read(
                "00 00 03616263 fc0300646566 0b e8070c1f0a141e40420f00 09000000",
                types(VAR_STRING, VAR_STRING, DATETIME, LONG));
        assertThat(value(values, 3)).isEqualTo(new SqlValue.Int(9, false));
    }

    @Test
    void whatIsNotThereIsUnknown() {
        ParameterValues values = read("00 00 05000000 fd000001", types(LONG, VAR_STRING, LONG));
        assertThat(value(values, 0)).isEqualTo(new SqlValue.Int(5, false));
        assertThat(value(values, 1)).isInstanceOf(SqlValue.Unknown.class);
        assertThat(value(values, 2)).isInstanceOf(SqlValue.Unknown.class);
    }

    @Property
    void noPayloadBreaksTheReader(
            @ForAll byte[] payload, @ForAll byte[] types, @ForAll @IntRange(max = 70_000) int parameters) {
        ParameterValues values = new ParameterValues();
        values.reset(parameters);
        ExecuteParameters.read(payload, 0, payload.length, types, values);
        assertThat(values.count()).isEqualTo(parameters);
    }

    @Property
    void everyIntegerIsFoundAgain(@ForAll int[] numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[(numbers.length + 7) / 8 + 1]);
        int[] codes = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            codes[i] = LONG;
            for (int shift = 0; shift < 32; shift += 8) {
                out.write(numbers[i] >> shift);
            }
        }
        ParameterValues values = read(HexFormat.of().formatHex(out.toByteArray()), types(codes));
        for (int i = 0; i < numbers.length; i++) {
            assertThat(value(values, i)).isEqualTo(new SqlValue.Int(numbers[i], false));
        }
    }
}
