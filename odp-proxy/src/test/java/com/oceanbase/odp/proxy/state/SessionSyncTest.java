package com.oceanbase.odp.proxy.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SessionSyncTest {
    private static final int INT = 5;
    private static final int VARCHAR = 22;
    private static final long WRITABLE = SystemVariable.GLOBAL_SCOPE | SystemVariable.SESSION_SCOPE;

    private final SystemVariableCatalog catalog = new SystemVariableCatalog(
            1,
            List.of(
                    new SystemVariable("autocommit", INT, "1", WRITABLE),
                    new SystemVariable("ob_query_timeout", INT, "10000000", WRITABLE),
                    new SystemVariable("sql_mode", INT, "0", WRITABLE),
                    new SystemVariable("time_zone", VARCHAR, "+08:00", WRITABLE),
                    new SystemVariable("character_set_results", INT, "45", WRITABLE | SystemVariable.NULLABLE),
                    new SystemVariable("last_insert_id", INT, "0", SystemVariable.SESSION_SCOPE),
                    new SystemVariable("port", INT, "2881", SystemVariable.GLOBAL_SCOPE | SystemVariable.READ_ONLY)));

    private final VariableBaseline login = VariableBaseline.of(changes(
            List.of(
                    new Variable("autocommit", "ON"),
                    new Variable("ob_query_timeout", "10000000"),
                    new Variable("time_zone", "+08:00"),
                    new Variable("port", "2881")),
            List.of(new Variable("_min_cluster_version", "'4.3.5.0'"))));

    private final SessionState session = new SessionState();
    private final LinkState first = new LinkState(login, null);
    private final LinkState second = new LinkState(login, null);

    private static SessionChanges changes(List<Variable> system, List<Variable> user) {
        return new SessionChanges(system, user, null, true, List.of());
    }

    private static SessionChanges system(String name, String value) {
        return changes(List.of(new Variable(name, value)), List.of());
    }

    private static SessionChanges user(String name, String value) {
        return changes(List.of(), List.of(new Variable(name, value)));
    }

    private void begin() {
        session.begin(login, null);
        sync(first);
    }

    /** What the link is sent before the next request, empty when nothing. */
    private String sync(LinkState link) {
        List<String> statements = SessionSync.setStatements(session, link, catalog);
        if (!statements.isEmpty()) {
            SessionSync.setExecuted(session, link);
        }
        return String.join(" ", statements);
    }

    @Test
    void theProductsExampleOfAutocommit() {
        begin();
        session.learn(first, system("autocommit", "OFF"), catalog);
        assertThat(sync(first)).isEmpty();
        assertThat(sync(second)).isEqualTo("SET @@autocommit = 0;");
        assertThat(sync(second)).isEmpty();
        assertThat(SessionSync.isInStep(session, second)).isTrue();
    }

    @Test
    void onlyWhatChangedSinceIsSent() {
        begin();
        sync(second);
        session.learn(first, user("a", "5"), catalog);
        session.learn(first, user("b", "'x y'"), catalog);
        assertThat(sync(second)).isEqualTo("SET @a = 5, @b = 'x y';");
        session.learn(first, user("b", "NULL"), catalog);
        assertThat(sync(second)).isEqualTo("SET @b = NULL;");
    }

    @Test
    void theGroupsComeInTheOriginalsOrder() {
        begin();
        session.learn(first, user("a", "1"), catalog);
        session.learn(first, system("last_insert_id", "77"), catalog);
        session.learn(first, system("autocommit", "0"), catalog);
        session.learn(first, system("time_zone", "+00:00"), catalog);
        assertThat(sync(second))
                .isEqualTo("SET @@time_zone = '+00:00', @@autocommit = 0, @@last_insert_id = 77, @a = 1;");
    }

    @Test
    void anEmptyValueOfANullableVariableIsNull() {
        begin();
        session.learn(first, system("character_set_results", ""), catalog);
        assertThat(sync(second)).isEqualTo("SET @@character_set_results = NULL;");
    }

    @Test
    void wordsOfNumericVariablesGoAsStrings() {
        begin();
        session.learn(first, system("sql_mode", "ANSI_QUOTES,PIPES_AS_CONCAT"), catalog);
        assertThat(sync(second)).isEqualTo("SET @@sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT';");
    }

    @Test
    void namesOfUserVariablesAreQuotedWhereTheyMustBe() {
        begin();
        session.learn(first, user("a b`c", "1"), catalog);
        assertThat(sync(second)).isEqualTo("SET @`a b``c` = 1;");
    }

    @Test
    void namesOfUserVariablesInOtherLettersAreNotQuoted() {
        begin();
        session.learn(first, user("é", "1"), catalog);
        assertThat(sync(second)).isEqualTo("SET @é = 1;");
    }

    @Test
    void aStringKeepsItsMeaningWithoutBackslashEscapes() {
        begin();
        session.learn(first, user("s", "'it\\'s a\\\\b'"), catalog);
        session.learn(first, system("sql_mode", "NO_BACKSLASH_ESCAPES"), catalog);
        assertThat(sync(second)).isEqualTo("SET @@sql_mode = 'NO_BACKSLASH_ESCAPES'; SET @s = 'it''s a\\b';");
        session.learn(first, system("sql_mode", "1048576"), catalog);
        session.learn(first, user("s", "'a\\\\'"), catalog);
        assertThat(sync(second)).isEqualTo("SET @@sql_mode = 1048576; SET @s = 'a\\';");
    }

    @Test
    void aStringKeepsItsCharacterSet() {
        begin();
        session.learn(first, system("character_set_client", "gbk"), catalog);
        session.learn(first, user("g", "'\uDCD6\uDCD0'"), catalog);
        assertThat(sync(second)).isEqualTo("SET @@character_set_client = 'gbk'; SET @g = '\uDCD6\uDCD0';");
        session.learn(first, system("character_set_client", "utf8mb4"), catalog);
        session.learn(first, user("g", "'\uDCD6\uDCD1'"), catalog);
        session.learn(first, system("character_set_client", "latin1"), catalog);
        assertThat(sync(second)).isEqualTo("SET @@character_set_client = 'latin1'; SET @g = _utf8mb4 X'd6d1';");
    }

    @Test
    void whatIsNoSessionStateIsNotReplayed() {
        begin();
        session.learn(first, system("ob_statement_trace_id", "Y1"), catalog);
        session.learn(first, system("ob_proxy_user_privilege", "7"), catalog);
        session.learn(first, system("port", "2882"), catalog);
        session.learn(first, user("_min_cluster_version", "'4.3.5.1'"), catalog);
        assertThat(sync(second)).isEmpty();
    }

    @Test
    void aValueSetBackToTheLoginsNeedsNoReplayOnAFreshLink() {
        begin();
        session.learn(first, system("ob_query_timeout", "5"), catalog);
        session.learn(first, system("ob_query_timeout", "10000000"), catalog);
        assertThat(sync(second)).isEmpty();
    }

    @Test
    void aServerWithOtherGlobalValuesIsBroughtToTheSessionsOwn() {
        begin();
        LinkState changed = new LinkState(
                VariableBaseline.of(changes(
                        List.of(
                                new Variable("autocommit", "ON"),
                                new Variable("ob_query_timeout", "99"),
                                new Variable("time_zone", "+08:00"),
                                new Variable("port", "3881")),
                        List.of())),
                null);
        assertThat(sync(changed)).isEqualTo("SET @@ob_query_timeout = 10000000;");
    }

    @Test
    void aMissedPartitionIsReportedAndNotState() {
        begin();
        assertThat(session.learn(first, system("ob_proxy_partition_hit", "OFF"), catalog))
                .isTrue();
        assertThat(session.learn(first, system("ob_proxy_partition_hit", "1"), catalog))
                .isFalse();
        assertThat(sync(second)).isEmpty();
    }

    @Test
    void theDatabaseIsComparedByName() {
        session.begin(login, "db1");
        assertThat(SessionSync.needsDatabase(session, first)).isTrue();
        first.database("db1");
        assertThat(SessionSync.needsDatabase(session, first)).isFalse();
        session.database(null);
        assertThat(SessionSync.isBeyondRepair(session, first)).isTrue();
    }

    /** Whatever is set where: each server executes its SETs and ends with the session's values. */
    @Property(tries = 500)
    void everyServerEndsWithTheSessionsValues(@ForAll long seed) {
        Random random = new Random(seed);
        session.begin(login, null);
        List<LinkState> links = new ArrayList<>();
        List<Map<String, String>> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            links.add(new LinkState(login, null));
            servers.add(new HashMap<>());
        }
        Map<String, String> truth = new HashMap<>();
        for (int step = 0; step < 40; step++) {
            int at = random.nextInt(3);
            String sql = sync(links.get(at));
            apply(sql, servers.get(at));
            String name = "v" + random.nextInt(4);
            String value = Integer.toString(random.nextInt(3));
            servers.get(at).put(name, value);
            truth.put(name, value);
            session.learn(links.get(at), user(name, value), catalog);
        }
        for (int i = 0; i < 3; i++) {
            apply(sync(links.get(i)), servers.get(i));
            assertThat(servers.get(i)).containsAllEntriesOf(truth);
        }
    }

    private static void apply(String sql, Map<String, String> server) {
        if (!sql.isEmpty()) {
            Arrays.stream(sql.substring("SET @".length(), sql.length() - 1).split(", @"))
                    .map(assignment -> assignment.split(" = "))
                    .forEach(parts -> server.put(parts[0], parts[1]));
        }
    }
}
