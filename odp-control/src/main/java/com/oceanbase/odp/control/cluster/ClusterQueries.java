package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.InnerAnswer;
import com.oceanbase.odp.control.inner.InnerClient;
import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Inner statements to one cluster, with the cluster's servers and time-out filled in. Blocking, thread-safe. */
final class ClusterQueries {
    private static final int ACCESS_DENIED = 1045;
    private static final int CLUSTER_MISMATCH = 4666;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int FIRST_WITH_TABLETS = 4;

    private final String cluster;
    private final InnerClient client;
    private final Supplier<InnerClient.Targets> servers;
    private final Supplier<Duration> timeout;
    private volatile int majorVersion = 4;

    ClusterQueries(
            String cluster, InnerClient client, Supplier<InnerClient.Targets> servers, Supplier<Duration> timeout) {
        this.cluster = cluster;
        this.client = client;
        this.servers = servers;
        this.timeout = timeout;
    }

    /** Outcome of a statement. */
    sealed interface Result {
        /** Rows. */
        record Rows(ResultTable table) implements Result {}

        /** The server has no such relation. */
        record Missing(String why) implements Result {}

        /**
         * No answer to use.
         *
         * @param lasting whether a server answered with a refusal that asking again does not change
         */
        record Failed(String why, boolean lasting) implements Result {}
    }

    /** Number before the first dot of the cluster's version; chooses the statements' texts. */
    void setMajorVersion(int major) {
        majorVersion = major;
    }

    /** Whether the cluster is of version 4 or newer, with tablets and their names of relations. */
    boolean isVersion4() {
        return majorVersion >= FIRST_WITH_TABLETS;
    }

    Result run(InnerSql sql, Map<String, String> values) {
        return switch (client.query(servers.get(), sql.text(majorVersion, values), timeout.get())) {
            case InnerClient.Outcome.Unreachable(String why) -> new Result.Failed(why, false);
            case InnerClient.Outcome.Answered(ServerAddress server, InnerAnswer answer) ->
                switch (answer) {
                    case InnerAnswer.Rows(ResultTable table) -> new Result.Rows(table);
                    case InnerAnswer.Done done ->
                        new Result.Failed(server + " answered " + sql + " without rows", true);
                    case InnerAnswer.Failed failed
                    when failed.errno() == NO_SUCH_TABLE -> new Result.Missing(server + ": " + failed);
                    case InnerAnswer.Failed failed ->
                        new Result.Failed(server + ": " + failed + advice(failed.errno()), true);
                };
        };
    }

    private String advice(int errno) {
        return switch (errno) {
            case ACCESS_DENIED ->
                " (set observer_sys_password to the hashed password of proxyro@sys in cluster " + cluster + ")";
            case CLUSTER_MISMATCH ->
                " (cluster " + cluster + " has another name: correct rootservice_cluster_name, or set"
                        + " enable_cluster_checkout=false)";
            default -> "";
        };
    }
}
