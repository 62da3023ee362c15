package dev.ronde.reminder;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One step of the ladder for one person.
 *
 * @param key its name in the notice row, unique per review and person, such as {@code d-7} or {@code overdue-2026-03-16}
 * @param at from when it may be told
 */
record Rung(String key, Topic topic, Instant at) {
    private static final String ONCE_MORE = "~2";

    static Rung of(Topic topic, Instant at) {
        String key = switch (topic) {
            case SOON -> "d-7";
            case LAST -> "d-1";
            default -> topic.word();
        };
        return new Rung(key, topic, at);
    }

    /** A repeating step: each date is its own rung. */
    static Rung on(Topic topic, LocalDate date, Instant at) {
        return new Rung(topic.word() + "-" + date, topic, at);
    }

    /** A moved due date makes this a new rung, so it is told again. */
    Rung towards(LocalDate dueOn) {
        return new Rung(key + "@" + dueOn, topic, at);
    }

    /** The rung again from an instant on, because the mail that told it bounced. */
    Rung onceMore(Instant from) {
        return new Rung(key + ONCE_MORE, topic, from);
    }

    boolean isOnceMore() {
        return key.endsWith(ONCE_MORE);
    }

    /** The key of the original rung, if this is the key of one that comes once more. */
    static String itself(String key) {
        return key.endsWith(ONCE_MORE) ? key.substring(0, key.length() - ONCE_MORE.length()) : key;
    }

    /** A step that something sets off: each instant is its own rung. */
    static Rung since(Topic topic, Instant setOff, Instant at) {
        return new Rung(topic.key() + "-" + setOff.getEpochSecond(), topic, at);
    }
}
