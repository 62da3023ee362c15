package dev.ronde.reminder;

import dev.ronde.evidence.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Something a person must be told now, or later the same day.
 *
 * @param subjectRev the subject's version, for the record
 * @param asset the ref of its asset
 * @param controls the outside requirements it counts for; none for a finding, whose own record names them
 * @param lower rungs below that were never told; this one replaces them
 * @param later rungs that would come later the same day; a digest tells them too, because there is no second one that day
 * @param first whether this person hears of it for the first time
 * @param setOffAt when a person set it off; {@link Instant#MIN} where the calendar did
 * @param urgent leaves at any hour and in no digest
 * @param dueToday tells whoever has the review on the last day on which it can be told in time; no digest of another day will do
 */
record Item(
        UUID personId,
        String subjectKind,
        UUID subjectId,
        String about,
        long subjectRev,
        String asset,
        List<String> controls,
        Rung rung,
        List<Rung> lower,
        List<Rung> later,
        boolean first,
        Instant setOffAt,
        boolean urgent,
        boolean dueToday) {

    private Item telling(Rung now, List<Rung> before, List<Rung> after) {
        return new Item(
                personId,
                subjectKind,
                subjectId,
                about,
                subjectRev,
                asset,
                controls,
                now,
                before,
                after,
                first,
                setOffAt,
                urgent,
                dueToday);
    }

    /** The same as a digest tells it: with the last rung that this day would bring. */
    Item ofTheDay() {
        if (later.isEmpty()) {
            return this;
        }
        List<Rung> told = new ArrayList<>(lower);
        told.add(rung);
        told.addAll(later.subList(0, later.size() - 1));
        return telling(later.get(later.size() - 1), List.copyOf(told), List.of());
    }

    /** Whether it tells of a review that somebody handed out or opened: whoever did was shown before how many mails that makes. */
    boolean foretold() {
        return !setOffAt.equals(Instant.MIN)
                && (rung.step() == Step.ASSIGNED || rung.key().startsWith(EscalationItems.NO_OWNER));
    }

    /** The kind of mail that tells it alone. */
    String mailKind() {
        return switch (rung.step()) {
            case ASSIGNED -> "assignment";
            case SOON, LAST, DUE, OVERDUE, RELINK -> first ? "assignment" : "reminder";
            case BACKUP, MANAGER, LEAD -> "escalation";
            case ASKED -> "delegation";
            case LAPSED -> "lapse";
            case DECISION -> "decision";
            case REFUSED -> "refusal";
            case MISSED -> "missed";
            case RECOVERY -> "recovery";
            case FOUND -> "finding";
            case ENDING -> "waiver";
            case REQUESTED -> "request";
            case BLIND -> "blind";
        };
    }

    /** The type of the record that says it was queued. */
    String recordType() {
        return switch (rung.step()) {
            case ASSIGNED, ASKED -> "review.assigned";
            case SOON, LAST, DUE, OVERDUE, RELINK -> first ? "review.assigned" : "review.reminded";
            case REFUSED, LAPSED -> "review.reminded";
            case BACKUP, MANAGER, LEAD, DECISION, MISSED, RECOVERY -> "review.escalated";
            case FOUND, ENDING, REQUESTED, BLIND -> "mail.queued";
        };
    }

    /** What the record is about: a finding by its id, a check by its own, everything else by its ref. */
    Subject subject() {
        return switch (subjectKind) {
            case Notice.FINDING -> Subject.of(subjectKind, subjectId, subjectRev);
            case Notice.REQUEST -> Subject.of(Notice.WAIVER, about, subjectRev);
            case Notice.CHECK -> Subject.of(subjectKind, about.substring(about.indexOf(' ') + 1), subjectRev);
            default -> Subject.of(subjectKind, about, subjectRev);
        };
    }

    /** Whether it lies ahead: only a digest that leaves before tells it. */
    boolean ahead(Instant now) {
        return rung.at().isAfter(now);
    }

    String key() {
        return subjectId + "|" + rung.key() + "|" + personId;
    }
}
