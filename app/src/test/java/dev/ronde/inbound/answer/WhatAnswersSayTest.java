package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is written back to an answer is so: what counts, what was kept, and which words do something. */
final class WhatAnswersSayTest {
    @AutoClose
    private final Conversation talk = new Conversation(DatabaseKind.H2, Map.of(Setting.AUTHSERV_ID, "mx.ronde.test"));

    private final MailWorld world = talk.world;

    /** Nor to stand, where it was refused before its receipt left. */
    @Test
    void anAttestationThatWaitsForASecondPersonIsNotSaidToCount() {
        world.plan("""
                id: pairs
                title: Review in pairs
                scope: {assets: [fw-par-01]}
                cadence: {every: P1Y, anchor: 2026-03-03}
                zone: Europe/Paris
                approval: {default: second_person}
                """, Channel.SYSTEM);
        world.at("2026-03-02T08:30:00Z");
        talk.assignment = world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains("Review in pairs"))
                .findFirst()
                .orElseThrow();
        assertThat(talk.rule("done")).isEqualTo(DONE);
        assertThat(talk.lastTo(talk.alice))
                .contains("is recorded. It counts once a second person approves it.")
                .doesNotContain("is attested");
        assertThat(talk.rule("undo")).isEqualTo(DONE);
        world.after(Duration.ofHours(1)).forgetMails();
        talk.stored("done");
        world.inbox.decisions().run(world.clock.instant());
        String pair = world.texts("select 'REV-' || review_number from review where approval = 'pending'")
                .get(0);
        world.act(
                world.review(pair),
                new dev.ronde.evidence.Actor("user", talk.lena.actorRef(), "password"),
                Channel.PAGE,
                new ReviewAct.Reject("rule 12 is wrong"));
        world.settle();
        assertThat(world.mailsTo(talk.alice).stream()
                        .map(ReceivedMail::text)
                        .filter(text -> text.contains("We read this line: done")))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt)
                        .contains("was recorded; it no longer stands.")
                        .doesNotContain("is attested", "It counts once"));
    }

    @Test
    void aProblemWithWhatWasAttestedSaysThatItNoLongerStands() {
        talk.answers("done");
        world.forgetMails();
        talk.expect("problem: the port is open | owner-by-reply | OPEN");
        assertThat(talk.lastTo(talk.alice)).contains("The review is open again.");
        world.settle();
        assertThat(talk.lastTo(talk.lena)).contains("Alice reported a problem with fw-par-01", "open again");
        assertThat(world.lastTo(talk.lena).html()).contains("open again");
        world.forgetMails();
        world.clock.advance(Duration.ofHours(2));
        talk.answers("problem: the log is empty");
        world.settle();
        assertThat(talk.lastTo(talk.lena))
                .as("it was open already")
                .contains("the log is empty")
                .doesNotContain("no longer stands", "open again");
    }

    /** A signature is known once it ended an answer to another mail; what takes a word back is asked about wherever it stands. */
    @Test
    void whatStandsBelowAWordIsASignatureOnceItIsKnown() {
        String signed = "done\\n\\nThanks\\nAlice\\nNetwork Engineer, Acme | ";
        String remark = "Done\\n\\nThanks\\nThe backup keys are still to be checked | unclear";
        talk.expect("done\\n-- \\nAlice\\nsorry, not done yet | unclear");
        talk.expect(signed + "unclear\n" + signed + "unclear\n" + remark);
        talk.assignAnother();
        talk.expect(remark + "\n" + signed + DONE);
    }

    /** What a mail offers does what it says when it is sent back. */
    @Test
    void theExamplesOfAHelpMailWorkWhenSentBack() {
        talk.answers("help");
        assertThat(talk.lastTo(talk.alice))
                .contains("- snooze 3d", "- problem: what is wrong", "- delegate to name@example.org", "- not mine");
        talk.expect("""
                - snooze 3d | owner-by-reply
                - problem: what is wrong | owner-by-reply
                - delegate to name@example.org | unknown-person""");
        assertThat(talk.handling().snoozedUntil())
                .isNotNull()
                .isBeforeOrEqualTo(talk.review().dates().dueOn());
    }

    /** What only a key opens says nothing to us; its writer hears what to do, and nothing is done. */
    @Test
    void anEncryptedAnswerIsAnsweredAsSuch() {
        String pgp = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA1234done\r\n=abcd\r\n-----END PGP MESSAGE-----\r\n";
        for (String content : List.of(
                "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
                        + "Content-Disposition: attachment; filename=smime.p7m\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\nMIIB",
                "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\nMIIB",
                "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\n"
                        + "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n" + pgp + "--b--\r\n",
                "text/plain\r\n\r\n" + pgp,
                "text/html\r\n\r\n<pre>" + pgp + "</pre>",
                "text/plain\r\n\r\ndone\r\n\r\n" + pgp)) {
            world.forgetMails();
            InboundMail mail = talk.content(content);
            assertThat(mail.ruling().rule()).as(content).isEqualTo("encrypted");
            assertThat(mail.ruling().decision()).isEqualTo(Decision.COMMENTED);
            assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
            assertThat(talk.lastTo(talk.alice))
                    .as(content)
                    .contains("Your answer is encrypted", "Please answer without encryption", "/r/")
                    .doesNotContain("too large");
            world.after(Duration.ofHours(25));
        }
    }

    /** “Ok” to a mail about findings says that they were received: those that are still open and theirs, and nothing of any review. */
    @Test
    void okToAMailAboutAFindingSaysThatItWasReceivedAndNoOtherWordDoesAnything() {
        talk.tellOfAFinding();
        ReceivedMail told = talk.assignment;
        assertThat(told.text())
                .contains("Telnet", "Or reply \"ok\" to say that you have seen it.")
                .doesNotContain("Reply above this line");
        assertThat(told.header("Reply-To")).contains("+");
        assertThat(told.header("X-Ronde-Ref")).hasSize(40);
        world.forgetMails();
        InboundMail done = talk.answers("done");
        assertThat(done.ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(done.ruling().rule()).isEqualTo("about-no-review");
        assertThat(done.reading().matchedBy()).isEqualTo("to");
        assertThat(talk.lastTo(talk.alice))
                .contains("The mail you answered is about no review", "“ok” to its answer address")
                .doesNotContain("nothing can be done");
        assertThat(world.lastTo(talk.alice).html()).contains("The mail you answered is about no review");
        talk.answers("problem: it is open");
        talk.assignment = world.lastTo(talk.alice);
        talk.answers("done");
        assertThat(world.mailsTo(talk.alice)).as("once a day").hasSize(1);
        talk.assignment = told;
        talk.expect("ok | finding-acknowledged | OPEN");
        assertThat(world.acknowledged).containsExactly(world.findings.get(0).id());
        assertThat(talk.lastTo(talk.alice))
                .contains("It is noted that you received what the checks found on fw-par-01.");
        world.acknowledged.clear();
        // where a program keeps nothing of the mail but its Message-ID, that names it
        assertThat(talk.toAll("vu", answering(told)).ruling().rule()).isEqualTo("finding-acknowledged");
        assertThat(world.acknowledged).hasSize(1);
        world.acknowledged.clear();
        world.findings.clear();
        talk.expect("""
                ok | about-no-review
                stop | optional-mails-muted""");
        assertThat(world.acknowledged).isEmpty();
    }

    /** Whoever got the mail has left: what they still write reaches whose review it is now. */
    @Test
    void whatSomebodyWhoLeftAnswersReachesTheOwner() {
        world.sql("update review set owner_id = ? where owner_id = ?", talk.bob.id(), talk.alice.id());
        world.leaves(talk.alice);
        InboundMail mail = talk.answers("done");
        assertThat(mail.ruling().decision()).isIn(Decision.CHALLENGED, Decision.COMMENTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(world.mailsTo(talk.bob))
                .anySatisfy(told -> assertThat(told.text())
                        .contains(
                                "alice@corp.example (unverified) wrote about",
                                "done",
                                "a review that is with you, or for whose decisions you are asked")
                        .doesNotContain("an answer to your mail"));
    }

    @Test
    void aQuestionSaysWhatBecameOfTheFiles() {
        world.receive(Conversation.withFile(talk.mail(ALICE, "what is this?")));
        assertThat(talk.lastTo(talk.alice)).contains("Kept with the review: rules.txt");
        assertThat(world.lastTo(talk.alice).html()).contains("Kept with the review: rules.txt");
        assertThat(world.count("answer_file")).isEqualTo(1);
        InboundMail forged = world.receive(Conversation.withFile(talk.mail(ALICE, "done", IdentityCasesTest.FAIL)));
        assertThat(forged.ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(world.get("/inbox/" + forged.id(), Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("refused · unverified");
        assertThat(talk.lastTo(talk.alice)).contains("Not kept: rules.txt").doesNotContain("Kept with the review");
        assertThat(world.count("answer_file")).isEqualTo(1);
    }
}
