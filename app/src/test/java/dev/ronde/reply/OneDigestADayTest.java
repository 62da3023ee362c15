package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One mail a day and person: what comes up later that day, in the evening and after days without a server; and what goes one level up. */
final class OneDigestADayTest {
    private static final String DUE = "2026-03-12";
    private static final String OTHER = MailWorld.PLAN
            .replace("id: quarterly", "id: other")
            .replace(DUE, "2026-04-08")
            .replace("P14D", "P30D");

    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    private final Person alice = world.person("alice@corp.example");

    private List<Asset> assets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> world.asset("a-" + i, "alice@corp.example"))
                .toList();
    }

    /** Alice has so many assets, the plan opened, and she heard of it up to the day before the due day. */
    private List<Asset> warned(int count) {
        List<Asset> assets = assets(count);
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        for (String day : List.of("02-26", "03-03", "03-11")) {
            world.at("2026-" + day + "T09:00:00Z");
        }
        world.steps("2026-03-11T18:00:00Z");
        world.forgetMails();
        return assets;
    }

    private void mails(String until, int count) {
        world.steps(until);
        assertThat(world.mailsTo(alice)).as(until).hasSize(count);
    }

    /** After so long without a look. */
    private void outage(String until, int count) {
        world.at(until);
        assertThat(world.mailsTo(alice)).as(until).hasSize(count);
    }

    private List<String> states(String occasion) {
        return world.texts("select distinct state from notice where occasion = ?", occasion);
    }

    @Test
    void whatComesUpAfterTheMailOfTheDayWaitsForTheNext() {
        warned(1);
        mails("2026-03-12T08:05:00Z", 1);
        world.plan(OTHER, Channel.PAGE);
        mails("2026-03-13T07:59:00Z", 1);
        mails("2026-03-13T08:01:00Z", 2);
        assertThat(world.lastTo(alice).text())
                .contains("Wednesday 8 April 2026")
                .doesNotContain("12 March");
    }

    @Test
    void whatIsPausedBeforeTheMailLeavesIsNotToldByIt() {
        List<Asset> assets = assets(3);
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.clock.set(Instant.parse("2026-03-03T09:00:00Z"));
        world.queue();
        world.act(assets.get(0), alice, Channel.LINK, new ReviewAct.Acknowledge());
        world.settle();
        assertThat(world.lastTo(alice).text()).contains("a-1", "a-2").doesNotContain("a-0");
        assertThat(states("d-7")).containsExactlyInAnyOrder("accepted", "cancelled");
    }

    /** A lead asks again in the hour before the overdue notice: one line, under one number. */
    @Test
    void twoStepsOfAReviewAreOneLine() {
        Person lena = world.lead("lena@corp.example");
        List<Asset> assets = warned(3);
        world.steps("2026-03-16T07:30:00Z");
        world.forgetMails();
        world.act(assets.get(0), lena, Channel.PAGE, new ReviewAct.Remind());
        mails("2026-03-16T09:00:00Z", 1);
        assertThat(world.lastTo(alice).subject()).contains("3");
        assertThat(world.lastTo(alice).text().lines().filter(line -> line.contains("a-0")))
                .hasSize(1);
        assertThat(states("overdue-2026-03-16")).containsExactly("accepted");
    }

    @Test
    void whatIsSetOffInTheEveningIsToldWithTheRestAtNine() {
        warned(3);
        world.at("2026-03-11T18:30:00Z");
        world.plan(OTHER, Channel.PAGE);
        mails("2026-03-12T07:59:00Z", 0);
        mails("2026-03-12T12:00:00Z", 1);
        assertThat(world.lastTo(alice).text()).contains("8 April 2026", "12 March 2026");
        assertThat(states("due")).containsExactly("accepted");
    }

    @Test
    void whatGoesOneLevelUpLeavesBesideTheMailOfTheDay() {
        Person lena = world.lead("lena@corp.example");
        Asset mine = world.asset("mine", "lena@corp.example", Map.of(AssetField.CRITICALITY, Criticality.LOW));
        List<Asset> assets = assets(2);
        world.plan(MailWorld.PLAN.replace("[high, critical]", "[low, high, critical]"), Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        assertThat(world.mailsTo(lena)).hasSize(1);
        assertThat(world.lastTo(lena).text()).contains(mine.ref());
        for (int round = 1; round <= 2; round++) {
            world.clock.advance(Duration.ofHours(1));
            world.act(assets.get(round - 1), alice, Channel.LINK, new ReviewAct.ReportProblem("It is not right."));
            world.settle();
            assertThat(world.mailsTo(lena)).hasSize(1 + round);
            assertThat(world.lastTo(lena).subject()).contains("Decision needed");
        }
    }

    @Test
    void afterDaysWithoutAServerThereIsOneMailWithAllThereIs() {
        warned(3);
        outage("2026-03-17T09:30:00Z", 1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1", "a-2", "OVERDUE");
        mails("2026-03-18T20:00:00Z", 1);
        mails("2026-03-19T09:00:00Z", 2);
    }

    /** Who is away each day at nine would otherwise never send a mail of the day. */
    @Test
    void downtimeThatEndsBeforeNineSendsTheMailOfTheDayItMissedAndOnASaturdayWaitsForMonday() {
        warned(2);
        outage("2026-03-13T07:00:00Z", 1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1");
        world.at("2026-03-14T06:20:00Z");
        outage("2026-03-16T07:00:00Z", 1);
        world.forgetMails();
        world.at("2026-03-28T20:00:00Z");
        mails("2026-03-30T06:59:00Z", 0);
        mails("2026-03-30T12:00:00Z", 1);
        assertThat(world.lastTo(alice).text()).contains("a-0", "a-1");
    }

    /** In Tokyo it is eight in the morning when the due day ends in Paris. */
    @Test
    void aMailDoesNotTellThatAReviewIsOverdueWhileItIsDue() {
        Person tomo = world.person("tomo@corp.example", "en", "Asia/Tokyo");
        world.asset("t-0", "tomo@corp.example");
        world.plan(MailWorld.PLAN.replace(DUE, "2026-03-11"), Channel.SYSTEM);
        for (String day : List.of("02-26", "03-02", "03-10")) {
            world.at("2026-" + day + "T09:00:00Z");
        }
        world.steps("2026-03-11T22:50:00Z");
        assertThat(states("overdue-2026-03-12")).isEmpty();
        world.steps("2026-03-12T01:00:00Z");
        assertThat(states("overdue-2026-03-12")).containsExactly("accepted");
        assertThat(world.lastTo(tomo).text()).contains("still asks you");
    }
}
