package dev.ronde.reminder;

import dev.ronde.evidence.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something a person must be told now.
 *
 * @param subjectRev the subject's version, for the record
 * @param asset the ref of its asset
 * @param controls the outside requirements it counts for; none for a finding, whose own record names them
 * @param lower rungs below that were never told; this one replaces them
 * @param first whether this person hears of it for the first time
 * @param setOffAt when a person set it off; {@link Instant#MIN} where the calendar did
 * @param urgent leaves at any hour in a mail of its own
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
        boolean first,
        Instant setOffAt,
        boolean urgent) {

    /** A finding is named by its id, a check by its own, everything else by its ref. */
    Subject subject() {
        return switch (subjectKind) {
            case Notice.FINDING -> Subject.of(subjectKind, subjectId, subjectRev);
            case Notice.REQUEST -> Subject.of(Notice.WAIVER, about, subjectRev);
            case Notice.CHECK -> Subject.of(subjectKind, about.substring(about.indexOf(' ') + 1), subjectRev);
            default -> Subject.of(subjectKind, about, subjectRev);
        };
    }

    String key() {
        return subjectId + "|" + rung.key() + "|" + personId;
    }
}
