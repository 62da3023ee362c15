package dev.ronde.inbound.grammar;

import dev.ronde.platform.text.Worded;
import dev.ronde.review.answer.Verb;
import org.jspecify.annotations.Nullable;

/** What an answer can ask for. */
public enum MailWord implements Worded {
    DONE(Verb.ATTEST),
    ACKNOWLEDGE(Verb.ACKNOWLEDGE),
    DELEGATE(Verb.DELEGATE),
    PROBLEM(Verb.PROBLEM),
    NOT_MINE(Verb.NOT_MINE),
    SNOOZE(Verb.SNOOZE),
    HELP(null),
    UNDO(Verb.WITHDRAW),
    STOP(null);

    private final @Nullable Verb verb;

    MailWord(@Nullable Verb verb) {
        this.verb = verb;
    }

    /** What it asks to be done with a review; null where nothing. To somebody who was asked to take over, “ok” means that they do. */
    public @Nullable Verb verb(boolean takesOver) {
        return this == ACKNOWLEDGE && takesOver ? Verb.ACCEPT_DELEGATION : verb;
    }
}
