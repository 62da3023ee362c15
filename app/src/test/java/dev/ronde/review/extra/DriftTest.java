package dev.ronde.review.extra;

import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.RecordedState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A configuration that is no longer the attested one asks for a review by itself, once, and lets go by itself. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class DriftTest {

    private static final String GOOD = "{\"public_network\":\"disabled\",\"tls_required\":true}";
    /** Neither wider nor weaker than the good one: stronger. */
    private static final String KEPT = GOOD.replace("}", ",\"backup_days\":30}");

    private static final String OPEN = "{\"public_network\":\"all\",\"tls_required\":true}";

    @AutoClose
    private final ReviewServer server;

    DriftTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void anAttestedAsset() {
        server.snapshots.addListener(server.room.drift());
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                db-01,Database,service.redis,alice@corp.example,high
                """);
        status(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        push("database.v1", GOOD);
        attest(server.first("db-01"), "no_change", "");
        wait(Duration.ofHours(1));
    }

    @Test
    void whatStaysDifferentOpensOneReviewWithTheDifferenceAlone() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(9));
        assertThat(drifts()).isEmpty();
        wait(Duration.ofMinutes(2));
        JsonNode drift = drifts().get(0);
        assertThat(drift.get("state").asString()).isEqualTo("open");
        assertThat(drift.get("owner").asString()).isEqualTo("alice@corp.example");
        assertThat(drift.get("due_on").asString()).isEqualTo("2026-03-09");
        assertThat(drift.get("checklist")).isEmpty();
        assertThat(drift.get("changes")).hasSize(1);
        assertThat(drift.get("changes").get(0).get("effect").asString()).isEqualTo("wider");
        push("database.v1", OPEN.replace("true", "false"));
        wait(Duration.ofHours(3));
        assertThat(drifts()).hasSize(1);
        assertThat(drifts().get(0).get("changes")).hasSize(2);
        String page = server.get("/reviews/" + drift.get("ref").asString()).body();
        assertThat(page).contains("no longer the one that was attested", "2 of 2 settings changed");
    }

    @Test
    void anAnswerMakesItTheNewNormal() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        String ref = drifts().get(0).get("ref").asString();
        attest(ref, "changed_and_accepted", ",\"answers\":{\"public_network\":\"accept\"}");
        wait(Duration.ofHours(5));
        assertThat(drifts()).hasSize(1);
        assertThat(drifts().get(0).get("state").asString()).isEqualTo("attested");
        // beside the cadence: the next slot stays where the attestation of the slot before has put it
        assertThat(slots().get(1).get("due_on").asString()).isEqualTo("2026-06-02");
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(11));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void whatGoesBackClosesItselfAndTheRecordStays() {
        push("database.v1", KEPT);
        wait(Duration.ofMinutes(11));
        String ref = drifts().get(0).get("ref").asString();
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        JsonNode closed = server.review(ref);
        assertThat(closed.get("state").asString()).isEqualTo("cancelled");
        assertThat(closed.get("cancel_reason").asString()).isEqualTo("back_to_attested");
        assertThat(server.get("/reviews/" + ref).body()).contains("went back to the one that was attested");
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void whatWasWiderStaysToBeAnsweredWhenItGoesBack() {
        push("database.v1", OPEN);
        Instant from = server.base.clock.instant();
        wait(Duration.ofMinutes(11));
        String ref = drifts().get(0).get("ref").asString();
        push("database.v1", OPEN.replace("true", "false"));
        wait(Duration.ofDays(2));
        push("database.v1", KEPT);
        wait(Duration.ofDays(2));
        push("database.v1", GOOD);
        Instant to = server.base.clock.instant();
        wait(Duration.ofHours(1));

        JsonNode over = server.review(ref);
        assertThat(over.get("state").asString()).isEqualTo("open");
        assertThat(Instant.parse(over.get("drift").get("from").asString())).isEqualTo(from);
        assertThat(Instant.parse(over.get("drift").get("to").asString())).isEqualTo(to);
        assertThat(over.get("changes").findValuesAsString("effect"))
                .as("at its widest")
                .containsExactlyInAnyOrder("wider", "weaker");
        assertThat(server.base.records(server.base.database.read(
                        handle -> server.room.reviews().get(handle, ref))))
                .containsOnlyOnce("review.drift-ended");
        assertThat(server.get("/reviews/" + ref).body())
                .contains("it is back to the attested one", "What happened?", "What had changed", "While it differed")
                .doesNotContain("answer.public_network");
        assertThat(server.in("fr").get("/reviews/" + ref).body()).contains("Que s’est-il passé ?");

        String digest = over.get("snapshot_digest").asString();
        String answer = "{\"outcome\":\"no_change\",\"snapshot_digest\":\"" + digest + "\"";
        var silent = server.post("/api/v1/reviews/" + ref + "/attest", answer + "}");
        status(422, silent);
        assertThat(silent.body()).contains("what_happened");
        var said = server.post("/api/v1/reviews/" + ref + "/attest", answer + ",\"note\":\"A test of the vendor.\"}");
        status(200, said);
        JsonNode attested = server.review(ref);
        assertThat(attested.get("state").asString()).isEqualTo("attested");
        assertThat(attested.get("changes")).as("what was looked at").hasSize(2);
        assertThat(attested.get("drift")).as("that is where they were").isEqualTo(over.get("drift"));
        assertThat(server.in("fr").get("/reviews/" + ref).body()).contains("Ce qui avait changé", "Pendant l’écart");
        assertThat(server.in("en").get("/reviews/" + ref).body())
                .as("the changes that went away are not shown as if they were there")
                .contains("it is back to the attested one", "What had changed", "While it differed")
                .doesNotContain("What happened?", ">Now </span>");
        wait(Duration.ofDays(1));
        assertThat(drifts()).hasSize(1);
    }

    /** A little change that is taken back hides no exposure before it. */
    @Test
    void whatWasWiderBeforeTheLastReturnIsNotForgotten() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        push("database.v1", GOOD);
        JsonNode first = drifts().get(0).get("drift");
        push("database.v1", KEPT);
        wait(Duration.ofMinutes(11));
        JsonNode again = drifts().get(0);
        assertThat(again.get("changes").findValuesAsString("effect"))
                .as("what is there now must be answered first")
                .doesNotContain("wider");
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        JsonNode over = drifts().get(0);
        assertThat(drifts()).hasSize(1);
        assertThat(over.get("state").asString()).isEqualTo("open");
        assertThat(over.get("drift").get("from")).isEqualTo(first.get("from"));
        assertThat(over.get("drift").get("to")).isNotEqualTo(first.get("to"));
        assertThat(over.get("changes").findValuesAsString("effect")).containsExactly("wider");
    }

    /** A configuration that moves every hour is in more states than anybody looks back at. */
    @Test
    void whatWasWiderIsNotForgottenOverManyStates() {
        push("database.v1", OPEN);
        Instant from = server.base.clock.instant();
        wait(Duration.ofMinutes(11));
        for (int hour = 0; hour < 205; hour++) {
            push("database.v1", GOOD.replace("}", ",\"backup_days\":" + (30 + hour) + "}"), hour == 204);
        }
        assertThat(state()).as("the records know what is kept").isEmpty();
        push("database.v1", GOOD);
        JsonNode over = drifts().get(0);
        assertThat(over.get("state").asString()).isEqualTo("open");
        assertThat(Instant.parse(over.get("drift").get("from").asString())).isEqualTo(from);
        assertThat(over.get("changes").findValuesAsString("effect")).containsExactly("wider");
        assertThat(state()).isEmpty();
    }

    /** Whoever changes what is kept of a drift, so that it would close itself, changes a row that its records know. */
    @Test
    void whatIsKeptOfADriftFollowsFromItsRecords() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        assertThat(state()).isEmpty();
        server.base.database.useTransaction(
                tx -> tx.execute("update review set drift_worse = 0 where cause = 'drift'"));
        assertThat(state()).isNotEmpty();
    }

    /** It came back, nobody answered, and it drifts again: it is not said to be back. */
    @Test
    void whatDriftsAgainIsNotSaidToBeBack() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        String ref = drifts().get(0).get("ref").asString();
        push("database.v1", GOOD);
        assertThat(server.get("/reviews/" + ref).body()).contains("it is back to the attested one");
        push("database.v1", KEPT, false);
        assertThat(server.get("/reviews/" + ref).body())
                .as("before the sweep looked")
                .doesNotContain("it is back to the attested one");
        server.sweep();
        JsonNode again = drifts().get(0);
        assertThat(again.get("drift").isNull()).isTrue();
        assertThat(server.get("/reviews/" + ref).body()).doesNotContain("it is back to the attested one");
        attest(ref, "changed_and_accepted", ",\"answers\":{\"backup_days\":\"accept\"}");
        assertThat(server.get("/reviews/" + ref).body())
                .contains(">Now </span>")
                .doesNotContain("it is back to the attested one");
    }

    /** Where the drift was attested under another review, that was its answer. */
    @Test
    void whatWasAttestedMeanwhileIsAnswered() {
        String other = Json.tree(server.post("/api/v1/reviews", "{\"asset\":\"db-01\",\"reason\":\"Moved\"}")
                        .body())
                .get("ref")
                .asString();
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        attest(other, "changed_and_accepted", ",\"answers\":{\"public_network\":\"accept\"}");
        wait(Duration.ofMinutes(1));
        assertThat(drifts().get(0).get("state").asString()).isEqualTo("cancelled");
    }

    /** A source that is heard of for the first time is something new to look at, and is accepted; the next backup is another one. */
    private void backedUp() {
        push("backup.v1", "{\"last_success_at\":\"2026-03-02T01:00:00Z\",\"encrypted\":true}");
        wait(Duration.ofMinutes(11));
        attest(
                drifts().get(0).get("ref").asString(),
                "changed_and_accepted",
                ",\"answers\":{\"backup.v1\":\"accept\"}");
        push("backup.v1", "{\"last_success_at\":\"2026-03-03T01:00:00Z\",\"encrypted\":true}");
    }

    /** The last backup is another one by then, so the digest never is the attested one again. */
    @Test
    void whatGoesBackButForAMovingValueClosesItself() {
        backedUp();
        wait(Duration.ofDays(1));
        push("backup.v1", "{\"last_success_at\":\"2026-03-03T01:00:00Z\",\"encrypted\":true,\"immutable\":true}");
        wait(Duration.ofMinutes(9));
        assertThat(open()).as("not settled yet").isEmpty();
        wait(Duration.ofMinutes(2));
        assertThat(open()).hasSize(1);
        push("backup.v1", "{\"last_success_at\":\"2026-03-04T01:00:00Z\",\"encrypted\":true}");
        wait(Duration.ofMinutes(1));
        assertThat(open()).isEmpty();
        assertThat(drifts()).hasSize(2);
    }

    private List<JsonNode> open() {
        return drifts().stream()
                .filter(review -> review.get("state").asString().equals("open"))
                .toList();
    }

    @Test
    void aRetirementThatIsTakenBackDoesNotLoseIt() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        server.base.database.useTransaction(
                tx -> server.assets.retire(tx, server.assets.get(tx, "db-01"), Actor.SYSTEM));
        wait(Duration.ofMinutes(11));
        assertThat(drifts().get(0).get("state").asString()).isEqualTo("cancelled");
        server.base.database.useTransaction(
                tx -> server.assets.restore(tx, server.assets.get(tx, "db-01"), Actor.SYSTEM));
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void aFlickerNeverSettles() {
        for (int n = 0; n < 5; n++) {
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
        String[] asYaml = {"If-Match", "*", "Content-Type", "application/yaml"};
        server.put("/api/v1/plans/quarterly", TestReviews.QUARTERLY + "drift: {settle: PT2H, due: P2D}\n", asYaml);
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(119));
        assertThat(drifts()).isEmpty();
        wait(Duration.ofMinutes(2));
        assertThat(drifts().get(0).get("due_on").asString()).isEqualTo("2026-03-04");
        server.put("/api/v1/plans/quarterly", TestReviews.QUARTERLY + "drift: {watch: false}\n", asYaml);
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(1));
        push("database.v1", OPEN);
        wait(Duration.ofDays(1));
        assertThat(drifts()).hasSize(1);
    }

    @Test
    void aChangeOutsideOpensAReviewWithItsReason() {
        status(422, server.post("/api/v1/reviews", "{\"asset\":\"db-01\"}"));
        status(404, server.post("/api/v1/reviews", "{\"asset\":\"none\",\"reason\":\"x\"}"));
        var answer = server.post("/api/v1/reviews", "{\"asset\":\"db-01\",\"reason\":\"Moved to another region\"}");
        status(201, answer);
        JsonNode review = Json.tree(answer.body());
        assertThat(review.get("cause").asString()).isEqualTo("significant_change");
        assertThat(review.get("state").asString()).isEqualTo("open");
        assertThat(review.get("reason").asString()).isEqualTo("Moved to another region");
        assertThat(server.get("/reviews/" + review.get("ref").asString()).body())
                .contains("Moved to another region");
        assertThat(server.get("/reviews.csv").body()).contains(",significant_change,");
    }

    @Test
    void aReportedProblemStaysWhenTheConfigurationGoesBack() {
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        String ref = drifts().get(0).get("ref").asString();
        status(200, server.post("/api/v1/reviews/" + ref + "/problem", "{\"text\":\"Who opened it?\"}"));
        push("database.v1", GOOD);
        wait(Duration.ofMinutes(11));
        assertThat(drifts().get(0).get("state").asString()).isEqualTo("open");
    }

    @Test
    void whatChangedOutOfScopeIsLookedAtOnTheWayBack() {
        String row = "ref,name,kind,owner_email,criticality\ndb-01,Database,service.redis,alice@corp.example,%s\n";
        server.importAssets(row.formatted("low"));
        wait(Duration.ofMinutes(5));
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(30));
        assertThat(drifts()).isEmpty();
        server.importAssets(row.formatted("high"));
        wait(Duration.ofMinutes(1));
        wait(Duration.ofMinutes(1));
        assertThat(drifts()).hasSize(1);
    }

    /** What the inventory says later of the time before rewrites no gap of a row that is done. */
    @Test
    void aLaterEntryInTheInventoryRewritesNoGap() {
        String first = server.first("db-01");
        JsonNode before = server.review(first);
        server.importAssets("""
                ref,name,kind,owner_email,criticality,last_review_on
                db-01,Database,service.redis,alice@corp.example,high,2026-02-20
                """);
        wait(Duration.ofDays(85));
        push("database.v1", GOOD);
        JsonNode open = slots().stream()
                .filter(review -> review.get("state").asString().equals("open"))
                .findFirst()
                .orElseThrow();
        attest(open.get("ref").asString(), "no_change", "");
        JsonNode after = server.review(first);
        assertThat(after.get("gap_days")).isEqualTo(before.get("gap_days"));
        assertThat(after.get("gap_ok")).isEqualTo(before.get("gap_ok"));
    }

    /** Two reviews of an asset are open: what the one attests is what the other is compared with, whenever it opened. */
    @Test
    void aReviewIsComparedWithWhatWasAttestedLast() {
        JsonNode other = Json.tree(server.post("/api/v1/reviews", "{\"asset\":\"db-01\",\"reason\":\"Moved\"}")
                .body());
        String ref = other.get("ref").asString();
        String good = other.get("baseline_digest").asString();
        push("database.v1", OPEN);
        wait(Duration.ofMinutes(11));
        String drift = drifts().get(0).get("ref").asString();
        attest(drift, "changed_and_accepted", ",\"answers\":{\"public_network\":\"accept\"}");
        JsonNode after = server.review(ref);
        assertThat(after.get("baseline_digest").asString())
                .isEqualTo(after.get("snapshot_digest").asString())
                .isNotEqualTo(good);
        assertThat(after.get("changes")).isEmpty();

        push("database.v1", GOOD);
        JsonNode back = server.review(ref);
        assertThat(back.get("changes")).hasSize(1);
        status(
                422,
                server.post(
                        "/api/v1/reviews/" + ref + "/attest",
                        "{\"outcome\":\"no_change\",\"snapshot_digest\":\"" + good + "\"}"));
        attest(ref, "changed_and_accepted", ",\"answers\":{\"public_network\":\"accept\"}");
        JsonNode attested = server.review(ref);
        assertThat(attested.get("baseline_digest").asString())
                .isEqualTo(after.get("baseline_digest").asString());
        assertThat(attested.get("changes")).hasSize(1);
    }

    private void push(String source, String body) {
        push(source, body, true);
    }

    private void push(String source, String body, boolean sweep) {
        server.base.clock.advance(Duration.ofSeconds(1));
        server.base.database.useTransaction(tx -> server.snapshots.push(
                tx,
                server.assets.get(tx, "db-01"),
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

    private void attest(String ref, String outcome, String more) {
        String digest = server.review(ref).get("snapshot_digest").asString();
        var answer = server.post(
                "/api/v1/reviews/" + ref + "/attest",
                "{\"outcome\":\"" + outcome + "\",\"snapshot_digest\":\"" + digest + "\"" + more + "}");
        status(200, answer);
        server.base.clock.advance(Duration.ofSeconds(1));
    }

    /** What differs between what is kept of drifts and what the records say. */
    private List<String> state() {
        return RecordedState.compare(server.base.database).differences().stream()
                .map(Object::toString)
                .filter(difference -> difference.contains("drift_"))
                .toList();
    }

    private List<JsonNode> drifts() {
        return all().stream()
                .filter(review -> review.get("cause").asString().equals("drift"))
                .toList();
    }

    private List<JsonNode> slots() {
        return all().stream()
                .filter(review -> review.get("cause").asString().equals("scheduled"))
                .toList();
    }

    private List<JsonNode> all() {
        return Json.tree(server.get("/api/v1/reviews?asset=db-01").body())
                .get("items")
                .valueStream()
                .toList();
    }
}
