package dev.ronde.review.answer;

import static dev.ronde.review.TestReviews.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of a review whose window closed. */
class MissedTest {

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    @Test
    void doneLateItStaysMissedWithItsLateness() {
        Review first = open();
        room.at("2026-04-12T08:00:00Z").sweep();
        assertThat(room.state(first)).isEqualTo(ReviewState.MISSED);
        room.at("2026-05-20T08:00:00Z").sweep();
        Review done = room.attest(room.reload(first), room.alice);
        Instant now = room.clock.instant();
        assertThat(done.stateAt(now)).isEqualTo(ReviewState.MISSED);
        assertThat(done.attestation().performedOn()).isEqualTo(LocalDate.of(2026, 5, 20));
        assertThat(done.daysLate(now)).isEqualTo(69);
        assertThat(done.gapOk(now)).contains(false);
        refused(409, "already_attested", () -> room.attest(room.reload(first), room.alice));
        Review next = all().get(1);
        assertThat(next.dates().previousOn()).isEqualTo(LocalDate.of(2026, 5, 20));
        assertThat(next.dates().dueOn()).isEqualTo(LocalDate.of(2026, 6, 12));
        room.byLink(room.alice, room.reload(first), new ReviewAct.Withdraw());
        assertThat(room.state(first)).isEqualTo(ReviewState.MISSED);
    }

    /** Days and verdict of a missed review say the same at every time, and the newest record says it where it is settled. */
    @Test
    void theGapOfAMissedReviewCountsUntilTheNextPerformance() {
        room.estate.add("web-01", "high", room.alice.id(), LocalDate.of(2026, 3, 1));
        room.apply(TestReviews.QUARTERLY.replace("max_gap_days: 92", "max_gap_days: 45"));
        Review first = all().get(0);
        room.at("2026-04-12T08:00:00Z").sweep();
        assertThat(room.state(first)).isEqualTo(ReviewState.MISSED);
        assertThat(room.reload(first).gapDays(room.clock.instant())).contains(42L);
        assertThat(gapOk(first)).contains(true);
        room.at("2026-04-30T08:00:00Z").sweep();
        assertThat(room.reload(first).gapDays(room.clock.instant())).contains(60L);
        assertThat(gapOk(first)).contains(false);

        room.at("2026-06-01T08:00:00Z").sweep();
        assertThat(room.attest(all().get(1), room.alice).gapDays(room.clock.instant()))
                .contains(92L);
        assertThat(gapsInRecords().get(0)).isEqualTo("92");
        room.at("2026-09-01T08:00:00Z").sweep();
        assertThat(room.reload(first).gapDays(room.clock.instant()))
                .as("until the next one, not until today")
                .contains(92L);
    }

    @Test
    void slotsInBetweenAreMissedRowsOfTheirOwn() {
        Review first = open();
        room.at("2026-10-20T08:00:00Z").sweep();
        List<Review> all = all();
        assertThat(all.stream().limit(3).map(review -> review.stateAt(room.clock.instant())))
                .containsOnly(ReviewState.MISSED);
        assertThat(all.get(1).completable()).isTrue();
        assertThat(room.history(first)).contains("missed");
        assertThat(room.count("review_event where event_type = 'missed'")).isEqualTo(3);
    }

    /** An outage took the time in which it was to open: it is missed, known for what it is, and can be done. */
    @Test
    void whatNeverOpenedIsDoneLateLikeTheOthers() {
        open();
        room.apply(TestReviews.QUARTERLY.replace("title: Quarterly", "title: Quarter end")
                + "checklist: [{id: ports, text: Which ports?, answer: text, required: true}]\n");
        room.at("2026-10-20T08:00:00Z").sweep();
        Review second = all().get(1);
        assertThat(second.opening().openedAt()).isNull();
        assertThat(second.opening().title()).isEqualTo("Quarter end review");
        assertThat(second.planVersion()).isEqualTo(2);
        assertThat(second.ownerId()).isEqualTo(room.alice.id());
        assertThat(room.history(second)).doesNotContain("opened");
        room.apply(TestReviews.QUARTERLY.replace("title: Quarterly", "title: Later"));
        refused(422, "answer_required", () -> room.attest(room.reload(second), room.alice));
        AttestRequest answered = new AttestRequest(
                "no_change", null, null, Map.of("ports", new AttestRequest.Answer("443", null)), null, null);
        Review done = room.byLink(room.alice, room.reload(second), new ReviewAct.Attest(answered));
        assertThat(done.stateAt(room.clock.instant())).isEqualTo(ReviewState.MISSED);
        assertThat(done.opening().title()).isEqualTo("Quarter end review");
        assertThat(done.opening().openedAt()).isNull();
        assertThat(done.daysLate(room.clock.instant())).isEqualTo(130);
        assertThat(done.completable()).isFalse();
    }

    @Test
    void theGapIsBrokenWhereNothingWasPerformedBeforeAndThePreviousSlotIsMissedOrOpen() {
        room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY.replace("lead_time: P14D", "lead_time: P100D"));
        room.at("2026-03-10T08:00:00Z").sweep();
        Review first = all().get(0);
        Review second = all().get(1);
        assertThat(gapOk(first)).isEmpty();
        assertThat(gapOk(second)).as("the first is not due yet").isEmpty();
        room.at("2026-03-13T08:00:00Z");
        assertThat(gapOk(first)).as("the first has nothing before it").isEmpty();
        assertThat(gapOk(second)).as("the first is open past its due date").contains(false);
        room.at("2026-04-12T08:00:00Z").sweep();
        assertThat(gapOk(second)).as("the first is missed").contains(false);
        Review done = room.attest(room.reload(second), room.alice);
        assertThat(done.gapDays(room.clock.instant())).isEmpty();
        assertThat(gapOk(done)).as("done, and still broken").contains(false);
        assertThat(gapOk(all().get(2))).as("not open yet").isEmpty();
        room.at("2026-06-20T08:00:00Z").sweep();
        assertThat(gapOk(all().get(2))).as("counts from the second").contains(true);
    }

    @Test
    void withoutALimitThereIsNoVerdict() {
        room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY.replace("max_gap_days: 92\n", ""));
        room.at("2026-03-10T08:00:00Z").sweep();
        Review first = all().get(0);
        assertThat(first.dates().maxGapDays()).isNull();
        room.at("2026-10-20T08:00:00Z").sweep();
        assertThat(all().stream().limit(3)).allSatisfy(review -> {
            assertThat(room.state(review)).isEqualTo(ReviewState.MISSED);
            assertThat(gapOk(review)).isEmpty();
        });
        room.attest(room.reload(first), room.alice);
        assertThat(gapOk(first)).as("done late").isEmpty();
    }

    @Test
    void whatWasTakenBackBreaksNoGap() {
        room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY.replace("2026-03-12", "2026-03-20"));
        room.apply(TestReviews.QUARTERLY);
        room.at("2026-03-30T08:00:00Z").sweep();
        assertThat(all().stream().filter(review -> review.opening().openedAt() != null))
                .hasSize(1)
                .allSatisfy(review -> assertThat(gapOk(review)).isEmpty());
    }

    private Optional<Boolean> gapOk(Review review) {
        return room.reload(review).gapOk(room.clock.instant());
    }

    @Test
    void aMailThatArrivedInTimeCountsInTime() {
        Review first = open();
        room.at("2026-04-12T08:00:00Z").sweep();
        Review done = room.acts(
                TestReviews.link(room.alice),
                Channel.REPLY,
                room.reload(first),
                new ReviewAct.Attest(new AttestRequest(
                        "no_change", null, null, java.util.Map.of(), null, Instant.parse("2026-04-11T20:00:00Z"))));
        assertThat(done.stateAt(room.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        assertThat(done.daysLate(room.clock.instant())).isEqualTo(30);
    }

    @Test
    void theLeadSaysWhyWhatAndHow() {
        Review first = open();
        refused(409, "not_missed", () -> recover(first, "left", "found", "back_on_schedule"));
        room.at("2026-04-12T08:00:00Z").sweep();
        refused(422, "required", () -> recover(first, " ", "found", "back_on_schedule"));
        refused(422, "required", () -> recover(first, "left", null, "back_on_schedule"));
        refused(422, "bad_value", () -> recover(first, "left", "found", "whenever"));
        Review after = recover(first, "left", "found", "back_on_schedule");
        assertThat(after.closing().recovery()).isEqualTo("back_on_schedule");
        assertThat(room.records(first)).endsWith("review.missed", "review.recovered");
        assertThat(all().get(1).dates().scheduledOn()).isEqualTo(LocalDate.of(2026, 6, 12));
    }

    @Test
    void aNewScheduleCountsFromTheDayOfItsDecision() {
        Review first = open();
        room.at("2026-04-12T08:00:00Z").sweep();
        recover(first, "left", "found", "new_schedule");
        assertThat(all().stream().skip(1).limit(2).map(review -> review.dates().scheduledOn()))
                .containsExactly(LocalDate.of(2026, 7, 12), LocalDate.of(2026, 10, 12));
        room.at("2026-12-20T08:00:00Z").sweep();
        assertThat(all().stream().map(review -> review.dates().scheduledOn())).contains(LocalDate.of(2027, 10, 12));
        room.apply(TestReviews.QUARTERLY.replace("max_gap_days: 92", "max_gap_days: 91"));
        assertThat(all().stream().map(review -> review.dates().scheduledOn())).contains(LocalDate.of(2027, 10, 12));
        room.apply(TestReviews.QUARTERLY.replace("2026-03-12", "2026-03-20"));
        assertThat(all().stream().map(review -> review.dates().scheduledOn())).contains(LocalDate.of(2027, 9, 20));
    }

    @Test
    void slotsThatMovedDoNotMoveBackSoTheRecordDoesNotSaySo() {
        Review first = open();
        room.at("2026-04-12T08:00:00Z").sweep();
        recover(first, "left", "found", "back_on_schedule");
        recover(first, "left", "found", "new_schedule");
        List<LocalDate> moved = slots();
        assertThat(moved).contains(LocalDate.of(2026, 7, 12));
        refused(409, "schedule_moved", () -> recover(first, "left", "found", "back_on_schedule"));
        assertThat(room.reload(first).closing().recovery()).isEqualTo("new_schedule");
        room.at("2026-04-20T08:00:00Z").sweep();
        assertThat(recover(first, "away", "told", "new_schedule").closing().missedCause())
                .isEqualTo("away");
        assertThat(slots()).as("another word is no other decision").isEqualTo(moved);
        room.apply(TestReviews.QUARTERLY.replace("2026-03-12", "2026-03-20"));
        assertThat(recover(first, "away", "told", "back_on_schedule").closing().recovery())
                .as("the plan said anew when, for everybody")
                .isEqualTo("back_on_schedule");
    }

    private List<LocalDate> slots() {
        return all().stream().map(review -> review.dates().scheduledOn()).toList();
    }

    @Test
    void theOlderOneDoneAfterTheNewerOneCountsFromIt() {
        Review first = open();
        Review second = missedTwice();
        LocalDate thirdDueOn = all().get(2).dates().dueOn();
        attestOn("2026-07-20T08:00:00Z", second);
        assertThat(gaps()).as("both end with the second").startsWith(Optional.of(220L), Optional.of(220L));
        attestOn("2026-08-03T08:00:00Z", first);
        assertThat(gaps()).startsWith(Optional.of(14L), Optional.of(220L));
        assertThat(all().get(2).dates().previousOn()).isEqualTo(LocalDate.of(2026, 8, 3));
        assertThat(all().get(2).dates().dueOn()).isEqualTo(thirdDueOn);
        assertThat(gapsInRecords())
                .as("the newest record of each says the same")
                .startsWith("14", "220");
    }

    @Test
    void takenBackItCountsNoMoreForWhatWasDoneAfterIt() {
        Review first = open();
        Review second = missedTwice();
        attestOn("2026-07-20T08:00:00Z", first);
        attestOn("2026-07-20T09:00:00Z", second);
        assertThat(gaps()).startsWith(Optional.of(220L), Optional.of(0L));
        room.byLink(room.alice, room.reload(first), new ReviewAct.Withdraw());
        assertThat(gaps()).startsWith(Optional.of(220L), Optional.of(220L));
        assertThat(gapsInRecords()).startsWith("220", "220");
    }

    private Review missedTwice() {
        room.at("2026-04-12T08:00:00Z").sweep();
        room.at("2026-06-05T08:00:00Z").sweep();
        room.at("2026-07-18T08:00:00Z").sweep();
        assertThat(all().stream().limit(2)).allMatch(Review::completable);
        return all().get(1);
    }

    private void attestOn(String instant, Review review) {
        room.at(instant).sweep();
        room.attest(room.reload(review), room.alice);
    }

    private List<Optional<Long>> gaps() {
        return all().stream()
                .map(review -> review.gapDays(room.clock.instant()))
                .toList();
    }

    /** What the newest record of each review says. */
    private List<String> gapsInRecords() {
        return all().stream()
                .map(review -> room.database.read(handle -> handle.createQuery(
                                "select payload from evidence_record where subject_id = :ref order by rec_id desc limit 1")
                        .bind("ref", review.ref())
                        .mapTo(byte[].class)
                        .one()))
                .map(payload -> new String(payload, StandardCharsets.UTF_8)
                        .replaceAll("(?s).*\"gap_days\": ?([0-9]+|null).*", "$1"))
                .toList();
    }

    private Review open() {
        room.estate.add("web-01", "high", room.alice.id(), LocalDate.of(2025, 12, 12));
        room.apply(TestReviews.QUARTERLY);
        return all().get(0);
    }

    private List<Review> all() {
        return room.of(room.estate.assets.values().iterator().next());
    }

    private Review recover(Review review, String cause, String action, String recovery) {
        return room.onPage(room.bob, room.reload(review), new ReviewAct.RecordMissed(cause, action, recovery));
    }
}
