package dev.ronde.review.answer;

import static dev.ronde.review.TestReviews.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The second signature, and who cannot give it. */
class SecondPersonTest {

    private static final String TWO = TestReviews.QUARTERLY + "approval: {default: none, critical: second_person}\n";

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    private final Person carol = room.person("carol@corp.example");

    @Test
    void onePersonIsEnoughWhereThePlanSaysSo() {
        Review review = attested(TWO, "high");
        assertThat(review.approval().approval()).isNull();
        refused(409, "not_pending", () -> approve(review, carol));
    }

    @Test
    void aSecondPersonApprovesAndBothStandInTheRecord() {
        Review review = attested(TWO, "critical");
        assertThat(review.approval().pending()).isTrue();
        Review after = approve(review, carol);
        assertThat(after.approval().approval()).isEqualTo("approved");
        assertThat(after.approval().approverName()).isEqualTo("carol");
        assertThat(after.approval().approvedAt()).isEqualTo(room.clock.instant());
        assertThat(after.attestation().performedBy()).isEqualTo(room.alice.actorRef());
        assertThat(room.records(review)).endsWith("review.attested", "review.approved");
        refused(409, "not_pending", () -> approve(after, carol));
    }

    @Test
    void aRefusalTakesTheAttestationBack() {
        Review review = attested(TWO, "critical");
        refused(422, "required", () -> room.onPage(carol, room.reload(review), new ReviewAct.Reject(" ")));
        room.onPage(carol, room.reload(review), new ReviewAct.Reject("Wrong host."));
        assertThat(room.state(review)).isEqualTo(ReviewState.OPEN);
        assertThat(room.reload(review).approval().approval()).isNull();
        assertThat(room.history(review)).endsWith("attested", "rejected");
        assertThat(room.attest(room.reload(review), room.alice).approval().pending())
                .isTrue();
    }

    @Test
    void whoeverHadAPartCannotBeTheSecondPerson() {
        Review review = open(TWO, "critical");
        room.byLink(room.alice, room.reload(review), new ReviewAct.Delegate(room.bob.email()));
        room.byLink(room.bob, room.reload(review), new ReviewAct.AcceptDelegation());
        room.attest(room.reload(review), room.bob);
        for (Person involved : List.of(room.alice, room.bob)) {
            refused(403, "had_a_part", () -> approve(review, involved));
        }
        assertThat(approve(review, carol).approval().approval()).isEqualTo("approved");
    }

    @Test
    void whoeverIsInTheTeamOfSomebodyWhoHadAPartCannotBeTheSecondPerson() {
        Review review = attested(TWO, "critical");
        Person dave = room.person("dave@corp.example");
        member(room.alice, dave);
        refused(403, "had_a_part", () -> approve(review, dave));
        Person team = room.person("platform@corp.example");
        member(team, room.alice);
        member(team, carol);
        refused(403, "had_a_part", () -> approve(review, team));
        assertThat(approve(review, carol).approval().approval())
                .as("a colleague in a team that had no part")
                .isEqualTo("approved");
    }

    private void member(Person team, Person member) {
        room.database.useTransaction(
                tx -> tx.createUpdate("insert into team_member (team_id, member_id) values (:team, :member)")
                        .bind("team", team.id())
                        .bind("member", member.id())
                        .execute());
    }

    @Test
    void aPlanMayLetOnePersonSignTwice() {
        Review review = attested(TWO + "self_approval: true\n", "critical");
        assertThat(approve(review, room.alice).approval().approval()).isEqualTo("approved");
    }

    private Review approve(Review review, Person person) {
        return room.onPage(person, room.reload(review), new ReviewAct.Approve(null));
    }

    private Review open(String plan, String criticality) {
        room.estate.add("web-01", criticality, room.alice.id());
        room.apply(plan);
        return room.first(room.estate.assets.values().iterator().next());
    }

    private Review attested(String plan, String criticality) {
        Review review = open(plan, criticality);
        room.attest(review, room.alice);
        return room.reload(review);
    }
}
