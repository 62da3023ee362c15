package dev.ronde.check.probe;

import org.jspecify.annotations.Nullable;

/**
 * What one exchange brought.
 *
 * @param outcome what the other side did
 * @param content what the probe understood of a response, null for every other outcome
 * @param bytesRead application bytes read
 * @param overTls whether the exchange went through TLS
 * @param certificate whether the server asked for a certificate of the client
 */
record Reply<T>(WireOutcome outcome, @Nullable T content, int bytesRead, boolean overTls, boolean certificate) {
    Reply(WireOutcome outcome, @Nullable T content, int bytesRead, boolean overTls) {
        this(outcome, content, bytesRead, overTls, false);
    }

    static <T> Reply<T> skipped() {
        return new Reply<>(WireOutcome.SKIPPED, null, 0, false);
    }

    /** Proves that a client certificate is demanded if one was asked for, else only that something closed it. */
    WireOutcome throughTls() {
        boolean proves = outcome == WireOutcome.RESPONSE || (outcome == WireOutcome.TLS_ALERT && certificate);
        return proves ? outcome : WireOutcome.CLOSED;
    }

    T contentOr(T absent) {
        return content == null ? absent : content;
    }
}
