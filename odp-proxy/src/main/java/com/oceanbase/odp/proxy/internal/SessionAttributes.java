package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.session.SessionSnapshot;
import com.oceanbase.odp.proxy.session.SessionSnapshot.Link;
import com.oceanbase.odp.proxy.session.SessionSnapshot.Use;
import com.oceanbase.odp.proxy.state.SessionState.Versions;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of SHOW PROXYSESSION ATTRIBUTE: names, order and the words of the third column are the original's
 * (src/obproxy/cmd/ob_show_session_handler.cpp:420-705).
 */
final class SessionAttributes {
    static final List<ResultColumn> COLUMNS = ResultColumn.of("attribute_name", "value", "info");

    /** Number of this process. */
    static final String PROCESS_ID = Long.toString(ProcessHandle.current().pid());

    private static final String COMMON = "cs common";
    private static final String STATISTICS = "cs stat";
    private static final String VERSIONS = "cs var version";
    /** The session's transaction is open on the server; as the original's enumeration has it. */
    private static final int IN_TRANSACTION = 1;
    /** Packets carry no checksums; value of the original's enumeration for "off". */
    private static final int CHECKSUM_OFF = 2;

    private final LikePattern names;
    private final List<String[]> rows = new ArrayList<>();

    private SessionAttributes(LikePattern names) {
        this.names = names;
    }

    /** The rows whose names fit. */
    static List<String[]> rows(SessionSnapshot session, String idcName, LikePattern names) {
        SessionAttributes attributes = new SessionAttributes(names);
        attributes.addClient(session, idcName);
        session.links().stream()
                .filter(link -> link.use() == Use.LAST)
                .forEach(link -> attributes.addLink(link, "last used ss"));
        session.links().stream()
                .filter(link -> link.use() == Use.CURRENT)
                .forEach(link -> attributes.addLink(link, "curr used ss"));
        int index = 0;
        for (Link link : session.links()) {
            if (link.use() == Use.POOLED) {
                attributes.addLink(link, "ss pool [" + index++ + "]");
            }
        }
        return attributes.rows;
    }

    /** The original's word for what the session is doing. */
    static String state(SessionSnapshot session) {
        if (session.account() == null) {
            return "MCS_INIT";
        }
        return session.busy() ? "MCS_ACTIVE_READER" : "MCS_KEEP_ALIVE";
    }

    /** Current database as the original shows it. */
    static String database(SessionSnapshot session) {
        String database = session.database();
        return database == null || database.isEmpty() ? "NULL" : database;
    }

    private void addClient(SessionSnapshot session, String idcName) {
        AccountName account = session.account();
        add("proxy_sessid", session.proxySessionId(), COMMON);
        add("cs_id", session.id(), COMMON);
        add("cluster", account == null ? "" : account.cluster(), COMMON);
        add("tenant", account == null ? "" : account.tenant(), COMMON);
        add("user", account == null ? "" : account.user(), COMMON);
        add("host_ip", session.client().getAddress().getHostAddress(), COMMON);
        add("host_port", session.client().getPort(), COMMON);
        add("db", database(session), COMMON);
        add("total_trans_cnt", session.transactions(), COMMON);
        add("svr_session_cnt", session.links().size(), COMMON);
        add("active", Boolean.toString(session.busy()), COMMON);
        add("read_state", state(session), COMMON);
        add("tid", session.threadId(), COMMON);
        add("pid", PROCESS_ID, COMMON);
        add("idc_name", idcName, COMMON);
        // Times of a statistics table that this proxy does not have: 0, as the original shows them before its first
        // report.
        add("modified_time", 0, STATISTICS);
        add("reported_time", 0, STATISTICS);
        addVersions(session.versions(), VERSIONS);
    }

    private void addLink(Link link, String info) {
        add("server_ip", link.address().host(), info);
        add("server_port", link.address().port(), info);
        add("server_sessid", link.serverSessionId(), info);
        add("ss_id", link.id(), info);
        add("state", linkState(link.use()), info);
        add("transact_count", link.requests(), info);
        add("server_trans_stat", link.inTransaction() ? IN_TRANSACTION : 0, info);
        addVersions(link.versions(), info);
        add("is_checksum_supported", bit(link, ObCapabilities.CHECKSUM), info);
        add("is_safe_read_weak_supported", bit(link, ObCapabilities.SAFE_WEAK_READ), info);
        add("is_checksum_switch_supported", bit(link, ObCapabilities.CHECKSUM_SWITCH), info);
        add("checksum_switch", CHECKSUM_OFF, info);
        add("enable_extra_ok_packet_for_stats", bit(link, ObCapabilities.EXTRA_OK_PACKET_FOR_STATISTICS), info);
    }

    private static String linkState(Use use) {
        return switch (use) {
            case CURRENT -> "MSS_ACTIVE";
            case LAST -> "MSS_KA_CLIENT_SLAVE";
            case POOLED -> "MSS_KA_SHARED";
        };
    }

    private static long bit(Link link, long capability) {
        return ObCapabilities.has(link.capabilityFlag(), capability) ? 1 : 0;
    }

    private void addVersions(Versions versions, String info) {
        add("hot_sys_var_version", versions.hotVariables(), info);
        add("sys_var_version", versions.systemVariables(), info);
        add("user_var_version", versions.userVariables(), info);
        add("last_insert_id_version", versions.lastInsertId(), info);
        add("db_name_version", versions.database(), info);
    }

    private void add(String name, long value, String info) {
        add(name, Long.toString(value), info);
    }

    private void add(String name, String value, String info) {
        if (names.matches(name)) {
            rows.add(new String[] {name, value, info});
        }
    }
}
