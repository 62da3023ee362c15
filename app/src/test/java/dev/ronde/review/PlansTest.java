package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.PlanChange.Kind;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class PlansTest {

    private final TestReviews room;

    PlansTest(DatabaseKind kind) {
        room = new TestReviews(kind);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void enrolsWhatMatchesAndOpensWhatIsInsideItsLeadTime() {
        Covered covered = room.estate.add("web-01", "high", room.alice.id());
        Covered other = room.estate.add("web-02", "low", room.alice.id());
        PlanChange change = room.apply(TestReviews.QUARTERLY);

        assertThat(change.kind()).isEqualTo(Kind.CREATED);
        assertThat(change.effect()).isEqualTo(new PlanEffect(1, 1, 0, 0, 0, 0, 1, 1, null));
        assertThat(room.of(other)).isEmpty();
        List<Review> rows = room.of(covered);
        assertThat(rows.stream().map(review -> review.dates().scheduledOn().toString()))
                .containsExactly("2026-03-12", "2026-06-12", "2026-09-12", "2026-12-12", "2027-03-12", "2027-06-12");
        assertThat(rows.stream().map(Review::ref))
                .containsExactly("REV-1001", "REV-1002", "REV-1003", "REV-1004", "REV-1005", "REV-1006");
        assertThat(rows.stream().map(review -> review.stateAt(room.clock.instant())))
                .containsExactly(
                        ReviewState.OPEN,
                        ReviewState.SCHEDULED,
                        ReviewState.SCHEDULED,
                        ReviewState.SCHEDULED,
                        ReviewState.SCHEDULED,
                        ReviewState.SCHEDULED);
        Review open = rows.get(0);
        assertThat(open.ownerId()).isEqualTo(room.alice.id());
        assertThat(open.opening().title()).isEqualTo("Quarterly review");
        assertThat(room.records(open)).containsExactly("review.scheduled", "review.opened");
        assertThat(room.history(open)).containsExactly("scheduled", "opened");
    }

    @Test
    void aDateNobodyLivesToSeeIsRefused() {
        for (String anchor : java.util.List.of("9998-01-31", "2126-03-03", "1899-12-31")) {
            TestReviews.refused(
                    422,
                    "bad_value",
                    () -> room.apply(TestReviews.QUARTERLY.replace("anchor: 2026-03-12", "anchor: " + anchor)));
        }
        TestReviews.refused(
                422,
                "bad_value",
                () -> room.apply(TestReviews.QUARTERLY
                        .replace("max_gap_days: 92\n", "")
                        .replace("{every: P3M, anchor: 2026-03-12}", "{once: 2199-01-01}")));
        TestReviews.refused(
                422,
                "bad_value",
                () -> room.apply(TestReviews.QUARTERLY.replace(
                        "{every: P3M, anchor: 2026-03-12}", "{monthly: last_day, anchor: 9999-12-01}")));
        room.apply(TestReviews.QUARTERLY.replace("anchor: 2026-03-12", "anchor: 1900-01-01"));
        room.apply(TestReviews.QUARTERLY.replace("anchor: 2026-03-12", "anchor: 2126-03-02"));
        TestReviews.refused(
                422,
                "bad_value",
                () -> room.apply(TestReviews.QUARTERLY.replace("anchor: 2026-03-12", "anchor: 9998-01-31")));
    }

    @Test
    void addRefusesAnIdThatExistsAndApplyIsIdempotent() {
        room.estate.add("web-01", "high", room.alice.id());
        room.room.plans().add(TestReviews.plan(TestReviews.QUARTERLY), Actor.SYSTEM, Channel.API);
        TestReviews.refused(
                409,
                "plan_exists",
                () -> room.room.plans().add(TestReviews.plan(TestReviews.QUARTERLY), Actor.SYSTEM, Channel.API));
        long records = room.count("evidence_record");
        PlanChange again = room.apply(TestReviews.QUARTERLY);
        assertThat(again.kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(again.plan().planVersion()).isEqualTo(1);
        assertThat(room.count("evidence_record")).isEqualTo(records);
        assertThat(room.sweep()).isZero();
    }

    @Test
    void aPreviewTellsTheNumbersAndLeavesNothingBehind() {
        room.estate.add("web-01", "high", room.alice.id());
        room.estate.add("web-02", "critical", room.bob.id());
        long records = room.count("evidence_record");
        PlanChange preview =
                room.room.plans().preview(TestReviews.plan(TestReviews.QUARTERLY), Actor.SYSTEM, Channel.API);
        assertThat(preview.effect()).isEqualTo(new PlanEffect(2, 2, 0, 0, 0, 0, 2, 2, null));
        assertThat(room.count("plan")).isZero();
        assertThat(room.count("review")).isZero();
        assertThat(room.count("evidence_record")).isEqualTo(records);
        assertThat(room.apply(TestReviews.QUARTERLY).effect()).isEqualTo(preview.effect());
        assertThat(room.of(room.estate.assets.values().iterator().next()).get(0).ref())
                .isEqualTo("REV-1001");
    }

    @Test
    void aChangeMovesOnlyWhatHasNotOpened() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        PlanChange change = room.apply(TestReviews.QUARTERLY
                .replace("every: P3M, anchor: 2026-03-12", "every: P6M, anchor: 2026-03-31")
                .replace("title: Quarterly review", "title: Half-yearly review"));
        assertThat(change.kind()).isEqualTo(Kind.UPDATED);
        assertThat(change.plan().planVersion()).isEqualTo(2);
        List<Review> rows = room.of(asset).stream()
                .filter(review -> review.closing().cancelledAt() == null)
                .toList();
        assertThat(rows.stream().map(review -> review.dates().scheduledOn().toString()))
                .containsExactly("2026-03-12", "2026-03-31", "2026-09-30", "2027-03-31", "2027-09-30");
        assertThat(rows.get(0).opening().title()).isEqualTo("Quarterly review");
        assertThat(rows.get(0).planVersion()).isEqualTo(1);
        assertThat(rows.get(1).planVersion()).isEqualTo(2);
        assertThat(change.effect().moved()).isEqualTo(4);
        assertThat(change.effect().cancelled()).isEqualTo(1);
        assertThat(room.sweep()).isZero();
    }

    @Test
    void aChangeOfWordsMovesNothing() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        List<LocalDate> before =
                room.of(asset).stream().map(review -> review.dates().dueOn()).toList();
        PlanChange change = room.apply(TestReviews.QUARTERLY.replace("title: Quarterly", "title: Three-monthly"));
        assertThat(change.effect().moved()).isZero();
        assertThat(room.of(asset).stream().map(review -> review.dates().dueOn()))
                .isEqualTo(before);
        assertThat(room.of(asset).get(1).planVersion()).isEqualTo(2);
    }

    @Test
    void whatAnImportEnrolsLateWaitsForTheAnnouncement() {
        room.apply(TestReviews.QUARTERLY);
        Covered imported = room.estate.add("web-01", "high", room.alice.id());
        room.database.useTransaction(tx -> tx.attach(ImportMarkDao.class).insert(List.of(imported.id())));
        Covered made = room.estate.add("web-02", "high", room.bob.id());
        room.sweep();
        Review held = room.first(imported);
        assertThat(held.held()).isTrue();
        assertThat(room.state(held)).isEqualTo(ReviewState.SCHEDULED);
        assertThat(room.state(room.first(made))).isEqualTo(ReviewState.OPEN);
        assertThat(room.of(imported).get(1).held()).isFalse();

        PlanChange preview = room.room.plans().previewAnnouncement("quarterly", Actor.SYSTEM, Channel.API);
        assertThat(preview.effect().mails()).isEqualTo(1);
        assertThat(room.state(held)).isEqualTo(ReviewState.SCHEDULED);
        PlanChange announced = room.room.plans().announce("quarterly", Actor.SYSTEM, Channel.API);
        assertThat(announced.effect()).isEqualTo(preview.effect());
        assertThat(room.state(held)).isEqualTo(ReviewState.OPEN);
        assertThat(room.room
                        .plans()
                        .announce("quarterly", Actor.SYSTEM, Channel.API)
                        .effect()
                        .opened())
                .isZero();
    }

    @Test
    void anAssetThatLeavesTheScopeKeepsItsOpenReviewOnly() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        room.estate.reclassify(asset, "low");
        room.sweep();
        assertThat(room.of(asset).stream().map(review -> review.stateAt(room.clock.instant())))
                .containsExactly(
                        ReviewState.OPEN,
                        ReviewState.CANCELLED,
                        ReviewState.CANCELLED,
                        ReviewState.CANCELLED,
                        ReviewState.CANCELLED,
                        ReviewState.CANCELLED);
        room.estate.reclassify(asset, "critical");
        room.sweep();
        assertThat(room.of(asset).stream()
                        .filter(review -> review.closing().cancelledAt() == null)
                        .map(review -> review.dates().scheduledOn().toString()))
                .containsExactly("2026-03-12", "2026-06-12", "2026-09-12", "2026-12-12", "2027-03-12", "2027-06-12");
    }
}
