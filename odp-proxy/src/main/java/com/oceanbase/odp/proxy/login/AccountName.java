package com.oceanbase.odp.proxy.login;

import com.oceanbase.odp.routing.ServiceInstance;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a login name: {@code user@tenant#cluster}, {@code cluster:tenant:user} and what may be left out of them.
 * Source: obproxy ob_proxy_auth_parser.cpp.
 *
 * @param user the account within its tenant
 * @param tenant empty when the client named none
 * @param cluster empty when the client named none
 * @param clusterId 0 when the client named none
 * @param clusterFromDefault the cluster was filled in
 */
public record AccountName(String user, String tenant, String cluster, long clusterId, boolean clusterFromDefault) {
    private static final int MAX_SEPARATORS = 64;

    /** Begins the tenant part of a login that names a service instead (original: src/obproxy/utils/ob_proxy_lib.h:130). */
    private static final String SERVICE_PREFIX = "SERVICE:";

    /** Splits a login name; parts that the client left out are empty. */
    public static AccountName parse(String name, List<String> separators) {
        if (name.indexOf('@') >= 0 || name.indexOf('#') >= 0) {
            return parseStandard(name);
        }
        int tried = 0;
        for (String characters : separators) {
            for (int i = 0; i < characters.length() && tried < MAX_SEPARATORS; i++, tried++) {
                AccountName account = parseSeparated(name, characters.charAt(i));
                if (account != null) {
                    return account;
                }
            }
        }
        return new AccountName(name, "", "", 0, false);
    }

    /**
     * Whether a list names this account.
     *
     * @param list users as {@code user}, {@code user@tenant} or {@code user@tenant#cluster}, separated by commas or
     *     semicolons; what is left out may be any
     */
    public boolean isAmong(String list) {
        if (list.isBlank()) {
            return false;
        }
        for (String text : list.split("[,;]")) {
            AccountName named = parseStandard(text.strip());
            if (named.user.equals(user)
                    && (named.tenant.isEmpty() || named.tenant.equals(tenant))
                    && (named.cluster.isEmpty() || named.cluster.equals(cluster))) {
                return true;
            }
        }
        return false;
    }

    private static AccountName parseStandard(String name) {
        String rest = name;
        String cluster = "";
        long clusterId = 0;
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            cluster = rest.substring(hash + 1);
            rest = rest.substring(0, hash);
            int colon = cluster.indexOf(':');
            if (colon >= 0) {
                clusterId = parseId(cluster.substring(colon + 1));
                cluster = cluster.substring(0, colon);
            }
        }
        int at = rest.indexOf('@');
        String user = at < 0 ? rest : rest.substring(0, at);
        String tenant = at < 0 ? "" : rest.substring(at + 1);
        return new AccountName(user, tenant, cluster, clusterId, false);
    }

    private static @Nullable AccountName parseSeparated(String name, char separator) {
        int first = name.indexOf(separator);
        int second = first < 0 ? -1 : name.indexOf(separator, first + 1);
        if (second < 0) {
            return null;
        }
        String user = name.substring(second + 1);
        long clusterId = 0;
        int third = user.indexOf(separator);
        if (third < 0) {
            third = user.indexOf(':');
        }
        if (third >= 0) {
            clusterId = parseId(user.substring(third + 1));
            user = user.substring(0, third);
        }
        return new AccountName(user, name.substring(first + 1, second), name.substring(0, first), clusterId, false);
    }

    private static long parseId(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** Fills in what the client left out. A default that is empty fills nothing. */
    public AccountName withDefaults(String defaultTenant, String defaultCluster) {
        boolean fillCluster = cluster.isEmpty() && !defaultCluster.isEmpty();
        return new AccountName(
                user,
                tenant.isEmpty() ? defaultTenant : tenant,
                fillCluster ? defaultCluster : cluster,
                clusterId,
                clusterFromDefault || fillCluster);
    }

    /** Whether all three parts are there. */
    public boolean isComplete() {
        return !user.isEmpty() && !tenant.isEmpty() && !cluster.isEmpty();
    }

    /** What a server gets as user name. */
    public String atTenant() {
        return user + "@" + tenant;
    }

    /** The full name, as messages show it. */
    public String full() {
        return cluster.isEmpty() ? atTenant() : user + "@" + tenant + "#" + cluster;
    }

    /** Name of the service in lower case whose primary tenant is meant; null if the tenant itself is named. */
    public @Nullable String service() {
        return tenant.regionMatches(true, 0, SERVICE_PREFIX, 0, SERVICE_PREFIX.length())
                ? tenant.substring(SERVICE_PREFIX.length()).toLowerCase(Locale.ROOT)
                : null;
    }

    /** The same user in a tenant behind its service. */
    public AccountName at(ServiceInstance instance) {
        return new AccountName(user, instance.tenant(), instance.cluster(), 0, false);
    }

    /** Whether the account belongs to the proxy itself ({@code root@proxysys}). */
    public boolean isProxySys() {
        return tenant.equals("proxysys");
    }
}
