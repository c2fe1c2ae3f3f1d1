package com.oceanbase.odp.it.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the data dictionary says about a table, in the form of the recording. */
final class DictionaryRows {
    private static final String TABLE =
            "table_id,table_name,table_type,rowkey_column_num,autoinc_column_id,collation_type,"
                    + "part_level,part_func_type,part_func_expr,part_num,sub_part_func_type,sub_part_func_expr,sub_part_num,"
                    + "sub_part_template_flags,tablet_id,schema_version";
    private static final String INFO =
            "part_type,part_num,part_space,sub_part_type,def_sub_part_num,part_expr,sub_part_expr";
    private static final String BOUNDS = "high_bound_val,b_high_bound_val,list_val,b_list_val";
    private static final String PART =
            "part_id,part_name," + BOUNDS + ",sub_part_num,part_idx,partition_type,tablet_id";
    private static final String SUB = "part_id,sub_part_id,sub_part_name," + BOUNDS + ",sub_part_idx,tablet_id";
    private static final String TEMPLATE = "sub_part_id,sub_part_name," + BOUNDS + ",sub_part_idx";
    private static final String COLUMN = "column_id,column_name,rowkey_position,index_position,order_in_rowkey,"
            + "partition_key_position,data_type,data_length,data_precision,data_scale,zero_fill,nullable,autoincrement,"
            + "is_hidden,collation_type,orig_default_value,cur_default_value,column_flags,prev_column_id,extended_type_info";
    private static final Set<String> TEXTS = Set.of(
            "table_name",
            "part_func_expr",
            "sub_part_func_expr",
            "part_expr",
            "sub_part_expr",
            "part_name",
            "sub_part_name",
            "high_bound_val",
            "b_high_bound_val",
            "list_val",
            "b_list_val",
            "column_name",
            "orig_default_value",
            "cur_default_value",
            "extended_type_info");
    private static final int MANY = 200;

    private DictionaryRows() {}

    /** The object {@code schema} of a table design. */
    static Map<String, Object> read(KernelSession kernel, String name) throws IOException {
        Map<String, Object> table = rows(
                        kernel,
                        TABLE,
                        "__all_table where table_type = 3 and table_name = '" + name + "' and database_id ="
                                + " (select database_id from oceanbase.__all_database where database_name = 'part_vec')",
                        true)
                .getFirst();
        String of = " where table_id = " + table.get("table_id");
        List<Map<String, Object>> parts = rows(kernel, PART, "__all_part" + of + " order by part_idx", true);
        List<Map<String, Object>> subs =
                rows(kernel, SUB, "__all_sub_part" + of + " order by part_id, sub_part_idx", true);
        boolean whole = Math.max(parts.size(), subs.size()) <= MANY;
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("table", table);
        schema.put("part_info", rows(kernel, INFO, "__all_part_info" + of, true));
        schema.put("part", whole ? parts : withoutNulls(parts));
        schema.put("sub_part", whole ? subs : withoutNulls(subs));
        schema.put("def_sub_part", rows(kernel, TEMPLATE, "__all_def_sub_part" + of + " order by sub_part_idx", true));
        schema.put("column", rows(kernel, COLUMN, "__all_column" + of + " order by column_id", true));
        return schema;
    }

    private static List<Map<String, Object>> withoutNulls(List<Map<String, Object>> rows) {
        rows.forEach(row -> row.values().removeIf(java.util.Objects::isNull));
        return rows;
    }

    private static List<Map<String, Object>> rows(KernelSession kernel, String columns, String from, boolean nulls)
            throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        String[] names = columns.split(",");
        for (List<@Nullable String> row : kernel.run("select " + columns + " from oceanbase." + from)) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                object.put(names[i], cell(names[i], row.get(i)));
            }
            found.add(object);
        }
        return found;
    }

    @SuppressWarnings("NullAway") // JSON null
    private static Object cell(String name, @Nullable String text) {
        return text == null ? null : TEXTS.contains(name) ? text : Long.valueOf(text);
    }
}
