package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Unknown;

/** Why a value is not known, in words for people. */
public final class Reasons {
    public static final Unknown PARAMETER = new Unknown("the value of a parameter is not known");
    public static final Unknown COLUMN = new Unknown("it depends on a column");
    public static final Unknown EXPRESSION = new Unknown("it is not a constant that can be computed here");
    public static final Unknown USER_VARIABLE = new Unknown("the value of a user variable is not known");
    public static final Unknown SYSTEM_VARIABLE = new Unknown("the value of a system variable is not known");
    public static final Unknown CLOCK = new Unknown("it depends on the server's clock");
    public static final Unknown FUNCTION = new Unknown("a function is not computed here");
    public static final Unknown LITERAL = new Unknown("a literal could not be read");
    public static final Unknown OVERFLOW = new Unknown("a number is out of range");
    public static final Unknown ARGUMENT = new Unknown("an argument is not of the expected type");
    public static final Unknown CHARSET = new Unknown("a character set is not known here");
    public static final Unknown COLLATION = new Unknown("strings are compared by a collation that is not known here");
    public static final Unknown TIME_ZONE = new Unknown("the session's time zone is not known");
    public static final Unknown TEMPORAL = new Unknown("a date or time is not valid");

    public static final Unknown COMPARISON = new Unknown("two values cannot be compared here");

    private Reasons() {}
}
