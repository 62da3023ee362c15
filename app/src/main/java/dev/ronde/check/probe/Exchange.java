package dev.ronde.check.probe;

import org.jspecify.annotations.Nullable;

/**
 * One request and what came back, as numbers; never the bytes.
 *
 * @param what fixed name of the exchange, for example {@code GET /} or {@code PING}
 * @param outcome {@code response}, {@code refused}, {@code reset}, {@code timeout}, {@code silent}, {@code closed}, {@code tls-alert},
 *     {@code unreachable} or {@code skipped}
 * @param status protocol status where there is one
 * @param bytesOut bytes sent
 * @param bytesRead bytes read
 * @param millis elapsed milliseconds
 */
public record Exchange(
        String what, String outcome, @Nullable Integer status, int bytesOut, int bytesRead, long millis) {}
