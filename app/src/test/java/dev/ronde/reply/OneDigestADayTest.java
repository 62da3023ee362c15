package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** In Tokyo it is eight in the morning when the due day ends in Paris. */
    @Test
    void aMorningDigestDoesNotTellThatAReviewIsOverdueWhileItIsDue() {
        Person tomo = world.person("tomo@corp.example", "en", "Asia/Tokyo");
        world.asset("t-0", "tomo@corp.example");
        world.asset("t-1", "tomo@corp.example");
        world.asset("t-2", "tomo@corp.example", Map.of(AssetField.CRITICALITY, Criticality.LOW));
        world.plan(MailWorld.PLAN.replace(DUE, "2026-03-11"), Channel.SYSTEM);
        for (String at : List.of("2026-02-26T09:00:00Z", "2026-03-02T09:00:00Z", "2026-03-10T09:00:00Z")) {
            world.at(at);
        }
        steps("2026-03-11T20:00:00Z");
        world.plan(OTHER.replace("[high, critical]", "[low, high, critical]"), Channel.PAGE);
        world.forgetMails();
        steps("2026-03-11T22:50:00Z");
        assertThat(world.mailsTo(tomo)).as("the plan of the evening before").isNotEmpty();
        assertThat(states("overdue-2026-03-12")).isEmpty();
        assertThat(world.mailsTo(tomo)).noneMatch(mail -> mail.text().contains("still waiting"));
        steps("2026-03-12T01:00:00Z");
        assertThat(states("overdue-2026-03-12")).containsExactly("accepted");
    }

    @Test
    void aRefusedSignatureOnTheDueDayDoesNotWaitForTheNextDigest() {
        Person lena = world.lead("lena@corp.example");
        List<Asset> assets = assets(3, "alice@corp.example");
        world.plan(MailWorld.PLAN + "approval: {default: second_person}\n", Channel.SYSTEM);
        for (String at : List.of("2026-02-26T09:00:00Z", "2026-03-03T09:00:00Z", "2026-03-11T09:00:00Z")) {
            world.at(at);
        }
        List<String> refs =
                assets.stream().map(asset -> world.reviewOf(asset).ref()).toList();
        steps("2026-03-11T18:30:00Z");
        world.forgetMails();
        steps("2026-03-12T08:10:00Z");
        assertThat(world.mailsTo(alice)).as("the digest of the day").hasSize(1);
        refs.forEach(ref -> attest(ref, alice));
        world.forgetMails();
        steps("2026-03-12T08:30:00Z");
        refs.forEach(ref -> world.database.useTransaction(tx -> world.reviews
                .reviews()
                .reject(
                        tx,
                        world.reviews.reviews().get(tx, ref),
                        "The rules were not read",
                        new Actor("user", lena.actorRef(), "password"),
                        Channel.PAGE)));
        steps("2026-03-12T11:00:00Z");
        assertThat(world.mailsTo(alice)).as("a second one on the due day").isNotEmpty();
        assertThat(world.lastTo(alice).text()).contains(refs);
    }

    @Test
    void theDigestOfTheMorningAsksForTheSecondSignatureThatTheDayWouldAskFor() {
        Person lena = world.lead("lena@corp.example");
        Person ada = world.administrator("ada@corp.example");
        Asset asset = world.asset("fw-par-01", "lena@corp.example");
        world.plan(MailWorld.PLAN + "approval: {default: second_person}\n", Channel.SYSTEM);
        world.at("2026-02-26T08:05:00Z");
        attest(world.reviewOf(asset).ref(), lena);
        world.at("2026-02-26T10:05:00Z");
        assertThat(world.mailsTo(ada)).hasSize(1);
        steps("2026-03-04T18:30:00Z");
        for (int i = 0; i < 3; i++) {
            world.asset("ada-" + i, "ada@corp.example");
        }
        world.plan(OTHER.replace("P30D", "P40D"), Channel.PAGE);
        world.forgetMails();
        steps("2026-03-05T06:50:00Z");
        assertThat(world.mailsTo(ada)).hasSize(1);
        assertThat(world.lastTo(ada).text()).contains("fw-par-01");
        steps("2026-03-05T12:00:00Z");
        assertThat(world.mailsTo(ada))
                .as("one digest a day, and nothing beside it")
                .hasSize(1);
    }

    @Test
    void whoIsGatheredWhenTheDowntimeEndsStillGetsOneDigest() {
        assets(1, "alice@corp.example");
        Asset bobs = world.asset("b-0", "bob@corp.example");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        openedAndWarned();
        steps("2026-03-18T20:00:00Z");
        world.forgetMails();
        world.clock.set(Instant.parse("2026-03-23T09:00:00Z"));
        look();
        world.clock.advance(Duration.ofSeconds(110));
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .delegate(
                        tx,
                        world.reviewOf(bobs),
                        "alice@corp.example",
                        new Actor("link", bob.actorRef(), "link"),
                        Channel.LINK));
        for (int i = 0; i < 6; i++) {
            look();
            world.clock.advance(Duration.ofSeconds(20));
        }
        List<String> kinds = world.database.read(
                handle -> handle.createQuery("select kind from outbox where person_id = :alice and created_at > :since")
                        .bind("alice", alice.id())
                        .bind("since", Instant.parse("2026-03-23T08:00:00Z"))
                        .mapTo(String.class)
                        .list());
        assertThat(kinds).as("the overdue review and the request").containsExactly("digest");
    }

    private void look() {
        world.reviews.sweep().run(world.clock.instant());
        world.reminders.reminders().run(world.clock.instant());
    }

    private void attest(String ref, Person by) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .attest(
                        tx,
                        world.reviews.reviews().get(tx, ref),
                        AttestRequest.of("no_change", null, null),
                        new Actor("link", by.actorRef(), "link"),
                        Channel.LINK));
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
