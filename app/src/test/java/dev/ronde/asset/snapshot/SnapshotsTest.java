package dev.ronde.asset.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ronde.asset.TestInventory;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
class SnapshotsTest {
    private static final String ENCRYPTED =
            "{'os':{'family':'linux'},'disks':[{'device':'sda','encrypted':true}],'secretish':'CANARY-7'}";
    private static final String PLAIN = "{'os':{'family':'linux'},'disks':[{'device':'sda','encrypted':false}]}";
    private final TestClock clock = new TestClock();

    @AutoClose
    private final TestDatabase database;

    private final Snapshots snapshots;
    private final Asset asset;

    SnapshotsTest(DatabaseKind kind) {
        database = TestDatabase.open(kind);
        TestInventory inventory = new TestInventory(database.database(), clock, Set.of("host.server"));
        snapshots = new Snapshots(SourceSchemas.open(Overlay.of("checks", null)), inventory.evidence, clock);
        asset = inventory.asset("srv-1", "host.server");
    }

    private Snapshots.Pushed push(String json) {
        return push("host.v1", json, PushHeaders.NONE);
    }

    private Snapshots.Pushed push(String source, String json, PushHeaders headers) {
        clock.advance(Duration.ofMinutes(1));
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Document document = snapshots.read(database.database(), source, body);
        return database.database().inTransaction(tx -> snapshots.push(tx, asset, document, headers, Actor.SYSTEM));
    }

    private Problem refused(String source, String json, PushHeaders headers) {
        return catchThrowableOfType(Problem.class, () -> push(source, json, headers));
    }

    private long rows(String table) {
        return Sql.number(database.database(), "select count(*) from " + table);
    }

    private List<Change> diff(@Nullable String from, String to) {
        return database.database().read(handle -> snapshots.diffStates(handle, asset.id(), from, to, Locale.ENGLISH));
    }

    private ConfigState present() {
        return database.database()
                .read(handle -> snapshots.states(handle, asset.id(), 1))
                .get(0);
    }

    private <T> List<T> listed(Function<Handle, List<T>> query) {
        return database.database().read(query);
    }

    @Test
    void theSameConfigurationIsSeenAgainAndStoredOnce() {
        Snapshots.Pushed first = push(ENCRYPTED);
        assertThat(first).returns(true, Snapshots.Pushed::changed);
        assertThat(first.dropped()).containsExactly("secretish");
        Snapshots.Pushed again = push(ENCRYPTED);
        assertThat(again).returns(false, Snapshots.Pushed::changed);
        assertThat(again.snapshot().id()).isEqualTo(first.snapshot().id());
        assertThat(again.snapshot().lastSeenAt()).isEqualTo(clock.instant());
        assertThat(again.snapshot().receivedAt()).isBefore(clock.instant());
        assertThat(List.of(rows("snapshot"), rows("snapshot_content"), rows("config_state")))
                .containsOnly(1L);
        assertThat(database.database()
                        .<Long>read(handle -> handle.createQuery(
                                        "select count(*) from evidence_record where rec_type = 'snapshot.received'")
                                .mapTo(Long.class)
                                .one()))
                .isEqualTo(1);
    }

    @Test
    void sentAgainAnOldDocumentGetsNoYounger() {
        Instant tenDaysAgo = clock.instant().minus(Duration.ofDays(10));
        Instant nineDaysAgo = tenDaysAgo.plus(Duration.ofDays(1));
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(null, tenDaysAgo)).snapshot())
                .returns(tenDaysAgo, Snapshot::collectedAt)
                .returns(tenDaysAgo, Snapshot::lastSeenAt);
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(null, tenDaysAgo)).snapshot())
                .returns(tenDaysAgo, Snapshot::lastSeenAt);
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(null, nineDaysAgo))
                        .snapshot())
                .returns(tenDaysAgo, Snapshot::collectedAt)
                .returns(nineDaysAgo, Snapshot::lastSeenAt);
        assertThat(push(ENCRYPTED).snapshot()).returns(clock.instant(), Snapshot::lastSeenAt);
        Instant arrived = clock.instant();
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(null, arrived.minusSeconds(60)))
                        .snapshot())
                .as("never back")
                .returns(arrived, Snapshot::lastSeenAt);
        assertThat(push(
                                "host.v1",
                                ENCRYPTED,
                                new PushHeaders(null, clock.instant().plusSeconds(200)))
                        .snapshot())
                .as("clocks differ; nothing is seen in the future")
                .returns(clock.instant(), Snapshot::lastSeenAt);
    }

    /** A push that is refused, remembered as the API and the fetching do it. */
    private void remembered(String json, PushHeaders headers) {
        Problem problem = refused("host.v1", json, headers);
        database.database()
                .useTransaction(tx -> snapshots.refused(tx, asset, "host.v1", headers, problem, Actor.SYSTEM));
    }

    private @Nullable Refusal open(String source) {
        return database.database()
                .read(handle -> snapshots.refusals().open(handle, asset.id(), source))
                .orElse(null);
    }

    private static PushHeaders sequence(long number) {
        return new PushHeaders(number, null);
    }

    @Test
    void aRefusedSequenceIsFollowedByItselfOrALaterOne() {
        push("host.v1", PLAIN, sequence(4));
        remembered("{'os':{}}", sequence(6));
        clock.advance(Duration.ofHours(1));
        push("host.v1", ENCRYPTED, sequence(5));
        assertThat(open("host.v1")).as("it was sent before the refused one").isNotNull();
        remembered("{'os':{}}", sequence(6));
        assertThat(open("host.v1")).returns(1, Refusal::times).returns(6L, Refusal::pushSequence);
        remembered("{'os':{}}", sequence(7));
        assertThat(open("host.v1")).returns(2, Refusal::times).returns(7L, Refusal::pushSequence);
        push("host.v1", ENCRYPTED, sequence(8));
        assertThat(open("host.v1")).isNull();
    }

    /** An agent that counts on only after a success sends the mended document under the number of the refused one. */
    @Test
    void theSameSequenceIsTheSameTurnTriedAgain() {
        push("host.v1", PLAIN, sequence(4));
        remembered("{'os':{}}", sequence(5));
        clock.advance(Duration.ofMinutes(1));
        assertThat(push("host.v1", ENCRYPTED, sequence(5)).changed()).isTrue();
        assertThat(open("host.v1")).as("what is accepted counts").isNull();
        Problem again = refused("host.v1", PLAIN, sequence(5));
        assertThat(again.code()).isEqualTo("sequence_not_growing");
        assertThat(again).hasMessageEndingWith("It grows with every accepted push.");
        remembered("{'os':{}}", sequence(5));
        assertThat(open("host.v1"))
                .as("neither is the refused one counted anew")
                .isNull();
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        remembered("{'os':{}}", PushHeaders.NONE);
        push(PLAIN);
        clock.advance(Duration.ofDays(399));
        remembered("{'os':{}}", PushHeaders.NONE);
        push(PLAIN);
        assertThat(rows("snapshot_refusal")).isEqualTo(2);
        clock.advance(Duration.ofDays(2));
        remembered("{'os':{}}", PushHeaders.NONE);
        assertThat(rows("snapshot_refusal")).isEqualTo(2);
    }

    @Test
    void changesBackAndForthAreThreeSnapshotsOfTwoContents() {
        String before = push(ENCRYPTED).snapshot().digest();
        String after = push(PLAIN).snapshot().digest();
        assertThat(push(ENCRYPTED).snapshot().digest()).isEqualTo(before);
        assertThat(rows("snapshot")).isEqualTo(3);
        assertThat(rows("snapshot_content")).isEqualTo(2);
        assertThat(diff(before, after))
                .containsExactly(new Change("disks[sda].encrypted", "Disk sda, encryption", "yes", "no", "weaker"));
        assertThat(diff(after, before)).extracting(Change::effect).containsExactly("stronger");
        assertThat(diff(null, after)).isEmpty();
        assertThat(diff(after, after)).isEmpty();
        assertThat(catchThrowableOfType(Problem.class, () -> diff("sha256:" + "0".repeat(64), after))
                        .status())
                .isEqualTo(404);
        Map<UUID, String> digests =
                database.database().read(handle -> snapshots.digests(handle, List.of(asset.id(), UUID.randomUUID())));
        assertThat(digests).containsExactly(Map.entry(asset.id(), before));
        assertThat(listed(handle -> snapshots.states(handle, asset.id(), 10)))
                .extracting(ConfigState::digest)
                .containsExactly(before, after, before);
    }

    @Test
    void severalSourcesMakeOneState() {
        String host = push(ENCRYPTED).snapshot().digest();
        push("azure.nsg.v1", "{'securityRules':[]}", PushHeaders.NONE);
        ConfigState both = present();
        assertThat(both.sources()).containsOnlyKeys("azure.nsg.v1", "host.v1");
        assertThat(both.digest()).isNotEqualTo(host).startsWith("sha256:");
        assertThat(diff(host, both.digest()))
                .containsExactly(
                        new Change("azure.nsg.v1", "Azure network security group", null, "first snapshot", "neutral"));
        push(PLAIN);
        ConfigState later = present();
        assertThat(diff(both.digest(), later.digest()))
                .extracting(Change::path)
                .containsExactly("host.v1:disks[sda].encrypted");
        assertThat(listed(handle -> snapshots.latestBySource(handle, asset.id())))
                .extracting(Snapshot::source)
                .containsExactly("azure.nsg.v1", "host.v1");
    }

    @Test
    void replaysAndOldOrFutureCollectionsAreRefused() {
        Instant at = Instant.parse("2026-03-02T08:00:30Z");
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(5L, at))
                        .snapshot()
                        .collectedAt())
                .isEqualTo(at);
        assertThat(refused("host.v1", ENCRYPTED, new PushHeaders(5L, at)).code())
                .isEqualTo("sequence_not_growing");
        assertThat(refused("host.v1", ENCRYPTED, new PushHeaders(4L, null)).code())
                .isEqualTo("sequence_not_growing");
        assertThat(refused("host.v1", ENCRYPTED, new PushHeaders(6L, at.minusSeconds(1)))
                        .code())
                .isEqualTo("older_snapshot");
        assertThat(refused(
                                "host.v1",
                                ENCRYPTED,
                                new PushHeaders(6L, clock.instant().plusSeconds(1_000)))
                        .code())
                .isEqualTo("invalid");
        assertThat(push("host.v1", ENCRYPTED, new PushHeaders(6L, at)).changed())
                .isFalse();
        // what names no time was collected when it arrived
        clock.advance(java.time.Duration.ofMinutes(10));
        push("host.v1", PLAIN, PushHeaders.NONE);
        assertThat(refused("host.v1", ENCRYPTED, new PushHeaders(null, at.plusSeconds(60)))
                        .code())
                .isEqualTo("older_snapshot");
        clock.advance(java.time.Duration.ofMinutes(1));
        assertThat(push("host.v1", ENCRYPTED, PushHeaders.NONE).changed()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingStored() {
        for (String[] wrong : new String[][] {
            {"unknown_source", "toaster.v1", ENCRYPTED},
            {"unknown_source", "../host.v1", ENCRYPTED},
            {"bad_json", "host.v1", "{'os':"},
            {"bad_json", "host.v1", ""},
            {"invalid", "azure.nsg.v1", "null"},
            {"bad_json", "host.v1", "{} {}"},
            {"bad_json", "host.v1", "{'os':{},'os':{}}"},
            {"too_deep", "host.v1", "[".repeat(33) + "]".repeat(33)},
            {"too_deep", "host.v1", "{'patches':{'pending_security':" + "9".repeat(4 << 20) + "}}"},
            {"too_deep", "host.v1", "{'os':{'name':'" + "x".repeat((1 << 20) + 1) + "'}}"},
            {"too_deep", "host.v1", "{'a':".repeat(33) + "1" + "}".repeat(33)},
            {"invalid", "host.v1", "{'os':{'family':'linux','name':'\\u0000'}}"}
        }) {
            assertThat(refused(wrong[1], wrong[2], PushHeaders.NONE).code())
                    .as(wrong[2].substring(0, Math.min(40, wrong[2].length())))
                    .isEqualTo(wrong[0]);
        }
        assertThat(refused("host.v1", "\"" + "x".repeat(5 << 20) + "\"", PushHeaders.NONE)
                        .status())
                .isEqualTo(413);
        assertThat(rows("snapshot")).isZero();
        assertThat(rows("snapshot_source")).isZero();
    }

    /** Five megabytes are small, and what they ask for is not. */
    @Test
    void documentsMadeToHurtCostNoMoreThanTheirSize() {
        long start = System.nanoTime();
        for (String number : List.of("1e999999999", "-1E+2147483647", "9".repeat(100), "1e-999999999")) {
            assertThat(refused("host.v1", "{'patches':{'pending_security':" + number + "}}", PushHeaders.NONE)
                            .code())
                    .as(number)
                    .isIn("wrong_type", "invalid");
        }
        String colons = "{'protocol':'tcp','port':1,'address':'" + ":".repeat(1 << 19) + "x'}";
        assertThat(refused("host.v1", "{'os':{'family':'linux'},'listeners':[" + colons + "]}", PushHeaders.NONE)
                        .code())
                .isEqualTo("invalid");
        Snapshots.Pushed strangers = push(
                "host.v1",
                "{'os':{'family':'linux'},"
                        + IntStream.range(0, 100_000)
                                .mapToObj(i -> "'stranger" + i + "':" + i)
                                .collect(Collectors.joining(","))
                        + "}",
                PushHeaders.NONE);
        assertThat(strangers.dropped()).hasSize(100);
        assertThat(rows("snapshot")).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    /** Packed or in another encoding, it is bytes that are no JSON. */
    @Test
    void nothingIsUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ENCRYPTED.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] body : List.of(
                packed.toByteArray(),
                ENCRYPTED.replace('\'', '"').getBytes(StandardCharsets.UTF_16LE),
                ENCRYPTED.replace('\'', '"').getBytes(StandardCharsets.UTF_16),
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"
                        .getBytes(StandardCharsets.UTF_8))) {
            Problem refused =
                    catchThrowableOfType(Problem.class, () -> snapshots.read(database.database(), "host.v1", body));
            assertThat(refused.code()).isIn("bad_json", "bad_encoding");
        }
        assertThat(rows("snapshot")).isZero();
    }

    @Test
    void whatIsNotAllowedNeverReachesTheDatabase() {
        push(ENCRYPTED);
        List<String> stored = new ArrayList<>(Sql.texts(database.database(), "select content from snapshot_content"));
        stored.addAll(database.database()
                .read(handle -> handle.createQuery("select payload from evidence_record")
                        .mapTo(byte[].class)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .list()));
        assertThat(stored).noneMatch(text -> text.contains("CANARY-7"));
    }

    @Test
    void listenersHearEveryPush() {
        List<Boolean> heard = new ArrayList<>();
        snapshots.addListener((tx, about, snapshot, changed) -> heard.add(changed));
        push(ENCRYPTED);
        push(ENCRYPTED);
        push(PLAIN);
        assertThat(heard).containsExactly(true, false, true);
    }

    @Test
    void listsAllSettingsWhereThereIsNothingToCompareWith() {
        Snapshot snapshot = push(ENCRYPTED).snapshot();
        assertThat(snapshots.settings(snapshot, Locale.FRENCH))
                .containsExactly(
                        new Change("os.family", "Famille du système", null, "linux", "neutral"),
                        new Change("disks[sda]", "Disque sda", null, "sda, chiffrement : oui", "neutral"));
        assertThat(listed(handle -> snapshots.list(handle, asset.id(), "host.v1", null, 5)))
                .hasSize(1);
        assertThat(listed(handle -> snapshots.list(handle, asset.id(), "host.v1", snapshot.id(), 5)))
                .isEmpty();
        assertThat(database.database().<Long>read(handle -> snapshots.count(handle, asset.id(), null)))
                .isEqualTo(1);
    }
}
