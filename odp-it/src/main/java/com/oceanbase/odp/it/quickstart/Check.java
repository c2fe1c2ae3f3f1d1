package com.oceanbase.odp.it.quickstart;

/**
 * Something that must hold.
 *
 * @param what the claim
 * @param held whether it did
 * @param seen what was seen
 */
record Check(String what, boolean held, String seen) {}
