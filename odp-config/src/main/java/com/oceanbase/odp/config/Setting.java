package com.oceanbase.odp.config;

/** A name and the text given for it, not yet checked. */
public record Setting(String name, String text) {}
