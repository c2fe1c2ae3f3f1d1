package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in a query block. Ask {@link QueryBlock#conditionOf} which of its rows matter.
 *
 * @param table its name; of a CALL that of the routine, as database and name, or package and name; of {@code a.b.c} the name is {@code b.c}
 * @param alias name by which columns are qualified, null if it is the table's own
 * @param partitions names in PARTITION (..), empty if there are none
 * @param optional the table is the inner side of an outer join, or the target of a MERGE: a row of NULLs may stand for it, so that the block's
 *     condition does not limit which of its rows matter
 * @param onCondition what must hold for a row of this table, beyond the block's condition: ON of the joins that are limited to it and
 *     others. For an optional table everything that limits it, the parts of WHERE included that are never true for a row of NULLs
 */
public record TableAccess(
        TableName table,
        @Nullable String alias,
        List<String> partitions,
        boolean optional,
        @Nullable Expression onCondition) {}
