package dev.ronde.reply;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.review.estate.AcceptedRisk;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.Likeness;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.estate.SourceLook;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Configurations and results in memory; any two different digests differ in one setting. */
record SeenLooks(
        Map<UUID, String> digests,
        Map<UUID, Instant> since,
        List<CheckState> checks,
        List<CheckState> past,
        Runnable looked)
        implements Looks {
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
    public List<Change> changes(Handle handle, UUID assetId, String from, String to, Locale locale) {
        return from == null || from.equals(to)
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
    public Map<UUID, List<CheckState>> checks(Handle handle, Collection<UUID> assetIds, Instant now) {
        return assetIds.stream().collect(Collectors.toMap(id -> id, id -> List.copyOf(checks)));
    }

    @Override
    public List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs) {
        return past.stream().filter(check -> runs.contains(check.run())).toList();
    }

    @Override
    public List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return List.of();
    }

    @Override
    public int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now) {
        return 30;
    }

    @Override
    public List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return List.of();
    }

    @Override
    public Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return Set.of();
    }
}
