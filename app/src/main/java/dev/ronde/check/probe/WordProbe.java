package dev.ronde.check.probe;

import java.util.Map;

/**
 * A conversation of one exchange whose answer is one word of a closed list.
 *
 * @param triesTls whether it is asked once more through TLS where the port wants that
 */
record WordProbe(String part, String what, boolean triesTls, ProbeSession.Talk<String> talk)
        implements NetworkProbe.Conversation {
    @Override
    public Map<String, Object> hold(ProbeSession session) {
        return Map.of(part, Facts.word(triesTls ? session.either(what, talk) : session.plain(what, talk)));
    }
}
