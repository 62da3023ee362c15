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
 * What one person was told of one thing. A notice whose mail came back, or was refused, was not told: it comes once more on
 * their next working day. That one comes once, whatever becomes of it.
 */
final class NoticeHistory {
    /** How long a bounced notice may come once more: longer than any run of days off. */
    static final Duration ONCE_MORE_WITHIN = Duration.ofDays(14);

    private final Set<Occasion> told = new HashSet<>();
    private final Map<Occasion, Instant> again = new HashMap<>();
    private final Instant now;

    NoticeHistory(List<NoticeRow> rows, UUID personId, NoticeTimes times, Instant now) {
        this.now = now;
        for (NoticeRow row : rows) {
            if (!row.personId().equals(personId) || row.planned()) {
                continue;
            }
            told.add(row.occasion());
            Instant settledAt = row.settledAt();
            if (row.cameBack() && settledAt != null) {
                LocalDate day = times.workingDays().plus(LocalTimes.dayOf(settledAt, times.zone()), 1);
                again.put(row.occasion(), times.morningOf(day));
            }
        }
    }

    /** Lowest first, each with its second time in its place once that has come; one that a higher one has told since does not come once more. */
    List<Notice> due(List<Notice> climbing) {
        ArrayDeque<Notice> due = new ArrayDeque<>();
        boolean overtaken = false;
        for (int index = climbing.size() - 1; index >= 0; index--) {
            Notice notice = climbing.get(index);
            Notice next = overtaken ? notice : due(notice);
            due.addFirst(next);
            overtaken |= told(next) && !again.containsKey(next.occasion());
        }
        return List.copyOf(due);
    }

    private Notice due(Notice notice) {
        Instant at = again.get(notice.occasion());
        return at == null || notice.occasion().again() || at.isAfter(now) ? notice : notice.onceMore(at);
    }

    /** Takes the notice as {@link #due} returns it. */
    boolean told(Notice notice) {
        return told.contains(notice.occasion());
    }
}
