package dev.ronde.reminder;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What makes a topic be told: each occasion is told once to each person.
 *
 * @param word its name, such as {@code d-7} or {@code overdue-2026-03-16}
 * @param again true if it is told a second time, because the mail that told it came back
 */
public record Occasion(String word, boolean again) {
    static Occasion of(Topic topic) {
        String word = switch (topic) {
            case SOON -> "d-7";
            case LAST -> "d-1";
            default -> topic.word();
        };
        return new Occasion(word, false);
    }

    /** A repeating topic: each date is an occasion of its own. */
    static Occasion on(Topic topic, LocalDate date) {
        return new Occasion(topic.word() + "-" + date, false);
    }

    /** A topic that something sets off: each instant is an occasion of its own. */
    static Occasion since(Topic topic, Instant setOff) {
        return new Occasion(topic.key() + "-" + setOff.getEpochSecond(), false);
    }

    /** A disabled key of the mailed links. */
    static Occasion relink(int kid) {
        return new Occasion(Topic.RELINK.word() + "-" + kid, false);
    }

    /** A moved due date makes this a new occasion, so it is told again. */
    Occasion towards(LocalDate dueOn) {
        return new Occasion(word + "@" + dueOn, again);
    }

    Occasion onceMore() {
        return new Occasion(word, true);
    }

    /** Both times it is told. */
    boolean same(Occasion other) {
        return word.equals(other.word);
    }

    String recorded() {
        return again ? word + "~2" : word;
    }
}
