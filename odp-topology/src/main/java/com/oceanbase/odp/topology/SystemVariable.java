package com.oceanbase.odp.topology;

/**
 * One system variable of a tenant, a row of {@code __all_virtual_proxy_sys_variable}.
 *
 * @param name name in lower case
 * @param dataType OceanBase object type of its value (original: src/common/ob_obj_type.h)
 * @param globalValue text of the global value; empty also stands for NULL when the variable is nullable
 * @param flags scope bits, the constants of this class
 */
public record SystemVariable(String name, int dataType, String globalValue, long flags) {
    // original: src/sql/session/ob_system_variable_init.h:25-30
    /** May be set for all sessions. */
    public static final long GLOBAL_SCOPE = 1;
    /** Has a value per session. */
    public static final long SESSION_SCOPE = 1L << 1;
    /** Can't be changed at all. */
    public static final long READ_ONLY = 1L << 2;
    /** Can't be changed for a session. */
    public static final long SESSION_READ_ONLY = 1L << 3;
    /** Not shown by SHOW VARIABLES. */
    public static final long INVISIBLE = 1L << 4;
    /** May be NULL. */
    public static final long NULLABLE = 1L << 5;

    /** Object type of 64-bit integers. */
    public static final int TYPE_INT = 5;
    /** Object type of unsigned 64-bit integers. */
    public static final int TYPE_UNSIGNED = 10;
    /** Object type of VARCHAR. */
    public static final int TYPE_VARCHAR = 22;

    private static final int LAST_NUMERIC_TYPE = 16;

    /** Whether a SET has to write its value in quotes. */
    public boolean isString() {
        return dataType > LAST_NUMERIC_TYPE;
    }

    /** Whether a session may set it and a proxy may therefore replay it. */
    public boolean isSessionWritable() {
        return (flags & SESSION_SCOPE) != 0 && (flags & (READ_ONLY | SESSION_READ_ONLY)) == 0;
    }

    /** Whether an empty value is NULL. */
    public boolean isNullable() {
        return (flags & NULLABLE) != 0;
    }
}
