package dev.ronde.inbound.answer;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of the owner: cases 31–38, 68–72 of the mail design, with what is written back. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class AnswerTest {
    private final Conversation talk;

    AnswerTest(DatabaseKind kind) {
        talk = new Conversation(kind);
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void bothPartsOfAMailEndWithItsHandle() {
        String ref = "ref: " + talk.assignment.header("X-Ronde-Ref");
        assertThat(ref).hasSize(45);
        assertThat(talk.assignment.text()).endsWith(ref + "\n");
        assertThat(talk.assignment.html()).contains(ref);
    }

    @Test
    void case31AcknowledgesAndDoesNotAttest() {
        InboundMail mail = talk.answers("ok");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(mail.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
    }

    @Test
    void doneAttestsWithTheCommentAndTheReceiptCanTakeItBack() {
        assertThat(talk.answers("fait, voir PJ").ruling().rule()).isEqualTo("unclear");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.said("commented")).isEqualTo("fait, voir PJ");
        assertThat(talk.answers("Bonjour,\n\nFait.\n\nMerci,\nAlice").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.review().attestation().note()).isNull();
        assertThat(talk.review().attestation().channel()).isEqualTo("reply");
        assertThat(talk.review().attestation().outcome()).isEqualTo("no_change");
        String receipt = talk.lastTo(talk.alice);
        assertThat(receipt).contains("We read this line: Fait.").contains("/u/");
        assertThat(world().lastTo(talk.alice).header("In-Reply-To")).isEqualTo("<m2@corp.example>");
        assertThat(world().lastTo(talk.alice).header("Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(talk.answers("undo").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("is taken back");
    }

    /** Some programs mark as quoted what was typed below, and nothing says whose it is. */
    @Test
    void doneAboveWordsThatNobodyKnowsIsAskedBack() {
        for (String words : new String[] {
            "> problem: SNMP public",
            "> problème : accès refusé",
            "> I only checked half of it",
            "> rule 7 is missing",
            "> unless Bob objects"
        }) {
            bare("done\n\n" + words);
            assertThat(talk.state()).as(words).isEqualTo(ReviewState.OPEN);
        }
        bare("ok\n\nOn Mon, 2 Mar 2026 at 10:12, Bob <bob@corp.example> wrote:\nproblem: SNMP public");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.said("commented")).isEqualTo("ok");
        assertThat(bare("done" + OF_BOB).ruling().rule()).isEqualTo("contradictory");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    private static final String OF_BOB =
            "\n\nOn Mon, 2 Mar 2026 at 10:12, Bob <bob@corp.example> wrote:\nPlease review the configuration of the core";

    /** Without the mail of ours that it answers. */
    private InboundMail bare(String text) {
        String mail = talk.mail("alice@corp.example", text);
        return world().receive(mail.substring(0, mail.indexOf("\r\n\r\nOn Fri, Feb 27")));
    }

    /** Before the first attestation there is nothing to compare with: what counts is what the mail that is answered can have shown. */
    @Test
    void doneIsAskedBackAboutWhereTheConfigurationChangedAfterTheMail() {
        String assignment = "In-Reply-To: " + talk.assignment.header("Message-ID");
        world().clock.advance(Duration.ofMinutes(1));
        world().configured(talk.firewall, "sha256:" + "2".repeat(64));
        world().clock.advance(Duration.ofMinutes(1));
        for (String answer : new String[] {
            talk.mail("alice@corp.example", "done", assignment), talk.mail("alice@corp.example", "done")
        }) {
            assertThat(world().receive(answer).ruling().rule()).isEqualTo("changes");
            assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        }
        assertThat(talk.lastTo(talk.alice)).contains("Something changed").contains("/r/");
        // what asks back shows nothing of it, however new it is
        String refusal = world().lastTo(talk.alice).header("Message-ID");
        assertThat(world().receive(talk.mail("alice@corp.example", "done", "In-Reply-To: " + refusal))
                        .ruling()
                        .rule())
                .isEqualTo("changes");

        world().forgetMails();
        world().at("2026-03-05T10:00:00Z");
        String reminder = world().lastTo(talk.alice).header("Message-ID");
        assertThat(world().receive(talk.mail("alice@corp.example", "done", "In-Reply-To: " + reminder))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void aProblemIsTakenHoweverLongItsLineAndWhateverItIsWrittenIn() {
        for (String start : new String[] {"problem: look here ", "problem: look here  "}) {
            InboundMail mail = talk.answers(start + "😀".repeat(5_000));
            assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
            assertThat(talk.review().handling().problemText())
                    .startsWith("look")
                    .hasSizeBetween(3_990, 4_000);
        }
        String words = "the rule is open to everybody ".repeat(400);
        assertThat(talk.answers("problème : " + words).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().problemText()).startsWith("the rule is open to everybody the");
        assertThat(talk.answers("done, " + words).ruling().decision())
                .as("what is said so far on may take it back")
                .isEqualTo(Decision.COMMENTED);
    }

    @Test
    void theSameProblemIsAnotherOneADayLater() {
        assertThat(talk.answers("problem: the port is open").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.answers("problem: the port is open").ruling().rule()).isEqualTo("already-said");
        world().clock.advance(Duration.ofHours(25));
        assertThat(talk.answers("problem: the port is open").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().problemAt()).isEqualTo(world().clock.instant());
    }

    private dev.ronde.reply.MailWorld world() {
        return talk.world;
    }

    @Test
    void case32KeepsWhatIsUnclearAndAsks() {
        for (String unclear : new String[] {
            "not done",
            "pas fait",
            "ok mais pas avant lundi",
            "fait ?",
            "done by Friday",
            "c’est fait",
            "tout est fait",
            "done, but not rule 3"
        }) {
            InboundMail mail = talk.answers(unclear);
            assertThat(mail.ruling().decision()).as(unclear).isEqualTo(Decision.COMMENTED);
            assertThat(talk.state()).as(unclear).isEqualTo(ReviewState.OPEN);
            assertThat(talk.said("commented")).isEqualTo(unclear);
        }
        assertThat(world().mailsTo(talk.alice))
                .hasSize(3)
                .allSatisfy(mail -> assertThat(mail.text()).contains("could not tell"));
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: ok mais pas avant lundi");
    }

    @Test
    void case36PausesRemindersOrSaysWhyNot() {
        assertThat(talk.answers("snooze 3d").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).hasToString("2026-03-02");
        world().settle();
        assertThat(talk.lastTo(talk.alice)).contains("They come again from Monday 2 March 2026 on.");
        assertThat(talk.answers("snooze until 2026-03-04").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).hasToString("2026-03-04");
        assertThat(talk.answers("snooze 03/04").ruling().rule()).isEqualTo("which-date");
        assertThat(talk.answers("snooze 999d").ruling().rule()).isEqualTo("bad-day");
        assertThat(talk.answers("snooze -1d").ruling().rule()).isEqualTo("bad-day");
        assertThat(talk.answers("reporter 1 semaine").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.answers("snooze until 2026-03-10").ruling().rule()).isEqualTo("too-often");
        assertThat(talk.review().handling().snoozedUntil()).hasToString("2026-03-06");
    }

    @Test
    void aPauseBeyondTheDueDateAsksForMoreTimeAndSaysSo() {
        assertThat(talk.answers("jusqu'au 20/03").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).isNull();
        assertThat(talk.review().handling().timeAskedUntil()).hasToString("2026-03-20");
        world().settle();
        assertThat(talk.lastTo(talk.alice))
                .contains("the compliance lead is asked for more time", "Asked for: until Friday 20 March 2026")
                .doesNotContain("They come again");
        assertThat(talk.answers("snooze until 2026-03-20").ruling().rule()).isEqualTo("already-said");
        assertThat(talk.answers("snooze until 2026-03-21").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.answers("snooze until 2026-03-22").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.answers("snooze until 2026-03-23").ruling().rule()).isEqualTo("asked-too-often");
        world().settle();
        assertThat(talk.lastTo(talk.alice)).contains("was asked for three times already");
    }

    @Test
    void theDayAskedForIsAPauseOnceTheReviewIsOverdue() {
        LocalDate dueOn = talk.review().dates().dueOn();
        world().at(dueOn.minusDays(1) + "T08:00:00Z");
        LocalDate until = dueOn.plusDays(5);
        assertThat(talk.answers("snooze until " + until).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).isNull();
        world().at(dueOn.plusDays(1) + "T08:00:00Z");
        assertThat(talk.answers("snooze until " + until).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).isEqualTo(until);
    }

    @Test
    void whoMayDecideAsALeadPausesBeyondTheDueDateByReplyToo() {
        // where others have the role of a lead no mail goes to an administrator, and she may do the same
        world().becomes(talk.alice, Role.ADMIN);
        assertThat(talk.answers("snooze until 2026-03-20").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil()).hasToString("2026-03-20");
        assertThat(talk.review().handling().timeAskedUntil()).isNull();
    }

    @Test
    void case37AsksTheNamedPersonAndNobodyElse() {
        assertThat(talk.answers("delegate to nobody@evil.example").ruling().rule())
                .isEqualTo("unknown-person");
        assertThat(talk.answers("delegate to a@corp.example or bob@corp.example")
                        .ruling()
                        .rule())
                .isEqualTo("which-person");
        assertThat(talk.answers("delegate to alice@corp.example").ruling().rule())
                .isEqualTo("to-self");
        assertThat(talk.answers("délègue à \"x\"@evil\nBcc: y").ruling().rule()).isEqualTo("unclear");
        assertThat(world().mails()).allMatch(mail -> mail.to().contains("alice@corp.example"));
        assertThat(talk.answers("déléguer à bob@corp.example, merci").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().delegatedTo()).isEqualTo(talk.bob.id());
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        world().settle();
        assertThat(talk.lastTo(talk.alice)).contains("Asked: Bob <bob@corp.example>");
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        assertThat(world().mailsTo(talk.bob)).isNotEmpty();
    }

    @Test
    void whoWasAskedTakesItOverWithOk() {
        Person dora = world().person("dora@corp.example", "en", "Europe/Paris");
        talk.answers("delegate to dora@corp.example");
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        talk.assignment = world().lastTo(dora);
        world().receive(talk.mail("dora@corp.example", "done"));
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(dora)).contains("asked to take");
        world().receive(talk.mail("dora@corp.example", "ok, but only if it can wait until May"));
        assertThat(talk.review().ownerId()).as("a condition takes nothing over").isEqualTo(talk.alice.id());
        InboundMail unsure = world().receive(talk.message(
                "From: dora@corp.example",
                "To: ronde@ronde.test",
                "ok",
                "In-Reply-To: " + talk.assignment.header("Message-ID")));
        assertThat(unsure.ruling().decision()).as("only a Message-ID").isEqualTo(Decision.CHALLENGED);
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        world().receive(talk.mail("dora@corp.example", "ok"));
        assertThat(talk.review().ownerId()).isEqualTo(dora.id());
    }

    @Test
    void whoWasAskedRefusesWithNotMineAndTheOwnerHears() {
        talk.answers("delegate to bob@corp.example");
        world().settle();
        talk.assignment = world().lastTo(talk.bob);
        world().forgetMails();
        assertThat(world().receive(talk.mail("bob@corp.example", "not mine"))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().delegatedTo()).isNull();
        assertThat(talk.review().handling().notMineAt()).isNull();
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        assertThat(talk.lastTo(talk.bob)).contains("You do not take over");
        world().at("2026-03-02T09:00:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("Bob did not take it over.", "They declined; it stays with Alice");
    }

    /** The mail that goes one level up invites to say so; the lead decides. */
    @Test
    void theBackupSaysThatItIsNotTheirs() {
        world().at("2026-03-18T10:00:00Z");
        talk.assignment = world().lastTo(talk.bob);
        assertThat(world().receive(talk.mail("bob@corp.example", "pas moi"))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().notMineAt()).isNotNull();
    }

    @Test
    void case38ReportsAProblemAndReopensWhatWasDone() {
        assertThat(talk.answers("problem: SNMP public\nand more").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().problemText()).isEqualTo("SNMP public\nand more");
        world().settle();
        assertThat(talk.lastTo(talk.lena))
                .contains("SNMP public")
                .contains("/reviews/" + talk.review().ref());
        talk.answers("done");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        InboundMail later = talk.answers("problème : accès refusé");
        assertThat(later.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemText()).isEqualTo("accès refusé");
    }

    /** The lead reads who reported it, not whose review it is. */
    @Test
    void theLeadHearsWhoReportedTheProblem() {
        problem("the port is open", new Actor("link", talk.bob.actorRef(), "link"), Channel.LINK);
        world().settle();
        assertThat(talk.lastTo(talk.lena)).contains("Bob reported a problem with fw-par-01");
    }

    @Test
    void case68And70TheSameMessageAgainChangesNothing() {
        String raw = talk.mail("alice@corp.example", "done");
        InboundMail first = world().receive(raw);
        long records = world().count("evidence_record");
        InboundMail again = world().receive(raw);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(world().count("evidence_record")).isEqualTo(records);
        talk.answers("undo");
        world().receive(raw);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void case69AnotherMessageUnderTheSameIdIsReadOnItsOwn() {
        String raw = talk.mail("alice@corp.example", "ok");
        world().receive(raw);
        world().receive(raw.replace("\r\n\r\nok", "\r\n\r\nproblem: it is open"));
        assertThat(talk.review().handling().problemText()).isEqualTo("it is open");
    }

    @Test
    void case71TwoAnswersInOneBatchKeepTheirOrder() {
        world().inbox
                .inbox()
                .receive(
                        dev.ronde.inbound.inbox.Inbox.Place.pipe(1),
                        talk.mail("alice@corp.example", "done").getBytes());
        world().clock.advance(Duration.ofMillis(5));
        world().receive(talk.mail("alice@corp.example", "problem: it is open"));
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemText()).isEqualTo("it is open");
    }

    @Test
    void case72SaysHowItStandsWhenItIsOver() {
        talk.answers("done");
        assertThat(talk.answers("ok").ruling().rule()).isEqualTo("already-done");
        assertThat(talk.answers("Done!").ruling().rule()).isEqualTo("already-done");
        assertThat(talk.said("commented")).isEqualTo("Done!");
        assertThat(talk.answers("snooze 3d").ruling().rule()).isEqualTo("already-done");
        assertThat(talk.review().handling().snoozedUntil()).isNull();
    }

    @Test
    void case72OfTwoPeopleTheFirstCountsAndTheOthersWordsAreKept() {
        talk.answers("delegate to bob@corp.example");
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        String toBob = world().lastTo(talk.bob).header("Reply-To").replaceAll(".*<|>.*", "");
        // pending: the old owner may still do it, and nobody is asked any more
        assertThat(talk.answers("done").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        String late = talk.mail("bob@corp.example", "Done!").replaceFirst("To: [^\r]*", "To: " + toBob);
        InboundMail other = world().receive(late);
        assertThat(other.ruling().rule()).isEqualTo("done-by-another");
        assertThat(talk.said("commented")).isEqualTo("Done!");
        assertThat(talk.review().attestation().performedBy()).isEqualTo(talk.alice.actorRef());
        assertThat(talk.lastTo(talk.bob))
                .contains("Alice")
                .contains(talk.review().ref());
    }

    @Test
    void case72WhoHandedOnAndIsRidOfItOnlyComments() {
        talk.answers("delegate to bob@corp.example");
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        ReceivedMail mine = talk.assignment;
        talk.assignment = world().lastTo(talk.bob);
        world().receive(talk.mail("bob@corp.example", "ok"));
        talk.assignment = mine;
        InboundMail late = talk.answers("Done!");
        assertThat(late.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(late.ruling().rule()).isEqualTo("with-somebody-else");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.said("commented")).isEqualTo("Done!");
        assertThat(talk.lastTo(talk.alice)).contains("Bob");
        assertThat(talk.lastTo(talk.bob))
                .contains("alice@corp.example (unverified) wrote about")
                .contains("Done!");
    }

    @Test
    void case72AnAnswerToWhatIsOverIsAComment() {
        world().at("2026-05-20T10:00:00Z");
        assertThat(talk.state()).isEqualTo(ReviewState.MISSED);
        world().forgetMails();
        InboundMail late = talk.answers("done");
        assertThat(late.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(late.ruling().rule()).isEqualTo("closed");
        assertThat(talk.state()).isEqualTo(ReviewState.MISSED);
        assertThat(talk.said("commented")).isEqualTo("done");
        assertThat(talk.lastTo(talk.alice)).contains("cannot be answered now");
        assertThat(talk.world.mailsTo(talk.lena)).isEmpty();
        talk.answers("problem: the port was open all the time");
        assertThat(talk.state()).isEqualTo(ReviewState.MISSED);
        assertThat(talk.lastTo(talk.lena))
                .contains("alice@corp.example (unverified) wrote about", "the port was open all the time");
    }

    /** The receipt of what was done late offers it as well. */
    @Test
    void whatWasDoneLateIsTakenBackByReplyToo() {
        world().at("2026-04-15T10:00:00Z");
        assertThat(talk.state()).isEqualTo(ReviewState.MISSED);
        attestLate();
        assertThat(talk.answers("done").ruling().rule()).isEqualTo("already-done");
        InboundMail undone = talk.answers("undo");
        assertThat(undone.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.MISSED);
        assertThat(talk.review().completable()).isTrue();
        assertThat(talk.lastTo(talk.alice)).contains("is taken back");
        attestLate();
        world().clock.advance(Duration.ofHours(25));
        assertThat(talk.answers("undo").ruling().rule()).isEqualTo("nothing-to-undo");
    }

    private void attestLate() {
        String link = talk.assignment.links().get(0);
        MailWorld.Page page = world().get(link);
        world().clock.advance(Duration.ofSeconds(10));
        world().post(link, page.form("attest", "outcome", "no_change"));
        world().settle();
        assertThat(talk.review().attestation().attestedAt()).isNotNull();
        assertThat(talk.lastTo(talk.alice)).contains("is done late. The review stays missed.", "or reply “undo”");
    }

    /** What was done in time stays so: the problem is another review's, and the leads' to decide. */
    @Test
    void aProblemWithWhatWasAttestedWaitsWithAnotherReviewOnceTheWindowIsOver() {
        talk.answers("done");
        Review attested = talk.review();
        world().at("2026-04-14T10:00:00Z");
        world().forgetMails();
        InboundMail late = talk.answers("problem: the port was open all the time");
        assertThat(late.ruling().decision()).isEqualTo(Decision.EXECUTED);
        Review stands = world().database
                .read(handle ->
                        world().reviews.reviews().find(handle, attested.id()).orElseThrow());
        assertThat(stands.stateAt(world().clock.instant())).isEqualTo(ReviewState.ATTESTED);
        List<Review> waiting = world().database.read(world().reviews.reviews()::waiting);
        assertThat(waiting).hasSize(1);
        Review anew = waiting.get(0);
        String words = attested.ref() + ": the port was open all the time";
        assertThat(anew.cause()).isEqualTo(Review.SIGNIFICANT_CHANGE);
        assertThat(anew.causeReason()).isEqualTo(words);
        assertThat(anew.handling().problemText()).isEqualTo(words);
        assertThat(anew.assetId()).isEqualTo(attested.assetId());
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        assertThat(talk.lastTo(talk.lena)).contains(anew.ref(), words, "before. That attestation stands");
        assertThat(world().mailsTo(talk.alice).stream().map(ReceivedMail::text))
                .as("whoever has to do it")
                .anyMatch(text -> text.contains("Alice reported a problem with what was attested before.")
                        && text.contains(words))
                .noneMatch(text -> text.contains("significant change"));
        assertThat(world().mailsTo(talk.alice).stream().map(ReceivedMail::text))
                .anyMatch(text -> text.contains("The attestation stands; another review waits with the problem."));
        // the same words report nothing new, others are of the review that waits already
        talk.answers("problem: the port was open all the time");
        assertThat(world().database.read(world().reviews.reviews()::waiting))
                .singleElement()
                .extracting(Review::version)
                .isEqualTo(anew.version());
        talk.answers("problem: and the log is off");
        assertThat(world().database.read(world().reviews.reviews()::waiting))
                .singleElement()
                .extracting(review -> review.handling().problemText())
                .isEqualTo(attested.ref() + ": and the log is off");
    }

    @Test
    void whoseReviewALeadOpensAgainHearsThatItWaits() {
        talk.answers("done");
        world().at("2026-03-13T10:00:00Z");
        world().forgetMails();
        problem("It was open.", new Actor("user", talk.lena.actorRef(), "password"), Channel.PAGE);
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        assertThat(world().mailsTo(talk.alice)).hasSize(1);
    }

    @Test
    void aProblemWithWhatNoPlanCoversAnyMoreStaysAComment() {
        talk.answers("done");
        world().plan(MailWorld.PLAN.replace("[high, critical]", "[low]"), Channel.SYSTEM);
        world().at("2026-04-14T10:00:00Z");
        world().forgetMails();
        assertThat(talk.answers("problem: it was open").ruling().rule()).isEqualTo("closed");
        assertThat(world().database.read(world().reviews.reviews()::waiting)).isEmpty();
        assertThat(talk.lastTo(talk.lena)).contains("alice@corp.example (unverified) wrote about", "it was open");
    }

    private void problem(String words, Actor by, Channel channel) {
        world().database
                .useTransaction(tx -> world().reviews
                        .reviews()
                        .act(tx, talk.review(), new ReviewAct.ReportProblem(words), visitor(tx, by, channel)));
    }
}
