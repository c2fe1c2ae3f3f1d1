package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeFaultsTest {

    private final NodeFaults faults = new NodeFaults();
    private final Journal journal = new Journal();

    private JournalEntry entry(int node, String user, String text) {
        return journal.add(new JournalEntry.Source(node, 1, user, "", ConnectionAttributes.NONE), "QUERY", text);
    }

    @Test
    void nextFaultPassesOverInnerSessions() {
        faults.cutNextResponse(5);
        assertThat(faults.take(entry(1, "proxyro@sys", "select 1"))).isSameAs(ResponseFault.NONE);
        assertThat(faults.take(entry(1, "root@sys", "select 1")).cutAfter()).isEqualTo(5);
        assertThat(faults.take(entry(1, "root@sys", "select 1"))).isSameAs(ResponseFault.NONE);
    }

    @Test
    void patternAndCountAreKept() {
        faults.failNext(2, 4012, "HY000", "Timeout", "FROM\\s+t1");
        assertThat(faults.take(entry(1, "root", "select * from t2")).error()).isNull();
        assertThat(faults.take(entry(1, "proxyro", "select * from t1")).error()).isNotNull();
        assertThat(faults.armedCount()).isEqualTo(1);
        assertThat(faults.take(entry(1, "root", "select *\nfrom  t1")).error()).isNotNull();
        assertThat(faults.armedCount()).isZero();
    }

    @Test
    void clearingThawsAndDisarms() throws InterruptedException {
        faults.freeze();
        faults.corruptNextResponse(4);
        faults.delay(Duration.ofSeconds(1));
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                faults.awaitThaw(() -> false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        faults.clear();
        assertThat(waiting.join(Duration.ofSeconds(5))).isTrue();
        assertThat(faults.delayMillis()).isZero();
        assertThat(faults.armedCount()).isZero();
    }

    @Test
    void journalDropsTheOldestTexts() {
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            entry(1, "root", i + megabyte);
        }
        assertThat(journal.all().count()).isBetween(30, 32);
        assertThat(journal.all().entries().getLast().number()).isEqualTo(40);
    }

    @Test
    void journalFilters() {
        entry(1, "proxyro@sys", "inner");
        Journal.Mark mark = journal.mark();
        entry(1, "root@sys", "one");
        entry(2, "root@sys", "two");
        entry(2, "proxyro@sys", "inner two");
        assertThat(journal.all().count()).isEqualTo(4);
        assertThat(journal.since(mark).of(2).texts()).containsExactly("two", "inner two");
        assertThat(journal.since(mark).withoutInner().queries()).containsExactly("one", "two");
        assertThat(journal.all().user("proxyro").containing("TWO").count()).isEqualTo(1);
        assertThat(journal.await(mark, entry -> entry.node() == 2, Duration.ofSeconds(1))
                        .text())
                .isEqualTo("two");
        assertThatThrownBy(() -> journal.await(journal.mark(), _ -> true, Duration.ofMillis(20)))
                .isInstanceOf(IllegalStateException.class);
        journal.clear();
        assertThat(journal.all().isEmpty()).isTrue();
    }
}
