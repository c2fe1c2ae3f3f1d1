package com.oceanbase.odp.common.error;

/**
 * The bytes of a packet do not follow the protocol: a length points outside, a mandatory field is missing, a header is
 * impossible. The stream can't be trusted any more, so the connection has to be closed.
 */
public final class MalformedPacketException extends OdpException {

    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String message) {
        this(ErrorCode.UNKNOWN_PACKET, message);
    }

    public MalformedPacketException(ErrorCode code, String message) {
        super(code, message);
    }

    /** The same failure seen from a caller who knows the better number, for example 1043 during a handshake. */
    public MalformedPacketException as(ErrorCode code) {
        return new MalformedPacketException(code, getMessage());
    }
}
