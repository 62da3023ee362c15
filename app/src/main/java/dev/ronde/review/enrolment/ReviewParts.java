package dev.ronde.review.enrolment;

import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.estate.Looks;
import java.time.InstantSource;

/** The inner pieces that plans, actions and the sweep share, put together in one place. */
public record ReviewParts(
        InstantSource clock,
        ReviewRecords records,
        Slots slots,
        SlotDates dates,
        Enrolments enrolments,
        Openings openings) {

    public static ReviewParts of(
            InstantSource clock, EvidenceLog log, People people, Estate estate, Looks looks, FirstNotice notices) {
        ReviewRecords records = new ReviewRecords(clock, log, people, notices);
        Slots slots = new Slots(clock, records);
        SlotDates dates = new SlotDates(clock, records, slots, estate);
        return new ReviewParts(
                clock,
                records,
                slots,
                dates,
                new Enrolments(clock, records, slots, dates),
                new Openings(clock, records, dates, looks, people));
    }
}
