package dev.ronde.check.probe;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one exchange brought, as facts: how it ended and how many bytes were read, and what the conversation adds. */
final class Facts {
    private final Map<String, Object> all = new LinkedHashMap<>();
    private final boolean answered;

    private Facts(WireOutcome outcome, Reply<?> reply) {
        answered = outcome == WireOutcome.RESPONSE;
        and("outcome", outcome.code()).and("bytesRead", reply.bytesRead());
    }

    static Facts of(Reply<?> reply) {
        return new Facts(reply.outcome(), reply);
    }

    /** Of an exchange that went on in another one, whose outcome counts. */
    static Facts of(WireOutcome outcome, Reply<?> reply) {
        return new Facts(outcome, reply);
    }

    /** One word of a closed list with the transport, as most probes have no more. */
    static Map<String, Object> word(Reply<String> reply) {
        return of(reply)
                .reply(reply.contentOr("other"))
                .and("overTls", reply.overTls())
                .all();
    }

    /** What a response meant; without a response {@code none}. */
    Facts reply(String word) {
        return and("reply", answered ? word : "none");
    }

    Facts and(String name, long value) {
        return and(name, Long.valueOf(value));
    }

    Facts and(String name, Object value) {
        all.put(name, value);
        return this;
    }

    Map<String, Object> all() {
        return all;
    }

    Map<String, Object> in(String part) {
        return Map.of(part, all);
    }
}
