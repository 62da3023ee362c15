package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.platform.resource.Overlay;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The shipped checks, asked and judged as in the product, against a port of this machine. */
final class ShippedChecks {
    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), Set.copyOf(Probes.TYPES), Set.of()).load();

    private ShippedChecks() {}

    /** Those that send packets. */
    static Stream<CheckDefinition> probing() {
        return CATALOGUE.entries().stream()
                .flatMap(entry -> entry.sound().stream())
                .filter(check ->
                        !check.probe().readsSnapshot() && !check.probe().asksPerson());
    }

    static CheckDefinition find(String id) {
        return CATALOGUE.find(id).orElseThrow().sound().orElseThrow();
    }

    /** Collects with the question of the check's own file and judges what came back. */
    static Judgement judge(CheckDefinition check, int port, Duration patience) {
        EffectiveParams params = EffectiveParams.defaults(check);
        Map<String, String> options = new LinkedHashMap<>();
        check.probe()
                .target()
                .forEach((name, template) -> ProbeSpec.fill(template, Map.of(), params.values(), Map.of())
                        .filter(text -> !text.isBlank())
                        .ifPresent(text -> options.put(name, text)));
        options.remove("host");
        options.remove("port");
        ProbeTarget plain = TestNetwork.target(port);
        ProbeTarget target = new ProbeTarget(
                plain.assetRef(), plain.host(), port, null, null, plain.authorisedUntil(), plain.zone(), options);
        ProbeSpec.Limits limits = check.probe().limits();
        ProbeResult result = TestNetwork.probe(check.probe().type())
                .collect(target, new ProbeLimits(limits.requests(), patience, patience, limits.maxBytes()));
        assertThat(result).as(check.id()).isInstanceOf(ProbeResult.Collected.class);
        Judge.Input input = new Judge.Input(
                ((ProbeResult.Collected) result).facts(),
                params.values(),
                Map.of(),
                Instant.parse("2026-03-02T08:00:00Z"));
        return Judge.judge(check, input);
    }
}
