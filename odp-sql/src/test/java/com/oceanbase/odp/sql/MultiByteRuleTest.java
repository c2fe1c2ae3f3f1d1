package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiByteRuleTest {
    @ParameterizedTest
    @CsvSource({
        "GBK,815C,2",
        "GBK,8127,1",
        "GBK,FE40,2",
        "GBK,817F,1",
        "GBK,8030,1",
        "GBK,81,1",
        "GB18030,81308130,4",
        "GB18030,813081,1",
        "GB18030,81308127,1",
        "GB18030,815C,2",
        "GB18030,8130FF30,1",
        "BIG5,A45C,2",
        "BIG5,A480,1",
        "BIG5,A4A1,2",
        "BIG5,A427,1",
        "SJIS,835C,2",
        "SJIS,A15C,1",
        "SJIS,E05C,2",
        "SJIS,FD5C,1",
        "SJIS,8327,1",
        "UTF8,C35C,1",
        "SINGLE_BYTE,815C,1"
    })
    void measuresCharacters(MultiByteRule rule, String hex, int length) {
        byte[] text = HexFormat.of().parseHex(hex);
        assertThat(rule.length(text, 0, text.length)).isEqualTo(length);
    }

    @Test
    void knowsCollations() {
        assertThat(MultiByteRule.ofCollation(45)).isEqualTo(MultiByteRule.UTF8);
        assertThat(MultiByteRule.ofCollation(28)).isEqualTo(MultiByteRule.GBK);
        assertThat(MultiByteRule.ofCollation(248)).isEqualTo(MultiByteRule.GB18030);
        assertThat(MultiByteRule.ofCollation(216)).isEqualTo(MultiByteRule.GB18030);
        assertThat(MultiByteRule.ofCollation(1)).isEqualTo(MultiByteRule.BIG5);
        assertThat(MultiByteRule.ofCollation(13)).isEqualTo(MultiByteRule.SJIS);
        assertThat(MultiByteRule.ofCollation(63)).isEqualTo(MultiByteRule.SINGLE_BYTE);
        assertThat(MultiByteRule.ofCollation(9999)).isEqualTo(MultiByteRule.UTF8);
    }
}
