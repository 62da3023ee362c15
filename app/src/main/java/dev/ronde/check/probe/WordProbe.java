package dev.ronde.check.probe;

import java.util.Map;

/**
 * A conversation of one exchange whose answer is one word of a closed list. The facts are one object with outcome, word, bytes and
 * whether TLS was needed.
 */
final class WordProbe implements NetworkProbe.Conversation {
    private final String part;
    private final String what;
    private final boolean triesTls;
    private final ProbeSession.Talk<String> talk;

    private WordProbe(String part, String what, boolean triesTls, ProbeSession.Talk<String> talk) {
        this.part = part;
        this.what = what;
        this.triesTls = triesTls;
        this.talk = talk;
    }

    static WordProbe either(String part, String what, ProbeSession.Talk<String> talk) {
        return new WordProbe(part, what, true, talk);
    }

    static WordProbe plain(String part, String what, ProbeSession.Talk<String> talk) {
        return new WordProbe(part, what, false, talk);
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<String> reply = triesTls ? session.either(what, talk) : session.plain(what, talk);
        return Map.of(part, facts(reply));
    }

    static Map<String, Object> facts(Reply<String> reply) {
        return Map.of(
                "outcome",
                reply.outcome().code(),
                "reply",
                reply.outcome() == WireOutcome.RESPONSE ? reply.contentOr("other") : "none",
                "bytesRead",
                (long) reply.bytesRead(),
                "overTls",
                reply.overTls());
    }
}
