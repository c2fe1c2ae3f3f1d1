package com.oceanbase.odp.it.drivers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** JDBC drivers under test. Each lives in a class loader of its own, since versions of one driver exclude each other. */
public enum JdbcDriver {
    CONNECTOR_J_9(Family.CONNECTOR_J, "mysql-connector-j-9.5.0.jar"),
    CONNECTOR_J_26(Family.CONNECTOR_J, "mysql-connector-j-26.10.0.jar"),
    MARIADB_3(Family.MARIADB, "mariadb-java-client-3.5.6.jar"),
    MARIADB_4(Family.MARIADB, "mariadb-java-client-4.0.0.jar"),
    OCEANBASE_2(Family.OCEANBASE, "oceanbase-client-2.4.16.jar");

    /** Drivers that take the same options. */
    public enum Family {
        CONNECTOR_J(
                "com.mysql.cj.jdbc.Driver",
                "jdbc:mysql://",
                List.of("sslMode=DISABLED", "allowPublicKeyRetrieval=true")),
        MARIADB("org.mariadb.jdbc.Driver", "jdbc:mariadb://", List.of("sslMode=disable")),
        OCEANBASE("com.oceanbase.jdbc.Driver", "jdbc:oceanbase://", List.of("useSSL=false"));

        private final String className;
        private final String scheme;
        private final List<String> options;

        Family(String className, String scheme, List<String> options) {
            this.className = className;
            this.scheme = scheme;
            this.options = options;
        }
    }

    private static final Map<JdbcDriver, Driver> LOADED = new ConcurrentHashMap<>();
    private static final String SOCKET_TIMEOUT_MILLIS = "60000";

    private final Family family;
    private final String jar;

    JdbcDriver(Family family, String jar) {
        this.family = family;
        this.jar = jar;
    }

    public Family family() {
        return family;
    }

    /**
     * The driver whose direct connection shows what this one must see through the proxy. Connector/J 9 loses the rows of
     * server-side statements when it talks to the kernel itself.
     */
    JdbcDriver reference() {
        return this == CONNECTOR_J_9 ? CONNECTOR_J_26 : this;
    }

    /**
     * Opens a connection.
     *
     * @param options further {@code name=value} options of the URL; those that begin with {@code user=} or
     *     {@code password=} are not written into it
     */
    public Connection connect(String endpoint, String database, List<String> options) throws SQLException {
        Properties properties = new Properties();
        List<String> all = new ArrayList<>(family.options);
        all.add("socketTimeout=" + SOCKET_TIMEOUT_MILLIS);
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = option.substring(0, equals);
            if (name.equals("user") || name.equals("password")) {
                properties.setProperty(name, option.substring(equals + 1));
            } else {
                all.removeIf(other -> other.startsWith(name + "="));
                all.add(option);
            }
        }
        String url = family.scheme + endpoint + "/" + database + "?" + String.join("&", all);
        Connection connection = driver().connect(url, properties);
        if (connection == null) {
            throw new IllegalStateException(this + " does not know " + url);
        }
        return connection;
    }

    /** Loads a class of the driver. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, driver().getClass().getClassLoader());
    }

    private Driver driver() {
        return LOADED.computeIfAbsent(this, JdbcDriver::instantiate);
    }

    private Driver instantiate() {
        Path file = Path.of(System.getProperty("odp.drivers.directory", "target/drivers"), jar);
        if (!Files.exists(file)) {
            throw new UncheckedIOException(new IOException(file + " is missing: the build copies the drivers there"));
        }
        try {
            URLClassLoader loader =
                    new URLClassLoader(name(), new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return (Driver) Class.forName(family.className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (MalformedURLException | ReflectiveOperationException e) {
            throw new IllegalStateException("driver " + this, e);
        }
    }
}
