package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.BOB;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Answers of the owner: cases 31–38, 69 and 72 of the mail design, with what is written back. */
@OnOneDatabase
final class AnswerTest {
    @AutoClose
    private final Conversation talk;

    private final MailWorld world;

    AnswerTest(DatabaseKind kind) {
        talk = new Conversation(kind);
        world = talk.world;
    }

    /** Cases 31, 33 and 35: “ok” acknowledges, “done” attests, and the receipt can take it back. */
    @Test
    void okAcknowledgesAndDoneAttestsAndTheReceiptTakesItBack() {
        talk.expect("""
                ok | owner-by-reply | ACKNOWLEDGED
                fait, voir PJ | unclear | ACKNOWLEDGED
                Bonjour,\\n\\nFait.\\n\\nMerci,\\nAlice | owner-by-reply | ATTESTED""");
        assertThat(talk.said("commented")).isEqualTo("fait, voir PJ");
        assertThat(talk.review().attestation().note()).isNull();
        assertThat(talk.review().attestation().channel()).isEqualTo("reply");
        assertThat(talk.review().attestation().outcome()).isEqualTo("no_change");
        ReceivedMail receipt = world.lastTo(talk.alice);
        assertThat(receipt.text()).contains("We read this line: Fait.", "/u/");
        assertThat(receipt.header("In-Reply-To")).isEqualTo("<m3@corp.example>");
        assertThat(receipt.header("Auto-Submitted")).isEqualTo("auto-replied");
        talk.expect("undo | owner-by-reply | ACKNOWLEDGED");
        assertThat(talk.lastTo(talk.alice)).contains("is taken back");
    }

    /** Some programs mark as quoted what was typed below, and nothing says whose it is. */
    @Test
    void doneAboveWordsThatNobodyKnowsIsAskedBack() {
        for (String words : List.of(
                "done\n\n> problem: SNMP public",
                "done\n\n> I only checked half of it",
                "done\n\n> unless Bob objects",
                "ok\n\nOn Mon, 2 Mar 2026 at 10:12, Bob <bob@corp.example> wrote:\nproblem: SNMP public")) {
            talk.bare(words);
            assertThat(talk.state()).as(words).isEqualTo(ReviewState.OPEN);
        }
        String ofBob =
                "done\n\nOn Mon, 2 Mar 2026 at 10:12, Bob <bob@corp.example> wrote:\nPlease review the configuration of"
                        + " the core";
        assertThat(talk.bare(ofBob).ruling().rule()).isEqualTo("contradictory");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    /** Before the first attestation there is nothing to compare with: what counts is what the mail that is answered can have shown. */
    @Test
    void doneIsAskedBackAboutWhereTheConfigurationChangedAfterTheMail() {
        world.clock.advance(Duration.ofMinutes(1));
        world.configured(talk.firewall, "sha256:" + "2".repeat(64));
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(talk.rule("done", answering(talk.assignment))).isEqualTo("changes");
        assertThat(talk.rule("done")).isEqualTo("changes");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("Something changed").contains("/r/");
        // what asks back shows nothing of it, however new it is
        assertThat(talk.rule("done", answering(world.lastTo(talk.alice)))).isEqualTo("changes");
        world.forgetMails();
        world.at("2026-03-05T10:00:00Z");
        assertThat(talk.rule("done", answering(world.lastTo(talk.alice)))).isEqualTo(DONE);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void aProblemIsTakenHoweverLongItsLineAndIsAnotherOneADayLater() {
        assertThat(talk.rule("problem: look here " + "😀".repeat(5_000))).isEqualTo(DONE);
        assertThat(talk.handling().problemText()).startsWith("look").hasSizeBetween(3_990, 4_000);
        String words = "the rule is open to everybody ".repeat(400);
        assertThat(talk.rule("problème : " + words)).isEqualTo(DONE);
        assertThat(talk.handling().problemText()).startsWith("the rule is open to everybody the");
        assertThat(talk.rule("done, " + words))
                .as("what is said so far on may take it back")
                .isEqualTo("unclear");
        talk.expect("""
                problem: the port is open | owner-by-reply
                problem: the port is open | already-said""");
        world.clock.advance(Duration.ofHours(25));
        talk.expect("problem: the port is open | owner-by-reply");
        assertThat(talk.handling().problemAt()).isEqualTo(world.clock.instant());
    }

    @Test
    void case32KeepsWhatIsUnclearAndAsksThreeTimes() {
        for (String unclear : List.of(
                "not done",
                "pas fait",
                "ok mais pas avant lundi",
                "fait ?",
                "done by Friday",
                "c’est fait",
                "tout est fait",
                "done, but not rule 3")) {
            assertThat(talk.answers(unclear).ruling().decision()).as(unclear).isEqualTo(Decision.COMMENTED);
            assertThat(talk.state()).as(unclear).isEqualTo(ReviewState.OPEN);
            assertThat(talk.said("commented")).isEqualTo(unclear);
        }
        assertThat(world.mailsTo(talk.alice))
                .hasSize(3)
                .allSatisfy(mail -> assertThat(mail.text()).contains("could not tell"));
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: ok mais pas avant lundi");
    }

    @Test
    void case36PausesRemindersOrSaysWhyNot() {
        pauses("snooze 3d | owner-by-reply", "2026-03-02");
        world.settle();
        assertThat(talk.lastTo(talk.alice)).contains("They come again from Monday 2 March 2026 on.");
        pauses("snooze until 2026-03-04 | owner-by-reply", "2026-03-04");
        pauses("snooze 03/04 | which-date", "2026-03-04");
        pauses("snooze 999d | bad-day", "2026-03-04");
        pauses("snooze -1d | bad-day", "2026-03-04");
        pauses("reporter 1 semaine | owner-by-reply", "2026-03-06");
        pauses("snooze until 2026-03-10 | too-often", "2026-03-06");
    }

    private void pauses(String row, String until) {
        talk.expect(row);
        assertThat(talk.handling().snoozedUntil()).as(row).hasToString(until);
    }

    @Test
    void aPauseBeyondTheDueDateAsksForMoreTimeUnlessOfALead() {
        talk.expect("jusqu'au 20/03 | owner-by-reply");
        assertThat(talk.handling().snoozedUntil()).isNull();
        assertThat(talk.handling().timeAskedUntil()).hasToString("2026-03-20");
        world.settle();
        assertThat(talk.lastTo(talk.alice))
                .contains("the compliance lead is asked for more time", "Asked for: until Friday 20 March 2026")
                .doesNotContain("They come again");
        talk.expect("""
                snooze until 2026-03-20 | already-said
                snooze until 2026-03-21 | owner-by-reply
                snooze until 2026-03-22 | owner-by-reply
                snooze until 2026-03-23 | asked-too-often""");
        // where others have the role of a lead no mail goes to an administrator, and she may do the same
        world.becomes(talk.alice, Role.ADMIN);
        pauses("snooze until 2026-03-20 | owner-by-reply", "2026-03-20");
    }

    @Test
    void theDayAskedForIsAPauseOnceTheReviewIsOverdue() {
        LocalDate dueOn = talk.review().dates().dueOn();
        world.at(dueOn.minusDays(1) + "T08:00:00Z");
        String pause = "snooze until " + dueOn.plusDays(5) + " | owner-by-reply";
        talk.expect(pause);
        assertThat(talk.handling().snoozedUntil()).isNull();
        world.at(dueOn.plusDays(1) + "T08:00:00Z");
        pauses(pause, dueOn.plusDays(5).toString());
    }

    @Test
    void case37AsksTheNamedPersonWhoTakesItOverWithOk() {
        Person dora = world.person("dora@corp.example");
        talk.expect("""
                delegate to nobody@evil.example | unknown-person
                delegate to a@corp.example or bob@corp.example | which-person
                delegate to alice@corp.example | to-self
                délègue à "x"@evil\\nBcc: y | unclear""");
        assertThat(world.mails()).allMatch(mail -> mail.to().contains(ALICE));
        talk.expect("déléguer à dora@corp.example, merci | owner-by-reply");
        assertThat(talk.handling().delegatedTo()).isEqualTo(dora.id());
        world.settle();
        assertThat(talk.lastTo(talk.alice)).contains("Asked: Dora <dora@corp.example>");
        world.after(Duration.ofMinutes(2));
        talk.assignment = world.lastTo(dora);
        assertThat(talk.from(dora.email(), "done").ruling().rule()).isEqualTo("accept-first");
        assertThat(talk.lastTo(dora)).contains("asked to take");
        assertThat(talk.from(dora.email(), "ok, but only if it can wait until May")
                        .ruling()
                        .rule())
                .isEqualTo("unclear");
        InboundMail unsure = world.receive(
                talk.message("From: dora@corp.example", "To: ronde@ronde.test", "ok", answering(talk.assignment)));
        assertThat(unsure.ruling().decision()).as("only a Message-ID").isEqualTo(Decision.CHALLENGED);
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        talk.from(dora.email(), "ok");
        assertThat(talk.review().ownerId()).isEqualTo(dora.id());
    }

    @Test
    void whoWasAskedRefusesWithNotMineAndTheOwnerHears() {
        talk.answers("delegate to bob@corp.example");
        world.settle();
        talk.assignment = world.lastTo(talk.bob);
        world.forgetMails();
        talk.from(BOB, "not mine");
        assertThat(talk.handling().delegatedTo()).isNull();
        assertThat(talk.handling().notMineAt()).isNull();
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        assertThat(talk.lastTo(talk.bob)).contains("You do not take over");
        world.at("2026-03-02T09:00:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("Bob did not take it over.", "They declined; it stays with Alice");
        // the mail that goes one level up invites to say so; the lead decides
        world.at("2026-03-18T10:00:00Z");
        talk.assignment = world.lastTo(talk.bob);
        talk.from(BOB, "pas moi");
        assertThat(talk.handling().notMineAt()).isNotNull();
    }

    @Test
    void case38ReportsAProblemAndReopensWhatWasDone() {
        talk.expect("problem: SNMP public\\nand more | owner-by-reply");
        assertThat(talk.handling().problemText()).isEqualTo("SNMP public\nand more");
        world.settle();
        assertThat(talk.lastTo(talk.lena))
                .contains("SNMP public", "/reviews/" + talk.review().ref());
        talk.expect("""
                done | owner-by-reply | ATTESTED
                problème : accès refusé | owner-by-reply | OPEN""");
        assertThat(talk.handling().problemText()).isEqualTo("accès refusé");
        // the lead reads who reported it, not whose review it is
        world.after(Duration.ofHours(2));
        world.act(talk.firewall, talk.bob, Channel.LINK, new ReviewAct.ReportProblem("the port is open"));
        world.settle();
        assertThat(talk.lastTo(talk.lena)).contains("Bob reported a problem with fw-par-01");
        String raw = talk.mail(ALICE, "ok");
        world.receive(raw);
        world.receive(raw.replace("\r\n\r\nok", "\r\n\r\nproblem: it is another letter"));
        assertThat(talk.handling().problemText()).as("case 69").isEqualTo("it is another letter");
    }

    @Test
    void case72SaysHowItStandsWhenItIsOver() {
        talk.expect("""
                done | owner-by-reply
                ok | already-done
                Done! | already-done""");
        assertThat(talk.said("commented")).isEqualTo("Done!");
        talk.expect("snooze 3d | already-done");
        assertThat(talk.handling().snoozedUntil()).isNull();
    }

    @Test
    void case72OfTwoPeopleTheFirstCountsAndTheOthersWordsAreKept() {
        ReceivedMail mine = talk.assignment;
        talk.handOn(talk.bob);
        String late = talk.mail(BOB, "Done!");
        talk.assignment = mine;
        // pending: the old owner may still do it, and nobody is asked any more
        talk.expect("done | owner-by-reply | ATTESTED");
        assertThat(world.receive(late).ruling().rule()).isEqualTo("done-by-another");
        assertThat(talk.said("commented")).isEqualTo("Done!");
        assertThat(talk.review().attestation().performedBy()).isEqualTo(talk.alice.actorRef());
        assertThat(talk.lastTo(talk.bob)).contains("Alice", talk.review().ref());
    }

    @Test
    void case72WhoHandedOnAndIsRidOfItOnlyComments() {
        ReceivedMail mine = talk.assignment;
        talk.handOn(talk.bob);
        talk.from(BOB, "ok");
        talk.assignment = mine;
        talk.expect("Done! | with-somebody-else | OPEN");
        assertThat(talk.said("commented")).isEqualTo("Done!");
        assertThat(talk.lastTo(talk.alice)).contains("Bob");
        assertThat(talk.lastTo(talk.bob)).contains("alice@corp.example (unverified) wrote about", "Done!");
    }

    /** The receipt of what was done late offers to take it back as well. */
    @Test
    void case72AnAnswerToWhatIsOverIsAComment() {
        world.at("2026-04-15T10:00:00Z");
        world.forgetMails();
        talk.expect("done | closed | MISSED");
        assertThat(talk.said("commented")).isEqualTo("done");
        assertThat(talk.lastTo(talk.alice)).contains("cannot be answered now");
        assertThat(world.mailsTo(talk.lena)).isEmpty();
        talk.expect("problem: the port was open all the time | closed | MISSED");
        assertThat(talk.lastTo(talk.lena))
                .contains("alice@corp.example (unverified) wrote about", "the port was open all the time");
        attestLate();
        talk.expect("""
                done | already-done
                undo | owner-by-reply | MISSED""");
        assertThat(talk.review().completable()).isTrue();
        assertThat(talk.lastTo(talk.alice)).contains("is taken back");
        attestLate();
        world.clock.advance(Duration.ofHours(25));
        talk.expect("undo | nothing-to-undo");
    }

    private void attestLate() {
        world.press(talk.assignment.links().get(0), "attest", "outcome", "no_change");
        world.settle();
        assertThat(talk.lastTo(talk.alice)).contains("is done late. The review stays missed.", "or reply “undo”");
    }

    /** What was done in time stays so: the problem is another review's, and the leads' to decide. */
    @Test
    void aProblemWithWhatWasAttestedWaitsWithAnotherReviewOnceTheWindowIsOver() {
        talk.answers("done");
        Review attested = talk.review();
        world.at("2026-04-14T10:00:00Z");
        world.forgetMails();
        talk.expect("problem: the port was open all the time | owner-by-reply");
        Review stands = world.review(attested.ref());
        assertThat(stands.stateAt(world.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.waiting()).hasSize(1);
        Review anew = talk.waiting().get(0);
        String words = attested.ref() + ": the port was open all the time";
        assertThat(anew.cause()).isEqualTo(Review.SIGNIFICANT_CHANGE);
        assertThat(anew.causeReason()).isEqualTo(words);
        assertThat(anew.handling().problemText()).isEqualTo(words);
        assertThat(anew.assetId()).isEqualTo(attested.assetId());
        world.after(Duration.ofMinutes(2));
        assertThat(talk.lastTo(talk.lena)).contains(anew.ref(), words, "before. That attestation stands");
        assertThat(world.mailsTo(talk.alice).stream().map(ReceivedMail::text))
                .as("whoever has to do it")
                .anyMatch(text -> text.contains("Alice reported a problem with what was attested before.")
                        && text.contains(words))
                .anyMatch(text -> text.contains("The attestation stands; another review waits with the problem."))
                .noneMatch(text -> text.contains("significant change"));
        // the same words report nothing new, others are of the review that waits already
        talk.answers("problem: the port was open all the time");
        assertThat(talk.waiting()).extracting(Review::version).containsExactly(anew.version());
        talk.answers("problem: and the log is off");
        assertThat(talk.waiting())
                .extracting(review -> review.handling().problemText())
                .containsExactly(attested.ref() + ": and the log is off");
    }

    @Test
    void whoseReviewALeadOpensAgainHearsThatItWaits() {
        talk.answers("done");
        world.at("2026-03-13T10:00:00Z");
        world.forgetMails();
        world.act(talk.firewall, talk.lena, Channel.PAGE, new ReviewAct.ReportProblem("It was open."));
        world.after(Duration.ofMinutes(2));
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
        talk.answers("done");
        world.plan(MailWorld.PLAN.replace("[high, critical]", "[low]"), Channel.SYSTEM);
        world.at("2026-04-14T10:00:00Z");
        world.forgetMails();
        talk.expect("problem: it was open | closed");
        assertThat(talk.waiting()).as("no plan covers it any more").isEmpty();
        assertThat(talk.lastTo(talk.lena)).contains("alice@corp.example (unverified) wrote about", "it was open");
    }
}
