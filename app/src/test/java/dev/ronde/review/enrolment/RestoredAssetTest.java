package dev.ronde.review.enrolment;

import static dev.ronde.review.ReviewServer.status;
import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A retirement that is taken back loses no review. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class RestoredAssetTest {

    private static final String MONTHLY = """
            {"id":"monthly","title":"Monthly","scope":{"criticality":["high"]},
             "cadence":{"every":"P1M","anchor":"2026-03-26"},"zone":"Europe/Paris",
             "max_gap_days":31,"lead_time":"P7D","missed_after":"P5D"}
            """;

    private static final String ONCE = """
            {"id":"monthly","title":"Once","scope":{"criticality":["high"]},
             "cadence":{"once":"2026-03-26"},"zone":"Europe/Paris","lead_time":"P7D","missed_after":"P5D"}
            """;

    @AutoClose
    private final ReviewServer server;

    RestoredAssetTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void anAsset() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-01,Web 1,service.redis,alice@corp.example,high
                """);
        server.base.at("2026-03-03T08:00:00Z");
        server.sweep();
    }

    @Test
    void anOverdueReviewIsOverdueAgain() {
        plan(MONTHLY);
        at("2026-03-28T08:00:00Z");
        retire();
        assertThat(expected()).isEmpty();
        at("2026-03-28T08:02:00Z");
        restore();
        Review back = expected().get(0);
        assertThat(back.stateAt(server.base.clock.instant())).isEqualTo(ReviewState.OPEN);
        assertThat(back.dates().scheduledOn()).isEqualTo(LocalDate.of(2026, 3, 26));
        assertThat(back.dates().dueOn()).isEqualTo(LocalDate.of(2026, 3, 26));
        assertThat(back.dates().missedFrom()).isEqualTo("2026-03-31T22:00:00Z");
        assertThat(back.overdueAt(server.base.clock.instant())).isTrue();
        assertThat(back.daysLate(server.base.clock.instant())).isEqualTo(2);
        assertThat(days()).startsWith("2026-03-26", "2026-04-26", "2026-05-26").doesNotHaveDuplicates();
        at("2026-04-01T08:00:00Z");
        assertThat(expected().get(0).stateAt(server.base.clock.instant())).isEqualTo(ReviewState.MISSED);
    }

    @Test
    void anOverdueReviewWhoseWindowEndedMeanwhileIsExpectedFromTheReturn() {
        plan(MONTHLY);
        at("2026-03-28T08:00:00Z");
        retire();
        at("2026-06-28T08:00:00Z");
        restore();
        assertThat(days())
                .as("what was owed, and whose window is not over; the slots between were cancelled")
                .startsWith("2026-03-26", "2026-06-26", "2026-07-26")
                .doesNotHaveDuplicates();
        Review back = expected().get(0);
        assertThat(back.stateAt(server.base.clock.instant())).isEqualTo(ReviewState.OPEN);
        assertThat(back.daysLate(server.base.clock.instant())).isEqualTo(94);
        assertThat(back.dates().missedFrom()).isEqualTo("2026-07-03T22:00:00Z");
        assertThat(all().stream()
                        .filter(review -> review.closing().cancelledAt() != null)
                        .map(review -> review.dates().scheduledOn().toString()))
                .contains("2026-04-26", "2026-05-26");
    }

    @Test
    void aReviewThatWasDoneIsNotAskedForAgain() {
        plan(MONTHLY);
        at("2026-03-27T08:00:00Z");
        Review first = all().get(0);
        server.base.does((tx, reviews) -> server.room
                .reviews()
                .act(
                        tx,
                        first,
                        new ReviewAct.Attest(AttestRequest.of("no_change", null, null)),
                        visitor(tx, TestReviews.link(server.base.alice), Channel.LINK)));
        at("2026-03-28T08:00:00Z");
        retire();
        at("2026-03-28T08:02:00Z");
        restore();
        assertThat(days()).startsWith("2026-03-26", "2026-04-26").doesNotHaveDuplicates();
    }

    @Test
    void whatSomebodyAskedForBecauseOfAChangeComesBack() {
        plan(MONTHLY);
        at("2026-03-10T08:00:00Z");
        status(201, server.post("/api/v1/reviews", "{\"asset\":\"web-01\",\"reason\":\"New supplier\"}"));
        assertThat(requested()).hasSize(1);
        Review asked = requested().get(0);
        at("2026-03-11T08:00:00Z");
        retire();
        assertThat(requested()).isEmpty();
        at("2026-03-11T08:02:00Z");
        restore();
        assertThat(requested()).singleElement().satisfies(back -> {
            assertThat(back.causeReason()).isEqualTo("New supplier");
            assertThat(back.dates().dueOn()).isEqualTo(asked.dates().dueOn());
            assertThat(back.dates().missedFrom()).isEqualTo(asked.dates().missedFrom());
            assertThat(back.stateAt(server.base.clock.instant())).isEqualTo(ReviewState.OPEN);
        });
        at("2026-03-12T08:00:00Z");
        retire();
        at("2026-06-12T08:00:00Z");
        restore();
        assertThat(requested())
                .as("nobody has looked at it yet")
                .singleElement()
                .satisfies(back -> {
                    assertThat(back.dates().dueOn()).isEqualTo(asked.dates().dueOn());
                    assertThat(back.dates().missedFrom()).isEqualTo("2026-06-17T22:00:00Z");
                    assertThat(back.stateAt(server.base.clock.instant())).isEqualTo(ReviewState.OPEN);
                });
        assertThat(days()).doesNotHaveDuplicates();
    }

    @Test
    void twiceTakenBackItComesBackOnce() {
        plan(MONTHLY);
        at("2026-03-28T08:00:00Z");
        retire();
        at("2026-03-28T08:02:00Z");
        restore();
        at("2026-03-29T08:00:00Z");
        retire();
        at("2026-03-29T08:02:00Z");
        restore();
        assertThat(days()).startsWith("2026-03-26", "2026-04-26").doesNotHaveDuplicates();
    }

    @Test
    void theReviewOfASingleDateComesBackAfterItsDate() {
        plan(ONCE);
        status(200, server.post("/api/v1/plans/monthly/announce", ""));
        at("2026-03-28T08:00:00Z");
        retire();
        at("2026-03-28T08:02:00Z");
        restore();
        assertThat(days()).containsExactly("2026-03-26");
        assertThat(expected().get(0).overdueAt(server.base.clock.instant())).isTrue();
    }

    @Test
    void whatHadNotOpenedFollowsThePlanThatChangedMeanwhile() {
        plan(MONTHLY);
        at("2026-03-10T08:00:00Z");
        retire();
        status(
                200,
                server.put("/api/v1/plans/monthly", MONTHLY.replace("2026-03-26", "2026-03-10"), "If-Match", "\"1\""));
        at("2026-03-28T08:00:00Z");
        restore();
        assertThat(days()).startsWith("2026-04-10", "2026-05-10");
    }

    private void plan(String json) {
        status(201, server.post("/api/v1/plans", json));
    }

    private void at(String instant) {
        server.base.at(instant);
        server.sweep();
    }

    private void retire() {
        server.base.database.useTransaction(
                tx -> server.assets.retire(tx, server.assets.get(tx, "web-01"), Actor.SYSTEM));
        server.sweep();
    }

    private void restore() {
        server.base.database.useTransaction(
                tx -> server.assets.restore(tx, server.assets.get(tx, "web-01"), Actor.SYSTEM));
        server.sweep();
    }

    private List<Review> all() {
        return server.base.database.read(handle -> server.room
                .reviews()
                .ofAsset(handle, server.assets.get(handle, "web-01").id()));
    }

    private List<Review> expected() {
        return all().stream()
                .filter(review -> review.closing().cancelledAt() == null)
                .toList();
    }

    private List<Review> requested() {
        return expected().stream()
                .filter(review -> review.cause().equals(Review.SIGNIFICANT_CHANGE))
                .toList();
    }

    private List<String> days() {
        return expected().stream()
                .filter(review -> review.cause().equals(Review.SCHEDULED))
                .map(review -> review.dates().scheduledOn().toString())
                .toList();
    }
}
