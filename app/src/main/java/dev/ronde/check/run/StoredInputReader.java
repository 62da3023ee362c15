package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Refusal;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.check.CheckSources;
import dev.ronde.check.statement.Statement;
import dev.ronde.check.statement.Statements;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads what runs that send no packet look at, for many of them in a handful of statements. */
public final class StoredInputReader {
    private final Catalogue catalogue;
    private final Snapshots snapshots;

    public StoredInputReader(CheckSources sources) {
        this.catalogue = sources.catalogue();
        this.snapshots = sources.snapshots();
    }

    public record Pair(UUID asset, String check) {}

    public StoredInput of(Handle handle, Pair pair) {
        return of(handle, List.of(pair)).getOrDefault(pair, StoredInput.NOTHING);
    }

    /** Leaves out checks whose probes send packets. */
    Map<Pair, StoredInput> of(Handle handle, Collection<Pair> pairs) {
        Map<Pair, StoredInput> given = new HashMap<>(snapshots(handle, pairs));
        given.putAll(statements(handle, pairs));
        return given;
    }

    private Map<Pair, StoredInput> snapshots(Handle handle, Collection<Pair> pairs) {
        Map<Pair, String> sources = new LinkedHashMap<>();
        pairs.forEach(pair -> probe(pair)
                .filter(ProbeSpec::readsSnapshot)
                .map(ProbeSpec::source)
                .ifPresent(source -> sources.put(pair, source)));
        Set<UUID> readers = assets(sources.keySet());
        Set<String> wanted = new LinkedHashSet<>(sources.values());
        Map<Place, Snapshot> newest = new HashMap<>();
        snapshots
                .latestOf(handle, readers, wanted)
                .forEach(found -> newest.put(new Place(found.assetId(), found.source()), found));
        Map<Place, Refusal> refused = new HashMap<>();
        snapshots
                .refusals()
                .openOf(handle, readers, wanted)
                .forEach(found -> refused.put(new Place(found.assetId(), found.source()), found));
        Map<Pair, StoredInput> given = new HashMap<>();
        sources.forEach((pair, source) -> {
            Place place = new Place(pair.asset(), source);
            given.put(pair, new StoredInput(newest.get(place), refused.get(place), null));
        });
        return given;
    }

    private record Place(UUID asset, String source) {}

    private Map<Pair, StoredInput> statements(Handle handle, Collection<Pair> pairs) {
        Set<Pair> asking = new LinkedHashSet<>();
        pairs.forEach(pair -> probe(pair).filter(ProbeSpec::asksPerson).ifPresent(probe -> asking.add(pair)));
        Map<Pair, StoredInput> given = new HashMap<>();
        if (!asking.isEmpty()) {
            Set<String> checks = new LinkedHashSet<>();
            asking.forEach(pair -> checks.add(pair.check()));
            handle.attach(Statements.StatementDao.class)
                    .listNewest(assets(asking), checks)
                    .forEach(statement -> given.put(
                            new Pair(statement.assetId(), statement.checkId()),
                            new StoredInput(null, null, statement)));
        }
        return given;
    }

    private static Set<UUID> assets(Set<Pair> pairs) {
        Set<UUID> assets = new LinkedHashSet<>();
        pairs.forEach(pair -> assets.add(pair.asset()));
        return assets;
    }

    private Optional<ProbeSpec> probe(Pair pair) {
        return catalogue.find(pair.check()).flatMap(CatalogueEntry::sound).map(CheckDefinition::probe);
    }

    /**
     * What is stored here already for a run that sends no packet.
     *
     * @param snapshot the newest of the source it reads, null where there is none
     * @param refused what that source said since then and nobody could read, null where there is nothing
     * @param statement what a person stated last, null where nobody did or is asked
     */
    public record StoredInput(
            @Nullable Snapshot snapshot,
            @Nullable Refusal refused,
            @Nullable Statement statement) {
        public static final StoredInput NOTHING = new StoredInput(null, null, null);

        /** Returns the facts that a person stated last; none at all where nobody did, which the check itself says. */
        Map<String, Object> stated(CatalogueEntry entry, Asset asset, ZoneId zone, Instant now) {
            return statement == null ? Map.of() : statement.facts(statement.changed(entry, asset), zone, now);
        }
    }
}
