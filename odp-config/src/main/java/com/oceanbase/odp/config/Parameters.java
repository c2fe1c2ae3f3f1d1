package com.oceanbase.odp.config;

import java.time.Duration;
import java.util.List;

/** The parameters that code reads, as typed constants; meaning and defaults are in the table. */
public final class Parameters {
    // Listening and identity
    /** {@code listen_port}. */
    public static final Parameter<Long> LISTEN_PORT = integer("listen_port");

    /** {@code local_bound_ip}. */
    public static final Parameter<String> LOCAL_BOUND_IP = string("local_bound_ip");

    /** {@code local_bound_ipv6_ip}. */
    public static final Parameter<String> LOCAL_BOUND_IPV6_IP = string("local_bound_ipv6_ip");

    /** {@code ip_listen_mode}. */
    public static final Parameter<Long> IP_LISTEN_MODE = integer("ip_listen_mode");

    /** {@code app_name}. */
    public static final Parameter<String> APP_NAME = string("app_name");

    /** {@code proxy_service_mode}. */
    public static final Parameter<String> PROXY_SERVICE_MODE = string("proxy_service_mode");

    /** {@code proxy_id}. */
    public static final Parameter<Long> PROXY_ID = integer("proxy_id");

    /** {@code client_session_id_version}. */
    public static final Parameter<Long> CLIENT_SESSION_ID_VERSION = integer("client_session_id_version");

    /** {@code work_thread_num}. */
    public static final Parameter<Long> WORK_THREAD_NUM = integer("work_thread_num");

    /** {@code mysql_version}. */
    public static final Parameter<String> MYSQL_VERSION = string("mysql_version");

    /** {@code server_routing_mode}. */
    public static final Parameter<String> SERVER_ROUTING_MODE = string("server_routing_mode");

    /** {@code test_server_addr}. */
    public static final Parameter<String> TEST_SERVER_ADDR = string("test_server_addr");

    // Login
    /** {@code username_separator}. */
    public static final Parameter<List<String>> USERNAME_SEPARATOR = strings("username_separator");

    /** {@code enable_full_username}. */
    public static final Parameter<Boolean> ENABLE_FULL_USERNAME = bool("enable_full_username");

    /** {@code enable_cloud_full_username}. */
    public static final Parameter<Boolean> ENABLE_CLOUD_FULL_USERNAME = bool("enable_cloud_full_username");

    /** {@code skip_proxyro_check}. */
    public static final Parameter<Boolean> SKIP_PROXYRO_CHECK = bool("skip_proxyro_check");

    /** {@code skip_proxy_sys_private_check}. */
    public static final Parameter<Boolean> SKIP_PROXY_SYS_PRIVATE_CHECK = bool("skip_proxy_sys_private_check");

    /** {@code obproxy_sys_password}. */
    public static final Parameter<String> OBPROXY_SYS_PASSWORD = string("obproxy_sys_password");

    /** {@code inspector_password}. */
    public static final Parameter<String> INSPECTOR_PASSWORD = string("inspector_password");

    /** {@code enable_deprecate_eof}, ODP's own. */
    public static final Parameter<Boolean> ENABLE_DEPRECATE_EOF = bool("enable_deprecate_eof");

    /** {@code network_busy_poll}, ODP's own. */
    public static final Parameter<Duration> NETWORK_BUSY_POLL = time("network_busy_poll");

    /** {@code network_transport}, ODP's own. */
    public static final Parameter<String> NETWORK_TRANSPORT = string("network_transport");

    /** {@code enable_proxy_scramble}. */
    public static final Parameter<Boolean> ENABLE_PROXY_SCRAMBLE = bool("enable_proxy_scramble");

    /** {@code enable_cluster_checkout}. */
    public static final Parameter<Boolean> ENABLE_CLUSTER_CHECKOUT = bool("enable_cluster_checkout");

    /** {@code enable_client_ip_checkout}. */
    public static final Parameter<Boolean> ENABLE_CLIENT_IP_CHECKOUT = bool("enable_client_ip_checkout");

    /** {@code proxy_tenant_name}. */
    public static final Parameter<String> PROXY_TENANT_NAME = string("proxy_tenant_name");

    /** {@code client_max_connections}. */
    public static final Parameter<Long> CLIENT_MAX_CONNECTIONS = integer("client_max_connections");

    /** {@code enable_client_connection_lru_disconnect}. */
    public static final Parameter<Boolean> ENABLE_CLIENT_CONNECTION_LRU_DISCONNECT =
            bool("enable_client_connection_lru_disconnect");

    /** {@code init_sql}. */
    public static final Parameter<String> INIT_SQL = string("init_sql");

    // Clusters and their servers
    /** {@code rootservice_list}. */
    public static final Parameter<List<String>> ROOTSERVICE_LIST = strings("rootservice_list");

    /** {@code rootservice_cluster_name}. */
    public static final Parameter<String> ROOTSERVICE_CLUSTER_NAME = string("rootservice_cluster_name");

    /** {@code obproxy_config_server_url}. */
    public static final Parameter<String> OBPROXY_CONFIG_SERVER_URL = string("obproxy_config_server_url");

    /** {@code config_server_refresh_interval}. */
    public static final Parameter<Duration> CONFIG_SERVER_REFRESH_INTERVAL = time("config_server_refresh_interval");

    /** {@code observer_sys_password}. */
    public static final Parameter<String> OBSERVER_SYS_PASSWORD = string("observer_sys_password");

    /** {@code observer_sys_password1}. */
    public static final Parameter<String> OBSERVER_SYS_PASSWORD1 = string("observer_sys_password1");

    /** {@code short_async_task_timeout}. */
    public static final Parameter<Duration> SHORT_ASYNC_TASK_TIMEOUT = time("short_async_task_timeout");

    /** {@code long_async_task_timeout}. */
    public static final Parameter<Duration> LONG_ASYNC_TASK_TIMEOUT = time("long_async_task_timeout");

    /** {@code server_state_refresh_interval}. */
    public static final Parameter<Duration> SERVER_STATE_REFRESH_INTERVAL = time("server_state_refresh_interval");

    /** {@code leader_watch_interval}, ODP's own. */
    public static final Parameter<Duration> LEADER_WATCH_INTERVAL = time("leader_watch_interval");

    /** {@code tenant_location_valid_time}. */
    public static final Parameter<Duration> TENANT_LOCATION_VALID_TIME = time("tenant_location_valid_time");

    /** {@code connect_observer_max_retries}. */
    public static final Parameter<Long> CONNECT_OBSERVER_MAX_RETRIES = integer("connect_observer_max_retries");

    // Avoiding failing servers
    /** {@code enable_congestion}. */
    public static final Parameter<Boolean> ENABLE_CONGESTION = bool("enable_congestion");

    /** {@code congestion_failure_threshold}. */
    public static final Parameter<Long> CONGESTION_FAILURE_THRESHOLD = integer("congestion_failure_threshold");

    /** {@code congestion_fail_window}. */
    public static final Parameter<Duration> CONGESTION_FAIL_WINDOW = time("congestion_fail_window");

    /** {@code congestion_retry_interval}. */
    public static final Parameter<Duration> CONGESTION_RETRY_INTERVAL = time("congestion_retry_interval");

    /** {@code min_keep_congestion_interval}. */
    public static final Parameter<Duration> MIN_KEEP_CONGESTION_INTERVAL = time("min_keep_congestion_interval");

    /** {@code min_congested_connect_timeout}. */
    public static final Parameter<Duration> MIN_CONGESTED_CONNECT_TIMEOUT = time("min_congested_connect_timeout");

    // Routing
    /** {@code enable_cached_server}. */
    public static final Parameter<Boolean> ENABLE_CACHED_SERVER = bool("enable_cached_server");

    /** {@code delay_update_entry_interval}. */
    public static final Parameter<Duration> DELAY_UPDATE_ENTRY_INTERVAL = time("delay_update_entry_interval");

    /** {@code normal_pl_update_threshold}. */
    public static final Parameter<Long> NORMAL_PL_UPDATE_THRESHOLD = integer("normal_pl_update_threshold");

    /** {@code limited_pl_update_threshold}. */
    public static final Parameter<Long> LIMITED_PL_UPDATE_THRESHOLD = integer("limited_pl_update_threshold");

    /** {@code enable_async_pull_location_cache}. */
    public static final Parameter<Boolean> ENABLE_ASYNC_PULL_LOCATION_CACHE = bool("enable_async_pull_location_cache");

    /** {@code location_expire_period_time}. */
    public static final Parameter<Duration> LOCATION_EXPIRE_PERIOD_TIME = time("location_expire_period_time");

    /** {@code partition_location_expire_relative_time}, milliseconds. */
    public static final Parameter<Long> PARTITION_LOCATION_EXPIRE_RELATIVE_TIME =
            integer("partition_location_expire_relative_time");

    /** {@code check_tenant_locality_change}. */
    public static final Parameter<Boolean> CHECK_TENANT_LOCALITY_CHANGE = bool("check_tenant_locality_change");

    /** {@code cache_cleaner_clean_interval}. */
    public static final Parameter<Duration> CACHE_CLEANER_CLEAN_INTERVAL = time("cache_cleaner_clean_interval");

    /** {@code routing_cache_mem_limited}. */
    public static final Parameter<Long> ROUTING_CACHE_MEM_LIMITED = integer("routing_cache_mem_limited");

    /** {@code enable_causal_order_read}. */
    public static final Parameter<Boolean> ENABLE_CAUSAL_ORDER_READ = bool("enable_causal_order_read");

    /** {@code internal_cmd_mem_limited}. */
    public static final Parameter<Long> INTERNAL_CMD_MEM_LIMITED = integer("internal_cmd_mem_limited");

    /** {@code route_diagnosis_level}. */
    public static final Parameter<Long> ROUTE_DIAGNOSIS_LEVEL = integer("route_diagnosis_level");

    /** {@code proxy_idc_name}. */
    public static final Parameter<String> PROXY_IDC_NAME = string("proxy_idc_name");

    /** {@code target_db_server}. */
    public static final Parameter<String> TARGET_DB_SERVER = string("target_db_server");

    /** {@code enable_single_leader_node_routing}. */
    public static final Parameter<Boolean> ENABLE_SINGLE_LEADER_NODE_ROUTING =
            bool("enable_single_leader_node_routing");

    /** {@code enable_standby}. */
    public static final Parameter<Boolean> ENABLE_STANDBY = bool("enable_standby");

    /** {@code enable_index_route}. */
    public static final Parameter<Boolean> ENABLE_INDEX_ROUTE = bool("enable_index_route");

    /** {@code enable_partition_table_route}. */
    public static final Parameter<Boolean> ENABLE_PARTITION_TABLE_ROUTE = bool("enable_partition_table_route");

    /** {@code enable_pl_route}. */
    public static final Parameter<Boolean> ENABLE_PL_ROUTE = bool("enable_pl_route");

    /** {@code enable_primary_zone}. */
    public static final Parameter<Boolean> ENABLE_PRIMARY_ZONE = bool("enable_primary_zone");

    /** {@code enable_read_write_split}. */
    public static final Parameter<Boolean> ENABLE_READ_WRITE_SPLIT = bool("enable_read_write_split");

    /** {@code enable_transaction_split}. */
    public static final Parameter<Boolean> ENABLE_TRANSACTION_SPLIT = bool("enable_transaction_split");

    /** {@code enable_bad_route_reject}. */
    public static final Parameter<Boolean> ENABLE_BAD_ROUTE_REJECT = bool("enable_bad_route_reject");

    /** {@code enable_trace_stats}. */
    public static final Parameter<Boolean> ENABLE_TRACE_STATS = bool("enable_trace_stats");

    /** {@code enable_xa_route}. */
    public static final Parameter<Boolean> ENABLE_XA_ROUTE = bool("enable_xa_route");

    /** {@code enable_reroute}. */
    public static final Parameter<Boolean> ENABLE_REROUTE = bool("enable_reroute");

    /** {@code enable_weak_reroute}. */
    public static final Parameter<Boolean> ENABLE_WEAK_REROUTE = bool("enable_weak_reroute");

    /** {@code proxy_primary_zone_name}. */
    public static final Parameter<String> PROXY_PRIMARY_ZONE_NAME = string("proxy_primary_zone_name");

    /** {@code proxy_route_policy}. */
    public static final Parameter<String> PROXY_ROUTE_POLICY = string("proxy_route_policy");

    /** {@code obproxy_read_consistency}. */
    public static final Parameter<Long> OBPROXY_READ_CONSISTENCY = integer("obproxy_read_consistency");

    /** {@code weak_read_user_list}. */
    public static final Parameter<String> WEAK_READ_USER_LIST = string("weak_read_user_list");

    /** {@code obproxy_read_only}. */
    public static final Parameter<Long> OBPROXY_READ_ONLY = integer("obproxy_read_only");

    /** {@code ob_max_read_stale_time}, microseconds; -1 for none. */
    public static final Parameter<Long> OB_MAX_READ_STALE_TIME = integer("ob_max_read_stale_time");

    /** {@code read_stale_retry_interval}. */
    public static final Parameter<Duration> READ_STALE_RETRY_INTERVAL = time("read_stale_retry_interval");

    /** {@code read_stale_remove_interval}. */
    public static final Parameter<Duration> READ_STALE_REMOVE_INTERVAL = time("read_stale_remove_interval");

    // Time-outs
    /** {@code observer_query_timeout_delta}. */
    public static final Parameter<Duration> OBSERVER_QUERY_TIMEOUT_DELTA = time("observer_query_timeout_delta");

    /** {@code default_inactivity_timeout}. */
    public static final Parameter<Duration> DEFAULT_INACTIVITY_TIMEOUT = time("default_inactivity_timeout");

    /** {@code delay_exit_time}. */
    public static final Parameter<Duration> DELAY_EXIT_TIME = time("delay_exit_time");

    /** {@code hot_upgrade_exit_timeout}. */
    public static final Parameter<Long> HOT_UPGRADE_EXIT_TIMEOUT = integer("hot_upgrade_exit_timeout");

    // Sockets
    /** {@code sock_option_flag_out}. */
    public static final Parameter<Long> SOCK_OPTION_FLAG_OUT = integer("sock_option_flag_out");

    /** {@code client_sock_option_flag_out}. */
    public static final Parameter<Long> CLIENT_SOCK_OPTION_FLAG_OUT = integer("client_sock_option_flag_out");

    /** {@code client_tcp_keepidle}. */
    public static final Parameter<Long> CLIENT_TCP_KEEPIDLE = integer("client_tcp_keepidle");

    /** {@code client_tcp_keepintvl}. */
    public static final Parameter<Long> CLIENT_TCP_KEEPINTVL = integer("client_tcp_keepintvl");

    /** {@code client_tcp_keepcnt}. */
    public static final Parameter<Long> CLIENT_TCP_KEEPCNT = integer("client_tcp_keepcnt");

    /** {@code client_tcp_user_timeout}. */
    public static final Parameter<Long> CLIENT_TCP_USER_TIMEOUT = integer("client_tcp_user_timeout");

    /** {@code server_tcp_keepidle}. */
    public static final Parameter<Long> SERVER_TCP_KEEPIDLE = integer("server_tcp_keepidle");

    /** {@code server_tcp_keepintvl}. */
    public static final Parameter<Long> SERVER_TCP_KEEPINTVL = integer("server_tcp_keepintvl");

    /** {@code server_tcp_keepcnt}. */
    public static final Parameter<Long> SERVER_TCP_KEEPCNT = integer("server_tcp_keepcnt");

    /** {@code server_tcp_user_timeout}. */
    public static final Parameter<Long> SERVER_TCP_USER_TIMEOUT = integer("server_tcp_user_timeout");

    /** {@code sock_recv_buffer_size_out}. */
    public static final Parameter<Long> SOCK_RECV_BUFFER_SIZE_OUT = integer("sock_recv_buffer_size_out");

    /** {@code sock_send_buffer_size_out}. */
    public static final Parameter<Long> SOCK_SEND_BUFFER_SIZE_OUT = integer("sock_send_buffer_size_out");

    // Buffers and flow
    /** {@code request_buffer_length}. */
    public static final Parameter<Long> REQUEST_BUFFER_LENGTH = integer("request_buffer_length");

    /** {@code tunnel_request_size_threshold}. */
    public static final Parameter<Long> TUNNEL_REQUEST_SIZE_THRESHOLD = integer("tunnel_request_size_threshold");

    /** {@code default_buffer_water_mark}. */
    public static final Parameter<Long> DEFAULT_BUFFER_WATER_MARK = integer("default_buffer_water_mark");

    /** {@code enable_flow_control}. */
    public static final Parameter<Boolean> ENABLE_FLOW_CONTROL = bool("enable_flow_control");

    /** {@code flow_high_water_mark}. */
    public static final Parameter<Long> FLOW_HIGH_WATER_MARK = integer("flow_high_water_mark");

    /** {@code flow_low_water_mark}. */
    public static final Parameter<Long> FLOW_LOW_WATER_MARK = integer("flow_low_water_mark");

    /** {@code client_max_memory_size}. */
    public static final Parameter<Long> CLIENT_MAX_MEMORY_SIZE = integer("client_max_memory_size");

    /** {@code proxy_mem_limited}. */
    public static final Parameter<Long> PROXY_MEM_LIMITED = integer("proxy_mem_limited");

    // Protocol
    /** {@code compression_algorithm}. */
    public static final Parameter<String> COMPRESSION_ALGORITHM = string("compression_algorithm");

    /** {@code enable_compression_protocol}. */
    public static final Parameter<Boolean> ENABLE_COMPRESSION_PROTOCOL = bool("enable_compression_protocol");

    /** {@code enable_ob_protocol_v2}. */
    public static final Parameter<Boolean> ENABLE_OB_PROTOCOL_V2 = bool("enable_ob_protocol_v2");

    /** {@code enable_client_ssl}. */
    public static final Parameter<Boolean> ENABLE_CLIENT_SSL = bool("enable_client_ssl");

    /** {@code enable_server_ssl}. */
    public static final Parameter<Boolean> ENABLE_SERVER_SSL = bool("enable_server_ssl");

    /** {@code connection_diagnosis_option}. */
    public static final Parameter<Long> CONNECTION_DIAGNOSIS_OPTION = integer("connection_diagnosis_option");

    // Logs
    /** {@code syslog_level}. */
    public static final Parameter<String> SYSLOG_LEVEL = string("syslog_level");

    private Parameters() {}

    private static Parameter<Boolean> bool(String name) {
        return ParameterTable.get().typed(name, Boolean.class);
    }

    private static Parameter<Long> integer(String name) {
        return ParameterTable.get().typed(name, Long.class);
    }

    private static Parameter<Duration> time(String name) {
        return ParameterTable.get().typed(name, Duration.class);
    }

    private static Parameter<String> string(String name) {
        return ParameterTable.get().typed(name, String.class);
    }

    private static Parameter<List<String>> strings(String name) {
        return ParameterTable.get().typed(name, List.class);
    }
}
