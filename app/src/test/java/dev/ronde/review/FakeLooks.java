package dev.ronde.review;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.review.estate.AcceptedRisk;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.ChecksSeen;
import dev.ronde.review.estate.Likeness;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.estate.SourceLook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Configurations and check results in memory; any two different digests differ in one setting. */
public final class FakeLooks implements Looks, ChecksSeen {

    public final Map<UUID, String> digests = new HashMap<>();
    public final List<CheckState> checks = new ArrayList<>();
    public final List<CheckState> past = new ArrayList<>();
    public final Map<String, NotOn.Why> off = new HashMap<>();
    public final List<AcceptedRisk> accepted = new ArrayList<>();
    public final Set<String> covered = new HashSet<>();
    public int mostDaysOff = 30;
    /** Since when the assets are as they are; always, where nothing is said. */
    public final Map<UUID, Instant> since = new HashMap<>();
    /** Runs whenever somebody looks. */
    public Runnable looked = () -> {};
    /** How often somebody asked how long protections may be off. */
    public int asked;

    public static String digest(int n) {
        return "sha256:" + String.format("%064x", n);
    }

    @Override
    public Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds) {
        looked.run();
        Map<UUID, String> found = new HashMap<>(digests);
        found.keySet().retainAll(assetIds);
        return found;
    }

    @Override
    public Instant unchangedSince(Handle handle, UUID assetId) {
        return since.getOrDefault(assetId, Instant.MIN);
    }

    @Override
    public List<Change> changes(Handle handle, UUID assetId, String fromDigest, String toDigest, Locale locale) {
        return fromDigest == null || fromDigest.equals(toDigest)
                ? List.of()
                : List.of(new Change("rules[web].source", rule(locale) + "source", "10.0.0.0/8", "0.0.0.0/0", "wider"));
    }

    /** As the schemas of the sources say it in the reader's language. */
    private static String rule(Locale locale) {
        return locale.getLanguage().equals("fr") ? "Règle web, " : "Rule web, ";
    }

    @Override
    public Likeness likeness(Handle handle, UUID assetId, String fromDigest, String toDigest) {
        return fromDigest.equals(toDigest) ? Likeness.SAME : Likeness.UNKNOWN;
    }

    @Override
    public Instant differentSince(Handle handle, UUID assetId, String digest, Instant enough) {
        return Instant.EPOCH;
    }

    @Override
    public List<SourceLook> settings(Handle handle, UUID assetId, Locale locale) {
        return List.of(new SourceLook(
                "rules.v1",
                "Rules",
                Instant.parse("2026-02-20T10:00:00Z"),
                List.of(
                        new Change("rules[web].source", rule(locale) + "source", null, "10.0.0.0/8", "neutral"),
                        new Change("rules[web].port", rule(locale) + "port", null, "443", "neutral"))));
    }

    @Override
    public ChecksSeen checks() {
        return this;
    }

    @Override
    public Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant now) {
        return assetIds.stream().collect(Collectors.toMap(id -> id, id -> List.copyOf(checks)));
    }

    @Override
    public List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs) {
        return past.stream().filter(check -> runs.contains(check.run())).toList();
    }

    @Override
    public List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return protections.stream()
                .filter(off::containsKey)
                .map(key -> new NotOn(key, Objects.requireNonNull(off.get(key))))
                .toList();
    }

    @Override
    public int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now) {
        asked++;
        return mostDaysOff;
    }

    @Override
    public List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return protections.isEmpty() ? List.of() : List.copyOf(accepted);
    }

    @Override
    public Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return Set.copyOf(covered);
    }
}
