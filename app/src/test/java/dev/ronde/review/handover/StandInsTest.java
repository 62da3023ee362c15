package dev.ronde.review.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.StandIn;
import dev.ronde.testing.DatabaseKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What happens to reviews while their owner is away. */
class StandInsTest {

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    private final Person carol = room.person("carol@corp.example");

    @Test
    void whatWaitsGoesToTheBackupOwnerFromTheFirstDayOn() {
        Covered asset = asset(room.bob.id());
        room.apply(TestReviews.QUARTERLY);
        away(room.alice, LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 20));
        room.at("2026-03-03T22:30:00Z").sweep();
        assertThat(room.first(asset).ownerId()).isEqualTo(room.alice.id());
        // midnight in Paris
        room.at("2026-03-03T23:00:00Z").sweep();
        Review review = room.first(asset);
        assertThat(review.ownerId()).isEqualTo(room.bob.id());
        assertThat(room.history(review)).endsWith("assigned");
        assertThat(leave(review)).isEqualTo(new ReviewEvent.Leave("alice → bob", LocalDate.of(2026, 3, 20)));
        assertThat(standIn(review)).hasValueSatisfying(standIn -> {
            assertThat(standIn.away().id()).isEqualTo(room.alice.id());
            assertThat(standIn.by().id()).isEqualTo(room.bob.id());
            assertThat(standIn.until()).isEqualTo("2026-03-20");
        });
        assertThat(room.sweep()).isZero();
        room.at("2026-03-25T08:00:00Z").sweep();
        assertThat(standIn(room.first(asset))).isEmpty();
        assertThat(room.first(asset).ownerId()).isEqualTo(room.bob.id());
    }

    @Test
    void whatOpensMeanwhileIsTheBackupOwnersFromTheStart() {
        Covered asset = asset(room.bob.id());
        room.apply(TestReviews.QUARTERLY);
        away(room.alice, LocalDate.of(2026, 5, 20), LocalDate.of(2026, 6, 20));
        room.attest(room.first(asset), room.alice);
        room.at("2026-05-30T08:00:00Z").sweep();
        assertThat(room.of(asset).get(1).ownerId()).isEqualTo(room.bob.id());
        assertThat(leave(room.of(asset).get(1)))
                .isEqualTo(new ReviewEvent.Leave("alice → bob", LocalDate.of(2026, 6, 20)));
        room.attest(room.of(asset).get(1), room.bob);
        room.at("2026-08-30T08:00:00Z").sweep();
        assertThat(room.of(asset).get(2).ownerId()).isEqualTo(room.alice.id());
    }

    @Test
    void nobodyStepsInWhoIsAwayAsWellOrDoesNotExist() {
        Covered asset = asset(carol.id());
        Covered alone = asset(null);
        room.apply(TestReviews.QUARTERLY);
        away(room.alice, LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 20));
        away(carol, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 10));
        room.at("2026-03-05T08:00:00Z").sweep();
        assertThat(room.first(asset).ownerId()).isEqualTo(room.alice.id());
        assertThat(room.first(alone).ownerId()).isEqualTo(room.alice.id());
        room.at("2026-03-11T08:00:00Z").sweep();
        assertThat(room.first(asset).ownerId()).isEqualTo(carol.id());
    }

    @Test
    void whatWasTakenOverGoesBackToTheOwnerWhenWhoTookItGoesOnLeave() {
        Covered asset = asset(room.bob.id());
        room.apply(TestReviews.QUARTERLY);
        away(room.alice, LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 10));
        away(room.bob, LocalDate.of(2026, 3, 9), LocalDate.of(2026, 3, 30));
        room.at("2026-03-05T08:00:00Z").sweep();
        assertThat(room.first(asset).ownerId()).isEqualTo(room.bob.id());
        room.at("2026-03-10T08:00:00Z").sweep();
        assertThat(room.first(asset).ownerId()).as("nobody of the two is there").isEqualTo(room.bob.id());
        room.at("2026-03-11T08:00:00Z").sweep();
        Review back = room.first(asset);
        assertThat(back.ownerId()).isEqualTo(room.alice.id());
        assertThat(leave(back)).isEqualTo(new ReviewEvent.Leave("bob → alice", LocalDate.of(2026, 3, 30)));
        assertThat(room.sweep()).isZero();
    }

    private Optional<StandIn> standIn(Review review) {
        return room.database.read(handle -> room.room.reviews().standIn(handle, review));
    }

    private ReviewEvent.Leave leave(Review review) {
        List<ReviewEvent> events =
                room.database.read(handle -> room.room.reviews().history(handle, review.id()));
        return events.get(events.size() - 1).leave();
    }

    private Covered asset(UUID backup) {
        Covered made = new Covered(
                UUID.randomUUID(),
                "Asset",
                "high",
                room.alice.id(),
                backup,
                null,
                true,
                new dev.ronde.review.plan.PlanScope.Candidate(
                        "web-" + room.estate.assets.size(), "service.redis", "high", "prod", "unit-a", Set.of("web")));
        room.estate.assets.put(made.id(), made);
        return made;
    }

    private void away(Person person, LocalDate from, LocalDate until) {
        room.database.useTransaction(tx -> tx.createUpdate("""
                        insert into planned_leave (id, person_id, from_on, until_on, created_at, created_by)
                        values (:id, :person, :from, :until, :now, 'system')""")
                .bind("id", UUID.randomUUID())
                .bind("person", person.id())
                .bind("from", from)
                .bind("until", until)
                .bind("now", Instant.parse("2026-03-01T00:00:00Z"))
                .execute());
    }
}
