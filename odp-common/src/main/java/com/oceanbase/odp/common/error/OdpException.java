package com.oceanbase.odp.common.error;

import java.util.Objects;

/**
 * An error with a number that can be told to a client. It carries no stack trace: it reports a condition of the
 * outside world (bad input, refused login, lost server), is thrown on hot paths, and costs constant time.
 */
public class OdpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public OdpException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Takes the message from the code's own text; see {@link ErrorCode#format(Object...)}. */
    public static OdpException of(ErrorCode code, Object... args) {
        return new OdpException(code, code.format(args));
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
