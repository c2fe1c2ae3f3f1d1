package com.oceanbase.odp.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinaryParametersTest {
    private static SqlValue decode(int type, boolean unsigned, String hex) {
        byte[] bytes = HexFormat.of().parseHex("ffff" + hex + "ff");
        ParameterValues parameters = new ParameterValues();
        parameters.reset(1);
        parameters.setBinary(0, type, unsigned, bytes, 2, bytes.length - 3);
        return parameters.value(0, SessionValues.MYSQL);
    }

    @ParameterizedTest
    @CsvSource({
        "1,false,ff,-1",
        "1,true,ff,255",
        "2,false,0080,-32768",
        "2,true,0080,32768",
        "13,true,e807,2024",
        "3,false,ffffffff,-1",
        "3,true,ffffffff,4294967295",
        "9,false,ffff7f00,8388607",
        "8,false,ffffffffffffffff,-1",
        "8,true,ffffffffffffffff,18446744073709551615",
        "4,false,0000c03f,1.5",
        "5,false,000000000000f8bf,-1.5",
        "246,false,2d312e3530,-1.50",
        "253,false,6162,ab",
        "10,false,'',0000-00-00",
        "10,false,e807011f,2024-01-31",
        "12,false,e807011f,2024-01-31 00:00:00",
        "12,false,e807011f0a0b0c,2024-01-31 10:11:12",
        "7,false,e807011f0a0b0c40e20100,2024-01-31 10:11:12.123456",
        "11,false,'',00:00:00",
        "11,false,0001000000020304,26:03:04",
        "11,false,010000000002030420a10700,-02:03:04.500000",
    })
    void valuesOfTheWire(int type, boolean unsigned, String hex, String expected) {
        assertThat(Texts.format(decode(type, unsigned, hex))).isEqualTo(expected);
    }

    @Test
    void bitsAreBytesThatActAsANumber() {
        SqlValue value = decode(16, false, "0101");

        assertThat(Numbers.toSigned(value)).isEqualTo(new SqlValue.Int(257, false));
    }

    @ParameterizedTest
    @CsvSource({
        "1,0102",
        "8,01",
        "5,00",
        "12,e80701",
        "12,e8070d01",
        "11,00",
        "246,616263",
        "245,7b7d",
        "99,00",
        "12,e807011f183c00"
    })
    void whatDoesNotFitItsTypeIsUnknown(int type, String hex) {
        assertThat(decode(type, false, hex).isUnknown()).isTrue();
    }

    @Test
    void parametersThatWereNotSetAreUnknown() {
        ParameterValues parameters = new ParameterValues();
        parameters.reset(3);
        parameters.setNull(1);
        parameters.setValue(2, new SqlValue.Decimal(new BigDecimal("1.50")));

        assertThat(parameters.value(0, SessionValues.MYSQL).isUnknown()).isTrue();
        assertThat(parameters.value(1, SessionValues.MYSQL).isNull()).isTrue();
        assertThat(parameters.value(2, SessionValues.MYSQL)).hasToString("1.50");
        assertThat(parameters.value(3, SessionValues.MYSQL).isUnknown()).isTrue();
        parameters.reset(3);
        assertThat(parameters.value(1, SessionValues.MYSQL).isUnknown()).isTrue();
    }

    @Test
    void stringsAreConvertedFromTheClientsCharacterSet() {
        Collation gbk = java.util.Objects.requireNonNull(Collation.byName("gbk_chinese_ci"));
        SessionValues session = SessionValues.MYSQL.withCollations(gbk, Collation.UTF8MB4_GENERAL_CI);
        byte[] bytes = "中".getBytes(gbk.javaCharset());
        ParameterValues parameters = new ParameterValues();
        parameters.reset(1);
        parameters.setBinary(0, 253, false, bytes, 0, bytes.length);

        assertThat(parameters.value(0, session))
                .isInstanceOfSatisfying(
                        SqlValue.Text.class,
                        text -> assertThat(text.bytes()).isEqualTo("中".getBytes(StandardCharsets.UTF_8)));
    }
}
