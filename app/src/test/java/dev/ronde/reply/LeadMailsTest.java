package dev.ronde.reply;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leads hear: decisions until they are made, reviews that nobody owns, causes that are missing; and in how many mails. */
final class LeadMailsTest {
    private static final String SHORT = plan("short", "a-1, a-2, a-3, n-1", "2026-03-12", "P2W", "P5D");

    private static final Actor LEAD = new Actor("user", "p:00000000000000aa", "password");

    private final MailWorld world = new MailWorld(DatabaseKind.H2);
    private final Person lena = world.lead("lena@corp.example");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void afterDowntimeWhatOpenedWithoutAnOwnerIsAskedBesideWhatWasMissed() {
        for (int i = 1; i <= 3; i++) {
            world.asset("a-" + i, "alice@corp.example");
        }
        unowned("n-1");
        world.plan(SHORT, Channel.SYSTEM);
        world.at("2026-03-09T10:00:00Z");
        world.forgetMails();
        world.at("2026-03-24T10:00:00Z");
        assertThat(subjects()).hasSize(2);
        assertThat(subjects()).anyMatch(subject -> subject.contains("Decision needed: n-1"));
        assertThat(world.mailsTo(lena))
                .anySatisfy(mail -> assertThat(mail.text()).contains("a-1", "a-2", "a-3", "n-1"));
    }

    @Test
    void aDecisionIsAskedForEveryWeekWhileItStands() {
        Asset asset = reported("P30D");
        steps("2026-03-26T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17", "2026-03-24");
    }

    @Test
    void aProblemThatWasDecidedIsAskedForNoMoreUntilThereIsAnother() {
        Asset asset = reported("P30D");
        steps("2026-03-17T10:00:00Z");
        decide(asset);
        steps("2026-03-24T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17");
        assertThat(world.reviewOf(asset).handling().problemAt()).isNull();
        problem(asset);
        steps("2026-03-25T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17", "2026-03-24");
    }

    @Test
    void aProblemStaysADecisionOnceItsReviewIsMissed() {
        Asset asset = reported("P1D");
        steps("2026-03-14T12:00:00Z");
        ReceivedMail missed = missedMail();
        assertThat(missed.text()).contains("with an undecided problem");
        assertThat(missed.html()).contains("with an undecided problem");
        recorded(asset);
        steps("2026-03-24T12:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17", "2026-03-24");
        decide(asset);
        steps("2026-04-01T12:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17", "2026-03-24");
    }

    @Test
    void whatIsUndecidedIsToldTogether() {
        Asset asset = world.asset("a-1", "alice@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.plan(plan("quarterly", "a-1", "2026-03-12", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-10T09:00:00Z");
        problem(asset);
        steps("2026-03-11T09:00:00Z");
        problem(asset, "And <it> is full.", new Actor("user", alice.actorRef(), "password"));
        steps("2026-03-11T12:00:00Z");
        ReceivedMail both = world.lastTo(lena);
        assertThat(both.text())
                .contains("The old proxy is still in the rules.\n" + alice.name() + " · And <it> is full.");
        assertThat(both.html())
                .contains("The old proxy is still in the rules.<br>")
                .contains("And &lt;it&gt; is full.<br>");
        decide(asset);
        problem(asset, "Now it is empty.", LEAD);
        steps("2026-03-12T12:00:00Z");
        assertThat(world.lastTo(lena).text()).contains("Now it is empty.").doesNotContain("old proxy", "is full");
    }

    @Test
    void whoAsksForMoreTimeIsAQuestionOfTheWeekUntilItIsAnswered() {
        Asset asset = world.asset("a-1", "alice@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.plan(plan("quarterly", "a-1", "2026-03-12", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-10T09:00:00Z");
        asks(asset, alice, "2026-03-27");
        steps("2026-03-10T12:00:00Z");
        assertThat(world.lastTo(lena).text())
                .contains("asks for more time for a-1 (Asset a-1), until Friday 27 March 2026.");
        steps("2026-03-17T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Extend(LocalDate.parse("2026-03-27"), "So be it."),
                        visitor(tx, LEAD, Channel.PAGE)));
        steps("2026-03-25T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-17");
    }

    @Test
    void whoAskedForMoreTimeReadsTheAnswerOnceInTheNextMail() {
        Asset asset = world.asset("a-1", "alice@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.plan(plan("quarterly", "a-1", "2026-03-12", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-10T09:00:00Z");
        asks(asset, alice, "2026-03-27");
        long before = world.mailsTo(alice).size();
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.RefuseTime(LocalDate.parse("2026-03-27"), "The audit is near."),
                        visitor(tx, LEAD, Channel.PAGE)));
        steps("2026-03-10T12:00:00Z");
        assertThat(world.mailsTo(alice)).as("no mail of its own").hasSize((int) before);
        steps("2026-03-13T10:00:00Z");
        asks(asset, alice, "2026-03-28");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Extend(LocalDate.parse("2026-03-27"), "So be it: once."),
                        visitor(tx, LEAD, Channel.PAGE)));
        steps("2026-03-27T10:00:00Z");
        List<String> since = world.mailsTo(alice).stream()
                .skip(before)
                .map(ReceivedMail::text)
                .toList();
        assertThat(since).hasSizeGreaterThan(3);
        assertThat(since.get(0)).contains("until Friday 27 March 2026, and", "gives none: The audit is near.");
        assertThat(since.stream().filter(text -> text.contains("gives none:"))).hasSize(1);
        assertThat(since.stream().filter(text -> text.contains("until Friday 27 March 2026: So be it: once.")))
                .singleElement()
                .asString()
                .contains("More time was asked for until Saturday 28 March 2026.");
    }

    private void asks(Asset asset, Person person, String until) {
        Actor link = new Actor("link", person.actorRef(), "link");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Snooze(LocalDate.parse(until)),
                        visitor(tx, link, Channel.LINK)));
    }

    /** The mail waits, as while no server takes it, and what it asks is settled before it leaves. */
    @Test
    void whatWasDecidedWhileItsMailWaitedIsAskedOfNobody() {
        Asset problem = world.asset("a-1", "alice@corp.example");
        Asset notTheirs = world.asset("a-2", "alice@corp.example");
        Asset stands = world.asset("a-3", "alice@corp.example");
        Asset unowned = world.asset("n-1", "left@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.person("bob@corp.example", "en", "Europe/Paris");
        world.plan(plan("quarterly", "a-1, a-2", "2026-03-12", "P3M", "P30D"), Channel.SYSTEM);
        world.plan(plan("other", "a-3, n-1", "2026-03-12", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-10T09:00:00Z");
        problem(problem);
        queueDecision();
        decide(problem);
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(tx, world.reviewOf(notTheirs), new ReviewAct.NotMine(null), visitor(tx, LEAD, Channel.PAGE)));
        queueDecision();
        assign(notTheirs);
        leaves("left@corp.example");
        queueDecision();
        assign(unowned);
        problem(stands);
        queueDecision();
        world.settle();
        assertThat(subjects().stream().filter(subject -> subject.contains("Decision needed")))
                .singleElement()
                .asString()
                .contains("a-3");
        List<String> unsent = world.database.read(
                handle -> handle.createQuery("""
                        select state || ' ' || reason from outbox
                         where kind = 'decision' and state <> 'accepted' order by created_at
                        """).mapTo(String.class).list());
        assertThat(unsent)
                .containsExactly(
                        "superseded =decided|" + world.reviewOf(problem).ref(),
                        "superseded =decided|" + world.reviewOf(notTheirs).ref(),
                        "superseded =decided|" + world.reviewOf(unowned).ref());
    }

    @Test
    void aReviewThatNobodyOwnsIsToldOnItsDueDayAndWhileItIsOverdue() {
        unowned("n-1");
        world.plan(SHORT, Channel.SYSTEM);
        steps("2026-03-17T22:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-09", "2026-03-12", "2026-03-16");
        world.at("2026-03-18T09:00:00Z");
        assertThat(world.lastTo(lena).subject()).contains("was missed");
    }

    /** The lead reads by the link what was missed; what only leads do is done after signing in, where the page leads to. */
    @Test
    void whatWasMissedIsReadByItsOwnLinkAndRecordedSignedIn() {
        Person otto = world.lead("otto@corp.example");
        Asset asset = world.asset("a-1", "alice@corp.example");
        world.plan(plan("quarterly", "a-1", "2026-03-12", "P3M", "P5D"), Channel.SYSTEM);
        steps("2026-03-18T09:00:00Z");
        ReceivedMail told = world.lastTo(lena);
        assertThat(told.subject()).contains("was missed");
        String ref = world.reviewOf(asset).ref();
        assertThat(told.text())
                .containsPattern("a-1 .*\nhttps://ronde.test/reviews/" + ref + "\nhttps://ronde.test/r/[a-z2-7]{40}\n");
        String link = told.links().get(0);
        assertThat(world.get(link).body())
                .contains(ref, "Its window closed at the end of", "Sign in and record it", "/reviews/" + ref)
                .doesNotContain("You need not do anything", "name=\"recovery\"");
        steps("2026-03-20T09:00:00Z");
        for (Person lead : List.of(lena, otto)) {
            assertThat(world.mailsTo(lead).stream()
                            .filter(mail -> mail.subject().contains("was missed")))
                    .as("each lead hears once")
                    .hasSize(1);
        }
        recorded(asset);
        assertThat(world.get(link).body()).doesNotContain("Sign in and record it");
    }

    @Test
    void moreTimeBeginsAnewWhatIsToldOfAReviewThatNobodyOwns() {
        unowned("n-1");
        world.plan(plan("quarterly", "n-1", "2026-03-13", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-18T10:00:00Z");
        assertThat(decisionDays()).containsExactly("2026-03-10", "2026-03-13", "2026-03-16");
        world.database.useTransaction(tx -> {
            var reviews = world.reviews.reviews();
            Review review = reviews.waiting(tx).get(0);
            reviews.act(
                    tx,
                    review,
                    new ReviewAct.Extend(LocalDate.parse("2026-04-03"), "The move is late."),
                    visitor(tx, LEAD, Channel.PAGE));
        });
        steps("2026-04-03T12:00:00Z");
        assertThat(decisionDays())
                .containsExactly("2026-03-10", "2026-03-13", "2026-03-16", "2026-03-24", "2026-03-31", "2026-04-03");
    }

    @Test
    void whereTheLadderComesToTheLeadAReviewIsOneLine() {
        Asset asset = world.asset("a-1", "alice@corp.example");
        world.plan(plan("quarterly", "a-1", "2026-03-13", "P3M", "P60D"), Channel.SYSTEM);
        steps("2026-04-02T05:00:00Z");
        assertThat(subjects()).isEmpty();
        world.database.useTransaction(tx -> tx.createUpdate(
                        "update person set active = false where id = (select owner_id from asset where id = :id)")
                .bind("id", asset.id())
                .execute());
        steps("2026-04-02T12:00:00Z");
        assertThat(subjects()).hasSize(1);
        assertThat(decisionDays()).isEmpty();
        assertThat(world.lastTo(lena).text())
                .contains("who owned a-1 (Asset a-1), has left, and nobody has reviewed it");
        world.database.useTransaction(tx -> tx.execute("update review set owner_id = null"));
        steps("2026-04-09T12:00:00Z");
        assertThat(world.lastTo(lena).text()).contains("nobody owns a-1 (Asset a-1), and nobody has reviewed it");
    }

    @Test
    void theCausesThatAreMissingAreInTheDigestOfTheMonday() {
        world.asset("a-1", "alice@corp.example");
        world.asset("a-2", "alice@corp.example");
        for (int i = 1; i <= 3; i++) {
            world.asset("b-" + i, "lena@corp.example");
        }
        world.plan(plan("early", "a-1, a-2", "2026-03-12", "P3M", "P1D"), Channel.SYSTEM);
        world.plan(plan("late", "b-1, b-2, b-3", "2026-03-20", "P3M", "P30D"), Channel.SYSTEM);
        steps("2026-03-22T20:00:00Z");
        world.forgetMails();
        steps("2026-03-23T12:00:00Z");
        assertThat(subjects()).hasSize(1);
        assertThat(world.lastTo(lena).text()).contains("MISSED, CAUSE NOT RECORDED", "a-1", "a-2", "b-1", "b-2", "b-3");
    }

    @Test
    void twoMissingCausesAreOneList() {
        world.asset("a-1", "alice@corp.example");
        world.asset("a-2", "alice@corp.example");
        world.plan(plan("early", "a-1, a-2", "2026-03-12", "P3M", "P1D"), Channel.SYSTEM);
        steps("2026-03-22T20:00:00Z");
        world.forgetMails();
        steps("2026-03-23T12:00:00Z");
        assertThat(subjects()).containsExactly("2 missed reviews wait for their cause");
    }

    private static String plan(String id, String assets, String anchor, String every, String missedAfter) {
        return """
                id: %s
                title: Review
                scope: {assets: [%s]}
                cadence: {every: %s, anchor: %s}
                zone: Europe/Paris
                lead_time: P3D
                missed_after: %s
                """.formatted(id, assets, every, anchor, missedAfter);
    }

    /** An asset in whose review Alice reported a problem two days before it is due. */
    private Asset reported(String missedAfter) {
        Asset asset = world.asset("a-1", "alice@corp.example");
        world.plan(plan("quarterly", "a-1", "2026-03-12", "P3M", missedAfter), Channel.SYSTEM);
        steps("2026-03-10T09:00:00Z");
        problem(asset);
        return asset;
    }

    private ReceivedMail missedMail() {
        return world.mailsTo(lena).stream()
                .filter(mail -> mail.subject().contains("was missed"))
                .findFirst()
                .orElseThrow();
    }

    private void problem(Asset asset) {
        problem(asset, "The old proxy is still in the rules.");
    }

    private void problem(Asset asset, String words) {
        problem(asset, words, LEAD);
    }

    private void problem(Asset asset, String text, Actor by) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(tx, world.reviewOf(asset), new ReviewAct.ReportProblem(text), visitor(tx, by, Channel.PAGE)));
    }

    private void recorded(Asset asset) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.RecordMissed("Nobody looked.", "Alice looks on Mondays.", "back_on_schedule"),
                        visitor(tx, LEAD, Channel.PAGE)));
    }

    private void decide(Asset asset) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.DecideProblem(
                                world.reviewOf(asset).handling().problemAt(), "It goes next week."),
                        visitor(tx, LEAD, Channel.PAGE)));
    }

    private void assign(Asset asset) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Assign("bob@corp.example"),
                        visitor(tx, LEAD, Channel.PAGE)));
    }

    /** Puts what leads must decide into the outbox, from where nothing leaves yet. */
    private void queueDecision() {
        for (int tick = 0; tick < 4; tick++) {
            world.clock.advance(Duration.ofSeconds(20));
            world.reminders.reminders().run(world.clock.instant());
        }
    }

    private void unowned(String ref) {
        Person left = world.person("left@corp.example", "en", "Europe/Paris");
        world.asset(ref, left.email());
        leaves(left.email());
    }

    private void leaves(String email) {
        world.database.useTransaction(tx -> tx.createUpdate("update person set active = false where email = :email")
                .bind("email", email)
                .execute());
    }

    private List<String> subjects() {
        return world.mailsTo(lena).stream().map(ReceivedMail::subject).toList();
    }

    private List<String> decisionDays() {
        return world.mailsTo(lena).stream()
                .filter(mail -> mail.subject().contains("Decision needed"))
                .map(mail -> ZonedDateTime.parse(
                                mail.header("Date").replaceAll(" \\(.*", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toLocalDate()
                        .toString())
                .toList();
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
}
