package com.oceanbase.odp.proxy.login;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import org.jspecify.annotations.Nullable;

/**
 * What a client said at its login (or in COM_CHANGE_USER), kept to log in to further servers in its name.
 *
 * @param account who it is
 * @param authResponse its answer to the proxy's scramble
 * @param scramble the proxy's scramble
 * @param capabilities what client and proxy agreed on
 * @param maxPacketSize the client's limit, bytes
 * @param characterSet the client's character set number
 * @param database database asked for, null for none
 * @param attributes the client's connection attributes
 * @param zstdLevel compression level that the client asked for, 0 for none
 */
public record LoginContext(
        AccountName account,
        byte[] authResponse,
        byte[] scramble,
        long capabilities,
        long maxPacketSize,
        int characterSet,
        @Nullable String database,
        ConnectionAttributes attributes,
        int zstdLevel) {

    /** Takes the login packet's facts. */
    public static LoginContext of(
            AccountName account, byte[] scramble, long agreedCapabilities, HandshakeResponse41 response) {
        String database = response.database();
        return new LoginContext(
                account,
                response.authResponse(),
                scramble,
                agreedCapabilities,
                response.maxPacketSize(),
                response.characterSet(),
                database == null || database.isEmpty() ? null : database,
                response.attributes(),
                response.zstdLevel());
    }

    /** Whether the client is a driver of OceanBase that can speak to Oracle tenants. */
    public boolean isOceanBaseDriver() {
        String type = attributes.text("__mysql_client_type");
        return type != null && (type.equals("__ob_jdbc_client") || type.equals("__ob_libobclient"));
    }

    /** The same login of another account. */
    public LoginContext withAccount(AccountName other) {
        return new LoginContext(
                other,
                authResponse,
                scramble,
                capabilities,
                maxPacketSize,
                characterSet,
                database,
                attributes,
                zstdLevel);
    }

    /** The same login with the answer that the client gave to an auth switch. */
    public LoginContext withAuthResponse(byte[] answer, byte[] newScramble) {
        // Some clients answer "no password" with a single NUL.
        boolean none = answer.length == 1 && answer[0] == 0;
        return new LoginContext(
                account,
                none ? new byte[0] : answer,
                newScramble,
                capabilities,
                maxPacketSize,
                characterSet,
                database,
                attributes,
                zstdLevel);
    }
}
