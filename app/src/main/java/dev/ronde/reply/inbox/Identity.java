package dev.ronde.reply.inbox;

import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbox.Inbox;

/**
 * How sure it is who wrote, and what follows from that. Whoever holds the address of an answer could press the link as well,
 * so an answer from the right sender is worth a link; anything less acts for nobody.
 *
 * @param handle whether a handle of ours named the mail it answers
 * @param reference whether only a Message-ID of ours did
 * @param owner whether it came from the one address on file of the person that mail was sent to
 * @param colleague whether it came from somebody else who may act on this review
 * @param strict the policy {@code RONDE_MAIL_POLICY=strict}
 * @param contested whether parts of the message name different mails
 */
record Identity(
        boolean handle,
        boolean reference,
        boolean owner,
        boolean colleague,
        AuthVerdict auth,
        boolean strict,
        boolean contested) {

    /** What may be done with the answer. */
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
        /** The person the mail was sent to is asked to do what somebody else asks for. */
        APPROVAL(Inbox.REQUEST),
        /** Nothing; the person is told that somebody wrote in their name. */
        QUARANTINE("forged-sender"),
        /** Nothing. */
        NOTHING("no-handle");

        private final String rule;

        Standing(String rule) {
            this.rule = rule;
        }

        /** The rule, as the inbox shows it. */
        String rule() {
            return rule;
        }
    }

    /** The standing of an answer.
     *
     * @param weighty whether it asks for more than to note or to report something */
    Standing standing(boolean weighty) {
        if (!handle && !reference) {
            return Standing.NOTHING;
        }
        if (owner) {
            return auth == AuthVerdict.FAIL ? Standing.QUARANTINE : ofOwner(weighty);
        }
        if (colleague && auth == AuthVerdict.PASS && handle) {
            return strict ? Standing.CHALLENGE_COLLEAGUE : Standing.AS_COLLEAGUE;
        }
        return weighty ? Standing.APPROVAL : Standing.COMMENT;
    }

    /** A Message-ID is seen by more people than the address: on its own it is worth less than a handle, and under the strict policy nothing. */
    private Standing ofOwner(boolean weighty) {
        boolean unsure = auth != AuthVerdict.PASS;
        boolean ask = handle ? strict && weighty && (unsure || contested) : strict || (weighty && unsure);
        return ask ? Standing.CHALLENGE : Standing.EXECUTE;
    }
}
