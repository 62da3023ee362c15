package dev.ronde.review.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the forms of the action page can ask for; the values of their buttons. */
public enum Action {
    /** State that it is right. */
    ATTEST,
    /** Say that it was received. */
    ACKNOWLEDGE,
    /** Ask somebody else to do it. */
    DELEGATE,
    /** Pause reminders. */
    SNOOZE,
    /** Say that something is wrong. */
    PROBLEM,
    /** Say that it belongs to somebody else. */
    NOT_MINE,
    /** Take over what somebody asked for. */
    ACCEPT;

    /** The value of its button. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action with this word. */
    public static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
