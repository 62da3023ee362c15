package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What leads hear: decisions until they are made, reviews that nobody owns, causes that are missing; and in how many mails. */
@Tag("long")
final class LeadMailsTest {
    private static final Actor LEAD = new Actor("user", "p:00000000000000aa", "password");
    private static final String PROBLEM = "The old proxy is still in the rules.";

    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    private final Person lena = world.lead("lena@corp.example");
    private final Person alice = world.person("alice@corp.example");

    /** A plan for these assets, each Alice's, that is looked at three days before it is due. */
    private void plan(String id, String anchor, String missedAfter, String... refs) {
        plan(id, "P3M", anchor, missedAfter, List.of(refs));
    }

    private void plan(String id, String every, String anchor, String missedAfter, List<String> refs) {
        for (String ref : refs) {
            if (world.texts("select ref from asset where ref = ?", ref).isEmpty()) {
                world.asset(ref, "alice@corp.example");
            }
        }
        world.plan("""
                id: %s
                title: Review
                scope: {assets: [%s]}
                cadence: {every: %s, anchor: %s}
                zone: Europe/Paris
                lead_time: P3D
                missed_after: %s
                """.formatted(id, String.join(", ", refs), every, anchor, missedAfter), Channel.SYSTEM);
    }

    /** Alice's review is due on 12 March; it is the 10th. */
    private Asset firewall(String missedAfter) {
        plan("quarterly", "2026-03-12", missedAfter, "a-1");
        world.steps("2026-03-10T09:00:00Z");
        return asset("a-1");
    }

    private Asset asset(String ref) {
        return world.database.read(handle -> world.inventory.assets.get(handle, ref));
    }

    private void lead(Asset asset, ReviewAct act) {
        world.act(world.reviewOf(asset), LEAD, Channel.PAGE, act);
    }

    private void problem(Asset asset) {
        lead(asset, new ReviewAct.ReportProblem(PROBLEM));
    }

    private void decide(Asset asset) {
        lead(asset, new ReviewAct.DecideProblem(world.reviewOf(asset).handling().problemAt(), "It goes next week."));
    }

    private void recorded(Asset asset) {
        lead(asset, new ReviewAct.RecordMissed("Nobody looked.", "Alice looks on Mondays.", "back_on_schedule"));
    }

    private void unowned(String... refs) {
        for (String ref : refs) {
            world.asset(ref, "left@corp.example");
        }
        world.leaves(world.known("left@corp.example"));
    }

    private List<String> subjects() {
        return world.mailsTo(lena).stream().map(ReceivedMail::subject).toList();
    }

    /** On which days a mail asked the lead to decide. */
    private List<String> decisionDays() {
        return world.mailsTo(lena).stream()
                .filter(mail -> mail.subject().contains("Decision needed"))
                .map(mail -> ZonedDateTime.parse(
                                mail.header("Date").replaceAll(" \\(.*", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toLocalDate()
                        .toString())
                .toList();
    }

    private void decisionsOn(String... days) {
        assertThat(decisionDays()).containsExactly(days);
    }

    @Test
    void afterDowntimeWhatOpenedWithoutAnOwnerIsAskedBesideWhatWasMissed() {
        unowned("n-1");
        plan("short", "P2W", "2026-03-12", "P5D", List.of("a-1", "a-2", "a-3", "n-1"));
        world.at("2026-03-09T10:00:00Z");
        world.forgetMails();
        world.at("2026-03-24T10:00:00Z");
        assertThat(subjects()).hasSize(2).anyMatch(subject -> subject.contains("Decision needed: n-1"));
        assertThat(world.mailsTo(lena))
                .anySatisfy(mail -> assertThat(mail.text()).contains("a-1", "a-2", "a-3", "n-1"));
    }

    @Test
    void aDecisionIsAskedForEveryWeekUntilItIsMadeAndAnewForAnotherProblem() {
        Asset asset = firewall("P30D");
        problem(asset);
        world.steps("2026-03-17T12:00:00Z");
        decide(asset);
        world.steps("2026-03-24T12:00:00Z");
        decisionsOn("2026-03-10", "2026-03-17");
        assertThat(world.reviewOf(asset).handling().problemAt()).isNull();
        problem(asset);
        world.steps("2026-03-25T10:00:00Z");
        decisionsOn("2026-03-10", "2026-03-17", "2026-03-24");
    }

    @Test
    void aProblemStaysADecisionOnceItsReviewIsMissed() {
        Asset asset = firewall("P1D");
        problem(asset);
        world.steps("2026-03-14T12:00:00Z");
        ReceivedMail missed = world.mailsTo(lena).stream()
                .filter(mail -> mail.subject().contains("was missed"))
                .findFirst()
                .orElseThrow();
        assertThat(missed.text()).contains("with an undecided problem");
        assertThat(missed.html()).contains("with an undecided problem");
        recorded(asset);
        world.steps("2026-03-24T12:00:00Z");
        decide(asset);
        world.steps("2026-04-01T12:00:00Z");
        decisionsOn("2026-03-10", "2026-03-17", "2026-03-24");
    }

    @Test
    void whatIsUndecidedIsToldTogether() {
        Asset asset = firewall("P30D");
        problem(asset);
        world.steps("2026-03-11T09:00:00Z");
        world.act(asset, alice, Channel.PAGE, new ReviewAct.ReportProblem("And <it> is full."));
        world.steps("2026-03-11T12:00:00Z");
        ReceivedMail both = world.lastTo(lena);
        assertThat(both.text()).contains(PROBLEM + "\n" + alice.name() + " · And <it> is full.");
        assertThat(both.html()).contains(PROBLEM + "<br>", "And &lt;it&gt; is full.<br>");
        decide(asset);
        lead(asset, new ReviewAct.ReportProblem("Now it is empty."));
        world.steps("2026-03-12T12:00:00Z");
        assertThat(world.lastTo(lena).text()).contains("Now it is empty.").doesNotContain("old proxy", "is full");
    }

    /** Who asked reads the answer once, in the next mail. */
    @Test
    void whoAsksForMoreTimeIsAQuestionOfTheWeekUntilItIsAnswered() {
        Asset asset = firewall("P30D");
        asks(asset, "2026-03-27");
        world.steps("2026-03-10T12:00:00Z");
        assertThat(world.lastTo(lena).text())
                .contains("asks for more time for a-1 (Asset a-1), until Friday 27 March 2026.");
        world.steps("2026-03-17T12:00:00Z");
        decisionsOn("2026-03-10", "2026-03-17");
        world.forgetMails();
        lead(asset, new ReviewAct.RefuseTime(LocalDate.parse("2026-03-27"), "The audit is near."));
        world.steps("2026-03-17T16:00:00Z");
        assertThat(world.mailsTo(alice)).as("no mail of its own").isEmpty();
        world.steps("2026-03-20T10:00:00Z");
        asks(asset, "2026-03-28");
        lead(asset, new ReviewAct.Extend(LocalDate.parse("2026-03-27"), "So be it: once."));
        world.steps("2026-03-31T12:00:00Z");
        List<String> since =
                world.mailsTo(alice).stream().map(ReceivedMail::text).toList();
        assertThat(since).hasSizeGreaterThan(3);
        assertThat(since.get(0)).contains("until Friday 27 March 2026, and", "gives none: The audit is near.");
        assertThat(since.stream().filter(text -> text.contains("gives none:"))).hasSize(1);
        assertThat(since.stream().filter(text -> text.contains("until Friday 27 March 2026: So be it: once.")))
                .singleElement()
                .asString()
                .contains("More time was asked for until Saturday 28 March 2026.");
        assertThat(decisionDays()).isEmpty();
    }

    private void asks(Asset asset, String until) {
        world.act(asset, alice, Channel.LINK, new ReviewAct.Snooze(LocalDate.parse(until)));
    }

    /** The mail waits, as while no server takes it, and what it asks is settled before it leaves. */
    @Test
    void whatWasDecidedWhileItsMailWaitedIsAskedOfNobody() {
        world.person("bob@corp.example");
        Asset unowned = world.asset("n-1", "left@corp.example");
        plan("quarterly", "2026-03-12", "P30D", "a-1", "a-2");
        plan("other", "2026-03-12", "P30D", "a-3", "n-1");
        world.steps("2026-03-10T09:00:00Z");
        problem(asset("a-1"));
        queueDecision();
        decide(asset("a-1"));
        lead(asset("a-2"), new ReviewAct.NotMine(null));
        queueDecision();
        lead(asset("a-2"), new ReviewAct.Assign("bob@corp.example"));
        world.leaves(world.known("left@corp.example"));
        queueDecision();
        lead(unowned, new ReviewAct.Assign("bob@corp.example"));
        problem(asset("a-3"));
        queueDecision();
        world.settle();
        assertThat(subjects().stream().filter(subject -> subject.contains("Decision needed")))
                .singleElement()
                .asString()
                .contains("a-3");
        assertThat(world.texts("""
                        select state || ' ' || reason from outbox
                         where kind = 'decision' and state <> 'accepted' order by created_at
                        """))
                .containsExactly(
                        "superseded =decided|" + world.reviewOf(asset("a-1")).ref(),
                        "superseded =decided|" + world.reviewOf(asset("a-2")).ref(),
                        "superseded =decided|" + world.reviewOf(unowned).ref());
    }

    /** Puts what leads must decide into the outbox, from where nothing leaves yet. */
    private void queueDecision() {
        for (int tick = 0; tick < 4; tick++) {
            world.clock.advance(Duration.ofSeconds(20));
            world.reminders.reminders().run(world.clock.instant());
        }
    }

    @Test
    void aReviewThatNobodyOwnsIsToldOnItsDueDayAndWhileItIsOverdue() {
        unowned("n-1", "n-2");
        plan("short", "2026-03-12", "P5D", "n-1");
        world.steps("2026-03-17T22:00:00Z");
        decisionsOn("2026-03-09", "2026-03-12", "2026-03-16");
        world.at("2026-03-18T09:00:00Z");
        assertThat(world.lastTo(lena).subject()).contains("was missed");
        // more time begins anew what is told
        world.forgetMails();
        plan("quarterly", "2026-03-27", "P30D", "n-2");
        world.steps("2026-03-27T12:00:00Z");
        decisionsOn("2026-03-24", "2026-03-27");
        lead(asset("n-2"), new ReviewAct.Extend(LocalDate.parse("2026-04-10"), "The move is late."));
        world.forgetMails();
        world.steps("2026-04-10T12:00:00Z");
        assertThat(decisionDays()).isNotEmpty().endsWith("2026-04-10");
    }

    /** The lead reads by the link what was missed; what only leads do is done after signing in, where the page leads to. */
    @Test
    void whatWasMissedIsReadByItsOwnLinkAndRecordedSignedIn() {
        Person otto = world.lead("otto@corp.example");
        plan("quarterly", "2026-03-12", "P5D", "a-1");
        world.steps("2026-03-18T09:00:00Z");
        ReceivedMail told = world.lastTo(lena);
        assertThat(told.subject()).contains("was missed");
        String ref = world.reviewOf(asset("a-1")).ref();
        assertThat(told.text())
                .containsPattern("a-1 .*\nhttps://ronde.test/reviews/" + ref + "\nhttps://ronde.test/r/[a-z2-7]{40}\n");
        String link = told.links().get(0);
        assertThat(world.get(link).body())
                .contains(ref, "Its window closed at the end of", "Sign in and record it", "/reviews/" + ref)
                .doesNotContain("You need not do anything", "name=\"recovery\"");
        world.steps("2026-03-20T09:00:00Z");
        for (Person person : List.of(lena, otto)) {
            assertThat(world.mailsTo(person).stream()
                            .filter(mail -> mail.subject().contains("was missed")))
                    .as("each lead hears once")
                    .hasSize(1);
        }
        recorded(asset("a-1"));
        assertThat(world.get(link).body()).doesNotContain("Sign in and record it");
    }

    @Test
    void whereTheLadderComesToTheLeadAReviewIsOneLine() {
        plan("quarterly", "2026-03-13", "P60D", "a-1");
        world.steps("2026-04-02T05:00:00Z");
        assertThat(subjects()).isEmpty();
        world.leaves(alice);
        world.steps("2026-04-02T12:00:00Z");
        assertThat(subjects()).hasSize(1);
        assertThat(decisionDays()).isEmpty();
        assertThat(world.lastTo(lena).text())
                .contains("who owned a-1 (Asset a-1), has left, and nobody has reviewed it");
        world.sql("update review set owner_id = null");
        world.steps("2026-04-09T12:00:00Z");
        assertThat(world.lastTo(lena).text()).contains("nobody owns a-1 (Asset a-1), and nobody has reviewed it");
    }

    @Test
    void theCausesThatAreMissingAreOneListOrInTheDigestOfTheMonday() {
        plan("early", "2026-03-12", "P1D", "a-1", "a-2");
        world.steps("2026-03-22T20:00:00Z");
        world.forgetMails();
        world.steps("2026-03-23T12:00:00Z");
        assertThat(subjects()).containsExactly("2 missed reviews wait for their cause");
        for (int i = 1; i <= 3; i++) {
            world.asset("b-" + i, "lena@corp.example");
        }
        plan("late", "2026-03-30", "P30D", "b-1", "b-2", "b-3");
        world.steps("2026-03-29T20:00:00Z");
        world.forgetMails();
        world.steps("2026-03-30T12:00:00Z");
        assertThat(subjects()).hasSize(1);
        assertThat(world.lastTo(lena).text()).contains("MISSED, CAUSE NOT RECORDED", "a-1", "a-2", "b-1", "b-2", "b-3");
    }

    /** Everybody of the team that owns it has left. */
    @Test
    void whereATeamIsGoneTheLeadsAreAskedAndTheTeamIsNotWrittenTo() {
        Person team = world.person("team@corp.example");
        Person last = world.person("last@corp.example");
        world.member(team, last);
        world.asset("web-01", "team@corp.example");
        world.leaves(last);
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        assertThat(world.mailsTo(team)).isEmpty();
        assertThat(world.mailsTo(lena)).hasSize(1);
        world.sql("update person set active = true where id = ?", last.id());
        world.at("2026-03-03T09:00:00Z");
        assertThat(world.mailsTo(team)).hasSize(1);
        assertThat(world.mailsTo(lena)).hasSize(1);
    }
}
