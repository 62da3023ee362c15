package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Refusal;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckState;
import dev.ronde.check.agent.RemoteVantage;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.pause.ProbePause;
import dev.ronde.check.probe.EveryAddress;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.PortList;
import dev.ronde.check.probe.PortSweep;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.run.Execution.ExecutionRedaction;
import dev.ronde.check.run.StoredInputReader.StoredInput;
import dev.ronde.check.statement.Statement;
import dev.ronde.evidence.redact.Redactor;
import dev.ronde.evidence.redact.RedactorCanary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one check on one asset: collect, derive, judge. Holds no database connection and stores nothing. */
public final class CheckRunner {
    private static final Logger log = LoggerFactory.getLogger(CheckRunner.class);
    private static final String EXTERNAL = "external";

    private final InstantSource clock;
    private final Map<String, Probe> probes;
    private final Map<String, Deriver> derivers;
    private final OwnVantage own;
    private final RemoteVantage elsewhere;
    private final BiFunction<CheckDefinition, Map<String, Object>, Optional<String>> unknownProduct;
    private final Redactor redactor = Redactor.standard();

    /**
     * @param unknownProduct see {@link dev.ronde.catalogue.Catalogue#unknownProduct}
     */
    public CheckRunner(
            InstantSource clock,
            List<Probe> probes,
            List<Deriver> derivers,
            OwnVantage own,
            RemoteVantage elsewhere,
            BiFunction<CheckDefinition, Map<String, Object>, Optional<String>> unknownProduct) {
        this.clock = clock;
        this.probes = new LinkedHashMap<>();
        probes.forEach(probe -> this.probes.put(probe.type(), probe));
        this.derivers = new LinkedHashMap<>();
        derivers.forEach(deriver -> this.derivers.put(deriver.name(), deriver));
        this.own = own;
        this.elsewhere = elsewhere;
        this.unknownProduct = unknownProduct;
    }

    /**
     * Lets the redactor prove itself; call before the first run.
     *
     * @throws IllegalStateException where it fails one of its canaries
     */
    public void prove() {
        RedactorCanary.prove(redactor);
    }

    /** Returns where a run would send packets; empty where it sends none, or cannot tell where. */
    public Optional<ProbeAddress> address(CatalogueEntry entry, Asset asset) {
        return entry.sound().filter(this::sendsPackets).flatMap(check -> {
            Duration longest = check.probe().longest();
            Duration sweep = check.probe().sweeps() ? longest : null;
            return targets(entry, asset).stream()
                    .findFirst()
                    .map(target -> new ProbeAddress(
                            target.host(),
                            target.port(),
                            sweep,
                            sweep == null && target.isNamed() ? EveryAddress.LONGEST.plus(longest) : longest,
                            target.authorised(clock.instant())));
        });
    }

    /** Nothing changed about the asset that says where packets go. */
    boolean looksAtTheSame(CatalogueEntry entry, Asset before, Asset after) {
        return targets(entry, before).equals(targets(entry, after));
    }

    private List<ProbeTarget> targets(CatalogueEntry entry, Asset asset) {
        return entry.sound()
                .map(check -> targets(check, AssetVariables.of(asset), EffectiveParams.of(check, asset.tags()), asset))
                .orElse(List.of());
    }

    /** Nobody outside was free to run it, although somebody is there. */
    boolean foundNobodyFree(Execution ran) {
        return ProbeFailure.NO_VANTAGE.code().equals(ran.judgement().reason()) && elsewhere.available(EXTERNAL);
    }

    public boolean outside() {
        return own.outside();
    }

    private boolean sendsPackets(CheckDefinition check) {
        Probe probe = probes.get(check.probe().type());
        return !check.probe().passive() && (probe == null || probe.sendsPackets());
    }

    public Execution run(CatalogueEntry entry, Asset asset, StoredInput given) {
        Execution ran = run(entry, asset, given, Optional.empty());
        Snapshot snapshot = given.snapshot();
        Statement statement = given.statement();
        Execution seen = snapshot != null
                ? SnapshotFacts.asFarAs(snapshot, ran)
                : statement != null ? ran.seen(statement.statedAt()) : ran;
        Refusal refused = given.refused();
        return refused == null ? seen : seen.beside(refused);
    }

    Execution probe(CatalogueEntry entry, Asset asset, Admitted admitted) {
        return run(entry, asset, StoredInput.NOTHING, Optional.of(admitted));
    }

    record Admitted(TargetLimits.Permit permit, Duration atMost) {
        Duration within(Duration own) {
            return own.compareTo(atMost) < 0 ? own : atMost;
        }
    }

    private Execution run(CatalogueEntry entry, Asset asset, StoredInput given, Optional<Admitted> admitted) {
        Instant startedAt = clock.instant();
        if (entry.definition() == null) {
            List<Said> first = entry.problems().stream()
                    .limit(1)
                    .map(problem -> Said.of(Saying.FILE_INVALID, problem))
                    .toList();
            Judgement broken = Judgement.undecided(
                    Outcome.ERROR,
                    CheckState.DEFINITION_INVALID,
                    first,
                    entry.outline().severity());
            return ExecutionRedaction.of(redactor, Execution.unlooked(broken, startedAt, clock.instant()));
        }
        CheckDefinition check = entry.definition();
        EffectiveParams params = EffectiveParams.of(check, asset.tags());
        Map<String, Object> variables = AssetVariables.of(asset);
        List<ProbeResult> results;
        try {
            results = collect(entry, check, params, asset, variables, given, admitted).stream()
                    .map(result -> derived(check, result, params, variables, given.snapshot()))
                    .toList();
        } catch (RuntimeException e) {
            log.error("probe {} broke on asset {}", check.probe().type(), asset.ref(), e);
            results = List.of(ProbeResult.failed(ProbeFailure.CRASH, Saying.PROBE_BROKE));
        }
        try {
            return WorstExecution.of(results.stream()
                    .map(result -> judged(check, params, variables, startedAt, result))
                    .toList());
        } catch (RuntimeException | StackOverflowError e) {
            log.error("check {} cannot be judged on asset {}", check.id(), asset.ref(), e);
            return judged(
                    check,
                    params,
                    variables,
                    startedAt,
                    ProbeResult.failed(ProbeFailure.CRASH, Saying.JUDGEMENT_BROKE));
        }
    }

    Execution lost(CatalogueEntry entry, Asset asset, Instant startedAt) {
        CheckDefinition check = entry.sound().orElseThrow();
        return judged(
                check,
                EffectiveParams.of(check, asset.tags()),
                Map.of(),
                startedAt,
                ProbeResult.failed(ProbeFailure.TIMEOUT, Saying.GIVEN_UP));
    }

    /** {@code exchanges} is what was said before the pause began. */
    Execution paused(CatalogueEntry entry, Asset asset, Instant startedAt, ProbePause pause, List<Exchange> exchanges) {
        CheckDefinition check = entry.sound().orElseThrow();
        Said said = pause.stop() ? Said.of(Saying.ALL_STOPPED) : Said.of(Saying.IN_MAINTENANCE, pause.endsAt());
        return judged(
                check,
                EffectiveParams.of(check, asset.tags()),
                Map.of(),
                startedAt,
                new ProbeResult.Failed(pause.failure(), List.of(said), null, exchanges));
    }

    private Execution judged(
            CheckDefinition check,
            EffectiveParams params,
            Map<String, Object> variables,
            Instant startedAt,
            ProbeResult result) {
        Instant now = clock.instant();
        if (result instanceof ProbeResult.Failed failed) {
            Judgement judgement = Judgement.undecided(
                    failed.reason().isError() ? Outcome.ERROR : Outcome.UNKNOWN,
                    failed.reason().code(),
                    failed.said(),
                    check.about().severity());
            return ExecutionRedaction.of(
                    redactor,
                    new Execution(
                            judgement,
                            startedAt,
                            now,
                            Map.of(),
                            params,
                            null,
                            failed.resolved(),
                            failed.exchanges(),
                            null,
                            Map.of(),
                            null));
        }
        ProbeResult.Collected collected = (ProbeResult.Collected) result;
        Judgement found = Judge.judge(check, new Judge.Input(collected.facts(), params.values(), variables, now));
        Judgement judgement = unknownProduct
                .apply(check, variables)
                .map(found::onUnknownProduct)
                .orElse(found);
        boolean schemaBroken = "fact-schema".equals(judgement.reason());
        Execution ran = new Execution(
                judgement,
                startedAt,
                now,
                schemaBroken ? Map.of() : KeptFacts.keep(check, collected.facts()),
                params,
                collected.vantage(),
                collected.resolved(),
                collected.exchanges(),
                judgement.outcome() == Outcome.FAIL ? KeptFacts.fingerprint(check, collected.facts(), judgement) : null,
                Map.of(),
                null);
        return ExecutionRedaction.of(redactor, ran);
    }

    private List<ProbeResult> collect(
            CatalogueEntry entry,
            CheckDefinition check,
            EffectiveParams params,
            Asset asset,
            Map<String, Object> variables,
            StoredInput given,
            Optional<Admitted> admitted) {
        Optional<Said> unusable = EffectiveParams.unusable(check, asset.tags());
        if (unusable.isPresent()) {
            return List.of(
                    new ProbeResult.Failed(ProbeFailure.BAD_PARAMETER, List.of(unusable.get()), null, List.of()));
        }
        ProbeSpec spec = check.probe();
        if (spec.asksPerson()) {
            ZoneId local = Optional.ofNullable(asset.zone()).orElse(own.time());
            return List.of(new ProbeResult.Collected(
                    given.stated(entry, asset, local, clock.instant()), null, null, List.of()));
        }
        if (spec.readsSnapshot()) {
            Snapshot snapshot = given.snapshot();
            String derive = spec.derive();
            boolean addsUp = derive != null && known(derivers, derive).addsUp();
            return List.of(
                    snapshot == null
                            ? ProbeResult.failed(ProbeFailure.SOURCE_UNAVAILABLE, Saying.NO_SNAPSHOT, spec.source())
                            : SnapshotFacts.collected(snapshot, check.facts(), addsUp));
        }
        boolean remote = spec.vantage() == ProbeSpec.Vantage.EXTERNAL && !outside();
        if (remote && !elsewhere.available(EXTERNAL)) {
            return List.of(ProbeResult.failed(ProbeFailure.NO_VANTAGE, Saying.NOBODY_OUTSIDE));
        }
        List<ProbeTarget> targets = targets(check, variables, params, asset);
        if (targets.isEmpty()) {
            return List.of(ProbeResult.failed(ProbeFailure.NO_TARGET, Saying.NO_TARGET));
        }
        ProbeSpec.Limits limits = spec.limits();
        ProbeLimits budget = new ProbeLimits(limits.requests(), limits.connect(), limits.total(), limits.maxBytes());
        ProbeLimits lower = budget.atMost(ProbeLimits.POLICY);
        RemoteVantage.Errand errand = new RemoteVantage.Errand(spec.type(), asset.id(), check.id());
        PortSweep.Looks from = remote
                ? (type, target) -> elsewhere.collect(EXTERNAL, errand.of(type), target, lower)
                : (type, target) -> known(probes, type).collect(target, lower);
        boolean one = !spec.sweeps() && !targets.get(0).isNamed();
        if (one || !sendsPackets(check)) {
            return List.of(from.look(spec.type(), targets.get(0)));
        }
        Admitted in = admitted.orElseThrow(() -> new IllegalStateException("it has to be let in"));
        return spec.sweeps()
                ? List.of(new PortSweep(spec.type(), from, in.permit(), clock)
                        .collect(targets, limits.ports(), in.within(limits.sweep())))
                : new EveryAddress(spec.type(), from, in.permit(), clock)
                        .collect(targets.get(0), in.within(EveryAddress.LONGEST));
    }

    private ProbeResult derived(
            CheckDefinition check,
            ProbeResult result,
            EffectiveParams params,
            Map<String, Object> variables,
            @Nullable Snapshot snapshot) {
        String name = check.probe().derive();
        if (name == null || !(result instanceof ProbeResult.Collected collected)) {
            return result;
        }
        try {
            Map<String, Object> document = snapshot == null ? collected.facts() : SnapshotFacts.document(snapshot);
            Map<String, Object> facts = new LinkedHashMap<>(
                    known(derivers, name).derive(new Deriver.Input(document, params.values(), variables)));
            if (snapshot != null) {
                facts.put("snapshot", SnapshotFacts.origin(snapshot));
            }
            return new ProbeResult.Collected(facts, collected.vantage(), collected.resolved(), collected.exchanges());
        } catch (UnparsableException e) {
            return new ProbeResult.Failed(
                    ProbeFailure.UNPARSABLE_RULE, e.said(), collected.resolved(), collected.exchanges());
        }
    }

    /** The catalogue holds no check whose probe or deriver is unknown. */
    private static <T> T known(Map<String, T> all, String name) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new IllegalStateException("the catalogue was loaded for other probes: " + name));
    }

    /** One target, or one for each port of a sweep; empty if the asset or the check does not say. */
    private List<ProbeTarget> targets(
            CheckDefinition check, Map<String, Object> variables, EffectiveParams params, Asset asset) {
        Map<String, String> filled = new LinkedHashMap<>();
        check.probe()
                .target()
                .forEach((name, template) -> ProbeSpec.fill(template, variables, params.values(), own.resolver())
                        .filter(text -> !text.isBlank())
                        .ifPresent(text -> filled.put(name, text)));
        String host = Optional.ofNullable(filled.remove("host")).orElse(asset.hostname());
        String ports = filled.remove(check.probe().sweeps() ? ProbeSpec.PORTS : "port");
        if (host == null || ports == null) {
            return List.of();
        }
        return PortList.parse(ports).stream()
                .map(port -> new ProbeTarget(
                        asset.ref(),
                        host,
                        port,
                        asset.hostname(),
                        asset.starttls(),
                        asset.probeAuthorisedUntil(),
                        Optional.ofNullable(asset.zone()).orElse(own.time()),
                        filled))
                .toList();
    }
}
