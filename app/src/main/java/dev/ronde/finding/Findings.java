package dev.ronde.finding;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckState;
import dev.ronde.check.OutcomeListener;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Opens, keeps and closes findings as results come in, in the transaction that stores the results. */
public record Findings(InstantSource clock, EvidenceLog evidence) implements OutcomeListener {
    private static final int MAX_SUMMARY = 1_000;

    @Override
    public void recorded(Handle tx, List<Recorded> batch) {
        List<Recorded> candidates = batch.stream().filter(Findings::concerns).toList();
        if (candidates.isEmpty()) {
            return;
        }
        FindingDao dao = tx.attach(FindingDao.class);
        Map<String, Finding> open = new HashMap<>();
        dao.listOpen(candidates.stream().map(Findings::openKey).toList())
                .forEach(finding -> open.put(finding.openKey(), finding));
        List<Finding> opened = new ArrayList<>();
        List<FindingDao.Change> kept = new ArrayList<>();
        for (Recorded recorded : candidates) {
            Finding known = open.get(openKey(recorded));
            if (recorded.run().outcome() == Outcome.FAIL) {
                if (known == null) {
                    opened.add(open(tx, recorded));
                } else {
                    kept.add(again(tx, known, recorded));
                }
            } else if (known != null) {
                kept.add(fixed(tx, known, recorded));
            }
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!opened.isEmpty()) {
            dao.insert(opened, now);
        }
        if (!kept.isEmpty()) {
            dao.update(kept, now);
        }
    }

    private static boolean concerns(Recorded recorded) {
        Outcome outcome = recorded.run().outcome();
        CheckState before = recorded.before();
        return outcome == Outcome.FAIL || (outcome == Outcome.PASS && before.outcome() != Outcome.PASS);
    }

    private Finding open(Handle tx, Recorded recorded) {
        CheckRun run = recorded.run();
        UUID id = Ids.next(clock);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("severity", run.severity().code());
        after.put("state", "open");
        after.put("first_bad_at", recorded.observedAt());
        put(after, "last_good_at", recorded.before().lastPassAt());
        after.put("detected_at", now);
        UUID recordId = evidence.append(tx, record("finding.opened", id, 1, recorded, after));
        return new Finding(
                id,
                run.assetId(),
                run.checkId(),
                run.severity(),
                summary(recorded),
                fingerprint(run),
                run.id(),
                recorded.observedAt(),
                recorded.before().lastPassAt(),
                recorded.observedAt(),
                now,
                null,
                null,
                null,
                null,
                recordId,
                1);
    }

    private FindingDao.Change again(Handle tx, Finding known, Recorded recorded) {
        CheckRun run = recorded.run();
        boolean changed = !known.fingerprint().equals(fingerprint(run)) || known.severity() != run.severity();
        long version = changed ? known.version() + 1 : known.version();
        if (changed) {
            Map<String, Object> after = new LinkedHashMap<>();
            after.put("severity", run.severity().code());
            after.put("state", "open");
            after.put("first_bad_at", known.firstBadAt());
            put(after, "last_good_at", known.lastGoodAt());
            after.put("last_bad_at", recorded.observedAt());
            evidence.append(tx, record("finding.changed", known.id(), version, recorded, after));
        }
        return new FindingDao.Change(
                known.id(),
                run.severity().code(),
                summary(recorded),
                fingerprint(run),
                run.id(),
                recorded.observedAt(),
                null,
                version,
                known.openKey());
    }

    private FindingDao.Change fixed(Handle tx, Finding known, Recorded recorded) {
        Instant fixedAt = recorded.observedAt();
        long version = known.version() + 1;
        Exposure exposure = known.exposure(fixedAt);
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("severity", known.severity().code());
        after.put("state", "fixed");
        after.put("first_bad_at", known.firstBadAt());
        put(after, "last_good_at", known.lastGoodAt());
        after.put("last_bad_at", known.lastBadAt());
        after.put("fixed_at", fixedAt);
        after.put("exposure_min_seconds", exposure.shortest().toSeconds());
        if (exposure.longest() != null) {
            after.put("exposure_max_seconds", exposure.longest().toSeconds());
        }
        evidence.append(tx, record("finding.fixed", known.id(), version, recorded, after));
        return new FindingDao.Change(
                known.id(),
                known.severityCode(),
                known.summary(),
                known.fingerprint(),
                known.runId(),
                known.lastBadAt(),
                fixedAt,
                version,
                null);
    }

    private static Evidence record(String type, UUID id, long version, Recorded recorded, Map<String, Object> after) {
        CheckRun run = recorded.run();
        Evidence record = Evidence.of(type, Actor.SYSTEM, Subject.of("finding", id, version))
                .asset(recorded.asset().ref())
                .cause(run.recordId())
                .occurredAt(run.finishedAt())
                .data("check", Map.of("id", run.checkId(), "rev", run.checkVersion(), "sha256", run.checkSha256()))
                .data("after", after)
                .controls(recorded.controls());
        return run.outcome() == Outcome.FAIL
                ? record.data("fingerprint", fingerprint(run)).data("summary", summary(recorded))
                : record;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static String summary(Recorded recorded) {
        return summary(recorded.title(), recorded.messages());
    }

    /** The messages as one text; the title if there are none. */
    static String summary(String title, List<String> messages) {
        String summary = messages.isEmpty() ? title : String.join(" ", messages);
        return Cut.marked(summary, MAX_SUMMARY);
    }

    private static String fingerprint(CheckRun run) {
        return Optional.ofNullable(run.fingerprint()).orElse("");
    }

    private static String openKey(Recorded recorded) {
        return Finding.openKey(recorded.run().assetId(), recorded.run().checkId());
    }

    /** Returns a finding; a {@link Problem} 404 if there is none. */
    public Finding get(Handle handle, UUID id) {
        return handle.attach(FindingDao.class).find(id).orElseThrow(() -> Problem.notFound("finding", id));
    }

    /** Returns the findings with these ids, in no particular order. */
    public List<Finding> all(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : handle.attach(FindingDao.class).listByIds(ids);
    }

    /** Oldest first. */
    public List<Finding> open(Handle handle, UUID assetId) {
        return handle.attach(FindingDao.class).listOpenOf(assetId);
    }

    /** Newest first, including fixed ones. */
    public List<Finding> history(Handle handle, UUID assetId, int limit) {
        return handle.attach(FindingDao.class).listOf(assetId, limit);
    }

    /** Returns open findings of active assets by id, for whoever walks all of them: start with null, go on with the last id. */
    public List<Finding> allOpen(Handle handle, @Nullable UUID after, int limit) {
        return handle.attach(FindingDao.class).listAllOpen(after == null ? new UUID(0, 0) : after, limit);
    }

    /** Notes that the owner's mail about it was accepted; only the first time counts. */
    public void notified(Handle tx, UUID id, Instant at) {
        tx.attach(FindingDao.class).updateNotified(id, at);
    }

    /** Notes when the first mail about it was accepted that did not come back; null where there is none any more. */
    public void firstTold(Handle tx, UUID id, @Nullable Instant at) {
        tx.attach(FindingDao.class).setNotified(id, at);
    }

    /**
     * Notes that somebody said they received it; only the first time counts, and it ends nothing: the finding stays open, and whoever must hear
     * of it still does.
     *
     * @throws Problem 409 {@code finding_over} where it was fixed before anybody did
     */
    public Finding acknowledge(Handle tx, Finding finding, Asset asset, Actor by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean first = tx.attach(FindingDao.class).updateAcknowledged(finding.id(), by.ref(), now) == 1;
        Finding after = get(tx, finding.id());
        if (after.acknowledgedAt() == null) {
            throw Problem.conflict("finding_over", "The finding is fixed since " + after.fixedAt() + ".");
        }
        if (first) {
            evidence.append(
                    tx,
                    Evidence.of("finding.acknowledged", by, Subject.of("finding", after.id(), after.version()))
                            .asset(asset.ref())
                            .cause(after.recordId())
                            .data("check", Map.of("id", after.checkId()))
                            .data("after", Map.of("state", "open", "acknowledged_at", now)));
        }
        return after;
    }
}
