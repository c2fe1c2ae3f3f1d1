package com.oceanbase.odp.control.inner;

import com.oceanbase.odp.protocol.wire.LosslessText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an inner statement. Columns are found by name without regard to letter case, never by position: servers
 * add columns from release to release.
 */
public final class ResultTable {
    private final List<String> columns;
    private final Map<String, Integer> positions;
    private final List<Row> rows;

    /** A table of these columns and cells. */
    public ResultTable(List<String> columns, List<? extends List<@Nullable String>> cells) {
        this.columns = List.copyOf(columns);
        this.positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.putIfAbsent(columns.get(i).toLowerCase(Locale.ROOT), i);
        }
        this.rows = cells.stream().map(Row::new).toList();
    }

    /** Names in order. */
    public List<String> columns() {
        return columns;
    }

    /** Rows in order. */
    public List<Row> rows() {
        return rows;
    }

    /** One row. */
    public final class Row {
        private final List<@Nullable String> cells;

        private Row(List<@Nullable String> cells) {
            this.cells = cells;
        }

        /** Text of a cell, or null for SQL NULL and for a column that the server does not have. */
        public @Nullable String find(String column) {
            Integer position = positions.get(column.toLowerCase(Locale.ROOT));
            return position == null || position >= cells.size() ? null : cells.get(position);
        }

        /** Bytes of a cell as the server sent them, or null for SQL NULL and for a column that the server does not have. */
        public byte @Nullable [] bytes(String column) {
            String cell = find(column);
            return cell == null ? null : LosslessText.encode(cell);
        }

        /** Text of a cell, empty for SQL NULL and for a column that the server does not have. */
        public String text(String column) {
            String cell = find(column);
            return cell == null ? "" : cell;
        }

        /** Number in a cell; the other value for SQL NULL, for a missing column and for what is no number. */
        public long number(String column, long otherwise) {
            String cell = text(column);
            try {
                return cell.isEmpty() ? otherwise : Long.parseLong(cell);
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }

        @Override
        public String toString() {
            return columns + "=" + cells;
        }
    }
}
