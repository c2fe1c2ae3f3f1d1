package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in a query block.
 *
 * @param table its name
 * @param alias name by which columns are qualified, null if it is the table's own
 * @param partitions names in PARTITION (..), empty if there are none
 * @param onCondition for the inner side of an outer join: what its ON says, which limits this table's rows only; else null
 */
public record TableAccess(
        TableName table,
        @Nullable String alias,
        List<String> partitions,
        @Nullable Expression onCondition) {}
