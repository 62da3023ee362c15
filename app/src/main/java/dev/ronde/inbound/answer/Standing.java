package dev.ronde.inbound.answer;

import dev.ronde.inbound.message.AuthVerdict;

/**
 * What may be done with an answer: how sure it is who wrote. Whoever holds the address of an answer could press the link as well, so an answer
 * from the right sender is worth a link; anything less acts for nobody.
 */
enum Standing {
    /** What it asks for, as the person the mail was sent to. */
    EXECUTE("owner-by-reply"),
    /** What it asks for, as the colleague who wrote. */
    AS_COLLEAGUE("colleague-by-reply"),
    /** The person the mail was sent to is asked. */
    CHALLENGE("confirm-first"),
    /** The colleague who wrote is asked. */
    CHALLENGE_COLLEAGUE("colleague-confirms-first"),
    /** It is kept as a comment of somebody unverified. */
    COMMENT("comment-of-another"),
    /** Nothing; the person is told that somebody wrote in their name. */
    QUARANTINE("forged-sender");

    private final String rule;

    Standing(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    /** The standing of an answer.
     *
     * @param handle whether a handle of ours named the mail it answers, and not only a Message-ID, which is seen by more people
     * @param owner whether it came from the one address on file of the person that mail was sent to
     * @param colleague whether it came from somebody else who may act on this review
     * @param strict the policy {@code RONDE_MAIL_POLICY=strict} */
    static Standing of(boolean handle, boolean owner, boolean colleague, AuthVerdict auth, boolean strict) {
        boolean pass = auth == AuthVerdict.PASS;
        if (owner) {
            boolean sure = handle ? pass || !strict : pass && !strict;
            return auth == AuthVerdict.FAIL ? QUARANTINE : sure ? EXECUTE : CHALLENGE;
        }
        return !(colleague && pass && handle) ? COMMENT : strict ? CHALLENGE_COLLEAGUE : AS_COLLEAGUE;
    }
}
