package dev.ronde.review.answer;

import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.CheckState;
import dev.ronde.testing.DatabaseKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a reviewer sees of a configuration, and how much one has to answer. */
class ReviewLookTest {

    private static final String STORAGE = """
            {"public_access": %s, "https_only": %s, "encrypted": true, "versioning": true}""";

    @AutoClose
    private final ReviewServer server = new ReviewServer(DatabaseKind.H2);

    @BeforeEach
    void oneAssetUnderAPlan() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-01,Web one,service.redis,alice@corp.example,high
                """);
        status(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
    }

    @Test
    void theFirstReviewShowsEverySettingAndSaysThatThereIsNothingToCompareWith() {
        push(false, true);
        assertThat(page())
                .contains("There is no earlier attestation to compare with", "all 4 settings", "HTTPS only")
                .contains("no_change");
    }

    @Test
    void aResultThatIsTooOldIsShownWithWhatItSaid() {
        server.checks.set(0, new CheckState("redis-anonymous", "pass", true, "critical", "r1", "e1"));
        assertThat(page()).contains("◌ pass · ", "Title of redis-anonymous");
    }

    @Test
    void whatIsUnchangedAndPassingIsOneClick() {
        push(false, true);
        attestFirst();
        secondSlot();
        assertThat(page())
                .contains(
                        "Nothing changed.",
                        "Configuration as it was received on <time",
                        "4 settings did not change",
                        "Reviewed: still right");
        server.as(server.base.alice, Role.OWNER);
        status(303, answer(second(), "no_change", digest(second())));
    }

    @Test
    void whatMovesByItselfBarsNeitherOneClickNorOneSignature() {
        backup("2026-03-02T01:00:00Z", true);
        attestFirst();
        secondSlot();
        backup("2026-05-29T01:00:00Z", true);
        assertThat(page())
                .contains("Nothing changed.", "Reviewed: still right")
                .contains(
                        "One value moved by itself, not for the worse", "2026-03-02T01:00:00Z → 2026-05-29T01:00:00Z");
        server.as(server.base.alice, Role.OWNER);
        assertThat(server.get("/reviews/unchanged").body()).contains("one unchanged review", second());
        backup("2026-05-29T02:00:00Z", false);
        assertThat(page()).contains("A copy elsewhere").doesNotContain("value=\"no_change\"");
        assertThat(server.get("/reviews/unchanged").body()).doesNotContain(second());
        backup("2026-05-29T03:00:00Z", true);
        String looked = digest(second());
        backup("2026-05-29T04:00:00Z", true);
        assertThat(digest(second())).isNotEqualTo(looked);
        status(303, answer(second(), "no_change", looked));
        assertThat(digest(second())).as("the one that was looked at").isEqualTo(looked);
        server.sweep();
        assertThat(server.get("/api/v1/reviews?asset=web-01&state=open").body()).doesNotContain("\"drift\"");
    }

    private void backup(String last, boolean offsite) {
        server.base.clock.advance(Duration.ofSeconds(1));
        String body = "{\"last_success_at\": \"%s\", \"offsite\": %s}".formatted(last, offsite);
        server.base.database.useTransaction(tx -> server.snapshots.push(
                tx,
                server.assets.get(tx, "web-01"),
                server.snapshots.read(server.base.database, "backup.v1", body.getBytes(StandardCharsets.UTF_8)),
                new PushHeaders(null, null),
                Actor.SYSTEM));
    }

    @Test
    void whatChangedIsShownWorstFirstAndAnsweredItemByItem() {
        push(false, false);
        attestFirst();
        push(true, true);
        secondSlot();
        String page = page();
        assertThat(page)
                .contains("2 of 4 settings changed", "Compared with the attestation of", "2 settings did not change")
                .doesNotContain("value=\"no_change\"");
        assertThat(page.indexOf("Public access possible")).isLessThan(page.indexOf("HTTPS only"));
        String digest = digest(second());
        HttpResponse<String> half = answer(second(), "changed_and_accepted", digest, "public_access");
        status(422, half);
        assertThat(half.body()).contains("is not answered yet");
        push(true, false);
        HttpResponse<String> old = answer(second(), "changed_and_accepted", digest, "public_access", "https_only");
        status(409, old);
        assertThat(old.body()).contains("The newer changes are shown below", "One of 4 settings changed");
    }

    @Test
    void whatWasAttestedAfterTheOpeningIsComparedWithAsWell() {
        push(false, true);
        String planned = server.first("web-01");
        Review asked = server.base.database.inTransaction(tx -> server.room
                .reviews()
                .request(tx, server.assets.get(tx, "web-01").id(), null, "moved", Actor.SYSTEM, Channel.API));
        attest(planned);
        push(true, true);
        String page = server.get("/reviews/" + asked.ref()).body();
        assertThat(page)
                .contains(
                        "One of 4 settings changed", "3 settings did not change", "stands beside the dates of the plan")
                .doesNotContain("nothing to compare with", "no earlier attestation", "all 4 settings");
        status(303, answer(asked.ref(), "changed_and_accepted", digest(asked.ref()), "public_access"));
        assertThat(server.get("/reviews/" + asked.ref()).body())
                .contains("Public access possible")
                .doesNotContain("no earlier attestation");
    }

    @Test
    void aChangedSettingOfOneSourceOfTwoIsNotAmongTheUnchanged() {
        backup("2026-03-02T01:00:00Z", true);
        push(false, false);
        attestFirst();
        push(true, false);
        secondSlot();
        assertThat(page())
                .contains("3 settings did not change")
                .containsOnlyOnce("<dt>Public access possible</dt>")
                .contains("<dt>HTTPS only</dt>");
    }

    @Test
    void aSourceThatAppearsIsShownWholeAndNotAsUnchanged() {
        push(false, false);
        attestFirst();
        backup("2026-03-02T01:00:00Z", true);
        secondSlot();
        assertThat(page())
                .contains("4 settings did not change", "all 2 settings")
                .doesNotContain("2 settings did not change");
    }

    /** The rules by which a source is read changed with an upgrade: nobody can say what changed, so nobody says that nothing did. */
    @Test
    void whatOtherRulesReadIsNotComparedAndIsNeitherDriftNorNoChange(@TempDir Path folder) throws IOException {
        server.snapshots.addListener(server.room.drift());
        push(false, true);
        attestFirst();
        Snapshots upgraded = upgraded(folder);
        push(upgraded, "web-01", true, true);
        settled();
        assertThat(drifts()).as("other values under other rules").isEmpty();
        secondSlot();
        assertThat(page())
                .contains("Cannot be compared with what was attested", "all 4 settings")
                .doesNotContain(
                        "Nothing changed.",
                        "Reviewed: still right",
                        "settings did not change",
                        "of 4 settings changed");
        assertThat(server.in("fr").get("/reviews/" + second()).body())
                .contains("Ne se compare pas à ce qui a été attesté")
                .doesNotContain("Cannot be compared");
        server.in("en").as(server.base.alice, Role.OWNER);
        assertThat(server.get("/reviews/unchanged").body()).doesNotContain(second());
        status(422, answer(second(), "no_change", digest(second())));
        status(303, accepting("not_comparable"));
        push(upgraded, "web-01", false, true);
        settled();
        assertThat(drifts()).as("from then on they are compared again").hasSize(1);
    }

    /** Attests the second review and accepts its one change. */
    private HttpResponse<String> accepting(String setting) {
        return answer(second(), "changed_and_accepted", digest(second()), setting);
    }

    private List<String> drifts() {
        return server.base.database.read(handle ->
                server
                        .room
                        .reviews()
                        .ofAsset(handle, server.assets.get(handle, "web-01").id())
                        .stream()
                        .filter(review -> review.cause().equals(Review.DRIFT))
                        .map(Review::ref)
                        .toList());
    }

    private void settled() {
        server.sweep();
        server.base.clock.advance(Duration.ofMinutes(30));
        server.sweep();
    }

    /** The same sources in the next version of their canonical form. */
    private Snapshots upgraded(Path folder) throws IOException {
        String schema = Overlay.checks(SettingsReader.read(Map.of(), Map.of()))
                .text("sources/storage.v1.yaml")
                .orElseThrow();
        Files.createDirectories(folder.resolve("sources"));
        Files.writeString(folder.resolve("sources/storage.v1.yaml"), schema.replaceFirst("(?m)^canon: 1$", "canon: 2"));
        Snapshots made = new Snapshots(
                SourceSchemas.open(
                        Overlay.checks(SettingsReader.read(Map.of(Setting.CHECKS, folder.toString()), Map.of()))),
                server.base.log,
                server.base.clock);
        made.addListener(server.room.drift());
        return made;
    }

    @Test
    void whatWasAttestedIsSaidInTheLanguageOfItsReader() {
        push(false, true);
        attestFirst();
        push(true, true);
        secondSlot();
        status(303, accepting("public_access"));
        assertThat(page()).contains("Public access possible", "</span>yes</ins>");
        String french = server.in("fr").get("/reviews/" + second()).body();
        assertThat(french)
                .contains("Accès public possible", "</span>oui</ins>", "plus ouvert")
                .doesNotContain("Public access");
    }

    @Test
    void manyUnchangedReviewsTakeOneSignatureAndARecordEach() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-02,Web two,service.redis,alice@corp.example,high
                """);
        push("web-02", false, true);
        push(false, true);
        server.sweep();
        server.post("/api/v1/plans/quarterly/announce", "");
        attestFirst();
        attest(server.first("web-02"));
        server.base.at("2026-05-30T08:00:00Z");
        server.sweep();
        String changed = second("web-02");
        push("web-02", true, true);
        server.as(server.base.alice, Role.OWNER);
        String page = server.get("/reviews/unchanged").body();
        assertThat(page).contains("one unchanged review", second()).doesNotContain(changed);
        String mark = page.replaceAll("(?s).*name=\"seen." + second() + "\" value=\"([^\"]*)\".*", "$1");
        assertThat(mark).as("no run by its name").matches("[0-9a-f]{32}");
        status(422, server.form("/reviews/unchanged", Map.of()));
        status(422, server.form("/reviews/unchanged", Map.of("pick." + second(), digest(second()))));
        assertThat(server.form(
                                "/reviews/unchanged",
                                Map.of("pick." + second(), digest(second()), "seen." + second(), "0".repeat(32)))
                        .body())
                .contains("say something else than the page showed", "one unchanged review")
                .doesNotContain("turned after you looked");
        assertThat(server.post(
                                "/api/v1/reviews/attest",
                                "{\"reviews\":[{\"ref\":\"" + second() + "\",\"snapshot_digest\":\"" + digest(second())
                                        + "\",\"seen\":\"none\"}]}")
                        .body())
                .contains("checks_missing");
        String digest = digest(second());
        HttpResponse<String> signed = server.post(
                "/api/v1/reviews/attest",
                "{\"reviews\":[{\"ref\":\"" + second() + "\",\"snapshot_digest\":\"" + digest + "\"},{\"ref\":\""
                        + changed + "\",\"snapshot_digest\":\"" + digest(changed) + "\"},{\"ref\":\"REV-1\"}]}");
        status(200, signed);
        JsonNode result = Json.tree(signed.body());
        assertThat(result.get("attested").toString()).isEqualTo("[\"" + second() + "\"]");
        assertThat(result.get("refused").toString()).contains(changed, "not_unchanged", "REV-1", "not_found");
        assertThat(server.get("/reviews/unchanged").body()).contains("Nothing can be signed together now");
    }

    @Test
    void aSignatureLeavesOutWhatTurnedAndWhatRanOnceMoreWithTheSameResultBarsNone() {
        server.checks.add(new CheckState("tls-version", "pass", false, "high", "t1", "e7"));
        push(false, true);
        attestFirst();
        secondSlot();
        server.as(server.base.alice, Role.OWNER);
        String mark = mark();
        checked("fail", "r2");
        assertThat(sign(mark))
                .contains("One review was left out", "These checks do not pass: Title of redis-anonymous.")
                .doesNotContain("is attested");
        checked("pass", "r2");
        assertThat(sign(mark)).contains("One review is attested").doesNotContain("left out");
        String checks = server.base.database.read(handle ->
                server.room.reviews().get(handle, second()).attestation().checks());
        assertThat(checks).contains("\"r2\"");
    }

    private void checked(String outcome, String run) {
        server.checks.set(0, new CheckState("redis-anonymous", outcome, false, "critical", run, "e2"));
    }

    /** What the page carries of the results it shows. */
    private String mark() {
        return server.get("/reviews/unchanged")
                .body()
                .replaceAll("(?s).*name=\"seen." + second() + "\" value=\"([^\"]*)\".*", "$1");
    }

    private String sign(String mark) {
        return server.form("/reviews/unchanged", Map.of("pick." + second(), digest(second()), "seen." + second(), mark))
                .body();
    }

    @Test
    void aMissedReviewIsDoneLateByItselfAndNotAmongOthers() {
        push(false, true);
        server.sweep();
        secondSlot();
        String missed = server.first("web-01");
        assertThat(server.review(missed).get("state").asString()).isEqualTo("missed");
        HttpResponse<String> signed = server.post(
                "/api/v1/reviews/attest",
                "{\"reviews\":[{\"ref\":\"" + missed + "\",\"snapshot_digest\":\"" + digest(missed) + "\"}]}");
        JsonNode result = Json.tree(signed.body());
        assertThat(result.get("attested")).as("nobody has ever looked at it").isEmpty();
        assertThat(result.get("refused").toString()).contains(missed, "not_unchanged");
    }

    /** @param accepted the settings that are accepted as they are now */
    private HttpResponse<String> answer(String ref, String outcome, String digest, String... accepted) {
        Map<String, String> fields = new HashMap<>(Map.of("outcome", outcome, "snapshot_digest", digest));
        List.of(accepted).forEach(setting -> fields.put("answer." + setting, "accept"));
        return server.form("/reviews/" + ref + "/attest", fields);
    }

    private void push(boolean open, boolean https) {
        push("web-01", open, https);
    }

    private void push(String asset, boolean open, boolean https) {
        push(server.snapshots, asset, open, https);
    }

    private void push(Snapshots by, String asset, boolean open, boolean https) {
        server.base.clock.advance(Duration.ofSeconds(1));
        String body = STORAGE.formatted(open, https);
        server.base.database.useTransaction(tx -> by.push(
                tx,
                server.assets.get(tx, asset),
                by.read(server.base.database, "storage.v1", body.getBytes(StandardCharsets.UTF_8)),
                new PushHeaders(null, null),
                Actor.SYSTEM));
    }

    private void attestFirst() {
        attest(server.first("web-01"));
    }

    private String digest(String ref) {
        return server.review(ref).get("snapshot_digest").asString();
    }

    private void attest(String ref) {
        String body = "{\"outcome\":\"no_change\",\"snapshot_digest\":\"" + digest(ref) + "\"}";
        status(200, server.post("/api/v1/reviews/" + ref + "/attest", body));
    }

    private void secondSlot() {
        server.base.at("2026-05-30T08:00:00Z");
        server.sweep();
    }

    private String second() {
        return second("web-01");
    }

    private String second(String asset) {
        return server.base.database.read(handle -> server.room
                .reviews()
                .ofAsset(handle, server.assets.get(handle, asset).id())
                .get(1)
                .ref());
    }

    private String page() {
        String ref = server.base.clock.instant().isAfter(java.time.Instant.parse("2026-05-01T00:00:00Z"))
                ? second()
                : server.first("web-01");
        return server.get("/reviews/" + ref).body();
    }
}
