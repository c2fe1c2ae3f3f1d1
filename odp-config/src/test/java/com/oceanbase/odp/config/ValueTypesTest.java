package com.oceanbase.odp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    private static <T> T value(ValueType<T> type, String text) {
        return switch (type.parse(text)) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(String problem) -> throw new AssertionError(text + ' ' + problem);
        };
    }

    private static void assertInvalid(ValueType<?> type, String text) {
        assertThat(type.parse(text)).as(text).isInstanceOf(Parsed.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "TRUE,true",
        "on,true",
        "Yes,true",
        "t,true",
        "1,true",
        "false,false",
        "Off,false",
        "no,false",
        "F,false",
        "0,false"
    })
    void readsBooleans(String text, boolean expected) {
        assertThat(value(TextTypes.BOOL, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "tru", "yes "})
    void refusesOtherBooleans(String text) {
        assertInvalid(TextTypes.BOOL, text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "-3,-3", "+4,4", "0x1F,31", "0X1f,31", "017,15", "' 7',7", "-0x10,-16"})
    void readsIntegersAsCDoes(String text, long expected) {
        assertThat(value(NumberTypes.integer(""), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1x", "1 ", "08", "0x", "1.5", "--1", "٣"})
    void refusesOtherIntegers(String text) {
        assertInvalid(NumberTypes.integer(""), text);
    }

    @Property
    void everyLongIsAnInteger(@ForAll long number) {
        assertThat(value(NumberTypes.integer(""), Long.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "20,20000000",
        "20s,20000000",
        "5us,5",
        "5US,5",
        "10ms,10000",
        "2m,120000000",
        "1H,3600000000",
        "1d,86400000000",
        "-5s,0",
        "0,0",
        "0x10s,16000000"
    })
    void readsTimesInMicroseconds(String text, long micros) {
        assertThat(value(NumberTypes.time(""), text)).isEqualTo(Duration.of(micros, ChronoUnit.MICROS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5 s", "5sec", "1.5s", "9223372036854775807d"})
    void refusesOtherTimes(String text) {
        assertInvalid(NumberTypes.time(""), text);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1048576",
        "1b,1",
        "7Byte,7",
        "4KB,4096",
        "4k,4096",
        "3m,3145728",
        "2GB,2147483648",
        "1T,1099511627776",
        "1pb,1125899906842624",
        "-1G,0",
        "0,0"
    })
    void readsCapacitiesInBytes(String text, long bytes) {
        assertThat(value(NumberTypes.capacity(""), text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "1kib", "10000000P"})
    void refusesOtherCapacities(String text) {
        assertInvalid(NumberTypes.capacity(""), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,3];1;true",
                "[1,3];3;true",
                "[1,3];0;false",
                "[1,3];4;false",
                "(1,3);1;false",
                "(1,3);2;true",
                "(1,3);3;false",
                "[1,];9223372036854775807;true",
                "[1,);1;true",
                "[0,);-1;false",
                "(128,65535];128;false",
                "[,5];-100;true",
                "[,5];6;false"
            })
    void keepsIntegerRanges(String range, String text, boolean allowed) {
        assertThat(NumberTypes.integer(range).parse(text) instanceof Parsed.Valid<Long>)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"256M;true", "255M;false", "1T;true", "1025G;false", "1;false", "2000;true"})
    void boundsOfACapacityHaveItsSyntax(String text, boolean allowed) {
        assertThat(NumberTypes.capacity("[256M,1T]").parse(text) instanceof Parsed.Valid<Long>)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"0ms,false", "1ms,true", "1h,true", "61m,false", "-1s,false"})
    void boundsOfATimeHaveItsSyntax(String text, boolean allowed) {
        assertThat(NumberTypes.time("[1ms,1h]").parse(text) instanceof Parsed.Valid<Duration>)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void readsListsUpTo64Parts(int parts) {
        String text = ";".repeat(parts - 1) + "x";
        assertThat(value(TextTypes.STRING_LIST, text)).hasSize(parts).last().isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100})
    void refusesLongerLists(int parts) {
        assertInvalid(TextTypes.STRING_LIST, ";".repeat(parts - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {""})
    void anEmptyListHasNoParts(String text) {
        assertThat(value(TextTypes.STRING_LIST, text)).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "1:2:3:4:5:6:7:8",
                "::ffff:10.0.0.1",
                "1:2:3:4:5:6:10.0.0.1"
            })
    void acceptsAddresses(String text) {
        assertThat(value(TextTypes.IP, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0",
                "256.0.0.1",
                "1.2.3.4.",
                "host",
                "1:2:3",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                ":1:2:3:4:5:6:7"
            })
    void refusesOtherAddresses(String text) {
        assertInvalid(TextTypes.IP, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "wdiag", "PROXY.SM:DEBUG, SQL:ERROR"})
    void acceptsLogLevels(String text) {
        assertThat(value(TextTypes.LOG_LEVEL, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LOUD", "PROXY:", "INFO,"})
    void refusesOtherLogLevels(String text) {
        assertInvalid(TextTypes.LOG_LEVEL, text);
    }
}
