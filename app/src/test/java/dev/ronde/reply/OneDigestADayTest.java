package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one digest a day means for what comes up later that day, for the due day, and after downtime. */
final class OneDigestADayTest {
    private static final String DUE = "2026-03-12";
    private static final String OTHER = MailWorld.PLAN
            .replace("id: quarterly", "id: other")
            .replace(DUE, "2026-04-08")
            .replace("P14D", "P30D");

    private final MailWorld world = new MailWorld(DatabaseKind.H2);
    private final Person alice = world.person("alice@corp.example", "en", "Europe/Paris");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDigestAtTheStartOfTheDayTellsWhatIsDueThatDay() {
        assets(3, "alice@corp.example");
        openedAndWarned();
        world.at("2026-03-11T18:30:00Z");
        world.plan(OTHER, Channel.PAGE);
        steps("2026-03-12T06:00:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        steps("2026-03-12T06:35:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("2026-04-08", DUE);
        steps("2026-03-13T12:00:00Z");
        assertThat(world.mailsTo(alice)).as("told once").hasSize(1);
        assertThat(states("due")).containsExactly("accepted");
    }

    @Test
    void whatIsGivenToSomebodyOnItsDueDayDoesNotWaitForTheNextDigest() {
        List<Asset> assets = assets(3, "bob@corp.example");
        openedAndWarned();
        for (int i = 0; i < 3; i++) {
            world.asset("mine-" + i, "alice@corp.example");
        }
        world.at("2026-03-11T18:30:00Z");
        world.plan(OTHER.replace("[high, critical]", "[high]"), Channel.PAGE);
        steps("2026-03-12T06:35:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        List<String> due = assets.stream()
                .map(asset -> world.database.read(handle -> handle.createQuery(
                                "select review_number from review where asset_id = :id and due_on = date '2026-03-12'")
                        .bind("id", asset.id())
                        .mapTo(Long.class)
                        .one()))
                .map(number -> "REV-" + number)
                .toList();
        for (String ref : due) {
            world.database.useTransaction(tx -> world.reviews
                    .reviews()
                    .assign(
                            tx,
                            world.reviews.reviews().get(tx, ref),
                            "alice@corp.example",
                            new Actor("user", "p:00000000000000aa", "password"),
                            Channel.PAGE));
        }
        steps("2026-03-12T10:00:00Z");
        assertThat(world.mailsTo(alice)).as("a second one on the due day").hasSize(2);
        assertThat(world.lastTo(alice).text()).contains(due);
        steps("2026-03-13T12:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
    }

    @Test
    void downtimeThatEndsOnASaturdayIsOneDigestOnMonday() {
        assets(2, "alice@corp.example");
        openedAndWarned();
        steps("2026-03-18T20:00:00Z");
        world.forgetMails();
        world.at("2026-03-21T20:00:00Z");
        steps("2026-03-23T06:20:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        steps("2026-03-23T07:01:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1");
        steps("2026-03-23T12:00:00Z");
        assertThat(world.mailsTo(alice)).as("nothing of it again at nine").hasSize(1);
    }

    @Test
    void afterDowntimeASingleReviewIsNotToldAgainAtNine() {
        assets(1, "alice@corp.example");
        openedAndWarned();
        steps("2026-03-18T20:00:00Z");
        world.forgetMails();
        world.at("2026-03-21T20:00:00Z");
        steps("2026-03-23T12:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
    }

    @Test
    void aClockThatRanAheadSilencesNobody() {
        assets(1, "alice@corp.example");
        openedAndWarned();
        world.database.useTransaction(
                tx -> tx.createUpdate("update reminder_clock set looked_at = :ahead, catch_up_since = :ahead")
                        .bind("ahead", world.clock.instant().plusSeconds(31_536_000))
                        .execute());
        steps("2026-03-12T12:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains(DUE);
    }

    private List<Asset> assets(int count, String owner) {
        List<Asset> assets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assets.add(world.asset("a-" + i, owner));
        }
        return assets;
    }

    /** The plan opened, and everybody heard of it up to the day before the due day. */
    private void openedAndWarned() {
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        for (String at : List.of("2026-02-26T09:00:00Z", "2026-03-03T09:00:00Z", "2026-03-11T09:00:00Z")) {
            world.at(at);
        }
        steps("2026-03-11T18:00:00Z");
        world.forgetMails();
    }

    /** Up to there in steps that are no downtime. */
    private void steps(String until) {
        Instant end = Instant.parse(until);
        while (world.clock.instant().isBefore(end)) {
            Instant next = world.clock.instant().plus(Duration.ofMinutes(50));
            world.clock.set(next.isBefore(end) ? next : end);
            world.settle();
        }
    }

    private List<String> states(String rung) {
        return world.database.read(handle -> handle.createQuery("select distinct state from notice where rung = :rung")
                .bind("rung", rung)
                .mapTo(String.class)
                .list());
    }
}
