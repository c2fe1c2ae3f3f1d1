package com.oceanbase.odp.routing;

import static com.oceanbase.odp.routing.LocationSource.NO_LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.LocationSurvey.Entry;
import com.oceanbase.odp.routing.LocationSurvey.State;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocationSurveyTest {
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 1);

    private final ScriptedLoader loader = new ScriptedLoader();
    private final LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);

    private List<Entry<TableLocation>> tables() {
        List<Entry<TableLocation>> found = new ArrayList<>();
        cache.survey().tables(found::add);
        return found;
    }

    @Test
    void tellsHowFarATableIs() {
        assertThat(tables()).isEmpty();
        cache.request(KEY);
        assertThat(tables()).singleElement().satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.BUILDING);
            assertThat(entry.value()).isNull();
        });
        TableLocation.SinglePartition table = ScriptedLoader.single(KEY, A);
        loader.answer(table);
        loader.pass(Duration.ofSeconds(3));
        assertThat(tables()).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo(KEY);
            assertThat(entry.state()).isEqualTo(State.AVAIL);
            assertThat(entry.value()).isEqualTo(table);
            assertThat(entry.ages().answeredAgo())
                    .isEqualTo(Duration.ofSeconds(3).toNanos());
            assertThat(entry.ages().expiresIn()).isNull();
        });
        cache.markStale(KEY);
        assertThat(tables().getFirst().state()).isEqualTo(State.DIRTY);
        cache.missed(table, NO_LEAF, A);
        assertThat(tables().getFirst().state()).isEqualTo(State.UPDATING);
        loader.answer(ScriptedLoader.single(KEY, B));
        assertThat(tables().getFirst().state()).isEqualTo(State.AVAIL);
    }

    @Test
    void leavesOutWhatDoesNotExist() {
        cache.request(KEY);
        loader.answer(new TableLocation.Absent(KEY));
        assertThat(tables()).isEmpty();
        cache.survey().routines(entry -> assertThat(entry).isNull());
    }
}
