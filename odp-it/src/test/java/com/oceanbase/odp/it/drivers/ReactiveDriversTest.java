package com.oceanbase.odp.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import io.asyncer.r2dbc.mysql.MySqlConnectionConfiguration;
import io.asyncer.r2dbc.mysql.MySqlConnectionFactory;
import io.asyncer.r2dbc.mysql.constant.SslMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Drivers that do not wait: R2DBC and Vert.x, text and binary, with pipelined commands. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class ReactiveDriversTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static String database = "";

    @BeforeAll
    static void makeTables(Environment environment) {
        database = environment.newDatabase();
        environment
                .cluster()
                .sql(database, "create table r(a int primary key, b varchar(100), c datetime(6), d decimal(20,5))");
        environment
                .cluster()
                .sql(database, "create table v(a int primary key, b varchar(100), c datetime(6), d decimal(20,5))");
    }

    private static Connection r2dbc(Environment environment, boolean serverPrepared) {
        MySqlConnectionConfiguration.Builder options = MySqlConnectionConfiguration.builder()
                .host(environment.proxy().host())
                .port(environment.proxy().port())
                .user(environment.user())
                .database(database)
                .sslMode(SslMode.DISABLED);
        if (serverPrepared) {
            options.useServerPrepareStatement();
        }
        return wait(MySqlConnectionFactory.from(options.build()).create());
    }

    private static <T> T wait(Publisher<? extends T> publisher) {
        T value = Mono.<T>from(publisher).block(LIMIT);
        if (value == null) {
            throw new IllegalStateException("no value");
        }
        return value;
    }

    private static void finish(Publisher<Void> publisher) {
        Mono.from(publisher).block(LIMIT);
    }

    private static long update(Statement statement) {
        Long count = Flux.<Result>from(statement.execute())
                .flatMap(Result::getRowsUpdated)
                .reduce(0L, Long::sum)
                .block(LIMIT);
        return count == null ? -1 : count;
    }

    private static List<String> rows(Statement statement) {
        List<String> rows = Flux.<Result>from(statement.execute())
                .flatMap(result -> result.map((row, columns) -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < columns.getColumnMetadatas().size(); i++) {
                        text.append(i == 0 ? "" : "|").append(row.get(i));
                    }
                    return text.toString();
                }))
                .collectList()
                .block(LIMIT);
        return rows == null ? List.of() : rows;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void r2dbcReadsAndWrites(boolean serverPrepared, Environment environment) {
        Connection connection = r2dbc(environment, serverPrepared);
        try {
            update(connection.createStatement("delete from r"));
            Statement insert = connection.createStatement("insert into r values(?, ?, ?, ?)");
            for (int i = 0; i < 50; i++) {
                insert.bind(0, i)
                        .bind(2, java.time.LocalDateTime.of(2024, 2, 29, 1, 2, i))
                        .bind(3, new java.math.BigDecimal("1.25000"));
                if (i % 5 == 0) {
                    insert.bindNull(1, String.class);
                } else {
                    insert.bind(1, "😀 " + i);
                }
                if (i < 49) {
                    insert.add();
                }
            }
            assertThat(update(insert)).isEqualTo(50);
            assertThat(rows(connection
                            .createStatement("select b, c, d from r where a = ?")
                            .bind(0, 7)))
                    .containsExactly("😀 7|2024-02-29T01:02:07|1.25000");
            assertThat(rows(connection.createStatement("select b from r where a = 5")))
                    .containsExactly("null");
            assertThat(rows(connection
                            .createStatement("select a from r where a >= ? order by a")
                            .bind(0, 0)))
                    .hasSize(50);
        } finally {
            finish(connection.close());
        }
    }

    @Test
    void r2dbcTransactions(Environment environment) {
        Connection connection = r2dbc(environment, true);
        try {
            finish(connection.beginTransaction());
            update(connection.createStatement("insert into r values(1000, 'x', null, null)"));
            finish(connection.createSavepoint("s"));
            update(connection.createStatement("insert into r values(1001, 'y', null, null)"));
            finish(connection.rollbackTransactionToSavepoint("s"));
            finish(connection.commitTransaction());
            finish(connection.beginTransaction());
            update(connection.createStatement("delete from r"));
            finish(connection.rollbackTransaction());
            assertThat(rows(connection.createStatement("select a from r where a >= 1000")))
                    .containsExactly("1000");
            assertThat(wait(connection.validate(io.r2dbc.spi.ValidationDepth.REMOTE)))
                    .isTrue();
        } finally {
            finish(connection.close());
        }
    }

    @Test
    void r2dbcErrors(Environment environment) {
        Connection connection = r2dbc(environment, true);
        try {
            R2dbcException error = org.assertj.core.api.Assertions.catchThrowableOfType(
                    R2dbcException.class, () -> rows(connection.createStatement("select * from no_such_table")));
            assertThat(error.getErrorCode()).isEqualTo(1146);
            assertThat(error.getSqlState()).isEqualTo("42S02");
            assertThat(rows(connection.createStatement("select 1"))).containsExactly("1");
        } finally {
            finish(connection.close());
        }
    }

    /** One Vert.x client and one connection of it. */
    private static final class VertxSession implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final MySQLConnection connection;

        VertxSession(Environment environment) {
            MySQLConnectOptions options = new MySQLConnectOptions()
                    .setHost(environment.proxy().host())
                    .setPort(environment.proxy().port())
                    .setUser(environment.user())
                    .setDatabase(database)
                    .setPipeliningLimit(16);
            connection = get(MySQLConnection.connect(vertx, options));
        }

        static <T> T get(Future<T> future) {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public void close() {
            get(connection.close());
            get(vertx.close());
        }
    }

    @Test
    void vertxReadsAndWrites(Environment environment) {
        try (VertxSession session = new VertxSession(environment)) {
            List<Tuple> batch = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                batch.add(Tuple.of(
                        i, i % 5 == 0 ? null : "😀 " + i, java.time.LocalDateTime.of(2024, 2, 29, 1, 2, i), 1.25));
            }
            VertxSession.get(session.connection
                    .preparedQuery("insert into v values(?, ?, ?, ?)")
                    .executeBatch(batch));
            RowSet<Row> rows = VertxSession.get(session.connection
                    .preparedQuery("select b, c from v where a >= ? order by a")
                    .execute(Tuple.of(45)));
            assertThat(rows.size()).isEqualTo(5);
            assertThat(rows.iterator().next().getValue(0)).isNull();
            assertThat(VertxSession.get(session.connection
                                    .query("select count(*) from v")
                                    .execute())
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isEqualTo(50);
        }
    }

    @Test
    void vertxPipelines(Environment environment) {
        try (VertxSession session = new VertxSession(environment)) {
            List<Future<RowSet<Row>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(
                        i % 2 == 0
                                ? session.connection.query("select " + i).execute()
                                : session.connection
                                        .preparedQuery("select ? + 0")
                                        .execute(Tuple.of(i)));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(VertxSession.get(answers.get(i)).iterator().next().getLong(0))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void vertxCursorsAndTransactions(Environment environment) {
        try (VertxSession session = new VertxSession(environment)) {
            Transaction transaction = VertxSession.get(session.connection.begin());
            VertxSession.get(session.connection
                    .query("insert into v values(900, 'x', null, null)")
                    .execute());
            VertxSession.get(transaction.rollback());
            var statement =
                    VertxSession.get(session.connection.prepare("select 1 as a union all select 2 union all select 3"));
            Cursor cursor = statement.cursor();
            assertThat(VertxSession.get(cursor.read(2)).size()).isEqualTo(2);
            assertThat(cursor.hasMore()).isTrue();
            assertThat(VertxSession.get(cursor.read(2)).size()).isEqualTo(1);
            VertxSession.get(cursor.close());
            VertxSession.get(statement.close());
            assertThat(VertxSession.get(session.connection
                                    .query("select count(*) from v where a = 900")
                                    .execute())
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isZero();
        }
    }

    @Test
    void vertxCommands(Environment environment) {
        try (VertxSession session = new VertxSession(environment)) {
            VertxSession.get(session.connection.ping());
            assertThat(VertxSession.get(session.connection.getInternalStatistics()))
                    .isNotEmpty();
            VertxSession.get(session.connection.specifySchema("oceanbase"));
            assertThat(VertxSession.get(session.connection
                                    .query("select database()")
                                    .execute())
                            .iterator()
                            .next()
                            .getString(0))
                    .isEqualTo("oceanbase");
            VertxSession.get(session.connection.query("set @a = 1").execute());
            VertxSession.get(session.connection.resetConnection());
            assertThat(VertxSession.get(session.connection.query("select @a").execute())
                            .iterator()
                            .next()
                            .getValue(0))
                    .isNull();
            MySQLException error = org.assertj.core.api.Assertions.catchThrowableOfType(
                                            java.util.concurrent.CompletionException.class,
                                            () -> VertxSession.get(session.connection
                                                    .query("selec")
                                                    .execute()))
                                    .getCause()
                            instanceof MySQLException e
                    ? e
                    : null;
            assertThat(error).isNotNull();
            assertThat(error.getErrorCode()).isEqualTo(1064);
        }
    }
}
