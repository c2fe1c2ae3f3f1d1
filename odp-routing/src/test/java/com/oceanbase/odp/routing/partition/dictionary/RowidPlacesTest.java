package com.oceanbase.odp.routing.partition.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a key column is in ROWIDs: clusters name the column of their dictionary differently. */
class RowidPlacesTest {
    @ParameterizedTest
    @CsvSource({
        "true, part_key_rowkey_idx, 2, 2",
        "true, part_key_rowkey_idx, -1, -1",
        "true, spare2, 2, -1",
        "false, spare2, 1, 1",
        "false, part_key_rowkey_idx, 1, -1"
    })
    void thePlaceIsRead(boolean v4, String column, long value, int place) {
        Map<String, Object> info = new HashMap<>(Map.of(
                "part_level", 1L, "part_type", 0L, "part_expr", "ID", "part_key_name", "ID", "part_key_type", 15L));
        info.put(column, value);
        PartitionedTable table = ProxyDictionary.read(
                new PartitionedTable.Identity("DB", "T", 1, 1, true),
                v4,
                List.of(new Row(info)),
                List.of(new Row(Map.of("part_id", 1L, "part_name", "P0", "tablet_id", 200_001L))),
                List.of(),
                List.of());

        assertThat(table.columns()).extracting(TableColumn::rowidIndex).containsExactly(place);
    }

    private record Row(Map<String, Object> values) implements DictionaryRow {
        @Override
        public long number(String column, long otherwise) {
            return values.get(column) instanceof Long value ? value : otherwise;
        }

        @Override
        public String text(String column) {
            return values.get(column) instanceof String value ? value : "";
        }

        @Override
        public byte @Nullable [] bytes(String column) {
            return null;
        }
    }
}
