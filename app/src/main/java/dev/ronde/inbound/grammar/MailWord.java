package dev.ronde.inbound.grammar;

import dev.ronde.review.answer.Verb;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an answer can ask for. */
public enum MailWord {
    /** It is done: attest without a change. */
    DONE(Verb.ATTEST),
    /** It was received. */
    ACKNOWLEDGE(Verb.ACKNOWLEDGE),
    /** Somebody else shall do it. */
    DELEGATE(Verb.DELEGATE),
    /** Something is wrong. */
    PROBLEM(Verb.PROBLEM),
    /** It belongs to somebody else. */
    NOT_MINE(Verb.NOT_MINE),
    /** Later. */
    SNOOZE(Verb.SNOOZE),
    /** How does this work? */
    HELP(null),
    /** Take the attestation back. */
    UNDO(Verb.WITHDRAW),
    /** Fewer mails. */
    STOP(null);

    private final @Nullable Verb verb;

    MailWord(@Nullable Verb verb) {
        this.verb = verb;
    }

    /** What it asks to be done with a review; null where nothing. To somebody who was asked to take over, “ok” means that they do. */
    public @Nullable Verb verb(boolean takesOver) {
        return this == ACKNOWLEDGE && takesOver ? Verb.ACCEPT_DELEGATION : verb;
    }

    /** The word in the database, the API and the pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
