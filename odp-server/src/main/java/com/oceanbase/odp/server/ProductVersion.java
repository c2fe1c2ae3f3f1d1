package com.oceanbase.odp.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this build, from the resource that the build fills in. */
public final class ProductVersion {
    private static final Properties FACTS = load();

    private ProductVersion() {}

    /** For example {@code 1.0.0}. */
    public static String number() {
        return FACTS.getProperty("version", "unknown");
    }

    /** One line for people: product, version, Java. */
    static String line() {
        return "obproxy (OceanBase Database Proxy for Java " + number() + ") on Java " + Runtime.version();
    }

    private static Properties load() {
        var facts = new Properties();
        try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
            facts.load(Objects.requireNonNull(in, "version.properties is not in the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }
}
