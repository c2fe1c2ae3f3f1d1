package com.oceanbase.odp.it.drivers;

/**
 * Something that applications do with a driver.
 *
 * @param name unique among all checks; in camel case
 * @param body does it and notes what it sees
 */
record Check(String name, Body body) {
    /** The part that runs. */
    interface Body {
        void run(Target target) throws Exception;
    }
}
