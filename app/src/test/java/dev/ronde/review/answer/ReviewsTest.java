package dev.ronde.review.answer;

import static dev.ronde.review.TestReviews.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewsTest {

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.POSTGRESQL);

    private Review review;

    @BeforeEach
    void openOne() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        review = room.first(asset);
    }

    @Test
    void acknowledgingStopsNothingButTheNagging() {
        Review after = acknowledge();
        assertThat(room.state(review)).isEqualTo(ReviewState.ACKNOWLEDGED);
        assertThat(acknowledge()).isEqualTo(after);
        assertThat(room.records(review)).containsOnlyOnce("review.acknowledged");
        assertThat(room.history(review)).containsExactly("scheduled", "opened", "acknowledged");
    }

    @Test
    void aProblemKeepsTheReviewOpen() {
        refused(422, "required", () -> room.byLink(room.alice, review, new ReviewAct.ReportProblem(" ")));
        Review after = room.byLink(room.alice, review, new ReviewAct.ReportProblem("port 9200 is open"));
        assertThat(after.handling().problemText()).isEqualTo("port 9200 is open");
        assertThat(room.state(review)).isEqualTo(ReviewState.OPEN);
        assertThat(room.attest(review, room.alice).stateAt(room.clock.instant()))
                .isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void theOwnerKeepsTheDutyUntilTheOtherAccepts() {
        Review asked = delegate(review, room.bob.email());
        assertThat(asked.ownerId()).isEqualTo(room.alice.id());
        assertThat(asked.handling().delegatedTo()).isEqualTo(room.bob.id());
        Person carol = room.person("carol@corp.example");
        refused(409, "not_delegated", () -> accept(carol));
        Review taken = accept(room.bob);
        assertThat(taken.ownerId()).isEqualTo(room.bob.id());
        assertThat(taken.handling().delegatedTo()).isNull();
        assertThat(room.records(review)).endsWith("review.delegated", "review.delegation-accepted");
    }

    @Test
    void aMemberTakesWhatIsTheTeams() {
        Review taken = room.onPage(room.bob, review, new ReviewAct.Delegate(room.bob.email()));
        assertThat(taken.handling().delegatedTo()).isEqualTo(room.bob.id());
        refused(422, "to_self", () -> room.onPage(room.bob, taken, new ReviewAct.Delegate(room.bob.email())));
        assertThat(accept(room.bob).ownerId()).isEqualTo(room.bob.id());
    }

    @Test
    void delegationGoesToKnownPeopleThreeTimesAtMost() {
        refused(422, "to_self", () -> delegate(review, "ALICE@corp.example"));
        refused(422, "unknown_person", () -> delegate(review, "mallory@elsewhere.example"));
        refused(422, "required", () -> delegate(review, null));
        for (String next : new String[] {"one@corp.example", "two@corp.example", "three@corp.example"}) {
            Person asked = room.person(next);
            delegate(room.reload(review), next);
            accept(asked);
        }
        refused(422, "chain_too_long", () -> delegate(room.reload(review), "bob@corp.example"));
    }

    @Test
    void snoozingPausesRemindersOnly() {
        LocalDate today = LocalDate.of(2026, 3, 2);
        refused(422, "required", () -> snooze(null));
        refused(422, "bad_value", () -> snooze(today));
        refused(422, "bad_value", () -> snooze(today.plusDays(31)));
        Review paused = snooze(review.dates().dueOn());
        assertThat(paused.dates()).isEqualTo(review.dates());
        assertThat(paused.handling().snoozedUntil()).isEqualTo(review.dates().dueOn());
        snooze(today.plusDays(1));
        snooze(today.plusDays(2));
        refused(422, "too_often", () -> snooze(today.plusDays(3)));
    }

    @Test
    void aPauseBeyondTheDueDateAsksForMoreTimeAndMovesNothing() {
        LocalDate until = review.dates().dueOn().plusDays(1);
        Review asked = snooze(until);
        assertThat(asked.dates()).isEqualTo(review.dates());
        assertThat(asked.handling().snoozedUntil()).isNull();
        assertThat(asked.handling().snoozes()).isZero();
        assertThat(asked.handling().timeAskedUntil()).isEqualTo(until);
        assertThat(snooze(until)).as("the same once more asks nothing new").isEqualTo(asked);
        assertThat(room.history(review)).containsExactly("scheduled", "opened", "time-asked");
        Review given = extend(until, "The move takes a day longer.");
        assertThat(given.dates().dueOn()).isEqualTo(until);
        assertThat(given.handling().timeAskedUntil()).isNull();
        refused(409, "no_time_asked", () -> refuseTime(until, "No."));
        LocalDate newer = until.plusDays(2);
        snooze(newer);
        refused(422, "required", () -> refuseTime(newer, " "));
        refused(422, "required", () -> refuseTime(null, "No."));
        refused(409, "time_changed", () -> refuseTime(until, "No."));
        Review refused = refuseTime(newer, "The auditors come before.");
        assertThat(refused.handling().timeAskedAt()).isNull();
        assertThat(refused.dates()).isEqualTo(given.dates());
        assertThat(room.records(review)).contains("review.time-asked", "review.time-refused");
    }

    @Test
    void anOverdueReviewIsPausedForAWeekAfterItsDueDateAndNoLonger() {
        LocalDate dueOn = review.dates().dueOn();
        room.at("2026-03-14T08:00:00Z");
        assertThat(snooze(dueOn.plusDays(7)).handling().snoozedUntil()).isEqualTo(dueOn.plusDays(7));
        Review asked = snooze(dueOn.plusDays(8));
        assertThat(asked.handling().snoozedUntil()).isEqualTo(dueOn.plusDays(7));
        assertThat(asked.handling().timeAskedUntil()).isEqualTo(dueOn.plusDays(8));
    }

    @Test
    void moreTimeIsAskedForThreeTimesAtMost() {
        LocalDate until = review.dates().dueOn();
        snooze(until.plusDays(1));
        snooze(until.plusDays(2));
        refuseTime(until.plusDays(2), "No.");
        snooze(until.plusDays(3));
        snooze(until.plusDays(3));
        refused(422, "asked_too_often", () -> snooze(until.plusDays(4)));
        assertThat(snooze(until).handling().snoozedUntil())
                .as("pauses are another matter")
                .isEqualTo(until);
    }

    @Test
    void anAttestationEndsTheQuestionForMoreTimeForGood() {
        snooze(review.dates().dueOn().plusDays(1));
        room.attest(review, room.alice);
        assertThat(room.reload(review).handling().timeAskedAt()).isNull();
        Review again = withdraw(room.reload(review), room.alice);
        assertThat(again.handling().timeAskedUntil()).isNull();
        assertThat(again.handling().timeAskedAt()).isNull();
    }

    @Test
    void aQuestionForMoreTimeEndsWhenItsDayHasComeInTheZoneOfTheReview() {
        LocalDate until = review.dates().dueOn().plusDays(2);
        snooze(until);
        room.at("2026-03-13T22:59:00Z").sweep();
        assertThat(room.reload(review).handling().timeAskedUntil()).isEqualTo(until);
        room.at("2026-03-13T23:00:00Z").sweep();
        assertThat(room.reload(review).handling().timeAskedUntil()).isNull();
        assertThat(room.reload(review).handling().timeAskedAt()).isNull();
        assertThat(room.history(review)).endsWith("time-asked", "time-lapsed");
        assertThat(room.records(review)).endsWith("review.time-lapsed");
        refused(409, "no_time_asked", () -> refuseTime(until, "Too late."));
    }

    @Test
    void notMineWaitsForTheLeadWhoAssignsIt() {
        Review after = room.byLink(room.alice, review, new ReviewAct.NotMine("left the team"));
        assertThat(after.ownerId()).isEqualTo(room.alice.id());
        assertThat(after.handling().notMineAt()).isNotNull();
        Review given = room.onPage(room.bob, room.reload(review), new ReviewAct.Assign("bob@corp.example"));
        assertThat(given.ownerId()).isEqualTo(room.bob.id());
        assertThat(given.handling().notMineAt()).isNull();
        assertThat(room.records(review)).endsWith("review.not-mine", "review.assigned");
    }

    @Test
    void aLeadAsksAgainOnceADayUnlessTheOwnerPausedIt() {
        remind();
        refused(409, "reminded_today", () -> remind());
        room.at("2026-03-03T08:00:00Z");
        remind();
        assertThat(room.history(review)).endsWith("reminded", "reminded");
        assertThat(room.records(review)).endsWith("review.reminded", "review.reminded");
        acknowledge();
        room.at("2026-03-04T08:00:00Z");
        refused(409, "reminders_paused", () -> remind());
        room.at("2026-03-16T08:00:00Z");
        remind();
    }

    private Review remind() {
        return room.onPage(room.bob, room.reload(review), new ReviewAct.Remind());
    }

    /** They would have one more mail that says what they know; where they said that it is not theirs, the lead's answer is news. */
    @Test
    void whoHasAReviewIsNotGivenItAgain() {
        refused(422, "to_self", () -> assignedToAlice());
        assertThat(room.records(review)).doesNotContain("review.assigned");
        room.byLink(room.alice, review, new ReviewAct.NotMine(null));
        assertThat(assignedToAlice().handling().notMineAt()).isNull();
    }

    private Review assignedToAlice() {
        return room.onPage(room.bob, room.reload(review), new ReviewAct.Assign("alice@corp.example"));
    }

    @Test
    void nobodyWhoLeftIsGivenAReview() {
        room.database.useTransaction(tx -> tx.createUpdate("update person set active = false where id = :id")
                .bind("id", room.bob.id())
                .execute());
        refused(
                422,
                "unknown_person",
                () -> room.onPage(room.bob, room.reload(review), new ReviewAct.Assign("bob@corp.example")));
    }

    @Test
    void anExtensionMovesTheDueDateAndKeepsTheSlot() {
        refused(422, "required", () -> extend(LocalDate.of(2026, 4, 1), " "));
        refused(422, "bad_value", () -> extend(LocalDate.of(2026, 3, 12), "holidays"));
        refused(422, "bad_value", () -> extend(LocalDate.of(2027, 3, 13), "a slip of the year"));
        Review after = extend(LocalDate.of(2026, 4, 1), "holidays");
        assertThat(after.dates().scheduledOn()).isEqualTo(LocalDate.of(2026, 3, 12));
        assertThat(after.dates().dueOn()).isEqualTo(LocalDate.of(2026, 4, 1));
        room.at("2026-03-20T08:00:00Z").sweep();
        assertThat(room.reload(review).overdueAt(room.clock.instant())).isFalse();
        room.at("2026-04-30T08:00:00Z").sweep();
        assertThat(room.state(review)).isEqualTo(ReviewState.OPEN);
        room.at("2026-05-01T22:00:00Z").sweep();
        assertThat(room.state(review)).isEqualTo(ReviewState.MISSED);
    }

    @Test
    void theWindowCountsEvenBeforeTheSweepHasSeenIt() {
        room.at("2026-04-20T08:00:00Z");
        refused(409, "missed", () -> room.attest(review, room.alice));
    }

    @Test
    void nothingHappensToAReviewThatIsNotOpen() {
        Review later = room.database.read(handle -> room.room.reviews().get(handle, "REV-1002"));
        refused(409, "not_open", () -> room.attest(later, room.alice));
    }

    @Test
    void whoComesSecondIsToldToLookAgain() {
        Review seen = review;
        acknowledge();
        refused(409, "review_changed", () -> room.byLink(room.bob, seen, new ReviewAct.ReportProblem("late")));
    }

    @Test
    void onlyTheSamePersonWithdrawsAndOnlyForADay() {
        Review attested = room.attest(review, room.alice);
        assertThat(room.of(room.estate.assets.get(review.assetId()))
                        .get(1)
                        .dates()
                        .dueOn())
                .isEqualTo(LocalDate.of(2026, 6, 2)); // 2 March + 92 days
        refused(403, "forbidden", () -> withdraw(attested, room.bob));
        room.clock.advance(Duration.ofHours(24));
        assertThat(withdraw(attested, room.alice).stateAt(room.clock.instant())).isEqualTo(ReviewState.OPEN);
        assertThat(room.records(review)).endsWith("review.attested", "review.withdrawn");
        assertThat(room.of(room.estate.assets.get(review.assetId()))
                        .get(1)
                        .dates()
                        .dueOn())
                .isEqualTo(LocalDate.of(2026, 6, 12));
        Review again = room.attest(review, room.alice);
        room.clock.advance(Duration.ofHours(24).plusSeconds(1));
        refused(409, "too_late", () -> withdraw(again, room.alice));
    }

    private Review acknowledge() {
        return room.byLink(room.alice, room.reload(review), new ReviewAct.Acknowledge());
    }

    private Review delegate(Review seen, String to) {
        return room.onPage(room.alice, room.reload(seen), new ReviewAct.Delegate(to));
    }

    private Review accept(Person person) {
        return room.byLink(person, room.reload(review), new ReviewAct.AcceptDelegation());
    }

    private Review snooze(LocalDate until) {
        return room.byLink(room.alice, room.reload(review), new ReviewAct.Snooze(until));
    }

    private Review refuseTime(LocalDate asked, String reason) {
        return room.onPage(room.bob, room.reload(review), new ReviewAct.RefuseTime(asked, reason));
    }

    private Review extend(LocalDate until, String reason) {
        return room.onPage(room.bob, room.reload(review), new ReviewAct.Extend(until, reason));
    }

    private Review withdraw(Review seen, Person person) {
        return room.byLink(person, seen, new ReviewAct.Withdraw());
    }
}
