package com.oceanbase.odp.control.inner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom the proxy logs in to a cluster.
 *
 * @param user user with tenant, {@link #DEFAULT_USER}
 * @param passwords stage-1 hashes in hexadecimal, tried in order; an empty text is an empty password
 * @param clusterName name that the server must verify; null leaves the check out
 * @param proxyVersion version text of the obproxy line that servers read for compatibility, for example 4.3.1.0
 */
public record InnerIdentity(
        String user, List<String> passwords, @Nullable String clusterName, String proxyVersion) {
    /** User of the proxy (original: src/obproxy/utils/ob_proxy_table_define.cpp:98). */
    public static final String DEFAULT_USER = "proxyro@sys";

    /** Database of the proxy's statements. */
    static final String DATABASE = "oceanbase";

    /** Copies the list without repetitions. */
    public InnerIdentity {
        passwords = passwords.stream().distinct().toList();
    }
}
