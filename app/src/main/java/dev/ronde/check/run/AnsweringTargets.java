package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.CheckState;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.schedule.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Knows where something has answered. A refusal or silence at a place that never answered proves nothing: address or port may be mistyped.
 * Where a check looks at a port of its own rather than the asset's, an answer of the address at any port is enough.
 */
record AnsweringTargets(CheckRunner runner) {
    private static final Comparator<TargetAnswerDao.Place> ORDER = Comparator.comparing(TargetAnswerDao.Place::assetId)
            .thenComparing(TargetAnswerDao.Place::host)
            .thenComparing(TargetAnswerDao.Place::port);

    /** Notes where something answered in this batch, and says what its results are worth. */
    List<Completion> judged(Handle tx, List<Completion> batch, Instant now, Set<UUID> heard) {
        Set<TargetAnswerDao.Place> answered = new HashSet<>();
        Set<UUID> assets = new HashSet<>();
        for (Completion finished : batch) {
            Execution ran = finished.ran();
            if (ran != null) {
                List<TargetAnswerDao.Place> places = places(finished.entry(), finished.asset(), ran);
                answered.addAll(places);
                if (!places.isEmpty() || isInDoubt(finished.entry(), finished.asset(), ran)) {
                    assets.add(finished.asset().id());
                }
            }
        }
        if (assets.isEmpty()) {
            return batch;
        }
        TargetAnswerDao dao = tx.attach(TargetAnswerDao.class);
        Set<TargetAnswerDao.Place> known = new HashSet<>(dao.list(assets));
        List<TargetAnswerDao.Place> fresh = answered.stream()
                .filter(place -> !known.contains(place))
                .sorted(ORDER)
                .toList();
        if (!fresh.isEmpty()) {
            dao.insert(fresh, now);
            known.addAll(fresh);
            fresh.forEach(place -> heard.add(place.assetId()));
        }
        return batch.stream()
                .map(finished -> {
                    Execution ran = finished.ran();
                    return ran == null
                            ? finished
                            : finished.with(judged(finished.entry(), finished.asset(), ran, known));
                })
                .toList();
    }

    Execution judged(Handle handle, CatalogueEntry entry, Asset asset, Execution ran) {
        return isInDoubt(entry, asset, ran)
                ? judged(entry, asset, ran, handle.attach(TargetAnswerDao.class).list(Set.of(asset.id())))
                : ran;
    }

    private Execution judged(
            CatalogueEntry entry, Asset asset, Execution ran, Collection<TargetAnswerDao.Place> known) {
        if (!isInDoubt(entry, asset, ran)) {
            return ran;
        }
        ProbeAddress address = runner.address(entry, asset).orElseThrow();
        CheckDefinition check = entry.sound().orElseThrow();
        boolean own = EffectiveParams.of(check, asset.tags()).givePort(check.probe());
        boolean seen = known.stream()
                .anyMatch(place -> place.assetId().equals(asset.id())
                        && place.host().equals(address.host())
                        && (!own || place.port() == address.port()));
        return seen
                ? ran
                : ran.judged(
                        Judgement.undecided(
                                Outcome.UNKNOWN,
                                CheckState.TARGET_NEVER_SEEN,
                                List.of(Said.of(Saying.TARGET_NEVER_SEEN)),
                                ran.judgement().severity()),
                        ran.kept());
    }

    /** It speaks for the asset, but nothing answered and nobody said that nothing should. */
    private boolean isInDoubt(CatalogueEntry entry, Asset asset, Execution ran) {
        Outcome outcome = ran.judgement().outcome();
        return (outcome == Outcome.PASS || outcome == Outcome.NOT_APPLICABLE)
                && !asset.expectedClosed()
                && answers(ran).findAny().isEmpty()
                && runner.address(entry, asset).isPresent();
    }

    private List<TargetAnswerDao.Place> places(CatalogueEntry entry, Asset asset, Execution ran) {
        if (answers(ran).findAny().isEmpty()) {
            return List.of();
        }
        Optional<ProbeAddress> address = runner.address(entry, asset);
        if (address.isEmpty()) {
            return List.of();
        }
        String host = address.get().host();
        Stream<Integer> ports = address.get().sweep() == null
                ? Stream.of(address.get().port())
                : answers(ran).map(Exchange::wire).filter(Objects::nonNull).map(Exchange.Wire::remotePort);
        return ports.distinct()
                .map(port -> new TargetAnswerDao.Place(asset.id(), host, port))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Stream<Exchange> answers(Execution ran) {
        return ran.withTarget().stream().filter(Exchange::answered);
    }

    interface TargetAnswerDao {
        record Place(UUID assetId, String host, int port) {}

        @SqlQuery("select asset_id, host, port from target_answer where asset_id in (<assetIds>)")
        List<Place> list(@BindList("assetIds") Collection<UUID> assetIds);

        @SqlBatch("""
                insert into target_answer (asset_id, host, port, first_at) values (:assetId, :host, :port, :now)
                on conflict do nothing
                """)
        void insert(@BindMethods Collection<Place> places, @Bind("now") Instant now);
    }

    /**
     * A claimed due row whose work is over.
     *
     * @param nextDueAt when it is due again, null for never
     * @param ran the result, null where only missed occurrences are written or the work was put off
     */
    record Completion(
            Claim claim,
            CatalogueEntry entry,
            Asset asset,
            Occurrences occurrences,
            @Nullable Instant nextDueAt,
            @Nullable Execution ran,
            CheckState before) {

        Completion with(Execution other) {
            return new Completion(claim, entry, asset, occurrences, nextDueAt, other, before);
        }
    }
}
