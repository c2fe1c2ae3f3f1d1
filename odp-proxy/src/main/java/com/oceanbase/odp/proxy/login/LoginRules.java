package com.oceanbase.odp.proxy.login;

import com.oceanbase.odp.protocol.auth.NativePassword;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Which login names are accepted before any server is asked, and the proxy's own accounts. Source: obproxy
 * ob_mysql_sm.cpp and ob_mysql_client_session.cpp.
 *
 * @param separators characters that separate cluster, tenant and user in names without {@code @} and {@code #}
 * @param defaultTenant tenant of names without one, when the cluster is missing too
 * @param fullNameRequired names must have tenant and cluster
 * @param proxyroAllowed {@code proxyro@sys} may log in through the proxy
 * @param sysPasswordHex SHA1 of the password of {@code root@proxysys} in hex, empty for no password
 * @param inspectorPasswordHex the same for {@code inspector@proxysys}; empty: it cannot log in
 * @param sysFromAnywhere the proxy's accounts may log in from public addresses
 */
public record LoginRules(
        List<String> separators,
        String defaultTenant,
        boolean fullNameRequired,
        boolean proxyroAllowed,
        String sysPasswordHex,
        String inspectorPasswordHex,
        boolean sysFromAnywhere) {
    private static final String SYS_TENANT = "sys";

    /** The account that a client means, with the defaults filled in. */
    public AccountName account(String name, String defaultCluster) {
        AccountName parsed = AccountName.parse(name, separators);
        if (parsed.tenant().toLowerCase(Locale.ROOT).equals("proxysys")) {
            return new AccountName(parsed.user(), "proxysys", parsed.cluster(), 0, false);
        }
        String tenant = parsed.tenant().isEmpty() && parsed.cluster().isEmpty() && !defaultTenant.isEmpty()
                ? defaultTenant
                : SYS_TENANT;
        return parsed.withDefaults(tenant, defaultCluster);
    }

    /**
     * Whether the proxy lets the name through to the servers.
     *
     * @param asWritten the name as the client wrote it
     * @param account what it means
     */
    public boolean accepts(String asWritten, AccountName account) {
        if (account.user().isEmpty() || account.tenant().isEmpty()) {
            return false;
        }
        if (account.service() != null) {
            return true;
        }
        if (account.tenant().equals(SYS_TENANT) && account.user().equals("proxyro") && !proxyroAllowed) {
            return false;
        }
        AccountName written = AccountName.parse(asWritten, separators);
        return !fullNameRequired
                || (!written.tenant().isEmpty() && !written.cluster().isEmpty());
    }

    /** Whether the answer proves one of the proxy's own accounts. */
    public boolean acceptsProxySys(AccountName account, byte[] answer, byte[] scramble, InetAddress from) {
        boolean near = from.isLoopbackAddress() || from.isSiteLocalAddress() || from.isLinkLocalAddress();
        if (!near && !sysFromAnywhere) {
            return false;
        }
        return switch (account.user()) {
            case "root" ->
                sysPasswordHex.isEmpty()
                        ? answer.length == 0
                        : NativePassword.verifyWithStage1Hex(sysPasswordHex, scramble, answer);
            case "inspector" ->
                !inspectorPasswordHex.isEmpty()
                        && NativePassword.verifyWithStage1Hex(inspectorPasswordHex, scramble, answer);
            default -> false;
        };
    }
}
