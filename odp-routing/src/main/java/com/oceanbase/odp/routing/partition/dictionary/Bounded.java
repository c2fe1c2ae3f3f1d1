package com.oceanbase.odp.routing.partition.dictionary;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.dictionary.ObjectReader.TypedDatum;
import java.util.ArrayList;
import java.util.List;

/** Makes partitions of decoded bounds and value lists. */
public final class Bounded {
    private Bounded() {}

    /** A range partition. */
    public static Partition range(
            String name, long id, long physicalId, List<TypedDatum> bound, List<Partition> subPartitions) {
        return new Partition(name, id, physicalId, values(bound), List.of(), false, subPartitions);
    }

    /** A list partition; a single MAXVALUE stands for DEFAULT. */
    public static Partition list(
            String name, long id, long physicalId, List<List<TypedDatum>> rows, List<Partition> subPartitions) {
        boolean isDefault = rows.stream().anyMatch(row -> row.getFirst().value() instanceof Datum.Max);
        List<List<Datum>> values =
                isDefault ? List.of() : rows.stream().map(Bounded::values).toList();
        return new Partition(name, id, physicalId, List.of(), values, isDefault, subPartitions);
    }

    private static List<Datum> values(List<TypedDatum> row) {
        return row.stream().map(TypedDatum::value).toList();
    }

    /** The types of the columns, as far as the rows so far and this one say. */
    public static List<ColumnType> types(List<ColumnType> known, List<TypedDatum> row) {
        List<ColumnType> types = new ArrayList<>(known);
        for (int i = 0; i < row.size(); i++) {
            TypedDatum value = row.get(i);
            boolean telling =
                    value.type().type() != ObjectType.EXTEND && value.type().type() != ObjectType.NULL;
            if (i >= types.size()) {
                types.add(telling ? value.type() : ColumnType.of(ObjectType.NULL));
            } else if (telling && types.get(i).type() == ObjectType.NULL) {
                types.set(i, value.type());
            }
        }
        return types;
    }
}
