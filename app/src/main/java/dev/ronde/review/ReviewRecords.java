package dev.ronde.review;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Remembered;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes what happened to reviews: the record for the ledger and the line of the review's own history. */
public record ReviewRecords(InstantSource clock, EvidenceLog log, People people, FirstNotice notices) {
    private static final int DETAIL_LIMIT = 4000;

    /**
     * One thing that happened, with the record to be written for it and the sentence for the history.
     *
     * @param about who is asked, or gets the review; the sentence is their name
     */
    public record Entry(
            String event,
            Review after,
            Evidence evidence,
            @Nullable String detail,
            @Nullable Person about) {
        public Entry(String event, Review after, Evidence evidence, @Nullable String detail) {
            this(event, after, evidence, detail, null);
        }
    }

    public Evidence start(PlanWork work, String event, Review after, Covered asset) {
        return work.kept()
                ? start(work.tx(), event, after, asset, work.plan().definition(), work.by())
                : bare(event, after, work.by());
    }

    public Evidence start(Handle tx, String event, Review after, Covered asset, Actor by) {
        return start(tx, event, after, asset, plan(tx, after), by);
    }

    private Evidence start(Handle tx, String event, Review after, Covered asset, PlanDefinition plan, Actor by) {
        return bare(event, after, by)
                .asset(asset.ref())
                .controls(plan.frameworks())
                .data("after", after(tx, after, asset));
    }

    private static Evidence bare(String event, Review after, Actor by) {
        return Evidence.of("review." + event, by, Subject.of("review", after.ref(), after.version()));
    }

    public static PlanDefinition plan(Handle handle, Review review) {
        return plan(handle, review.planId(), review.planVersion());
    }

    public static PlanDefinition plan(Handle handle, String planId, int planVersion) {
        PlanVersion version = new PlanVersion(planId, planVersion);
        return Remembered.of(
                handle,
                version,
                () -> handle.attach(PlanDao.class)
                        .findVersion(version.plan(), version.number())
                        .orElseThrow()
                        .read());
    }

    private record PlanVersion(String plan, int number) {}

    public Optional<byte[]> content(Handle handle, String sha256) {
        return log.content(handle, sha256);
    }

    /** Keeps a record of what is no event in the life of the review, such as that its gap counts from another day. */
    public void keep(Handle tx, Evidence evidence) {
        log.append(tx, evidence);
    }

    public void keepAll(Handle tx, List<Evidence> evidence) {
        if (!evidence.isEmpty()) {
            log.appendAll(tx, evidence);
        }
    }

    public UUID write(Handle tx, Entry entry, Actor by, Channel channel) {
        return writeAll(tx, List.of(entry), by, channel).get(0);
    }

    /** The same of several at once; of work that is rolled back only how a review came to its owner, which the count of mails reads. */
    public void writeAll(PlanWork work, List<Entry> entries) {
        if (work.kept()) {
            writeAll(work.tx(), entries, work.by(), work.channel());
            return;
        }
        List<Entry> read =
                entries.stream().filter(entry -> entry.event().equals("opened")).toList();
        List<UUID> none = entries.stream().map(entry -> Ids.next(clock)).toList();
        history(work.tx(), read, none, work.by(), work.channel());
    }

    private List<UUID> writeAll(Handle tx, List<Entry> entries, Actor by, Channel channel) {
        List<UUID> records = log.appendAll(
                tx,
                entries.stream()
                        .map(entry -> entry.evidence().data(RecordedReviews.EVENT, entry.event()))
                        .toList());
        history(tx, entries, records, by, channel);
        return records;
    }

    private void history(Handle tx, List<Entry> entries, List<UUID> records, Actor by, Channel channel) {
        Instant now = clock.instant();
        String name = by.equals(Actor.SYSTEM) ? null : people.nameOf(by.ref()).orElse(null);
        List<ReviewEvent> events = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            Entry entry = entries.get(index);
            events.add(new ReviewEvent(
                    Ids.next(clock),
                    entry.after().id(),
                    records.get(index),
                    entry.event(),
                    now,
                    by.ref(),
                    name,
                    channel.word(),
                    shortened(entry.detail()),
                    entry.about() == null ? null : entry.about().actorRef()));
        }
        tx.attach(ReviewEventDao.class).insert(events);
    }

    /** The full state for the record: references instead of addresses, free text left to the salted part. */
    private Map<String, Object> after(Handle tx, Review review, Covered asset) {
        Instant now = clock.instant();
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("ref", review.ref());
        after.put("asset", asset.ref());
        after.put("asset_name", asset.name());
        after.put("plan", review.planId());
        after.put("plan_version", review.planVersion());
        after.put("cause", review.cause());
        after.put("state", review.stateAt(now).word());
        after.put("scheduled_on", review.dates().scheduledOn());
        after.put("due_on", review.dates().dueOn());
        after.put("zone", review.dates().zone().getId());
        after.put("opens_at", review.dates().opensAt());
        after.put("overdue_at", review.dates().overdueAt());
        after.put("missed_from", review.dates().missedFrom());
        after.put("owner", reference(tx, review.ownerId()));
        after.put("max_gap_days", review.dates().maxGapDays());
        after.put("gap_days", review.gapDays(now).orElse(null));
        after.put("gap_ok", review.gapOk(now).orElse(null));
        if (review.unmetSince() != null) {
            after.put("unmet_since", review.unmetSince());
        }
        if (review.madeUpOn() != null) {
            after.put("made_up_on", review.madeUpOn());
        }
        after.put("days_late", review.daysLate(now));
        after.put("opened_at", review.opening().openedAt());
        after.put("first_notified_at", review.opening().openedAt() == null ? null : notices.of(tx, review));
        after.put("baseline_digest", review.opening().baselineDigest());
        after.put("acknowledged_at", review.handling().acknowledgedAt());
        after.put("problem_at", review.handling().problemAt());
        after.put("not_mine_at", review.handling().notMineAt());
        after.put("snoozed_until", review.handling().snoozedUntil());
        after.put("delegated_to", reference(tx, review.handling().delegatedTo()));
        after.put("performed_on", review.attestation().performedOn());
        after.put("performed_at", review.attestation().attestedAt());
        after.put("recorded_at", review.attestation().recordedAt());
        after.put("performed_by", review.attestation().performedBy());
        after.put("channel", review.attestation().channel());
        after.put("assurance", review.attestation().assurance());
        after.put("outcome", review.attestation().outcome());
        after.put("snapshot_digest", review.attestation().snapshotDigest());
        after.put("changes", review.attestation().changeCount().orElse(null));
        after.put("waiver_until", review.attestation().waiverUntil());
        after.put("approval", review.approval().approval());
        after.put("approver", review.approval().approver());
        after.put("approved_at", review.approval().approvedAt());
        after.put("missed_at", review.closing().missedAt());
        after.put("recovery", review.closing().recovery());
        after.put("cancelled_at", review.closing().cancelledAt());
        after.put("cancel_reason", review.closing().cancelReason());
        if (review.handling().timeAskedAt() != null) {
            after.put("time_asked_at", review.handling().timeAskedAt());
            after.put("time_asked_until", review.handling().timeAskedUntil());
        }
        if (review.drift().driftFrom() != null) {
            after.put("drift_from", review.drift().driftFrom());
            after.put("drift_to", review.drift().driftTo());
            after.put("drift_digest", review.drift().driftDigest());
            after.put("drift_worse", review.drift().driftWorse());
        }
        if (review.held()) {
            after.put("held", true);
        }
        return after;
    }

    private @Nullable String reference(Handle tx, @Nullable UUID personId) {
        return personId == null
                ? null
                : people.find(tx, personId).map(Person::actorRef).orElse(null);
    }

    private static @Nullable String shortened(@Nullable String detail) {
        return detail == null ? null : Cut.to(detail, DETAIL_LIMIT);
    }
}
