package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.asset.snapshot.Change;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.review.Approval;
import dev.ronde.review.Attestation;
import dev.ronde.review.DriftDao;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import dev.ronde.review.estate.AcceptedRisk;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.plan.Assurance;
import dev.ronde.review.plan.AssuranceRule;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Closing a review by a statement, and taking the statement back. */
public record Attesting(ReviewSteps steps, Settlement settlement, Looks looks, People people) {

    public static final Duration WITHDRAWAL = Duration.ofHours(24);

    Review attest(Handle tx, Review review, AttestRequest request, Visitor who) {
        Actor by = who.actor();
        Channel channel = who.channel();
        Instant now = steps.now();
        Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
        PlanDefinition plan = ReviewRecords.plan(tx, review);
        Assurance assurance = reached(by, channel);
        requireAssurance(required(tx, review), assurance, review);
        AttestOutcome outcome = outcome(request);
        String note = ReviewSteps.limited("/note", request.note());
        Situation present = presented(tx, review, request, Situation.of(tx, review, looks, now, Locale.ENGLISH));
        Situation situation =
                Seen.by(request, present, from(channel), seen -> looks.checks().checksOf(tx, asset.id(), seen));
        requireFitting(request, outcome, situation.toAnswer());
        if (situation.over() && note == null) {
            throw Problem.invalid(
                    "/note",
                    "what_happened",
                    "The configuration was wider or weaker for a time: say in note what happened.");
        }
        List<NotOn> off = looks.checks().notOn(tx, asset.id(), plan.requiredProtections(), now);
        List<AcceptedRisk> accepted = looks.checks().accepted(tx, asset.id(), plan.requiredProtections(), now);
        requireAll(tx, review, request, situation.toAnswer(), off, now);
        WaiverRequest waiver = named(off.isEmpty() ? null : request.waiver(), accepted);
        if (outcome == AttestOutcome.NO_CHANGE) {
            List<String> failing = new ArrayList<>(situation.failing());
            failing.removeAll(looks.checks().covered(tx, asset.id(), NotOn.keys(off), now));
            requireWord(note, failing, from(channel));
        }

        Instant performedAt = request.performedAt() == null ? now : request.performedAt();
        Attestation said = new Attestation(
                performedAt,
                now,
                review.dates().dayOf(performedAt),
                by.ref(),
                people.nameOf(by.ref()).orElse(null),
                channel.word(),
                assurance.word(),
                outcome.word(),
                note,
                situation.digest(),
                Json.write(situation.changes()),
                Json.write(situation.checks()),
                Json.write(request.answers()),
                waiver == null ? null : waiver.reason(),
                waiver == null ? null : waiver.until());
        boolean pending = criticalities(tx, review, asset).anyMatch(plan.approval()::neededFor);
        String approval = pending ? Approval.PENDING : null;
        Review after = settlement.change(
                tx,
                review.attested(said, situation.baseline(), approval),
                Verb.ATTEST.record(),
                who,
                note,
                evidence -> evidence.occurredAt(performedAt)
                        .data("outcome", outcome.word())
                        .data("snapshot_digest", situation.digest())
                        .data("baseline_digest", situation.baseline())
                        .data("changes", situation.changes())
                        .data("checks", situation.checks())
                        .data("shown", situation.shown())
                        .data("shown_ids", situation.shownIds())
                        .data(
                                "answered",
                                request.answers().keySet().stream().sorted().toList())
                        .data("assurance", assurance.word())
                        .data("channel", channel.word())
                        .data(
                                "protections_off",
                                NotOn.keys(off.stream().filter(NotOn::off).toList()))
                        .data("protections_unknown", off.stream().allMatch(NotOn::off) ? null : unknown(off))
                        .data(
                                "waivers",
                                accepted.isEmpty()
                                        ? null
                                        : accepted.stream()
                                                .map(AcceptedRisk::waiver)
                                                .toList())
                        .data("approval", approval)
                        .data("signed_together", request.signature())
                        .priv("note", note)
                        .priv("answers", request.answers().isEmpty() ? null : shortened(Json.write(request.answers())))
                        .priv("waiver", waiver == null ? null : waiver.reason()));
        tx.attach(DriftDao.class).mark(asset.id(), now);
        return after;
    }

    Assurance required(Handle tx, Review review) {
        Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
        AssuranceRule rule = ReviewRecords.plan(tx, review).assurance();
        return criticalities(tx, review, asset)
                .map(rule::forCriticality)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** What the asset is now and has been since the review opened: whoever lowers it for a while is asked for no less. */
    private Stream<String> criticalities(Handle tx, Review review, Covered asset) {
        Instant openedAt = Objects.requireNonNullElse(
                review.opening().openedAt(), review.dates().opensAt());
        return Stream.concat(
                Stream.of(asset.criticality()), steps.estate().criticalitiesSince(tx, asset.id(), openedAt).stream());
    }

    Review withdraw(Handle tx, Review review, Visitor who) {
        if (!who.actor().ref().equals(review.attestation().performedBy())) {
            throw Problem.forbidden("Only the person who attested " + review.ref() + " can withdraw it.");
        }
        Instant recordedAt = Objects.requireNonNull(review.attestation().recordedAt());
        if (steps.now().isAfter(recordedAt.plus(WITHDRAWAL))) {
            throw Problem.conflict(
                    "too_late", "An attestation can be withdrawn for 24 hours. Tell the compliance lead instead.");
        }
        Review after = settlement.change(
                tx,
                review.withdrawn(),
                Verb.WITHDRAW.record(),
                who,
                null,
                evidence -> evidence.data("outcome", review.attestation().outcome())
                        .data("attested_at", review.attestation().attestedAt()));
        tx.attach(DriftDao.class).mark(review.assetId(), steps.now());
        return after;
    }

    static Assurance reached(Actor by, Channel channel) {
        return switch (channel) {
            case PAGE, COMMAND, SYSTEM -> Assurance.SIGNED_IN;
            case API -> Assurance.TOKEN;
            case LINK, REPLY -> by.auth().contains("code") ? Assurance.MAIL_CODE : Assurance.MAIL_LINK;
        };
    }

    private static void requireAssurance(Assurance required, Assurance reached, Review review) {
        if (!reached.reaches(required)) {
            String how = required == Assurance.SIGNED_IN
                    ? "Sign in and attest it there."
                    : "Confirm it with the code that is mailed to you.";
            throw Problem.of(
                            403,
                            "assurance_too_low",
                            review.ref() + " asks for the assurance " + required.word() + "; this is only "
                                    + reached.word() + ". " + how)
                    .with("required", required.word())
                    .with("reached", reached.word());
        }
    }

    private static AttestOutcome outcome(AttestRequest request) {
        String word = request.outcome();
        return Optional.ofNullable(word)
                .flatMap(AttestOutcome::of)
                .orElseThrow(() -> Problem.invalid(
                        "/outcome",
                        word == null || word.isBlank() ? "required" : "bad_value",
                        "Choose one outcome: no_change, changed_and_accepted or not_applicable."));
    }

    private static Seen.From from(Channel channel) {
        return switch (channel) {
            case API, COMMAND -> Seen.From.PROGRAM;
            case REPLY -> Seen.From.MAIL;
            case PAGE, LINK, SYSTEM -> Seen.From.FORM;
        };
    }

    /**
     * The situation with the configuration that was looked at: the present one, or an earlier one from which only values that move by
     * themselves differ since.
     */
    private Situation presented(Handle tx, Review review, AttestRequest request, Situation situation) {
        String present = situation.digest();
        String given = request.snapshotDigest();
        if (present == null) {
            if (given != null && !given.isBlank()) {
                throw Problem.invalid(
                        "/snapshot_digest", "no_snapshot", "This asset has no snapshot. Leave snapshot_digest out.");
            }
            return situation;
        }
        if (given == null || !given.matches("sha256:[0-9a-f]{64}")) {
            throw Problem.invalid(
                    "/snapshot_digest",
                    given == null || given.isBlank() ? "required" : "bad_value",
                    "Send the snapshot_digest of the review you looked at, sha256: and 64 hex digits.");
        }
        if (given.equals(present)) {
            return situation;
        }
        List<Change> since = looks.changes(tx, review.assetId(), given, present, Locale.ENGLISH);
        if (!since.isEmpty()) {
            throw Problem.conflict(
                            "configuration_changed",
                            "The configuration changed after you looked at it. Look at the newer changes and attest again.")
                    .with("snapshot_digest", present)
                    .with("changes", situation.changes())
                    .with("changed_since_shown", since);
        }
        String baseline = situation.baseline();
        return situation.lookedAt(
                given,
                baseline == null || baseline.equals(given)
                        ? List.of()
                        : looks.changes(tx, review.assetId(), baseline, given, Locale.ENGLISH));
    }

    private static void requireFitting(AttestRequest request, AttestOutcome outcome, List<Change> changes) {
        if (outcome == AttestOutcome.NO_CHANGE && !changes.isEmpty()) {
            throw Problem.invalid(
                    "/outcome",
                    "there_are_changes",
                    (changes.size() == 1 ? "One setting" : changes.size() + " settings")
                            + " changed since the last attestation. Answer each change and choose changed_and_accepted.");
        }
        if (outcome == AttestOutcome.CHANGED_AND_ACCEPTED && changes.isEmpty()) {
            ReviewSteps.required(
                    "/note",
                    request.note(),
                    "No change of this asset is known here, or there is none to compare with: say in note what changed,"
                            + " or choose no_change where it is right as it is.");
        }
    }

    /** Asks a person once more who says that all is right while a check fails, on a page that shows what. A program is answered with what does. */
    private static void requireWord(@Nullable String note, List<String> failing, Seen.From from) {
        boolean said = from == Seen.From.PROGRAM || (from == Seen.From.FORM && note != null && !note.isBlank());
        if (!failing.isEmpty() && !said) {
            throw Problem.of(
                            422,
                            "checks_fail",
                            "These checks fail: " + String.join(", ", failing)
                                    + ". Say in note why it is right all the same.")
                    .values(failing.toArray(String[]::new));
        }
    }

    /** Refuses what lacks answers or a waiver that is needed, and names all that is missing at once. */
    private void requireAll(
            Handle tx, Review review, AttestRequest request, List<Change> changes, List<NotOn> off, Instant now) {
        List<FieldError> faults = new ArrayList<>(
                Checklist.faults(changes, Checklist.items(review.opening().checklist()), request.answers()));
        List<String> filling = new ArrayList<>();
        if (!off.isEmpty()) {
            LocalDate latest = latestWaiver(tx, review, off, now);
            filling.add(latest.toString());
            waiverFault(request.waiver(), review.dates().dayOf(now), latest, off)
                    .ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).values(filling.toArray(String[]::new));
        }
    }

    private static Optional<FieldError> waiverFault(
            @Nullable WaiverRequest waiver, LocalDate today, LocalDate latest, List<NotOn> off) {
        String reason = waiver == null ? null : waiver.reason();
        LocalDate until = waiver == null ? null : waiver.until();
        if (reason == null || reason.isBlank() || until == null || !until.isAfter(today)) {
            return Optional.of(new FieldError(
                    "/waiver",
                    "waiver_required",
                    "The plan requires protections that are not known to be on (" + NotOn.told(off)
                            + "). Give waiver.reason and waiver.until, a date after today and at the latest " + latest
                            + "."));
        }
        if (until.isAfter(latest)) {
            return Optional.of(new FieldError(
                    "/waiver/until",
                    "waiver_too_long",
                    "This may be accepted until " + latest + " at the latest (" + NotOn.told(off)
                            + "). Give that day or an earlier one."));
        }
        ReviewSteps.limited("/waiver/reason", reason);
        return Optional.empty();
    }

    private static List<String> unknown(List<NotOn> all) {
        return NotOn.keys(all.stream().filter(one -> !one.off()).toList());
    }

    /** The latest day up to which these protections may be accepted not to be on, counted from today in the zone of the review. */
    LocalDate latestWaiver(Handle handle, Review review, List<NotOn> off, Instant now) {
        return review.dates()
                .dayOf(now)
                .plusDays(looks.checks().mostDaysOff(handle, review.assetId(), NotOn.keys(off), now));
    }

    /** The waiver that was given together with those that accept it already, by name; it ends with the first of them. */
    private static @Nullable WaiverRequest named(@Nullable WaiverRequest given, List<AcceptedRisk> accepted) {
        if (accepted.isEmpty()) {
            return given;
        }
        Stream<WaiverRequest> approved =
                accepted.stream().map(one -> new WaiverRequest(one.waiver() + ": " + one.reason(), one.until()));
        List<WaiverRequest> all =
                Stream.concat(Stream.ofNullable(given), approved).toList();
        String reasons = all.stream().map(WaiverRequest::reason).collect(Collectors.joining("; "));
        LocalDate until = all.stream()
                .map(WaiverRequest::until)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new WaiverRequest(Cut.marked(reasons, ReviewSteps.TEXT_LIMIT), until);
    }

    private static String shortened(String text) {
        return Cut.to(text, Evidence.MAX_PRIVATE);
    }
}
