package com.oceanbase.odp.common.error;

/**
 * Every error that the proxy raises itself or reacts to when a server reports it.
 *
 * <p>Numbers, states and texts of the first group are OceanBase's (obproxy: ob_errno, proxy error codes -10001 and
 * below); those of the last group, with OceanBase code 0, are MySQL's own (MySQL: messages_to_clients.txt). The texts
 * are formats for {@link #format(Object...)}; misspellings are the product's, since tools match them.
 */
public enum ErrorCode {
    ACCESS_DENIED(-4043, 1045, "42000", "Access denied for user '%s'@'%s' (using password: %s)"),
    USER_NOT_EXIST(-4042, 1133, "42000", "Can not find any matching row in the user table"),
    CLUSTER_NOT_EXIST(-4669, 4669, "HY000", "cluster not exist"),
    CLUSTER_NAME_NOT_MATCH(-4666, 4666, "HY000", "cluster name is not match"),
    TENANT_NOT_EXIST(-5157, 5157, "HY000", "Unknown tenant '%s'"),
    TENANT_NOT_IN_SERVER(-5150, 5150, "HY000", "Tenant not in this server"),
    TOO_MANY_SESSIONS(-5059, 1203, "42000", "Too many sessions"),
    TOO_MANY_CONNECTIONS(-5271, 1040, "08004", "Too many connections"),
    NOT_IN_WHITE_LIST(-8205, 8205, "HY000", "Can not pass whitelist"),
    SSL_ERROR(-8004, 8004, "HY000", "SSL error"),
    USER_IS_LOCKED(-5039, 5039, "01007", "User locked"),
    CLIENT_SESSION_INTERRUPTED(-4401, 4401, "HY000", "Client session interrupted"),
    SESSION_ALREADY_EXIST(-4661, 4661, "HY000", "Session already exist"),
    SERVER_IS_INIT(-8001, 8001, "08004", "Server is initializing"),
    SERVER_IS_STOPPING(-8002, 8002, "08004", "Server is stopping"),
    PACKET_CHECKSUM_ERROR(-8003, 8003, "08004", "Packet checksum error"),
    ALLOCATE_MEMORY_FAILED(-4013, 4013, "HY001", "No memory or reach tenant memory limit"),
    CONNECT_ERROR(-4124, 4124, "HY000", "Connect error"),
    NOT_MASTER(-4038, 4038, "HY000", "The observer or zone is not the master"),
    SERVER_READ_ONLY(-5081, 5081, "25000", "The server is read only now"),
    REROUTE(-5727, 5727, "HY000", "reroute"),
    TRANSACTION_FREE_ROUTE_NOT_SUPPORTED(
            -6279, 6279, "HY000", "Query is not supported to be executed on txn participant node"),
    STANDBY_WEAK_READ_ONLY(-4688, 4688, "HY000", "standby cluster allows weak reads only"),
    SERVICE_NAME_NOT_FOUND(-4780, 4780, "HY000", "service name not exist"),
    NOT_PRIMARY_TENANT(-4782, 4782, "HY000", "tenant isn't primary tenant"),
    ORACLE_FATAL(-603, 603, "HY000", "fatal error of the server"),
    ORACLE_INTERNAL(-600, 600, "HY000", "internal error of the server"),
    NOT_SUPPORTED(-4007, 1235, "0A000", "Not supported feature or function"),
    BAD_ROUTE_REQUEST(-4007, 1235, "0A000", "Not supported, bad route request"),
    UNSUPPORTED_PREPARE(-8005, 1295, "HY000", "This command is not supported in the prepared statement protocol yet"),
    PREPARED_STATEMENT_NOT_FOUND(-5043, 1243, "HY007", "Unknown prepared statement handle"),
    CURSOR_NOT_EXIST(-6309, 6309, "HY000", "cursor not exist"),
    ORACLE_FETCH_OUT_OF_SEQUENCE(-5931, 1002, "HY000", "ORA-01002: fetch out of sequence"),
    UNKNOWN_OPERATOR(-5010, 5010, "21000", "Unknown operator, bad internal cmd"),
    INTERNAL_COMMAND_TOO_LONG(-8007, 8007, "HY000", "internal cmd value is too long"),
    PARSE_ERROR(
            -5001,
            1064,
            "42000",
            "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version"
                    + " for the right syntax to use"),
    LAST_SESSION_INVALID(-4637, 4637, "HY000", "last session is invalid"),
    READ_ONLY_CHANGE_NOT_ALLOWED(-4179, 4179, "HY000", "set tx_read_only/transaction_read_only is not allowed"),
    READ_CONSISTENCY_CHANGE_NOT_ALLOWED(-4179, 4179, "HY000", "set ob_read_consitency is not allowed"),
    TARGET_SERVER_NOT_ALLOWED(-4179, 4179, "HY000", "Not allow to route to target db server in the hint or configure"),
    READ_ONLY_TRANSACTION(-5220, 1792, "25006", "Cannot execute statement in a READ ONLY transaction."),
    BUFFER_NOT_ENOUGH(-4024, 4024, "HY000", "Buffer not enough"),
    RESULT_UNKNOWN(-4081, 4081, "HY000", "Unknown result"),
    LOCATION_NOT_FOUND(-4664, 4012, "HY000", "Get Location Cache Fail"),
    INIT_SQL_FAILED(-8006, 8006, "HY000", "send init sql to observer failed, sql : '%s'"),
    SESSION_WILL_BE_DISCONNECTED(-8010, 1152, "08S01", "This session will be disconnected, server ip:'%s'"),
    EXCEED_MEMORY_LIMIT(-4080, 4080, "HY013", "exceed memory limit"),
    QUERY_INTERRUPTED(-5065, 1317, "70100", "Query execution was interrupted"),
    UNKNOWN_THREAD(-4174, 1094, "HY000", "Unknown thread id: %s"),
    NOT_THREAD_OWNER(-5251, 1095, "HY000", "You are not owner of thread %s"),
    NO_PRIVILEGE(
            -5036, 1227, "42501", "Access denied; you need (at least one of) the %s privilege(s) for this operation"),
    UNKNOWN_SYSTEM_VARIABLE(-5044, 1193, "HY000", "Unknown system variable '%s'"),
    PROXY_INTERNAL_ERROR(-10001, 10001, "HY000", "An internal error occured in obproxy"),
    CLIENT_CLOSED_READING_REQUEST(
            -10010,
            10010,
            "HY000",
            "An unexpected connection event received from client while obproxy reading request"),
    CLIENT_CLOSED_HANDLING_REQUEST(
            -10011,
            10011,
            "HY000",
            "An unexpected connection event received from client while obproxy handling request"),
    CLIENT_CLOSED_TRANSFERRING_REQUEST(
            -10012,
            10012,
            "HY000",
            "An unexpected connection event received from client while obproxy transferring request"),
    SERVER_BUILD_CONNECTION_FAILED(-10013, 10013, "HY000", "Fail to build connection to observer"),
    SERVER_CLOSED_READING_RESPONSE(
            -10014, 10014, "HY000", "An unexpected connection event received while proxy reading response"),
    SERVER_TIMEOUT_READING_RESPONSE(-10015, 10015, "HY000", "An timeout event received while obproxy reading response"),
    SERVER_CLOSED_TRANSFERRING_RESPONSE(
            -10016, 10016, "HY000", "An unexpected connection event received while obproxy transferring response"),
    INTERNAL_REQUEST_FAILED(-10018, 10018, "HY000", "OBProxy internal request execution failed"),
    CANNOT_RETRY(-10019, 10019, "HY000", "OBProxy cannot retry this request"),
    PROXY_ERROR(-10020, 10020, "HY000", "OBProxy internal error occured"),
    INVALID_USER(-10021, 10021, "HY000", "Invalid obproxy user"),
    INACTIVITY_TIMEOUT(-10022, 10022, "HY000", "OBProxy inactivity timeout"),
    COORDINATOR_INVALID(-10024, 10024, "HY000", "OBProxy transaction coordinator is invalid"),
    LOCKED_SESSION_CLOSED(-10026, 10026, "HY000", "A server session with table lock closed"),
    ROOT_SERVER_LIST_FAILED(-10101, 10101, "HY000", "OBProxy fail to fetch rootserver list"),
    BINLOG_SERVICE_CONNECT_FAILED(-10102, 10102, "HY000", "OBProxy connect binlog service failed"),
    CLUSTER_RESOURCE_EXPIRED(-10103, 10103, "HY000", "ObProxy cluster resource expired"),
    SHARDING_SESSION_CLOSED(-10306, 10306, "HY000", "ObProxy shard txn server session is close"),
    CHECKSUM_ERROR(-4103, 4103, "42000", "Data checksum error"),
    UNKNOWN_PACKET(-4118, 1047, "HY001", "Unknown packet"),
    BAD_HANDSHAKE(0, 1043, "08S01", "Bad handshake"),
    UNKNOWN_COMMAND(0, 1047, "08S01", "Unknown command"),
    MALFORMED_PACKET(0, 1835, "HY000", "Malformed communication packet"),
    NO_DATABASE(0, 1046, "3D000", "No database selected"),
    UNKNOWN_DATABASE(0, 1049, "42000", "Unknown database '%s'"),
    OUT_OF_RESOURCES(
            0, 1041, "HY000", "Out of memory; check if the proxy or some other process uses all available memory"),
    UNKNOWN_ERROR(0, 1105, "HY000", "%s"),
    NET_PACKET_TOO_LARGE(0, 1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
    NET_PACKETS_OUT_OF_ORDER(0, 1156, "08S01", "Got packets out of order"),
    NET_UNCOMPRESS_ERROR(0, 1157, "08S01", "Couldn't uncompress communication packet"),
    NET_READ_ERROR(0, 1158, "08S01", "Got an error reading communication packets"),
    NET_READ_INTERRUPTED(0, 1159, "08S01", "Got timeout reading communication packets"),
    NET_ERROR_ON_WRITE(0, 1160, "08S01", "Got an error writing communication packets"),
    NET_WRITE_INTERRUPTED(0, 1161, "08S01", "Got timeout writing communication packets"),
    CONNECTION_ABORTED(0, 1152, "08S01", "Aborted connection %s: %s"),
    WRONG_ARGUMENTS(0, 1210, "HY000", "Incorrect arguments to %s"),
    SERVER_SHUTDOWN(0, 1053, "08S01", "Server shutdown in progress"),
    WRONG_VALUE_FOR_VARIABLE(0, 1231, "42000", "Variable '%s' can't be set to the value of '%s'"),
    NOT_SUPPORTED_YET(0, 1235, "42000", "This version of the proxy doesn't yet support '%s'"),
    MALFORMED_SQL_TEXT(0, 1064, "42000", "%s");

    private final int obCode;
    private final int errno;
    private final String sqlState;
    private final String text;

    ErrorCode(int obCode, int errno, String sqlState, String text) {
        this.obCode = obCode;
        this.errno = errno;
        this.sqlState = sqlState;
        this.text = text;
    }

    /** The negative OceanBase code, or 0 if OceanBase has none for this error. */
    public int obCode() {
        return obCode;
    }

    /** The number in an error packet: MySQL's number where one exists, else minus the OceanBase code. */
    public int errno() {
        return errno;
    }

    /** The five characters of the SQL state. */
    public String sqlState() {
        return sqlState;
    }

    /**
     * The text with its placeholders filled in order. A text without placeholders is returned as it stands; with too
     * few arguments the placeholders stay visible, because reporting an error must not raise another one.
     */
    public String format(Object... args) {
        if (args.length == 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        for (Object arg : args) {
            int at = text.indexOf("%s", from);
            if (at < 0) {
                break;
            }
            out.append(text, from, at).append(arg);
            from = at + 2;
        }
        return out.append(text, from, text.length()).toString();
    }
}
