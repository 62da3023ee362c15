package dev.ronde.reminder;

import dev.ronde.review.ReviewState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is to be told what: everything whose time has come and that still holds, whether it was told or not. It is asked when
 * mails are queued, and again when they leave.
 */
final class Wanted {
    private Wanted() {}

    /** Of what climbs, the lowest step first. */
    static Set<Notice> of(World world, Instant now) {
        List<Notice> wanted = new ArrayList<>();
        for (ReviewFacts facts : world.reviews()) {
            wanted.addAll(ofReview(world, facts, now));
        }
        wanted.addAll(FindingNotices.of(world));
        wanted.addAll(WaiverNotices.of(world));
        wanted.addAll(BlindNotices.of(world));
        wanted.removeIf(notice -> notice.at().isAfter(now));
        return new LinkedHashSet<>(wanted);
    }

    private static List<Notice> ofReview(World world, ReviewFacts facts, Instant now) {
        List<Notice> wanted = new ArrayList<>();
        ReviewState state = facts.review().stateAt(now);
        LeadNotices others = new LeadNotices(world, facts, now);
        if (state.waiting()) {
            wanted.addAll(new OwnerNotices(world, facts, now).all());
            wanted.addAll(others.whileWaiting());
        }
        if (state == ReviewState.MISSED) {
            wanted.addAll(others.afterwards());
            wanted.addAll(new MissedNotices(world, facts, now).all());
        }
        if (state != ReviewState.CANCELLED) {
            wanted.addAll(others.approvals());
        }
        wanted.addAll(new LapseNotices(world, facts, now).all());
        return wanted;
    }
}
