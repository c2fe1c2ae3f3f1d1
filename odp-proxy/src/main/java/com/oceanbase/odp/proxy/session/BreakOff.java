package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Why the proxy ends a client's connection, and the last thing the client is told. Errors that end a connection carry
 * SQLSTATE 08S01, so that drivers know; numbers are the original's.
 *
 * @param error what happened
 * @param tellClient whether an error packet may go out (not in the middle of another packet)
 */
record BreakOff(ErrPacket error, boolean tellClient) {
    /** SQLSTATE of a lost connection. */
    private static final String LINK_FAILURE = "08S01";

    /** The client is told. */
    static BreakOff withError(ErrPacket error) {
        return new BreakOff(new ErrPacket(error.errno(), LINK_FAILURE, error.message()), true);
    }

    /** The client is in the middle of a packet: the connection just ends. */
    static BreakOff silently(ErrPacket error) {
        return new BreakOff(error, false);
    }

    /** What the session had on one server is lost with its link. */
    static BreakOff stateLost(PinReason pin, String why) {
        ErrorCode code = pin == PinReason.LOCK_TABLES || pin == PinReason.USER_LOCK || pin == PinReason.SERVER_LOCK
                ? ErrorCode.LOCKED_SESSION_CLOSED
                : ErrorCode.SERVER_CLOSED_READING_RESPONSE;
        return withError(new ErrPacket(
                code.errno(),
                LINK_FAILURE,
                code.format() + ": the session was bound to its server because " + pin.explanation() + ", and " + why));
    }

    /** A timer of the session fired. */
    static BreakOff timeout(String what) {
        return withError(new ErrPacket(
                ErrorCode.INACTIVITY_TIMEOUT.errno(),
                LINK_FAILURE,
                ErrorCode.INACTIVITY_TIMEOUT.format() + ": " + what));
    }

    /** Variables and statements of the session take too much memory. */
    static BreakOff memoryExceeded() {
        return withError(packet(ErrorCode.EXCEED_MEMORY_LIMIT, "client_max_memory_size"));
    }

    /** A server did not answer in time. */
    static ErrPacket serverTimeout(ServerAddress address) {
        return packet(ErrorCode.INACTIVITY_TIMEOUT, "server " + address + " did not answer in time");
    }

    /** A server could not be reached. */
    static ErrPacket connectError(ServerAddress address, Throwable cause) {
        return packet(ErrorCode.SERVER_BUILD_CONNECTION_FAILED, "server " + address + ": " + describe(cause));
    }

    /** A server went away while it had the request. */
    static ErrPacket serverGone(ServerAddress address, @Nullable Throwable cause, boolean inResponse) {
        String detail = cause == null ? "it closed the connection" : describe(cause);
        return packet(
                inResponse ? ErrorCode.SERVER_CLOSED_TRANSFERRING_RESPONSE : ErrorCode.SERVER_CLOSED_READING_RESPONSE,
                "server " + address + ": " + detail);
    }

    private static ErrPacket packet(ErrorCode code, String detail) {
        return new ErrPacket(code.errno(), code.sqlState(), code.format() + " (" + detail + ")");
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
