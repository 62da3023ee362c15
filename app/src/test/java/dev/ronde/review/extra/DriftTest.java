package dev.ronde.review.extra;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.evidence.Actor;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.RecordedState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import tools.jackson.databind.JsonNode;

/**
 * A configuration that is no longer the attested one asks for a review by itself, once, and lets go by itself. Each test has an asset and a
 * plan of its own, in one world whose time goes on.
 */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class DriftTest {
    private static final String GOOD = "{\"public_network\":\"disabled\",\"tls_required\":true}";
    /** Neither wider nor weaker than the good one: stronger. */
    private static final String KEPT = GOOD.replace("}", ",\"backup_days\":30}");

    private static final String OPEN = "{\"public_network\":\"all\",\"tls_required\":true}";
    private static final String[] YAML = {"If-Match", "*", "Content-Type", "application/yaml"};

    private static ReviewServer server;
    private static int tests;

    private String asset = "";
    private String plan = "";

    DriftTest(DatabaseKind kind) {
        assertThat(server.base.database.dialect().name()).isEqualTo(kind.name());
    }

    @BeforeParameterizedClassInvocation
    static void start(DatabaseKind kind) {
        server = new ReviewServer(kind);
        server.snapshots.addListener(server.room.drift());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        server.close();
    }

    @BeforeEach
    void anAttestedAsset() {
        asset = "db-" + ++tests;
        own("high", "");
        plan = TestReviews.QUARTERLY
                .replace("quarterly", "plan-" + tests)
                .replace("critical]", "critical], assets: [" + asset + "]")
                .replace("2026-03-12", today().plusDays(10).toString());
        status(201, server.post("/api/v1/plans", plan, "Content-Type", "application/yaml"));
        push("database.v1", GOOD);
        attest(server.first(asset), "no_change");
        wait(Duration.ofHours(1));
    }

    private void own(String criticality, String lastReviewOn) {
        server.importAssets(
                "ref,name,kind,owner_email,criticality,last_review_on\n%s,Db,service.redis,alice@corp.example,%s,%s\n"
                        .formatted(asset, criticality, lastReviewOn));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(server.base.clock.instant(), server.base.alice.zone());
    }

    @Test
    void whatStaysDifferentOpensOneReviewWithTheDifferenceAlone() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(9));
        assertThat(drifts()).isEmpty();
        wait(Duration.ofMinutes(2));
        JsonNode drift = drift();
        assertThat(drift.get("state").asString()).isEqualTo("open");
        assertThat(drift.get("owner").asString()).isEqualTo("alice@corp.example");
        assertThat(drift.get("due_on").asString()).isEqualTo(today().plusDays(7).toString());
        assertThat(drift.get("checklist")).isEmpty();
        assertThat(effects(drift)).containsExactly("wider");
        push("database.v1", OPEN.replace("true", "false"));
        wait(Duration.ofHours(3));
        assertThat(drifts()).hasSize(1);
        assertThat(drift().get("changes")).hasSize(2);
        assertThat(page(ref())).contains("no longer the one that was attested", "2 of 2 settings changed");
    }

    @Test
    void anAnswerMakesItTheNewNormal() {
        LocalDate attestedOn = today();
        drifted();
        attest(ref(), "changed_and_accepted", "public_network");
        wait(Duration.ofHours(5));
        assertThat(drifts()).hasSize(1);
        assertThat(drift().get("state").asString()).isEqualTo("attested");
        assertThat(of("scheduled").get(1).get("due_on").asString())
                .as("beside the cadence: the next slot stays where the attestation of the slot before has put it")
                .isEqualTo(attestedOn.plusDays(92).toString());
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(11));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void whatGoesBackClosesItselfAndTheRecordStays() {
        push("database.v1", KEPT);
        wait(Duration.ofMinutes(11));
        String ref = ref();
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        JsonNode closed = server.review(ref);
        assertThat(closed.get("state").asString()).isEqualTo("cancelled");
        assertThat(closed.get("cancel_reason").asString()).isEqualTo("back_to_attested");
        drifted();
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void whatWasWiderStaysToBeAnsweredWhenItGoesBack() {
        push("database.v1", OPEN);
        Instant from = server.base.clock.instant();
        wait(Duration.ofMinutes(11));
        String ref = ref();
        push("database.v1", OPEN.replace("true", "false"));
        wait(Duration.ofDays(2));
        push("database.v1", KEPT);
        wait(Duration.ofDays(2));
        push("database.v1", GOOD);
        Instant to = server.base.clock.instant();
        wait(Duration.ofHours(1));

        JsonNode over = server.review(ref);
        assertThat(over.get("state").asString()).isEqualTo("open");
        assertThat(Instant.parse(over.at("/drift/from").asString())).isEqualTo(from);
        assertThat(Instant.parse(over.at("/drift/to").asString())).isEqualTo(to);
        assertThat(effects(over)).as("at its widest").containsExactlyInAnyOrder("wider", "weaker");
        assertThat(server.base.records(server.base.database.read(
                        handle -> server.room.reviews().get(handle, ref))))
                .containsOnlyOnce("review.drift-ended");
        assertThat(page(ref)).contains("What happened?", "While it differed").doesNotContain("answer.public_network");

        String answer = "{\"outcome\":\"no_change\",\"snapshot_digest\":\""
                + over.get("snapshot_digest").asString() + "\"";
        var silent = server.post("/api/v1/reviews/" + ref + "/attest", answer + "}");
        status(422, silent);
        assertThat(silent.body()).contains("what_happened");
        status(200, server.post("/api/v1/reviews/" + ref + "/attest", answer + ",\"note\":\"A test of the vendor.\"}"));
        JsonNode attested = server.review(ref);
        assertThat(attested.get("state").asString()).isEqualTo("attested");
        assertThat(attested.get("changes")).as("what was looked at").hasSize(2);
        assertThat(attested.get("drift")).as("that is where they were").isEqualTo(over.get("drift"));
        assertThat(page(ref))
                .as("the changes that went away are not shown as if they were there")
                .contains("While it differed")
                .doesNotContain("What happened?", ">Now </span>");
        wait(Duration.ofDays(1));
        assertThat(drifts()).hasSize(1);
    }

    /** A little change that is taken back hides no exposure before it; nor is what drifts again said to be back. */
    @Test
    void whatWasWiderBeforeTheLastReturnIsNotForgotten() {
        drifted();
        push("database.v1", GOOD);
        JsonNode first = drift().get("drift");
        assertThat(page(ref())).contains("it is back to the attested one");
        push("database.v1", KEPT, false);
        assertThat(page(ref())).as("before the sweep looked").doesNotContain("it is back to the attested one");
        wait(Duration.ofMinutes(11));
        assertThat(drift().get("drift").isNull()).isTrue();
        assertThat(effects(drift()))
                .as("what is there now must be answered first")
                .doesNotContain("wider");
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).hasSize(1);
        assertThat(drift().get("state").asString()).isEqualTo("open");
        assertThat(drift().at("/drift/from")).isEqualTo(first.get("from"));
        assertThat(drift().at("/drift/to")).isNotEqualTo(first.get("to"));
        assertThat(effects(drift())).containsExactly("wider");
        push("database.v1", KEPT);
        attest(ref(), "changed_and_accepted", "backup_days");
        assertThat(page(ref())).contains(">Now </span>").doesNotContain("it is back to the attested one");
    }

    /**
     * A configuration that moves every hour is in more states than anybody looks back at; and whoever changes what is kept of a drift, so that
     * it would close itself, changes a row that its records know.
     */
    @Test
    void whatWasWiderIsNotForgottenOverManyStates() {
        push("database.v1", OPEN);
        Instant from = server.base.clock.instant();
        wait(Duration.ofMinutes(11));
        for (int hour = 0; hour < 205; hour++) {
            push("database.v1", GOOD.replace("}", ",\"backup_days\":" + (30 + hour) + "}"), hour == 204);
        }
        push("database.v1", GOOD);
        assertThat(drift().get("state").asString()).isEqualTo("open");
        assertThat(Instant.parse(drift().at("/drift/from").asString())).isEqualTo(from);
        assertThat(effects(drift())).containsExactly("wider");
        assertThat(differences()).isEmpty();
        int number = Integer.parseInt(ref().substring(4));
        server.base.database.useTransaction(
                tx -> tx.execute("update review set drift_worse = 0 where review_number = ?", number));
        assertThat(differences()).isNotEmpty();
    }

    /** The last backup is another one by then, so the digest never is the attested one again. */
    @Test
    void whatGoesBackButForAMovingValueClosesItself() {
        backedUp();
        wait(Duration.ofDays(1));
        push("backup.v1", "{\"last_success_at\":\"2026-03-03T01:00:00Z\",\"encrypted\":true,\"immutable\":true}");
        wait(Duration.ofMinutes(9));
        assertThat(drifts()).as("not settled yet").hasSize(1);
        wait(Duration.ofMinutes(2));
        assertThat(drifts()).extracting(one -> one.get("state").asString()).contains("open");
        push("backup.v1", "{\"last_success_at\":\"2026-03-04T01:00:00Z\",\"encrypted\":true}");
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).extracting(one -> one.get("state").asString()).doesNotContain("open");
        assertThat(drifts()).hasSize(2);
    }

    /** A source that is heard of for the first time is something new to look at, and is accepted; the next backup is another one. */
    private void backedUp() {
        push("backup.v1", "{\"last_success_at\":\"2026-03-02T01:00:00Z\",\"encrypted\":true}");
        wait(Duration.ofMinutes(11));
        attest(ref(), "changed_and_accepted", "backup.v1");
        push("backup.v1", "{\"last_success_at\":\"2026-03-03T01:00:00Z\",\"encrypted\":true}");
    }

    @Test
    void aRetirementThatIsTakenBackDoesNotLoseIt() {
        drifted();
        server.base.database.useTransaction(tx -> server.assets.retire(tx, server.assets.get(tx, asset), Actor.SYSTEM));
        wait(Duration.ofMinutes(11));
        assertThat(drift().get("state").asString()).isEqualTo("cancelled");
        server.base.database.useTransaction(
                tx -> server.assets.restore(tx, server.assets.get(tx, asset), Actor.SYSTEM));
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void aFlickerNeverSettles() {
        for (int n = 0; n < 3; n++) {
            push("database.v1", OPEN);
            wait(Duration.ofMinutes(6));
            push("database.v1", GOOD);
            wait(Duration.ofMinutes(6));
        }
        wait(Duration.ofHours(2));
        assertThat(drifts()).isEmpty();
    }

    @Test
    void letterCaseKeyOrderMovingValuesAndSilenceAreNoDrift() {
        push("database.v1", "{\"tls_required\":true,\"public_network\":\"Disabled\"}");
        wait(Duration.ofDays(1));
        backedUp();
        wait(Duration.ofDays(5));
        assertThat(drifts()).hasSize(1);
        push("backup.v1", "{\"last_success_at\":\"2026-03-04T01:00:00Z\",\"encrypted\":false}");
        wait(Duration.ofMinutes(11));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void aPlanMaySayHowLongAndWhether() {
        String own = "/api/v1/plans/plan-" + tests;
        status(200, server.put(own, plan + "drift: {settle: PT2H, due: P2D}\n", YAML));
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(119));
        assertThat(drifts()).isEmpty();
        wait(Duration.ofMinutes(2));
        assertThat(drift().get("due_on").asString())
                .isEqualTo(today().plusDays(2).toString());
        status(200, server.put(own, plan + "drift: {watch: false}\n", YAML));
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        push("database.v1", OPEN);
        wait(Duration.ofDays(1));
        assertThat(drifts()).hasSize(1);
    }

    @Test
    void aReportedProblemStaysWhenTheConfigurationGoesBack() {
        push("database.v1", KEPT);
        wait(Duration.ofMinutes(11));
        status(200, server.post("/api/v1/reviews/" + ref() + "/problem", "{\"text\":\"Who opened it?\"}"));
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(11));
        assertThat(drift().get("state").asString()).isEqualTo("open");
    }

    @Test
    void whatChangedOutOfScopeIsLookedAtOnTheWayBack() {
        own("low", "");
        wait(Duration.ofMinutes(5));
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(30));
        assertThat(drifts()).isEmpty();
        own("high", "");
        wait(Duration.ofMinutes(1));
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).hasSize(1);
    }

    /** What the inventory says later of the time before rewrites no gap of a row that is done. */
    @Test
    void aLaterEntryInTheInventoryRewritesNoGap() {
        String first = server.first(asset);
        JsonNode before = server.review(first);
        own("high", today().minusDays(10).toString());
        wait(Duration.ofDays(85));
        push("database.v1", GOOD);
        attest(of("scheduled").get(1).get("ref").asString(), "no_change");
        JsonNode after = server.review(first);
        assertThat(after.get("gap_days")).isEqualTo(before.get("gap_days"));
        assertThat(after.get("gap_ok")).isEqualTo(before.get("gap_ok"));
    }

    /**
     * Two reviews of an asset are open, one of them asked for: what the one attests is what the other is compared with, whenever it opened;
     * and where a drift was attested under another review, that was its answer.
     */
    @Test
    void aReviewIsComparedWithWhatWasAttestedLast() {
        status(422, server.post("/api/v1/reviews", "{\"asset\":\"" + asset + "\"}"));
        status(404, server.post("/api/v1/reviews", "{\"asset\":\"none\",\"reason\":\"x\"}"));
        JsonNode other =
                json(201, server.post("/api/v1/reviews", "{\"asset\":\"" + asset + "\",\"reason\":\"Moved away\"}"));
        assertThat(other.get("cause").asString()).isEqualTo("significant_change");
        assertThat(other.get("state").asString()).isEqualTo("open");
        String ref = other.get("ref").asString();
        assertThat(page(ref)).contains("Moved away");
        String good = other.get("baseline_digest").asString();
        drifted();
        attest(ref(), "changed_and_accepted", "public_network");
        JsonNode after = server.review(ref);
        assertThat(after.get("baseline_digest").asString())
                .isEqualTo(after.get("snapshot_digest").asString())
                .isNotEqualTo(good);
        assertThat(after.get("changes")).isEmpty();

        push("database.v1", GOOD);
        wait(Duration.ofMinutes(11));
        assertThat(drifts()).hasSize(2);
        assertThat(server.review(ref).get("changes")).hasSize(1);
        status(
                422,
                server.post(
                        "/api/v1/reviews/" + ref + "/attest",
                        "{\"outcome\":\"no_change\",\"snapshot_digest\":\"" + good + "\"}"));
        attest(ref, "changed_and_accepted", "public_network");
        JsonNode attested = server.review(ref);
        assertThat(attested.get("baseline_digest")).isEqualTo(after.get("baseline_digest"));
        assertThat(attested.get("changes")).hasSize(1);
        wait(Duration.ofMinutes(1));
        assertThat(drifts())
                .extracting(one -> one.get("state").asString())
                .containsExactlyInAnyOrder("attested", "cancelled");
    }

    private void drifted() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
    }

    private void push(String source, String body) {
        push(source, body, true);
    }

    private void push(String source, String body, boolean sweep) {
        server.base.clock.advance(Duration.ofSeconds(1));
        server.base.database.useTransaction(tx -> server.snapshots.push(
                tx,
                server.assets.get(tx, asset),
                server.snapshots.read(server.base.database, source, body.getBytes(StandardCharsets.UTF_8)),
                PushHeaders.NONE,
                Actor.SYSTEM));
        if (sweep) {
            server.sweep();
        }
    }

    private void wait(Duration time) {
        server.base.clock.advance(time);
        server.sweep();
    }

    /** @param accepted the one change that is accepted, if any */
    private void attest(String ref, String outcome, String... accepted) {
        String digest = server.review(ref).get("snapshot_digest").asString();
        String answers = accepted.length == 0 ? "" : ",\"answers\":{\"" + accepted[0] + "\":\"accept\"}";
        status(
                200,
                server.post(
                        "/api/v1/reviews/" + ref + "/attest",
                        "{\"outcome\":\"" + outcome + "\",\"snapshot_digest\":\"" + digest + "\"" + answers + "}"));
        server.base.clock.advance(Duration.ofSeconds(1));
    }

    /** What differs between what is kept of this asset's drift and what the records say. */
    private List<String> differences() {
        return RecordedState.compare(server.base.database).differences().stream()
                .map(Object::toString)
                .filter(difference -> difference.contains("drift_") && difference.contains(ref()))
                .toList();
    }

    private String page(String ref) {
        return server.get("/reviews/" + ref).body();
    }

    private static List<String> effects(JsonNode review) {
        return review.get("changes").findValuesAsString("effect");
    }

    private String ref() {
        return drift().get("ref").asString();
    }

    private JsonNode drift() {
        return drifts().get(0);
    }

    private List<JsonNode> drifts() {
        return of("drift");
    }

    private List<JsonNode> of(String cause) {
        return json(200, server.get("/api/v1/reviews?asset=" + asset))
                .get("items")
                .valueStream()
                .filter(review -> review.get("cause").asString().equals(cause))
                .toList();
    }
}
