package dev.ronde.reminder;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What one person was told of one thing. A rung whose mail came back, or was refused, was not told: it comes once more, as a rung of its own, on
 * their next working day. That one comes once, whatever becomes of it.
 */
final class Told {
    /** How long a bounced rung may come once more: longer than any run of days off. */
    static final Duration ONCE_MORE_WITHIN = Duration.ofDays(14);

    private final Set<String> keys = new HashSet<>();
    private final Map<String, Instant> again = new HashMap<>();
    private final Instant now;

    private Told(Instant now) {
        this.now = now;
    }

    /**
     * Out of all notices about the thing.
     *
     * @param times those of the person
     */
    static Told of(List<Notice> notices, UUID personId, NoticeTimes times, Instant now) {
        Told told = new Told(now);
        for (Notice notice : notices) {
            if (!notice.personId().equals(personId) || notice.open()) {
                continue;
            }
            told.keys.add(notice.rung());
            Instant settledAt = notice.settledAt();
            if (notice.cameBack() && settledAt != null) {
                LocalDate day = times.workingDays().plus(LocalTimes.dayOf(settledAt, times.zone()), 1);
                told.again.put(notice.rung(), times.morningOf(day));
            }
        }
        return told;
    }

    /** True if a mail that did not bounce told this person the rung or a higher one. */
    static boolean heard(List<Notice> notices, UUID personId, Rung rung) {
        return notices.stream()
                .filter(notice -> notice.personId().equals(personId)
                        && Rung.itself(notice.rung()).equals(rung.key()))
                .anyMatch(Notice::told);
    }

    /** The rung itself or, from the day on which it comes once more, the repeat. */
    Rung due(Rung rung) {
        Instant at = again.get(rung.key());
        return at == null || rung.isOnceMore() || at.isAfter(now) ? rung : rung.onceMore(at);
    }

    /** Lowest first; a rung that a higher one has told since does not come once more. */
    List<Rung> due(List<Rung> rungs) {
        ArrayDeque<Rung> due = new ArrayDeque<>();
        boolean overtaken = false;
        for (int index = rungs.size() - 1; index >= 0; index--) {
            Rung rung = rungs.get(index);
            Rung next = overtaken ? rung : due(rung);
            due.addFirst(next);
            overtaken |= was(next) && !again.containsKey(next.key());
        }
        return List.copyOf(due);
    }

    /** Takes the rung as {@link #due} returns it. */
    boolean was(Rung rung) {
        return keys.contains(rung.key());
    }

    boolean anything() {
        return !keys.isEmpty();
    }
}
