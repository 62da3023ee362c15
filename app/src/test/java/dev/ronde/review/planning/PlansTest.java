package dev.ronde.review.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.planning.PlanChange.Kind;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
class PlansTest {

    @AutoClose
    private final TestReviews room;

    PlansTest(DatabaseKind kind) {
        room = new TestReviews(kind);
    }

    @Test
    void enrolsWhatMatchesAndOpensWhatIsInsideItsLeadTime() {
        Covered covered = room.estate.add("web-01", "high", room.alice.id());
        Covered other = room.estate.add("web-02", "low", room.alice.id());
        PlanChange change = room.apply(TestReviews.QUARTERLY);

        assertThat(change.kind()).isEqualTo(Kind.CREATED);
        assertThat(change.effect()).isEqualTo(new PlanEffect(1, 1, 0, 6, 0, 0, 0, 0, 1, 1, 0, null));
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
        // what an earlier version stored left out what is usual
        room.database.useTransaction(tx -> {
            tx.execute("insert into plan_version (plan_id, plan_version, title, definition, created_at, created_by)"
                    + " select plan_id, 2, title, regexp_replace(definition, '\"approval\":.*\"required_prot',"
                    + " '\"required_prot'), created_at, created_by from plan_version");
            tx.execute("update plan set plan_version = 2");
        });
        assertThat(room.apply(TestReviews.QUARTERLY).kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(room.count("evidence_record")).isEqualTo(records);
        assertThat(room.sweep()).isZero();
    }

    @Test
    void aPreviewTellsTheNumbersAndLeavesNothingBehind() {
        room.estate.add("web-01", "high", room.alice.id());
        room.estate.add("web-02", "critical", room.bob.id());
        long records = room.count("evidence_record");
        PlanChange preview = room.room
                .plans()
                .preview(TestReviews.plan(TestReviews.QUARTERLY), Announcement.LATER, Actor.SYSTEM, Channel.API);
        assertThat(preview.effect()).isEqualTo(new PlanEffect(2, 2, 0, 12, 0, 0, 0, 0, 2, 2, 0, null));
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

    private static final String MONTHLY = TestReviews.QUARTERLY
            .replace("every: P3M, anchor: 2026-03-12", "every: P1M, anchor: 2026-03-05")
            .replace("max_gap_days: 92", "max_gap_days: 31")
            .replace("missed_after: P30D", "missed_after: P20D")
            .replace("lead_time: P14D", "lead_time: P3D");

    @Test
    void movingTheAnchorAsksForNoPeriodTwice() {
        Covered done = room.estate.add("web-01", "high", room.alice.id());
        Covered open = room.estate.add("web-02", "high", room.bob.id());
        room.apply(MONTHLY);
        room.at("2026-03-04T08:00:00Z");
        room.attest(room.first(done), room.alice);
        String moved = MONTHLY.replace("anchor: 2026-03-05", "anchor: 2026-03-14");
        PlanEffect preview = room.room
                .plans()
                .preview(TestReviews.plan(moved), Announcement.LATER, Actor.SYSTEM, Channel.API)
                .effect();
        PlanEffect effect = room.apply(moved).effect();
        assertThat(effect).isEqualTo(preview);
        assertThat(effect.opened()).isZero();
        assertThat(slots(done)).startsWith("2026-03-05", "2026-04-14", "2026-05-14");
        assertThat(slots(open)).startsWith("2026-03-05", "2026-04-14", "2026-05-14");
        assertThat(room.of(done).get(1).dates().dueOn())
                .as("no more than the limit")
                .isEqualTo("2026-04-04");
        assertThat(room.of(open).get(1).dates().dueOn()).isEqualTo("2026-04-14");
        room.at("2026-03-14T08:00:00Z").sweep();
        room.attest(room.first(open), room.bob);
        assertThat(room.of(open).get(1).dates().dueOn()).as("done, it counts").isEqualTo("2026-04-14");
        assertThat(room.of(done).stream().filter(review -> review.opening().openedAt() != null))
                .hasSize(1);
        assertThat(room.apply(moved.replace("title: Quarterly", "title: Monthly"))
                        .effect()
                        .moved())
                .isZero();
        room.estate.reclassify(done, "low");
        room.sweep();
        room.estate.reclassify(done, "high");
        room.sweep();
        assertThat(slots(done)).startsWith("2026-03-05", "2026-04-14", "2026-05-14");
    }

    /** What comes next moves to the nearest day of the new row, and nothing that is asked of everybody is lost by that. */
    @ParameterizedTest
    @CsvSource({
        "P1M, 2026-03-14, 2026-04-14",
        "P1M, 2026-02-20, 2026-04-20",
        "P1M, 2026-02-21, 2026-03-21",
        "P1M, 2026-03-25, 2026-03-25",
        "P1M, 2026-01-04, 2026-04-04",
        "P6M, 2025-10-05, 2026-04-05",
        "P3M, 2026-03-05, 2026-06-05",
        "P1W, 2026-03-06, 2026-03-13",
        "P1W, 2026-03-10, 2026-03-10"
    })
    void whatComesNextIsTheNearest(String every, String anchor, String next) {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(MONTHLY);
        room.at("2026-03-04T08:00:00Z");
        room.apply(MONTHLY.replace("every: P1M, anchor: 2026-03-05", "every: " + every + ", anchor: " + anchor));
        assertThat(slots(asset)).startsWith("2026-03-05", next);
    }

    @Test
    void whatWasMissedWithoutHavingOpenedCoversNothing() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        String brief = MONTHLY.replace("missed_after: P20D", "missed_after: P5D");
        room.apply(brief);
        room.at("2026-04-12T08:00:00Z").sweep();
        assertThat(room.of(asset).get(1).opening().openedAt()).isNull();
        assertThat(room.state(room.of(asset).get(1))).isEqualTo(ReviewState.MISSED);
        room.apply(brief.replace("anchor: 2026-03-05", "anchor: 2026-03-14"));
        assertThat(slots(asset)).startsWith("2026-03-05", "2026-04-05", "2026-04-14");
    }

    /** The days of the rows that were not taken back. */
    private List<String> slots(Covered asset) {
        return room.of(asset).stream()
                .filter(review -> review.closing().cancelledAt() == null)
                .map(review -> review.dates().scheduledOn().toString())
                .toList();
    }

    @Test
    void whatAnImportEnrolsLateWaitsForTheAnnouncement() {
        room.apply(TestReviews.QUARTERLY);
        Covered imported = room.estate.add("web-01", "high", room.alice.id());
        room.database.useTransaction(tx -> tx.execute("insert into import_mark (asset_id) values (?)", imported.id()));
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
