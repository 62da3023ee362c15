package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What the other side did in one exchange; these are facts, never errors. */
enum WireOutcome {
    /** It sent something. */
    RESPONSE,
    /** It took the connection; nothing was asked. */
    CONNECTED,
    /** It refused the connection. */
    REFUSED,
    /** It reset the connection. */
    RESET,
    /** The connection was not made in time: filtered or gone. */
    TIMEOUT,
    /** It took the connection and sent nothing, or not enough, in time. */
    SILENT,
    /** It closed the connection without an answer. */
    CLOSED,
    /** It ended the TLS handshake. */
    TLS_ALERT,
    /** The network says there is no way to it. */
    UNREACHABLE,
    /** It was not asked, because an earlier exchange settled it or the budget was used up. */
    SKIPPED;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Anything that answered at the target's address proves the vantage. */
    boolean isAnswer() {
        return switch (this) {
            case RESPONSE, CONNECTED, REFUSED, RESET, SILENT, CLOSED, TLS_ALERT -> true;
            case TIMEOUT, UNREACHABLE, SKIPPED -> false;
        };
    }

    boolean suggestsTls() {
        return this == RESET || this == CLOSED;
    }

    /**
     * What a failure to connect, or one after that, says of the other side.
     *
     * @throws ProbeThread.StoppedException where the thread was interrupted
     */
    static WireOutcome of(IOException failure, boolean connected) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ProbeThread.StoppedException();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return connected ? SILENT : TIMEOUT;
            }
            if (cause instanceof InterruptedIOException) {
                throw new ProbeThread.StoppedException();
            }
            if (cause instanceof EOFException) {
                return CLOSED;
            }
            if (cause instanceof SocketException) {
                return socket(cause, connected);
            }
        }
        return failure instanceof SSLException ? TLS_ALERT : RESPONSE;
    }

    private static WireOutcome socket(Throwable cause, boolean connected) {
        String message = String.valueOf(cause.getMessage());
        if (connected || message.contains("reset")) {
            return RESET;
        }
        if (cause instanceof ConnectException && message.contains("refused")) {
            return REFUSED;
        }
        return message.contains("timed out") ? TIMEOUT : UNREACHABLE;
    }
}
