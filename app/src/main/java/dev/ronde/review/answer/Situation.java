package dev.ronde.review.answer;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.review.DriftWindow;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.Looks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer is shown: the present configuration, what changed since the last attestation, values that move by themselves apart, and what the checks say.
 *
 * @param digest null where the asset has no snapshot
 * @param baseline what it is compared with: the configuration of the asset that was attested last, whatever the plan and whenever the review
 *     opened; of a review that is attested, the one its statement was made against; null where there was none
 * @param over the configuration drifted and came back: the changes are those at its widest, and none of them is there to be accepted
 */
public record Situation(
        @Nullable String digest,
        @Nullable String baseline,
        List<Change> changes,
        List<CheckState> checks,
        boolean over) {

    static final String STALE = "~";

    public Situation {
        changes = List.copyOf(changes);
        checks = List.copyOf(checks);
    }

    public List<Change> toAnswer() {
        return over ? List.of() : changes;
    }

    static Situation of(Handle handle, Review review, Looks looks, Instant now, Locale locale) {
        return Objects.requireNonNull(
                all(handle, List.of(review), looks, now, locale).get(review.id()));
    }

    /** That of each of these reviews, by review; ask for some hundred at once. */
    static Map<UUID, Situation> all(
            Handle handle, Collection<Review> reviews, Looks looks, Instant now, Locale locale) {
        Set<UUID> assets = reviews.stream().map(Review::assetId).collect(Collectors.toSet());
        Map<UUID, String> digests = looks.digests(handle, assets);
        Map<UUID, List<CheckState>> checks = looks.checks().states(handle, assets, now);
        Map<UUID, String> attested = handle.attach(ReviewDao.class).attestedDigests(assets);
        Map<UUID, Situation> situations = new HashMap<>();
        for (Review review : reviews) {
            String digest = digests.get(review.assetId());
            String baseline = review.attestation().attestedAt() == null
                    ? attested.get(review.assetId())
                    : review.opening().baselineDigest();
            List<Change> changes = digest == null || baseline == null || digest.equals(baseline)
                    ? List.of()
                    : looks.changes(handle, review.assetId(), baseline, digest, locale);
            boolean over = changes.isEmpty()
                    && review.drift().over()
                    && review.attestation().attestedAt() == null;
            situations.put(
                    review.id(),
                    new Situation(
                            digest,
                            baseline,
                            over ? widest(handle, review, looks, locale) : changes,
                            checks.getOrDefault(review.assetId(), List.of()),
                            over));
        }
        return situations;
    }

    private static List<Change> widest(Handle handle, Review review, Looks looks, Locale locale) {
        return looks.changes(
                handle,
                review.assetId(),
                review.opening().baselineDigest(),
                Objects.requireNonNull(review.drift().driftDigest()),
                locale);
    }

    /** The same of one who looked at an earlier configuration, with what had changed then. */
    Situation lookedAt(String earlier, List<Change> changed) {
        return new Situation(earlier, baseline, over ? changes : changed, checks, over);
    }

    /** The time it differed, of a configuration that is the attested one again, or was when the review was answered; else none. */
    public DriftWindow drifted(Review review) {
        return over || ReviewStored.over(review) ? review.drift() : DriftWindow.NONE;
    }

    public Shown asShown() {
        return new Shown(digest, seen());
    }

    /** The results that are shown, as a form carries them. */
    public String seen() {
        String runs = checks.stream()
                .filter(check -> check.run() != null)
                .map(check -> check.run() + (check.stale() ? STALE : ""))
                .collect(Collectors.joining(","));
        return runs.isEmpty() ? Shown.NOTHING.seen() : runs;
    }

    List<String> failing() {
        return checks.stream()
                .filter(CheckState::failing)
                .map(CheckState::check)
                .toList();
    }

    /** The ids of what was shown: the digest of the configuration, then the evidence records of the check runs in their order. */
    List<String> shownIds() {
        List<String> ids = new ArrayList<>();
        if (digest != null) {
            ids.add(digest);
        }
        checks.stream().map(CheckState::record).filter(Objects::nonNull).forEach(ids::add);
        return ids;
    }

    /** SHA-256 over {@link #shownIds()}, each followed by a line feed: what “I attested this” refers to. */
    String shown() {
        return Hash.sha256(shownIds().stream().map(id -> id + "\n").collect(Collectors.joining()))
                .hex();
    }
}
