package dev.ronde.asset.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ronde.account.Person;
import dev.ronde.asset.TestInventory;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.file.CellError;
import dev.ronde.asset.file.ImportResult;
import dev.ronde.asset.file.OnConflict;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AssetsTest {
    private static final String HEADER = "ref,name,kind,owner_email";
    private final DatabaseKind kind;
    private final TestClock clock = new TestClock();

    @AutoClose
    private TestDatabase database;

    private TestInventory inventory;

    AssetsTest(DatabaseKind kind) {
        this.kind = kind;
        database = TestDatabase.open(kind);
        inventory = new TestInventory(database.database(), clock, Set.of("service.redis", "service.mqtt"));
    }

    private List<String> evidence(String type) {
        return database.database()
                .read(handle -> handle.createQuery(
                                "select payload from evidence_record where rec_type = :type order by rec_id")
                        .bind("type", type)
                        .mapTo(byte[].class)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .list());
    }

    private Asset get(String ref) {
        return database.database().read(handle -> inventory.assets.get(handle, ref));
    }

    @Test
    void storesEveryFieldAndReadsItBack() {
        ImportResult result = inventory.importCsv(
                "ref,name,kind,owner_email,backup_email,manager_email,environment,criticality,"
                        + "data_class,unit,address,port,hostname,starttls,zone,tags,declared_ports,expected_closed,probe_authorised_until,last_review_on,notes\n"
                        + "r:1,Café,service.redis,Ann@Example.com,bob@example.com,eve@example.com,production,high,personal,Shop,10.0.0.1,"
                        + "6379,redis.example.com,smtp,Europe/Paris,vpn|edge,443|22,True,2026-12-31,2026-01-15,\"two\nlines\"\n");
        assertThat(result.errors()).isEmpty();
        Asset asset = get("r:1");
        AssetFacts facts = database.database().read(handle -> inventory.assets.facts(handle, asset));
        assertThat(facts.values().keySet()).containsExactly(AssetField.values());
        assertThat(java.util.Arrays.stream(AssetField.values()).map(facts::cell))
                .containsExactly(
                        "r:1",
                        "Café",
                        "service.redis",
                        "ann@example.com",
                        "bob@example.com",
                        "eve@example.com",
                        "production",
                        "high",
                        "personal",
                        "Shop",
                        "10.0.0.1",
                        "6379",
                        "redis.example.com",
                        "smtp",
                        "Europe/Paris",
                        "edge|vpn",
                        "22|443",
                        "true",
                        "2026-12-31",
                        "2026-01-15",
                        "two\nlines");
        assertThat(asset.version()).isEqualTo(1);
        assertThat(asset.createdAt()).isEqualTo(clock.instant());
        Person owner = database.database().read(handle -> inventory.people.get(handle, asset.ownerId()));
        assertThat(owner.email()).isEqualTo("ann@example.com");
    }

    @Test
    void theSameFileASecondTimeChangesNothing() {
        String csv = HEADER + ",tags,notes\nr1,A,service.redis,a@b.c,x|y,n\nr2,B,service.mqtt,a@b.c,,\n";
        assertThat(inventory.importCsv(csv)).returns(2, ImportResult::created);
        ImportResult again = inventory.importCsv(csv);
        assertThat(again)
                .returns(0, ImportResult::created)
                .returns(0, ImportResult::updated)
                .returns(2, ImportResult::unchanged);
        assertThat(evidence("asset.created")).hasSize(2);
        assertThat(evidence("asset.updated")).isEmpty();
        assertThat(get("r1").version()).isEqualTo(1);
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() {
        String csv = HEADER + "\nr1,A,service.redis,a@b.c\nr2,B,toaster,a@b.c\n";
        ImportResult dry =
                inventory.imports.run(csv.getBytes(StandardCharsets.UTF_8), true, OnConflict.UPDATE, Actor.SYSTEM);
        assertThat(dry)
                .returns(1, ImportResult::created)
                .returns(1, ImportResult::refused)
                .returns(true, ImportResult::dryRun);
        assertThat(dry.newPeople()).containsExactly("a@b.c");
        assertThat(dry.rows()).singleElement().returns("created", ImportResult.PreviewRow::what);
        assertThat(evidence("asset.created")).isEmpty();
        assertThat(evidence("person.added")).isEmpty();
        assertThat(inventory.importCsv(csv)).returns(1, ImportResult::created);
    }

    @Test
    void goodRowsAreAppliedAbsentColumnsAndRowsLeftAlone() {
        inventory.importCsv(HEADER + ",notes,port\nr1,A,service.redis,a@b.c,keep,1\nr2,B,service.redis,a@b.c,,\n");
        ImportResult result = inventory.importCsv(
                HEADER + ",port\nr1,A2,service.redis,new@b.c,\nr3,C,service.redis,not-an-address,\n");
        assertThat(result).returns(1, ImportResult::updated).returns(1, ImportResult::refused);
        Asset changed = get("r1");
        assertThat(changed.name()).isEqualTo("A2");
        assertThat(changed.notes()).isEqualTo("keep");
        assertThat(changed.port()).isNull();
        assertThat(get("r2").active()).isTrue();
        assertThat(evidence("asset.updated"))
                .singleElement()
                .asString()
                .contains("\"changed\":[\"name\",\"owner\",\"port\"]")
                .contains("\"name\":\"A2\"")
                .doesNotContain("a@b.c")
                .doesNotContain("keep");
    }

    @Test
    void onConflictSkipsOrStops() {
        inventory.importCsv(HEADER + "\nr1,A,service.redis,a@b.c\n");
        byte[] csv =
                (HEADER + "\nr1,Z,service.redis,a@b.c\nr2,B,service.redis,a@b.c\n").getBytes(StandardCharsets.UTF_8);
        ImportResult stopped = inventory.imports.run(csv, false, OnConflict.STOP, Actor.SYSTEM);
        assertThat(stopped).returns(0, ImportResult::created).returns(0, ImportResult::updated);
        assertThat(stopped.errors())
                .singleElement()
                .returns("exists", CellError::code)
                .returns(2L, CellError::line);
        ImportResult skipped = inventory.imports.run(csv, false, OnConflict.SKIP, Actor.SYSTEM);
        assertThat(skipped).returns(1, ImportResult::created).returns(1, ImportResult::skipped);
        assertThat(get("r1").name()).isEqualTo("A");
    }

    @Test
    void aRetiredAssetIsNeverImportedOver() {
        Asset asset = inventory.asset("r1", "service.redis");
        database.database().useTransaction(tx -> inventory.assets.retire(tx, asset, Actor.SYSTEM));
        assertThat(inventory.importCsv(HEADER + "\nr1,Z,service.redis,a@b.c\n").errors())
                .singleElement()
                .returns("retired", CellError::code);
        assertThat(evidence("asset.retired")).hasSize(1);
        Asset back = database.database().inTransaction(tx -> inventory.assets.restore(tx, get("r1"), Actor.SYSTEM));
        assertThat(back.active()).isTrue();
        assertThat(back.version()).isEqualTo(3);
    }

    @Test
    void refusesATakenRefAndAFixedOne() {
        Asset asset = inventory.asset("r1", "service.redis");
        assertThat(catchThrowableOfType(Problem.class, () -> inventory.asset("r1", "service.redis"))
                        .code())
                .isEqualTo("ref_taken");
        AssetFacts renamed =
                new AssetFacts(Map.of(AssetField.REF, "r9", AssetField.NAME, "x", AssetField.KIND, "service.redis"));
        assertThat(catchThrowableOfType(
                                Problem.class,
                                () -> database.database()
                                        .inTransaction(tx -> inventory.assets.update(tx, asset, renamed, Actor.SYSTEM)))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aChangeFromAnOldReadIsRefused() {
        Asset old = inventory.asset("r1", "service.redis");
        rename(old, "first");
        Problem problem = catchThrowableOfType(Problem.class, () -> rename(old, "second"));
        assertThat(problem.code()).isEqualTo("changed_meanwhile");
        assertThat(get("r1").name()).isEqualTo("first");
        assertThat(evidence("asset.updated")).hasSize(1);
    }

    private Asset rename(Asset asset, String name) {
        return database.database().inTransaction(tx -> {
            AssetFacts facts = inventory.assets.facts(tx, asset);
            AssetFacts renamed = facts.with(new AssetFacts(Map.of(AssetField.NAME, name)), Set.of(AssetField.NAME));
            return inventory.assets.update(tx, asset, renamed, Actor.SYSTEM);
        });
    }

    @Test
    void historyKeepsEveryStateAndNothingPersonal() {
        Asset asset = inventory.asset("r1", "service.redis", "owner@example.com", Map.of(AssetField.NOTES, "ask Ann"));
        clock.advance(Duration.ofHours(1));
        rename(asset, "new name");
        List<AssetVersion> history = database.database()
                .read(handle ->
                        inventory.assets.historyUntil(handle, asset.id(), Instant.parse("9999-01-01T00:00:00Z"), 10));
        assertThat(history).extracting(AssetVersion::what).containsExactly("updated", "created");
        assertThat(history.get(0).fields()).containsExactly("name");
        assertThat(history.get(0).state())
                .contains("new name")
                .doesNotContain("Ann")
                .doesNotContain("@");
        assertThat(history.get(0).recordedAt()).isEqualTo(clock.instant());
    }

    @Test
    void listenersHearInTheSameTransactionAndCanRefuse() {
        List<String> heard = new ArrayList<>();
        inventory.assets.addListener((tx, changes, imported, by) -> changes.forEach(change -> {
            heard.add((change.before() == null ? "new " : "changed ")
                    + change.after().ref());
            if (change.after().ref().equals("bad")) {
                throw new IllegalStateException("refused");
            }
        }));
        inventory.importCsv(HEADER + "\nr1,A,service.redis,a@b.c\nr2,B,service.redis,a@b.c\n");
        assertThat(heard).containsExactly("new r1", "new r2");
        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> inventory.importCsv(HEADER + "\nr3,A,service.redis,a@b.c\nbad,B,service.redis,a@b.c\n")))
                .isNotNull();
        assertThat(evidence("asset.created")).hasSize(2);
    }

    @Test
    void filtersAndPages() {
        inventory.importCsv(HEADER + ",unit,criticality,tags,environment,backup_email\n"
                + "a_1,Alpha 100%,service.redis,ann@x.y,Shop,high,vpn|edge,prod,bob@x.y\n"
                + "a-2,Beta,service.mqtt,bob@x.y,Shop,low,vpn,test,\n"
                + "b3,Gamma,service.redis,ann@x.y,Bank,high,,prod,\n");
        assertThat(refs(AssetFilter.ACTIVE)).containsExactly("a-2", "a_1", "b3");
        assertThat(refs(filter("a_", null, null, null, null, null))).containsExactly("a_1");
        assertThat(refs(filter("100%", null, null, null, null, null))).containsExactly("a_1");
        assertThat(refs(filter("GAMMA", null, null, null, null, null))).containsExactly("b3");
        assertThat(refs(filter(null, "service.*", "Shop", null, null, null))).containsExactly("a-2", "a_1");
        assertThat(refs(filter(null, "service.mqtt", null, null, null, null))).containsExactly("a-2");
        assertThat(refs(filter(null, null, null, Criticality.HIGH, null, null))).containsExactly("a_1", "b3");
        assertThat(refs(filter(null, null, null, null, "vpn", null))).containsExactly("a-2", "a_1");
        assertThat(refs(filter(null, null, null, null, null, "Ann@X.y"))).containsExactly("a_1", "b3");
        assertThat(refs(filter(null, null, null, null, null, "nobody@x.y"))).isEmpty();
        Asset shared = get("a_1");
        assertThat(refs(AssetFilter.ACTIVE.answeredBy(shared.backupId()))).containsExactly("a-2", "a_1");
        List<Asset> newest = database.database()
                .read(handle -> inventory.assets.list(handle, AssetFilter.ACTIVE, AssetOrder.NEWEST, null, 2));
        assertThat(newest).hasSize(2);
        List<Asset> rest = database.database()
                .read(handle -> inventory.assets.list(
                        handle,
                        AssetFilter.ACTIVE,
                        AssetOrder.NEWEST,
                        newest.get(1).id().toString(),
                        2));
        assertThat(rest).hasSize(1).doesNotContainAnyElementsOf(newest);
        assertThat(database.database().<Long>read(handle -> inventory.assets.count(handle, AssetFilter.ACTIVE)))
                .isEqualTo(3);
    }

    private List<String> refs(AssetFilter filter) {
        return database.database().read(handle -> {
            List<String> refs = inventory.assets.list(handle, filter, AssetOrder.REF, null, 50).stream()
                    .map(Asset::ref)
                    .sorted()
                    .toList();
            assertThat(inventory.assets.count(handle, filter)).isEqualTo(refs.size());
            return refs;
        });
    }

    private static AssetFilter filter(
            @Nullable String text,
            @Nullable String kind,
            @Nullable String unit,
            @Nullable Criticality criticality,
            @Nullable String tag,
            @Nullable String owner) {
        return new AssetFilter(
                text,
                kind == null ? List.of() : List.of(kind),
                unit,
                null,
                criticality,
                tag,
                owner,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    @Test
    void aHundredLongTagsFitIntoTheHistoryToo() {
        String tags = IntStream.range(0, 100)
                .mapToObj(number -> "param:ldap-anonymous-search%03d.suffix=".formatted(number) + "\"".repeat(157))
                .map(tag -> tag.replace("\"", "\"\""))
                .collect(Collectors.joining("|"));
        ImportResult result = inventory.importCsv(HEADER + ",tags\nr1,One,service.redis,a@x.y,\"" + tags + "\"\n");
        assertThat(result.errors()).isEmpty();
        assertThat(get("r1").tags())
                .hasSize(100)
                .allSatisfy(tag -> assertThat(tag).hasSize(195));
        Asset asset = get("r1");
        List<AssetVersion> history = database.database()
                .read(handle ->
                        inventory.assets.historyUntil(handle, asset.id(), Instant.parse("9999-01-01T00:00:00Z"), 1));
        assertThat(history).hasSize(1);
    }

    @Test
    void theDatabaseRefusesToChangeHistory() {
        inventory.asset("r1", "service.redis");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> database.database()
                        .useTransaction((Handle tx) -> tx.execute("update asset_version set what = 'x'"))))
                .isNotNull();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() ->
                        database.database().useTransaction((Handle tx) -> tx.execute("delete from asset_version"))))
                .isNotNull();
    }

    @Test
    void importsManyRowsInBatches() {
        StringBuilder csv = new StringBuilder(HEADER).append(",tags,criticality\n");
        int rows = Integer.getInteger("ronde.importRows", 2_500);
        for (int index = 0; index < rows; index++) {
            csv.append("r")
                    .append(index)
                    .append(",Asset ")
                    .append(index)
                    .append(",service.redis,p")
                    .append(index % 60)
                    .append("@x.y,vpn|t")
                    .append(index % 7)
                    .append(",high\n");
        }
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(inventory.imports.run(bytes, false, OnConflict.UPDATE, Actor.SYSTEM))
                .returns(rows, ImportResult::created);
        assertThat(inventory.imports.run(bytes, false, OnConflict.UPDATE, Actor.SYSTEM))
                .returns(rows, ImportResult::unchanged);
    }
}
