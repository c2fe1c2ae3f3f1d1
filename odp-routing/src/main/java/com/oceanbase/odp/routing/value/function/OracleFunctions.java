package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.MANY;
import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.ValueType;
import java.util.List;

/** Functions of Oracle mode that are computed like those of MySQL mode, and those of its own. */
final class OracleFunctions {
    static final List<SqlFunction> TABLE = List.of(
            lenient("NVL", 2, 2, ValueType.NONE, OracleValues::coalesce),
            lenient("NVL2", 3, 3, ValueType.NONE, OracleValues::nvl2),
            lenient("COALESCE", 1, MANY, ValueType.NONE, OracleValues::coalesce),
            lenient("NULLIF", 2, 2, ValueType.NONE, ControlFunctions::nullIf),
            lenient("DECODE", 3, MANY, ValueType.NONE, OracleValues::decode),
            strict("GREATEST", 1, MANY, ValueType.NONE, a -> OracleValues.extreme(a, 1)),
            strict("LEAST", 1, MANY, ValueType.NONE, a -> OracleValues.extreme(a, -1)),
            lenient("CONCAT", 2, 2, ValueType.TEXT, OracleValues::concat),
            strict("SUBSTR", 2, 3, ValueType.TEXT, OracleValues::substring),
            strict("INSTR", 2, 4, ValueType.DECIMAL, OracleValues::instr),
            strict("LENGTH", 1, 1, ValueType.DECIMAL, OracleValues::length),
            strict("LENGTHB", 1, 1, ValueType.DECIMAL, OracleValues::lengthInBytes),
            strict("LOWER", 1, 1, ValueType.TEXT, a -> StringFunctions.letters(a, false)),
            strict("UPPER", 1, 1, ValueType.TEXT, a -> StringFunctions.letters(a, true)),
            strict("TRIM", 1, 1, ValueType.TEXT, a -> StringFunctions.trim(a, true, true)),
            strict("TRIM_BOTH", 1, 2, ValueType.TEXT, a -> StringFunctions.trim(a, true, true)),
            strict("TRIM_LEADING", 1, 2, ValueType.TEXT, a -> StringFunctions.trim(a, true, false)),
            strict("TRIM_TRAILING", 1, 2, ValueType.TEXT, a -> StringFunctions.trim(a, false, true)),
            strict("LTRIM", 1, 2, ValueType.TEXT, a -> OracleValues.trimSet(a, true)),
            strict("RTRIM", 1, 2, ValueType.TEXT, a -> OracleValues.trimSet(a, false)),
            strict("LPAD", 2, 3, ValueType.TEXT, a -> OracleValues.pad(a, true)),
            strict("RPAD", 2, 3, ValueType.TEXT, a -> OracleValues.pad(a, false)),
            lenient("REPLACE", 2, 3, ValueType.TEXT, OracleValues::replace),
            strict("ASCII", 1, 1, ValueType.DECIMAL, OracleValues::ascii),
            strict("CHR", 1, 1, ValueType.TEXT, OracleValues::chr),
            strict("ABS", 1, 1, ValueType.DECIMAL, a -> OracleNumbers.abs(a)),
            strict("SIGN", 1, 1, ValueType.DECIMAL, OracleNumbers::sign),
            strict("MOD", 2, 2, ValueType.DECIMAL, OracleNumbers::modulo),
            strict("FLOOR", 1, 1, ValueType.DECIMAL, OracleNumbers::floor),
            strict("CEIL", 1, 1, ValueType.DECIMAL, OracleNumbers::ceiling),
            strict("POWER", 2, 2, ValueType.DECIMAL, OracleNumbers::power),
            strict("ROUND", 1, 2, ValueType.DECIMAL, OracleNumbers::round),
            strict("TRUNC", 1, 2, ValueType.DECIMAL, OracleNumbers::truncate),
            strict("TO_NUMBER", 1, 1, ValueType.DECIMAL, OracleNumbers::toNumber),
            strict("TO_CHAR", 1, 2, ValueType.TEXT, OracleDates::toChar),
            strict("TO_DATE", 1, 2, ValueType.DATETIME, a -> OracleDates.toDate(a, false)),
            strict("TO_TIMESTAMP", 1, 2, ValueType.DATETIME, a -> OracleDates.toDate(a, true)),
            strict("ADD_MONTHS", 2, 2, ValueType.DATETIME, OracleDates::addMonths),
            strict("LAST_DAY", 1, 1, ValueType.DATETIME, OracleDates::lastDay),
            strict("SYSDATE", 0, 0, ValueType.DATETIME, OracleDates::sysdate),
            strict("MONTHS_BETWEEN", 2, 2, ValueType.DECIMAL, OracleDates::monthsBetween));

    private OracleFunctions() {}
}
