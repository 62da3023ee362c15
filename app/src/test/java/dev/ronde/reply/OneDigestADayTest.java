package dev.ronde.reply;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One mail a day and person: what comes up later that day, in the evening and after days without a server; and what goes one level up. */
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
    void whatComesUpAfterTheMailOfTheDayWaitsForTheNext() {
        assets(1, "alice@corp.example");
        openedAndWarned();
        steps("2026-03-12T08:05:00Z");
        assertThat(world.mailsTo(alice)).as("due today").hasSize(1);
        world.plan(OTHER, Channel.PAGE);
        steps("2026-03-13T07:59:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        steps("2026-03-13T08:01:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
        assertThat(world.lastTo(alice).text())
                .contains("Wednesday 8 April 2026")
                .doesNotContain("12 March");
    }

    @Test
    void whatIsPausedBeforeTheMailLeavesIsNotToldByIt() {
        List<Asset> assets = assets(3, "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.forgetMails();
        world.clock.set(Instant.parse("2026-03-03T09:00:00Z"));
        world.queue();
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(assets.get(0)),
                        new ReviewAct.Acknowledge(),
                        visitor(tx, new Actor("link", alice.actorRef(), "link"), Channel.LINK)));
        world.settle();
        assertThat(world.lastTo(alice).text()).contains("a-1", "a-2").doesNotContain("a-0");
        assertThat(states("d-7")).containsExactlyInAnyOrder("accepted", "cancelled");
    }

    /** A lead asks again in the hour before the overdue notice: one line, under one number. */
    @Test
    void twoStepsOfAReviewAreOneLine() {
        Person lena = world.lead("lena@corp.example");
        List<Asset> assets = assets(3, "alice@corp.example");
        openedAndWarned();
        steps("2026-03-16T07:30:00Z");
        world.forgetMails();
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(assets.get(0)),
                        new ReviewAct.Remind(),
                        visitor(tx, new Actor("user", lena.actorRef(), "password"), Channel.PAGE)));
        steps("2026-03-16T09:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).subject()).contains("3");
        assertThat(world.lastTo(alice).text().lines().filter(line -> line.contains("a-0")))
                .hasSize(1);
        assertThat(states("overdue-2026-03-16")).containsExactly("accepted");
    }

    @Test
    void whatIsSetOffInTheEveningIsToldWithTheRestAtNine() {
        assets(3, "alice@corp.example");
        openedAndWarned();
        world.at("2026-03-11T18:30:00Z");
        world.plan(OTHER, Channel.PAGE);
        steps("2026-03-12T07:59:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        steps("2026-03-12T12:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("8 April 2026", "12 March 2026");
        assertThat(states("due")).containsExactly("accepted");
    }

    @Test
    void whatGoesOneLevelUpLeavesBesideTheMailOfTheDay() {
        Person lena = world.lead("lena@corp.example");
        Asset mine = world.asset("mine", "lena@corp.example", Map.of(AssetField.CRITICALITY, Criticality.LOW));
        List<Asset> assets = assets(2, "alice@corp.example");
        world.plan(MailWorld.PLAN.replace("[high, critical]", "[low, high, critical]"), Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        assertThat(world.mailsTo(lena)).hasSize(1);
        assertThat(world.lastTo(lena).text()).contains(mine.ref());
        for (int round = 1; round <= 2; round++) {
            world.clock.advance(Duration.ofHours(1));
            problem(world.reviewOf(assets.get(round - 1)).ref(), "It is not right.");
            world.settle();
            assertThat(world.mailsTo(lena)).hasSize(1 + round);
            assertThat(world.lastTo(lena).subject()).contains("Decision needed");
        }
    }

    @Test
    void afterDaysWithoutAServerThereIsOneMailWithAllThereIs() {
        assets(3, "alice@corp.example");
        openedAndWarned();
        world.at("2026-03-17T09:30:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1", "a-2").contains("OVERDUE");
        steps("2026-03-18T20:00:00Z");
        assertThat(world.mailsTo(alice)).as("nothing of it again").hasSize(1);
        steps("2026-03-19T09:00:00Z");
        assertThat(world.mailsTo(alice)).as("Thursday").hasSize(2);
    }

    /** Who is away each day at nine would otherwise never send a mail of the day. */
    @Test
    void downtimeThatEndsBeforeNineSendsTheMailOfTheDayItMissed() {
        assets(2, "alice@corp.example");
        openedAndWarned();
        world.at("2026-03-13T07:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1");
        world.at("2026-03-14T06:20:00Z");
        world.at("2026-03-16T07:00:00Z");
        assertThat(world.mailsTo(alice)).as("nothing new on Friday").hasSize(1);
    }

    @Test
    void downtimeThatEndsOnASaturdayIsOneMailOnMonday() {
        assets(2, "alice@corp.example");
        openedAndWarned();
        world.at("2026-03-21T20:00:00Z");
        steps("2026-03-23T07:59:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        steps("2026-03-23T12:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1");
    }

    /** In Tokyo it is eight in the morning when the due day ends in Paris. */
    @Test
    void aMailDoesNotTellThatAReviewIsOverdueWhileItIsDue() {
        Person tomo = world.person("tomo@corp.example", "en", "Asia/Tokyo");
        world.asset("t-0", "tomo@corp.example");
        world.plan(MailWorld.PLAN.replace(DUE, "2026-03-11"), Channel.SYSTEM);
        for (String at : List.of("2026-02-26T09:00:00Z", "2026-03-02T09:00:00Z", "2026-03-10T09:00:00Z")) {
            world.at(at);
        }
        steps("2026-03-11T22:50:00Z");
        assertThat(states("overdue-2026-03-12")).isEmpty();
        steps("2026-03-12T01:00:00Z");
        assertThat(states("overdue-2026-03-12")).containsExactly("accepted");
        assertThat(world.lastTo(tomo).text()).contains("still asks you");
    }

    private void problem(String ref, String words) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviews.reviews().get(tx, ref),
                        new ReviewAct.ReportProblem(words),
                        visitor(tx, new Actor("link", alice.actorRef(), "link"), Channel.LINK)));
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
        return world.database.read(
                handle -> handle.createQuery("select distinct state from notice where occasion = :rung")
                        .bind("rung", rung)
                        .mapTo(String.class)
                        .list());
    }
}
