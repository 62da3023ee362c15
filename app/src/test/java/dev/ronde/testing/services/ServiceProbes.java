package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.run.Derivers;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.OutcomeTable;
import dev.ronde.testing.Stance;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shipped checks with the probes as the product sets them up, allowed to reach loopback, pointed at a real service. */
final class ServiceProbes {
    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), Set.copyOf(Probes.TYPES), Derivers.names()).load();

    private ServiceProbes() {}

    /** What one check made of a service. */
    record Verdict(ProbeResult.Collected result, Judgement judgement) {
        /** Returns outcome and failed assertions, for example {@code fail [banner-closed]}. */
        String word() {
            String outcome = judgement.outcome().code();
            return judgement.failed().isEmpty() ? outcome : outcome + " " + judgement.failed();
        }

        /** Returns one part of the facts. */
        Map<?, ?> facts(String part) {
            return (Map<?, ?>) result.facts().get(part);
        }
    }

    static Verdict check(String id, Service service) {
        return check(id, service, null);
    }

    static Verdict check(String id, Service service, @Nullable String serverName) {
        return check(id, service, serverName, ProbeLimits.POLICY.total());
    }

    /** Runs one check with these entries of its target set, as parameters of an asset set them. */
    static Verdict checkWith(String id, Service service, Map<String, String> options) {
        return check(id, service, null, ProbeLimits.POLICY.total(), options);
    }

    /** Runs one check, with no more than the given time where that is less than its own. */
    static Verdict check(String id, Service service, @Nullable String serverName, Duration patience) {
        return check(id, service, serverName, patience, Map.of());
    }

    private static Verdict check(
            String id, Service service, @Nullable String serverName, Duration patience, Map<String, String> options) {
        CheckDefinition check = CATALOGUE.find(id).orElseThrow().sound().orElseThrow();
        ProbeSpec.Limits limits = check.probe().limits();
        Map<String, String> entries = new LinkedHashMap<>();
        check.probe()
                .target()
                .forEach((name, template) -> ProbeSpec.fill(
                                template,
                                Map.of(),
                                EffectiveParams.defaults(check).values(),
                                Map.of())
                        .filter(text -> !text.isBlank())
                        .ifPresent(text -> entries.put(name, text)));
        entries.putAll(options);
        entries.keySet().removeAll(Set.of("host", "port"));
        ProbeResult.Collected result = collect(
                check.probe().type(),
                service,
                serverName,
                entries,
                new ProbeLimits(limits.requests(), limits.connect(), limits.total(), limits.maxBytes())
                        .atMost(new ProbeLimits(5, patience, patience, 65_536)));
        Map<String, Object> params = EffectiveParams.defaults(check).values();
        Judge.Input input = new Judge.Input(result.facts(), params, Map.of(), Instant.now());
        Judgement judgement = Judge.judge(check, input);
        String stored = KeptFacts.keep(check, result.facts()) + judgement.toString();
        assertThat(stored).as("nothing of the data is stored").doesNotContain(Service.CANARY);
        Verdict verdict = new Verdict(result, judgement);
        if (service.stance() == Stance.EXPOSED) {
            assertThat(verdict.word()).as(id + " at an exposed server").isNotEqualTo("pass");
        }
        OutcomeTable.note(id, service.program(), service.stance(), verdict.word());
        return verdict;
    }

    private static ProbeResult.Collected collect(
            String type,
            Service service,
            @Nullable String serverName,
            Map<String, String> options,
            ProbeLimits limits) {
        Map<Setting, String> flags = Map.of(Setting.PROBE_ALLOW, "127.0.0.0/8", Setting.HOME, "target/none");
        LocalDate until = LocalDate.of(2026, 12, 31);
        try (Probes probes = Probes.start(SettingsReader.read(flags, Map.of()), new TestClock(), Set.of())) {
            ProbeTarget target = new ProbeTarget(
                    "service", "127.0.0.1", service.port(), serverName, null, until, ZoneOffset.UTC, options);
            ProbeResult result = probes.all().stream()
                    .filter(probe -> probe.type().equals(type))
                    .findFirst()
                    .orElseThrow()
                    .collect(target, limits);
            assertThat(result.toString()).as("nothing of the data comes back").doesNotContain(Service.CANARY);
            assertThat(result).isInstanceOf(ProbeResult.Collected.class);
            return (ProbeResult.Collected) result;
        }
    }
}
