package dev.ronde.check.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.TestChecks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep saw, as the check of the open ports judges and says it. */
final class PortExposureTest {
    private static final Map<String, Object> ASSET = Map.of("declared_ports", List.of(443L));

    @TempDir
    Path folder;

    private static Map<String, Object> port(long number, String state) {
        return state.equals("not-looked-at")
                ? Map.of("port", number, "state", state, "why", "time")
                : Map.of("address", "203.0.113.10", "port", number, "state", state);
    }

    private static Map<String, Object> facts(boolean proven, List<Map<String, Object>> ports) {
        Map<String, Object> vantage = Map.of("zone", "external", "canaryOk", proven);
        return new PortExposure()
                .derive(new Deriver.Input(Map.of("vantage", vantage, "ports", ports), Map.of(), ASSET));
    }

    private Judgement judged(Map<String, Object> facts) {
        Catalogue catalogue = TestChecks.load(folder);
        CheckDefinition check =
                catalogue.find("declared-port-exposure").orElseThrow().definition();
        return Judge.judge(
                check,
                new Judge.Input(
                        facts,
                        Map.of("sensitivePorts", List.of("22/tcp")),
                        ASSET,
                        Instant.parse("2026-03-02T08:00:00Z")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> facts, String name) {
        return (Map<String, Object>) facts.get(name);
    }

    @Test
    void sortsPortsAsNumbers() {
        Map<String, Object> facts = facts(
                true,
                List.of(
                        port(10_000, "open"),
                        port(9200, "open"),
                        port(22, "open"),
                        port(11_211, "not-looked-at"),
                        port(135, "not-looked-at")));
        assertThat(part(facts, "undeclared"))
                .containsEntry("words", "203.0.113.10:22, 203.0.113.10:9200, 203.0.113.10:10000");
        assertThat(part(facts, "unseen")).containsEntry("words", "135 (time), 11211 (time)");
    }

    @Test
    void saysTheSameInWhateverOrderPortsWereLookedAt() {
        List<Map<String, Object>> ports = new ArrayList<>(IntStream.of(22, 80, 3306, 6379)
                .mapToObj(number -> port(number, "open"))
                .toList());
        Map<String, Object> once = facts(true, ports);
        Collections.reverse(ports);
        assertThat(facts(true, ports)).isEqualTo(once);
    }

    /** One hole is enough; that not everything was seen is said beside it. */
    @Test
    void aFailureThatDidNotSeeEverythingIsIncomplete() {
        assertThat(judged(facts(true, List.of(port(22, "open"))))).satisfies(whole -> {
            assertThat(whole.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(whole.incomplete()).isFalse();
        });
        for (Map<String, Object> part : List.of(
                facts(true, List.of(port(22, "open"), port(23, "not-looked-at"))),
                facts(false, List.of(port(22, "open"), port(23, "filtered"))))) {
            Judgement judged = judged(part);
            assertThat(judged.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(judged.incomplete()).as(part.toString()).isTrue();
        }
    }

    @Test
    void withoutAHoleWhatWasNotSeenIsUnknownAndNamed() {
        Judgement unseen = judged(facts(true, List.of(port(22, "refused"), port(23, "not-looked-at"))));
        assertThat(unseen.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unseen.reason()).isEqualTo("ports-not-looked-at");
        assertThat(unseen.detail()).isEqualTo("Not looked at: 23 (time).");
        assertThat(judged(facts(false, List.of(port(22, "filtered")))).reason()).isEqualTo("vantage-unverified");
        assertThat(judged(facts(true, List.of(port(22, "refused")))).outcome()).isEqualTo(Outcome.PASS);
    }
}
