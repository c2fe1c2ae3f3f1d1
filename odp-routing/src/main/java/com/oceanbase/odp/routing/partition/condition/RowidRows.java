package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.rowid.Rowid;
import com.oceanbase.odp.routing.value.SqlValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ROWID says about the rows of a table.
 *
 * @param rowid what was read, null if the value is not a text that is known
 * @param box the rows, null if nothing can be said about them
 * @param problem why nothing can be said, in plain words; else empty
 */
public record RowidRows(@Nullable Rowid rowid, @Nullable Box box, String problem) {
    /** The row of a ROWID that is given as a text; never throws. */
    public static RowidRows of(PartitionedTable table, SqlValue value) {
        if (!(value instanceof SqlValue.Text text)) {
            return new RowidRows(
                    null, null, value instanceof SqlValue.Unknown(String reason) ? reason : "the ROWID is not a text");
        }
        Rowid rowid = Rowid.of(text.toString());
        return switch (rowid) {
            case Rowid.Malformed(String reason) -> new RowidRows(rowid, null, reason);
            case Rowid.Heap(boolean _, long tabletId) -> ofTablet(table, rowid, tabletId);
            case Rowid.Logical(boolean _, List<Rowid.KeyValue> values) -> ofKey(table, rowid, values);
        };
    }

    private static RowidRows ofTablet(PartitionedTable table, Rowid rowid, long tabletId) {
        int leaf = table.leafOf(tabletId);
        if (leaf < 0) {
            return new RowidRows(rowid, null, "the table has no partition with the tablet " + tabletId);
        }
        Box all = Box.all(table.domainTypes().size());
        return new RowidRows(rowid, all.with(table.leafDomain(), Domain.point(new Datum.Whole(leaf))), "");
    }

    private static RowidRows ofKey(PartitionedTable table, Rowid rowid, List<Rowid.KeyValue> values) {
        Box box = Box.all(table.domainTypes().size());
        boolean any = false;
        for (int i = 0; i < table.columns().size(); i++) {
            TableColumn column = table.columns().get(i);
            int place = column.rowidIndex();
            if (place < 0) {
                continue;
            }
            if (place >= values.size() || !fits(column.type().type(), values.get(place))) {
                return new RowidRows(rowid, null, "the ROWID has no value for column " + column.name());
            }
            box = box.with(i, Domain.point(values.get(place).value()));
            any = true;
        }
        return any
                ? new RowidRows(rowid, box, "")
                : new RowidRows(rowid, null, "where the partition key is in a ROWID is not known");
    }

    private static boolean fits(ObjectType column, Rowid.KeyValue value) {
        ObjectType type = value.type();
        if (type == column || type == ObjectType.NULL) {
            return true;
        }
        return switch (column.kind()) {
            case WHOLE -> column.isInteger() && type.isInteger();
            case REAL, EXACT, TEXT -> type.kind() == column.kind();
            case ZONED, NONE, NULL -> false;
        };
    }
}
