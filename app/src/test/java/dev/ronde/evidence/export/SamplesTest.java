package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.sample.Freeze;
import dev.ronde.evidence.sample.Freezes;
import dev.ronde.evidence.sample.Sample;
import dev.ronde.evidence.sample.SampleRequest;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples from frozen tables: the order of freeze and seed, the rows of a seed, and what a bundle says of them. */
class SamplesTest {
    private static final String SEED = "31415926535897932384626433";
    private static final Principal JEANNE = new Principal(
            BundleFixture.JEANNE.ref(), "Jeanne", Role.AUDITOR, Channel.PAGE, "password", UUID.randomUUID(), null);
    private static final int ASSETS = 40;

    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    private Freezes freezes;
    private UUID export;

    @BeforeEach
    void open() {
        use(DatabaseKind.H2, home);
    }

    private void use(DatabaseKind kind, Path folder) {
        fixture = new BundleFixture(kind, folder).lived();
        for (int i = 0; i < ASSETS; i++) {
            fixture.test.append(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "web-" + i, 1))
                    .occurredAt(java.time.Instant.parse("2026-03-10T08:00:00Z"))
                    .data(
                            "after",
                            Map.of(
                                    "name",
                                    "Web, \"" + i + "\"\nsecond line",
                                    "criticality",
                                    i % 4 == 0 ? "high" : "low")));
        }
        fixture.test.append(Evidence.of("check.published", Actor.SYSTEM, Subject.of("check", "web-tls", 1))
                .occurredAt(java.time.Instant.parse("2026-03-11T08:00:00Z"))
                .data("check", Map.of("id", "web-tls", "sha256", "ef"))
                .data("after", Map.of("title", "TLS is new", "severity", "high")));
        freezes = freezes(fixture.test.log);
        export = fixture.exports
                .make(UUID.randomUUID(), BundleFixture.MARCH, Locale.ENGLISH, BundleFixture.JEANNE, (done, total) -> {})
                .exportId();
    }

    private Freezes freezes(EvidenceLog log) {
        return new Freezes(
                fixture.test.database,
                fixture.test.ledger,
                log,
                (id, by) -> fixture.exports.file(fixture.exports.get(id, by)));
    }

    private static SampleRequest asked(String table, @Nullable String seed, int n, String stratum) {
        return new SampleRequest(table, seed, n, stratum, "Ada of Audit & Co", null);
    }

    private Sample draw(Freeze freeze, SampleRequest request) {
        return freezes.draw(freeze.id(), request, JEANNE);
    }

    private Sample extend(Freeze freeze, int more) {
        return draw(freeze, new SampleRequest("assets", null, more, null, null, true));
    }

    private static List<String> items(String sheet) {
        return sheet.lines()
                .skip(1)
                .filter(line -> line.matches("[0-9a-f]{64},.*"))
                .map(line -> line.split(",", 3)[1])
                .toList();
    }

    @Test
    void noSeedBeforeTheFreezeIsSealed() {
        TestClock ahead = TestClock.at(
                fixture.test.clock.instant().plus(Duration.ofHours(1)).toString());
        Freeze freeze = freezes(new EvidenceLog(ahead, "n2/test")).freeze(export, JEANNE);
        assertThat(freeze.sealed()).isFalse();
        for (String seed : List.of(SEED, "checkpoint")) {
            assertThatThrownBy(() -> draw(freeze, asked("assets", seed, 5, "")))
                    .isInstanceOfSatisfying(
                            Problem.class, e -> assertThat(e.code()).isEqualTo("not_sealed"));
        }
        fixture.test.clock.advance(Duration.ofHours(2));
        fixture.test.ledger.seal();
        assertThat(draw(freeze, asked("assets", SEED, 5, "")).drawn()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anExtensionDrawsTheSameRowsAndTheNextAndNoSecondSeedIsTaken(DatabaseKind kind) {
        if (kind != DatabaseKind.H2) {
            fixture.close();
            use(kind, home.resolve("other"));
        }
        Freeze freeze = freezes.freeze(export, JEANNE);
        List<String> first = items(freezes.sheet(draw(freeze, asked("assets", SEED, 7, ""))));
        List<String> more = items(freezes.sheet(extend(freeze, 5)));
        assertThat(more).hasSize(12).startsWith(first.toArray(String[]::new));
        assertThatThrownBy(() -> draw(freeze, asked("assets", SEED + "1", 7, "")))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("already_drawn"));
        assertThat(extend(freeze, 900).drawn()).isEqualTo(ASSETS + 2);
        assertThat(freezes.list(null, 5, null).items())
                .singleElement()
                .satisfies(one -> assertThat(one.samples())
                        .singleElement()
                        .satisfies(sample -> assertThat(sample.givenBy()).startsWith("Ada")));
    }

    @Test
    void aLaterBundleHoldsTheSamplesOfItsPeriodAndVerifies() throws Exception {
        Freeze freeze = freezes.freeze(export, JEANNE);
        Sample strata = draw(freeze, asked("assets", "checkpoint", 3, "criticality"));
        Sample runs = draw(freeze, asked("expected_vs_actual", SEED, 2, ""));
        extend(freeze, 1);
        Sample change = draw(freeze, asked("changes", SEED, 1, ""));
        assertThat(change.drawn()).isEqualTo(1);
        assertThat(freezes.sheet(change).lines().count())
                .as("all fields of one change")
                .isGreaterThan(2);
        assertThat(strata.drawn()).as("three of each of high, low and none").isEqualTo(3 + 3 + 2);
        Path zip = fixture.zip(BundleFixture.MARCH);
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        assertThat(fixture.verify(zip).exitCode()).isZero();
        Path sheet = folder.resolve("samples/" + runs.name() + ".csv");
        assertThat(BundleFixture.read(sheet)).isEqualTo(freezes.sheet(runs));
        assertThat(BundleFixture.read(folder.resolve("samples/" + strata.name() + ".json")))
                .contains("Ada of Audit & Co", "\"draws\":[{", "\"n\":4", "\"seed_source\":\"checkpoint\"");

        String json = BundleFixture.read(folder.resolve("samples/" + runs.name() + ".json"));
        Map<String, Runnable> attacks = Map.of(
                "a row of another ticket",
                () -> BundleFixture.write(sheet, BundleFixture.read(sheet).replaceFirst("(?m)^.*\n(.*)\n", "$1\n$1\n")),
                "another seed",
                () -> BundleFixture.write(
                        folder.resolve("samples/" + runs.name() + ".json"), json.replace(SEED, SEED + "0")),
                "a sheet that was left out",
                () -> sheet.toFile().delete(),
                "a sample that nobody drew",
                () -> BundleFixture.write(folder.resolve("samples/reviews-01234567.csv"), "ticket,item\n"));
        attacks.forEach((attack, act) -> {
            String before = BundleFixture.read(sheet);
            act.run();
            fixture.sumAndSign(folder);
            assertThat(fixture.verify(folder).exitCode()).as(attack).isEqualTo(21);
            BundleFixture.write(sheet, before);
            BundleFixture.write(folder.resolve("samples/" + runs.name() + ".json"), json);
            folder.resolve("samples/reviews-01234567.csv").toFile().delete();
        });
        ExportScope narrow =
                new ExportScope(BundleFixture.MARCH.from(), BundleFixture.MARCH.to(), List.of(), List.of("redis-1"));
        Path other = BundleFixture.unpack(fixture.zip(narrow), home.resolve("narrow"));
        assertThat(other.resolve("samples"))
                .as("a narrower scope is told nothing of them")
                .doesNotExist();
        assertThat(fixture.verify(other).exitCode()).isZero();
    }

    @Test
    @Tag("tools")
    @Needs({"sha256sum", "python3"})
    void theCommandsOfTheManualDrawTheSameRows() throws Exception {
        Freeze freeze = freezes.freeze(export, JEANNE);
        Sample sample = draw(freeze, asked("assets", SEED, 25, ""));
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("out"));
        String table = sample.populationSha256();
        // the shell reads one line a row
        Path blob = folder.resolve("data/blobs/" + table + ".csv");
        Files.writeString(blob, Files.readString(blob).replace("\nsecond line", ""));
        List<String> commands = BundleFixture.lines(folder.resolve("VERIFY.md")).stream()
                .filter(line -> line.contains("<seed>"))
                .map(line -> line.strip().replace("<sha256>", table).replace("<seed>", SEED))
                .toList();
        assertThat(commands).hasSize(2);
        for (String command : commands) {
            String printed = BundleFixture.run(folder, 0, "sh", "-c", command);
            assertThat(printed.lines().map(line -> line.split(" ")[1]).toList())
                    .as(command)
                    .isEqualTo(items(freezes.sheet(sample)));
        }
    }
}
