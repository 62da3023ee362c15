package dev.ronde.review.answer;

import static dev.ronde.review.TestReviews.link;
import static dev.ronde.review.TestReviews.refused;
import static dev.ronde.review.TestReviews.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.FakeLooks;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import dev.ronde.review.estate.AcceptedRisk;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.NotOn;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AttestingTest {

    private static final AttestRequest NO_CHANGE = AttestRequest.of("no_change", null, null);

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    @Test
    void oneWordIsEnoughWhereNothingChanged() {
        Review review = open(TestReviews.QUARTERLY, "high");
        Review after = says(review, AttestRequest.of("no_change", "fine", null));
        assertThat(after.stateAt(room.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        assertThat(after.attestation().performedBy()).isEqualTo(room.alice.actorRef());
        assertThat(after.attestation().performedByName()).isEqualTo("alice");
        assertThat(after.attestation().channel()).isEqualTo("link");
        assertThat(after.attestation().assurance()).isEqualTo("mail_link");
        assertThat(after.attestation().performedOn()).isEqualTo(LocalDate.of(2026, 3, 2));
        refused(409, "already_attested", () -> says(after, NO_CHANGE));
    }

    @Test
    void anOutcomeIsChosenNeverAssumed() {
        Review review = open(TestReviews.QUARTERLY, "high");
        refused(422, "required", () -> says(review, AttestRequest.of(null, null, null)));
        refused(422, "bad_value", () -> says(review, AttestRequest.of("ok", null, null)));
        refused(422, "too_long", () -> says(review, AttestRequest.of("no_change", "x".repeat(4001), null)));
    }

    @Test
    void namesTheConfigurationThatWasLookedAt() {
        Review review = open(TestReviews.QUARTERLY, "high");
        refused(422, "no_snapshot", () -> says(review, AttestRequest.of("no_change", null, FakeLooks.digest(1))));
        room.looks.digests.put(review.assetId(), FakeLooks.digest(1));
        refused(422, "required", () -> says(review, NO_CHANGE));
        refused(422, "bad_value", () -> says(review, AttestRequest.of("no_change", null, "abc")));
        room.looks.digests.put(review.assetId(), FakeLooks.digest(2));
        Problem newer = catchThrowableOfType(
                Problem.class, () -> says(review, AttestRequest.of("no_change", null, FakeLooks.digest(1))));
        assertThat(newer.status()).isEqualTo(409);
        assertThat(newer.code()).isEqualTo("configuration_changed");
        assertThat(newer.extra()).containsEntry("snapshot_digest", FakeLooks.digest(2));
        assertThat(newer.extra().get("changed_since_shown")).asString().contains("Rule web, source");
        Review after = says(review, AttestRequest.of("no_change", null, FakeLooks.digest(2)));
        assertThat(after.attestation().snapshotDigest()).isEqualTo(FakeLooks.digest(2));
    }

    @Test
    void everyChangeSinceTheLastAttestationIsAnswered() {
        Review first = open(TestReviews.QUARTERLY, "high");
        room.looks.digests.put(first.assetId(), FakeLooks.digest(1));
        room.attest(first, room.alice);
        room.looks.digests.put(first.assetId(), FakeLooks.digest(2));
        room.at("2026-05-25T08:00:00Z").sweep();
        Review second = room.of(room.estate.assets.get(first.assetId())).get(1);
        assertThat(second.opening().baselineDigest()).isEqualTo(FakeLooks.digest(1));
        String digest = FakeLooks.digest(2);
        refused(422, "there_are_changes", () -> says(second, AttestRequest.of("no_change", null, digest)));
        refused(422, "answer_required", () -> says(second, AttestRequest.of("changed_and_accepted", null, digest)));
        refused(422, "change_is_a_problem", () -> says(second, accepted(digest, "problem")));
        refused(422, "bad_answer", () -> says(second, accepted(digest, "fine")));
        Review after = says(second, accepted(digest, "accept"));
        assertThat(after.gapDays(room.clock.instant())).contains(84L);
        assertThat(after.gapOk(room.clock.instant())).contains(true);
        assertThat(Json.tree(after.attestation().changes()).get(0).get("effect").asString())
                .isEqualTo("wider");
    }

    @Test
    void theChecklistIsTheOneOfTheOpening() {
        Review review = open(
                TestReviews.QUARTERLY
                        + "checklist:\n"
                        + "  - {id: admins, text: Admins right?, required: true}\n"
                        + "  - {id: proof, text: Ticket?, answer: text, evidence: required}\n",
                "high");
        room.apply(TestReviews.QUARTERLY);
        refused(422, "answer_required", () -> says(review, answers(Map.of())));
        assertThat(room.looks.asked).as("nothing is off that could be waived").isZero();
        refused(422, "bad_answer", () -> says(review, answers(Map.of("admins", new Answer("maybe", null)))));
        refused(
                422,
                "unknown_question",
                () -> says(
                        review, answers(Map.of("admins", new Answer("yes", null), "other", new Answer("yes", null)))));
        refused(
                422,
                "evidence_required",
                () -> says(
                        review, answers(Map.of("admins", new Answer("yes", null), "proof", new Answer("done", " ")))));
        says(review, answers(Map.of("admins", new Answer("no", null))));
        assertThat(room.state(review)).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void anAttestationBelowThePlansLevelIsRefused() {
        Review review =
                open(TestReviews.QUARTERLY + "assurance: {default: mail_link, critical: signed_in}\n", "critical");
        refused(403, "assurance_too_low", () -> says(review, NO_CHANGE));
        Actor code = new Actor("link", room.alice.actorRef(), "link+code");
        refused(403, "assurance_too_low", () -> attest(review, NO_CHANGE, code, Channel.LINK));
        Actor token = new Actor("token", "t:00000000000000aa", "token");
        refused(403, "assurance_too_low", () -> attest(review, NO_CHANGE, token, Channel.API));
        Review after = attest(review, NO_CHANGE, signedIn(room.alice), Channel.PAGE);
        assertThat(after.attestation().assurance()).isEqualTo("signed_in");
    }

    @Test
    void aRequiredProtectionThatIsOffNeedsAWaiver() {
        Review review = open(TestReviews.QUARTERLY + "required_protections: [encryption-in-transit]\n", "high");
        room.looks.off.put("encryption-in-transit", NotOn.Why.OFF);
        refused(422, "waiver_required", () -> says(review, NO_CHANGE));
        refused(422, "waiver_required", () -> says(review, waived("legacy client", LocalDate.of(2026, 3, 2))));
        refused(422, "waiver_required", () -> says(review, waived(" ", LocalDate.of(2026, 4, 1))));
        Review after = says(review, waived("legacy client", LocalDate.of(2026, 4, 1)));
        assertThat(after.attestation().waiverUntil()).isEqualTo(LocalDate.of(2026, 4, 1));
    }

    /** Only what a check found to be off is said to be off. */
    @Test
    void whatCannotBeVerifiedOrHasNoCheckIsNotSaidToBeOff() {
        Review review = open(
                TestReviews.QUARTERLY + "required_protections: [encryption-in-transit, patch-level, audit-logging]\n",
                "high");
        room.looks.off.put("encryption-in-transit", NotOn.Why.OFF);
        room.looks.off.put("patch-level", NotOn.Why.UNVERIFIED);
        room.looks.off.put("audit-logging", NotOn.Why.UNCHECKED);
        Problem refused = refused(422, "waiver_required", () -> says(review, NO_CHANGE));
        assertThat(refused.text())
                .contains(
                        "encryption-in-transit is off", "patch-level cannot be verified", "audit-logging has no check")
                .doesNotContain("required protection is off");
    }

    @Test
    void aWaiverAndAnswersThatAreMissingAreNamedTogether() {
        Review review = open(
                TestReviews.QUARTERLY + "required_protections: [encryption-in-transit]\n"
                        + "checklist: [{id: ports, text: Which ports?, answer: text, required: true}]\n",
                "high");
        room.looks.off.put("encryption-in-transit", NotOn.Why.OFF);
        Problem refused = refused(422, "answer_required", () -> says(review, NO_CHANGE));
        assertThat(refused.errors()).extracting(FieldError::pointer).containsExactly("/answers/ports", "/waiver");
    }

    @Test
    void aWaiverEndsWhenTheSeverityOfWhatIsOffAllowsAtTheLatest() {
        Review review = open(TestReviews.QUARTERLY + "required_protections: [encryption-in-transit]\n", "high");
        room.looks.off.put("encryption-in-transit", NotOn.Why.OFF);
        room.looks.mostDaysOff = 90;
        Problem refused =
                refused(422, "waiver_too_long", () -> says(review, waived("legacy client", LocalDate.of(2026, 6, 1))));
        assertThat(refused.text()).contains("until 2026-05-31 at the latest", "encryption-in-transit");
        assertThat(refused.errors().get(0).pointer()).isEqualTo("/waiver/until");
        Review after = says(review, waived("legacy client", LocalDate.of(2026, 5, 31)));
        assertThat(after.attestation().waiverUntil()).isEqualTo(LocalDate.of(2026, 5, 31));
    }

    @Test
    void whatIsAcceptedAlreadyIsNamedLikeAWaiverThatIsGiven() {
        Review review = open(TestReviews.QUARTERLY + "required_protections: [encryption-in-transit]\n", "high");
        room.looks.accepted.add(new AcceptedRisk("W-1001", "lab machine", LocalDate.of(2026, 5, 31)));
        room.looks.off.put("encryption-in-transit", NotOn.Why.OFF);
        refused(422, "waiver_required", () -> says(review, NO_CHANGE));
        Review both = says(review, waived("legacy client", LocalDate.of(2026, 4, 1)));
        assertThat(both.attestation().waiverReason()).isEqualTo("legacy client; W-1001: lab machine");
        assertThat(both.attestation().waiverUntil()).isEqualTo(LocalDate.of(2026, 4, 1));
    }

    /** What is accepted silences what it is about, and nothing beside it. */
    @Test
    void anAcceptedRiskIsNoWordAboutAnotherCheckThatFails() {
        Review review = open(TestReviews.QUARTERLY + "required_protections: [encryption-in-transit]\n", "high");
        room.looks.accepted.add(new AcceptedRisk("W-1001", "lab machine", LocalDate.of(2026, 5, 31)));
        room.looks.checks.add(new CheckState("redis-tls", "fail", false, "high", "0197", "0197f3a0"));
        room.looks.checks.add(new CheckState("redis-anonymous", "fail", false, "critical", "0198", "0198f3a0"));
        room.looks.covered.add("redis-tls");
        Problem refused = refused(422, "checks_fail", () -> says(review, NO_CHANGE));
        assertThat(refused.text()).contains("redis-anonymous").doesNotContain("redis-tls");
        room.looks.covered.add("redis-anonymous");
        assertThat(says(review, NO_CHANGE).attestation().waiverReason()).isEqualTo("W-1001: lab machine");
    }

    @Test
    void theRecordHoldsWhatWasShownAndNoFreeText() {
        Review review = open(TestReviews.QUARTERLY, "high");
        room.looks.digests.put(review.assetId(), FakeLooks.digest(7));
        room.looks.checks.add(new CheckState("redis-anonymous", "fail", false, "critical", "0197", "0197f3a0"));
        says(review, AttestRequest.of("no_change", "very secret words", FakeLooks.digest(7)));
        byte[] payload = room.database.read(
                handle -> handle.createQuery("select payload from evidence_record where rec_type = 'review.attested'")
                        .mapTo(byte[].class)
                        .one());
        String text = new String(payload, StandardCharsets.UTF_8);
        JsonNode data = Json.tree(text).get("data");
        assertThat(data.get("shown").asString()).matches("[0-9a-f]{64}");
        assertThat(data.get("shown_ids")).hasSize(2);
        assertThat(data.get("snapshot_digest").asString()).isEqualTo(FakeLooks.digest(7));
        assertThat(data.get("checks").get(0).get("outcome").asString()).isEqualTo("fail");
        assertThat(data.get("after").get("state").asString()).isEqualTo("attested");
        assertThat(data.get("after").get("owner").asString()).isEqualTo(room.alice.actorRef());
        assertThat(data.get("controls").get(0).asString()).isEqualTo("iso27001:A.8.9");
        assertThat(text).doesNotContain("very secret words").doesNotContain("alice@corp.example");
    }

    private Review open(String plan, String criticality) {
        Covered asset = room.estate.add("web-01", criticality, room.alice.id());
        room.apply(plan);
        return room.first(asset);
    }

    /** By her link. */
    private Review says(Review review, AttestRequest request) {
        return attest(review, request, link(room.alice), Channel.LINK);
    }

    private Review attest(Review review, AttestRequest request, Actor by, Channel channel) {
        return room.acts(by, channel, room.reload(review), new ReviewAct.Attest(request));
    }

    private static AttestRequest answers(Map<String, Answer> answers) {
        return new AttestRequest("no_change", null, null, answers, null, null);
    }

    private static AttestRequest accepted(String digest, String word) {
        return new AttestRequest(
                "changed_and_accepted", null, digest, Map.of("rules[web].source", new Answer(word, null)), null, null);
    }

    private static AttestRequest waived(String reason, LocalDate until) {
        return new AttestRequest("no_change", null, null, Map.of(), new WaiverRequest(reason, until), null);
    }
}
