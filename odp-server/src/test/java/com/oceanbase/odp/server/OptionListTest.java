package com.oceanbase.odp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class OptionListTest {

    @Test
    void separatesByCommaAndNewline() {
        assertThat(OptionList.parse("a=1,b=2\nc=3"))
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
    }

    @Test
    void takesEverythingAfterTheFirstSignAsValue() {
        assertThat(OptionList.parse("url=http://h:1/s?Action=Get&x==y"))
                .containsExactly(Map.entry("url", "http://h:1/s?Action=Get&x==y"));
    }

    @Test
    void allowsEmptyValues() {
        assertThat(OptionList.parse("a=,b")).containsExactly(Map.entry("a", ""), Map.entry("b", ""));
    }

    @Test
    void skipsEmptyItemsAndKeepsBlanks() {
        assertThat(OptionList.parse(",,a= 1 ,\n,")).containsExactly(Map.entry("a", " 1 "));
        assertThat(OptionList.parse("")).isEmpty();
    }

    @Test
    void skipsSignsBeforeTheName() {
        assertThat(OptionList.parse("==a=1")).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void refusesAnItemWithoutName() {
        assertThatThrownBy(() -> OptionList.parse("a=1,=="))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no name before '=' in '=='");
    }

    @Test
    void ignoresTheTargetServerList() {
        assertThat(OptionList.parse("TARGET_DB_SERVER=x,a=1")).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void letsTheLaterItemWinInItsPlace() {
        assertThat(OptionList.parse("a=1,b=2,a=3").entrySet())
                .containsExactly(Map.entry("b", "2"), Map.entry("a", "3"));
    }

    @Property
    void readsBackWhatItWasGiven(
            @ForAll @Size(max = 20) List<@AlphaChars @StringLength(min = 1, max = 10) String> names,
            @ForAll @AlphaChars String value) {
        var text = new StringBuilder();
        names.forEach(name -> text.append(name).append('=').append(value).append(','));
        Map<String, String> parsed = OptionList.parse(text.toString());
        assertThat(parsed.keySet())
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .filter(name -> !name.equalsIgnoreCase("target_db_server"))
                        .distinct()
                        .toList());
        assertThat(parsed.values()).containsOnly(names.isEmpty() ? new String[0] : new String[] {value});
    }
}
