package dev.ronde.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Severity;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.run.CheckBench;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class FindingsTest {
    private static final Duration STEP = Duration.ofMinutes(70);

    private final TestClock clock = TestClock.at("2019-12-04T00:00:00Z");

    @TempDir
    static Path folder;

    private static Catalogue catalogue;

    @AutoClose
    private CheckBench bench;

    private Findings findings;

    FindingsTest(DatabaseKind kind) {
        bench = new CheckBench(kind, catalogue, clock, 50);
        findings = new Findings(clock, bench.inventory.evidence);
        bench.writer.addListener(findings);
    }

    @BeforeAll
    static void load() {
        catalogue = TestChecks.withDoor(folder);
    }

    private List<Finding> all(Asset asset) {
        return bench.read(handle -> findings.history(handle, asset.id(), 100));
    }

    private Finding only(Asset asset) {
        assertThat(all(asset)).hasSize(1);
        return all(asset).get(0);
    }

    @Test
    void theDecemberStoryLastsLessThanTwoHoursWithHourlyChecks() {
        Asset server = bench.door("elastic-1");
        bench.sweep();
        while (clock.instant().isBefore(Instant.parse("2019-12-05T00:00:00Z"))) {
            bench.sweepAfter(Duration.ofMinutes(10));
        }
        bench.door.set("elastic-1", "open");
        Instant opened = clock.instant();
        while (all(server).isEmpty()) {
            bench.sweepAfter(Duration.ofMinutes(10));
        }
        Finding finding = only(server);
        assertThat(finding.isOpen()).isTrue();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.summary()).isEqualTo("Open (200).");
        assertThat(Duration.between(opened, finding.detectedAt())).isLessThan(Duration.ofMinutes(80));
        bench.door.set("elastic-1", "closed");
        while (only(server).isOpen()) {
            bench.sweepAfter(Duration.ofMinutes(10));
        }
        Exposure exposure = only(server).exposure(clock.instant());
        assertThat(exposure.longest()).isLessThan(Duration.ofHours(3));
        assertThat(exposure.shortest()).isLessThanOrEqualTo(exposure.longest());
        assertThat(bench.records("finding.opened")).isEqualTo(1);
        assertThat(bench.records("finding.fixed")).isEqualTo(1);
    }

    @Test
    void anErrorNeitherClosesNorOpens() {
        Asset server = bench.door("redis-1");
        bench.door.set("redis-1", "crash");
        bench.sweep();
        assertThat(all(server)).isEmpty();
        bench.door.set("redis-1", "open");
        bench.sweepAfter(STEP);
        Finding finding = only(server);
        bench.door.set("redis-1", "crash");
        bench.sweepAfter(STEP);
        assertThat(only(server)).isEqualTo(finding);
        bench.door.set("redis-1", "closed");
        bench.sweepAfter(STEP);
        assertThat(only(server).fixedAt()).isEqualTo(clock.instant());
        assertThat(only(server).lastBadAt()).isEqualTo(finding.firstBadAt());
        assertThat(only(server).exposure(clock.instant()).longest())
                .as("it never passed before")
                .isNull();
    }

    @Test
    void keepsOneFindingWhileItFailsAndOpensANewOneAfterAPass() {
        Asset server = bench.door("redis-1");
        bench.sweep();
        bench.door.set("redis-1", "open");
        for (int i = 0; i < 3; i++) {
            bench.sweepAfter(STEP);
        }
        Finding first = only(server);
        assertThat(first.lastBadAt()).isEqualTo(clock.instant());
        assertThat(first.exposure(clock.instant()).shortest()).isBetween(STEP, STEP.multipliedBy(3));
        assertThat(bench.records("finding.opened")).isEqualTo(1);
        bench.door.set("redis-1", "closed");
        bench.sweepAfter(STEP);
        bench.door.set("redis-1", "open");
        bench.sweepAfter(STEP);
        assertThat(all(server)).hasSize(2);
        assertThat(all(server).get(0).lastGoodAt()).isEqualTo(first.lastBadAt().plus(STEP));
        assertThat(bench.<List<Finding>>read(handle -> findings.open(handle, server.id())))
                .extracting(Finding::id)
                .containsExactly(all(server).get(0).id());
    }

    @Test
    void listsWithFiltersAndForgetsRetiredAssets() {
        Asset server = bench.door("redis-1");
        bench.door.set("redis-1", "open");
        bench.sweep();
        assertThat(count(new FindingSearch.Filter(true, null, null, null, null, null)))
                .isEqualTo(1);
        assertThat(count(new FindingSearch.Filter(true, server.id(), "door-closed", "high", server.ownerId(), null)))
                .isEqualTo(1);
        assertThat(count(new FindingSearch.Filter(null, null, null, "low", null, null)))
                .isZero();
        assertThat(count(new FindingSearch.Filter(false, null, null, null, null, null)))
                .isZero();
        bench.test.database().useTransaction(tx -> bench.inventory.assets.retire(tx, server, Actor.SYSTEM));
        assertThat(count(new FindingSearch.Filter(true, null, null, null, null, null)))
                .isZero();
        assertThat(count(new FindingSearch.Filter(null, null, null, null, null, null)))
                .isEqualTo(1);
    }

    /** The finding and its records stay as the check file says it; people read it in their language as long as the facts give it. */
    @Test
    void isToldInTheLanguageOfWhoReads(@TempDir Path own) throws IOException {
        Asset server = bench.door("redis-1");
        bench.door.set("redis-1", "open");
        bench.sweep();
        Finding finding = only(server);
        TestChecks.writeDoor(own, TestChecks.doorText());
        Files.createDirectories(own.resolve("texts/fr"));
        Files.writeString(own.resolve("texts/fr/door-closed.yaml"), """
                title: La porte est fermée
                rationale: Une porte ouverte laisse entrer des inconnus.
                remediation: {summary: Fermez-la., steps: [Poussez.], verify: Tirez.}
                messages: {closed: "Ouverte ({{facts.door.status}})."}
                """);
        FindingTexts texts = texts(own);
        assertThat(told(texts, finding, Locale.FRENCH)).isEqualTo("Ouverte (200).");
        assertThat(told(texts, finding, Locale.ENGLISH)).isEqualTo("Open (200).");
        assertThat(only(server).summary()).isEqualTo("Open (200).");
        FindingTimeline timeline = new FindingTimeline(findings, texts);
        List<TimelineEntry> entries = bench.read(handle -> timeline.entries(handle, server, clock.instant(), 10));
        assertThat(bench.<List<TimelineEntry>>read(handle -> timeline.translated(handle, entries, Locale.FRENCH)))
                .extracting(TimelineEntry::arguments)
                .containsExactly(List.of("Ouverte (200)."));
        assertThat(entries).extracting(TimelineEntry::arguments).containsExactly(List.of("Open (200)."));

        TestChecks.writeDoor(own, TestChecks.doorText().replace("Open (", "Wide open ("));
        assertThat(told(texts(own), finding, Locale.FRENCH))
                .as("worded by an older file")
                .isEqualTo("Open (200).");
    }

    private FindingTexts texts(Path folder) {
        return new FindingTexts(
                new CheckMessages(TestChecks.load(folder), new Messages(Overlay.of("templates", null))), bench.runs);
    }

    private String told(FindingTexts texts, Finding finding, Locale language) {
        return bench.read(handle -> texts.summary(handle, finding, language));
    }

    private long count(FindingSearch.Filter query) {
        return bench.read(handle -> new FindingSearch(query).count(handle));
    }

    @Test
    void isAcknowledgedAndNotifiedOnce() {
        Asset server = bench.door("redis-1");
        bench.door.set("redis-1", "open");
        bench.sweep();
        Finding finding = only(server);
        clock.advance(Duration.ofMinutes(1));
        bench.test.database().useTransaction(tx -> {
            findings.notified(tx, finding.id(), clock.instant());
            Finding first = findings.acknowledge(tx, finding, server, Actor.command());
            assertThat(findings.acknowledge(tx, first, server, Actor.SYSTEM)).isEqualTo(first);
        });
        assertThat(only(server).notifiedAt()).isEqualTo(clock.instant());
        assertThat(only(server).acknowledgedAt()).isEqualTo(clock.instant());
        assertThat(only(server).acknowledgedBy()).isEqualTo(Actor.command().ref());
        assertThat(bench.records("finding.acknowledged")).isEqualTo(1);
    }
}
