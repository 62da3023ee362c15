package dev.ronde.inbound.answer;

import static dev.ronde.review.TestVisitors.visitor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.Found;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written back to an answer is so: what counts, what was kept, and which words do something. */
final class WhatAnswersSayTest {
    private static final String FAIL = "Authentication-Results: mx.ronde.test; dmarc=fail";
    private Conversation talk;

    @BeforeEach
    void open() {
        talk = new Conversation(DatabaseKind.H2, Map.of(Setting.AUTHSERV_ID, "mx.ronde.test"), "en");
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void anAttestationThatWaitsForASecondPersonIsNotSaidToCount() {
        inPairs();
        assertThat(talk.answers("done").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.lastTo(talk.alice))
                .contains("is recorded. It counts once a second person approves it.")
                .doesNotContain("is attested");
        assertThat(talk.answers("undo").ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    @Test
    void anAttestationThatWasRefusedBeforeItsReceiptLeftIsNotSaidToStand() {
        inPairs();
        queued(talk.mail("alice@corp.example", "done"));
        talk.world.database.useTransaction(tx -> talk.world
                .reviews
                .reviews()
                .act(
                        tx,
                        pair(tx),
                        new ReviewAct.Reject("rule 12 is wrong"),
                        visitor(
                                tx,
                                new dev.ronde.evidence.Actor("user", talk.lena.actorRef(), "password"),
                                Channel.PAGE)));
        talk.world.settle();
        assertThat(talk.world.mailsTo(talk.alice).stream()
                        .map(ReceivedMail::text)
                        .filter(text -> text.contains("We read this line: done")))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt)
                        .contains("was recorded; it no longer stands.")
                        .doesNotContain("is attested", "It counts once"));
    }

    /** The models of 0.1.0 named what the mail led with beside the further lines. */
    @Test
    void whatAVersionBeforeSaidTodayIsReadToo() {
        talk.answers("what is this?");
        String model = Json.write(
                Map.of("what", "unclear", "extra", "", "review", talk.review().id(), "others", List.of()));
        talk.world.database.useTransaction(
                tx -> tx.execute("update outbox set model = ? where kind = 'answer'", model));
        assertThat(talk.answers("and now?").ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.answers("nor this").ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.lastTo(talk.alice)).contains("the third such mail");
    }

    private dev.ronde.review.Review pair(org.jdbi.v3.core.Handle tx) {
        return talk.world.reviews.reviews().ofAsset(tx, talk.firewall.id()).stream()
                .filter(review -> review.approval().pending())
                .findFirst()
                .orElseThrow();
    }

    /** Stored and decided; nothing is sent yet. */
    private void queued(String raw) {
        talk.world.inbox.inbox().receive(dev.ronde.inbound.inbox.Inbox.Place.pipe(raw.length()), raw.getBytes(UTF_8));
        talk.world.inbox.decisions().run(talk.world.clock.instant());
        talk.world.clock.advance(java.time.Duration.ofMillis(5));
    }

    private void inPairs() {
        talk.world.plan("""
                id: pairs
                title: Review in pairs
                scope: {assets: [fw-par-01]}
                cadence: {every: P1Y, anchor: 2026-03-03}
                zone: Europe/Paris
                approval: {default: second_person}
                """, Channel.SYSTEM);
        talk.world.at("2026-03-02T08:30:00Z");
        talk.assignment = assigned("Review in pairs");
        talk.world.forgetMails();
    }

    @Test
    void aProblemWithWhatWasAttestedSaysThatItNoLongerStands() {
        talk.answers("done");
        talk.world.forgetMails();
        talk.answers("problem: the port is open");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("The review is open again.");
        talk.world.settle();
        assertThat(talk.lastTo(talk.lena)).contains("Alice reported a problem with fw-par-01", "open again");
        assertThat(talk.world.lastTo(talk.lena).html()).contains("open again");
        talk.world.forgetMails();
        talk.world.clock.advance(Duration.ofHours(2));
        talk.answers("problem: the log is empty");
        talk.world.settle();
        assertThat(talk.lastTo(talk.lena))
                .as("it was open already")
                .contains("the log is empty")
                .doesNotContain("no longer stands", "open again");
    }

    /** A signature is known once it ended an answer to another mail; what takes a word back is asked about wherever it stands. */
    @Test
    void whatStandsBelowAWordIsASignatureOnceItIsKnown() {
        String signature = "\n\nThanks\nAlice\nNetwork Engineer, Acme";
        assertThat(talk.answers("done\n-- \nAlice\nsorry, not done yet")
                        .ruling()
                        .rule())
                .isEqualTo("unclear");
        assertThat(talk.answers("done" + signature).ruling().rule()).isEqualTo("unclear");
        assertThat(talk.answers("done" + signature).ruling().rule()).isEqualTo("unclear");
        String remark = "Done\n\nThanks\nThe backup keys are still to be checked";
        assertThat(talk.answers(remark).ruling().rule()).isEqualTo("unclear");
        talk.world.asset("fw-par-02", "alice@corp.example");
        talk.world.at("2026-03-02T10:00:00Z");
        talk.assignment = talk.world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.subject().contains("fw-par-02"))
                .findFirst()
                .orElseThrow();
        assertThat(talk.answers(remark).ruling().rule()).as("said twice").isEqualTo("unclear");
        InboundMail known = talk.answers("done" + signature);
        assertThat(known.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(known.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    /** What a mail offers does what it says when it is sent back. */
    @Test
    void theExamplesOfAHelpMailWorkWhenSentBack() {
        talk.answers("help");
        String help = talk.lastTo(talk.alice);
        assertThat(talk.answers("- snooze 3d").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().snoozedUntil())
                .isNotNull()
                .isBeforeOrEqualTo(talk.review().dates().dueOn());
        assertThat(talk.answers("- problem: what is wrong").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.answers("- delegate to name@example.org").ruling().rule())
                .isEqualTo("unknown-person");
        assertThat(help)
                .contains("- snooze 3d", "- problem: what is wrong", "- delegate to name@example.org", "- not mine");
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
                "text/html\r\n\r\n<pre>" + pgp + "</pre>")) {
            InboundMail mail = talk.world.receive(of(content));
            assertThat(mail.ruling().rule()).as(content).isEqualTo("encrypted");
            assertThat(mail.ruling().decision()).isEqualTo(Decision.COMMENTED);
            assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
            assertThat(talk.lastTo(talk.alice))
                    .contains("Your answer is encrypted", "Please answer without encryption", "/r/")
                    .doesNotContain("too large");
            next("en");
        }
        InboundMail mixed = talk.world.receive(of("text/plain\r\n\r\ndone\r\n\r\n" + pgp));
        assertThat(mixed.ruling().rule()).isEqualTo("encrypted");
        assertThat(talk.lastTo(talk.alice)).contains("Your answer is encrypted", "We read this line: done");
    }

    /** “Ok” to a mail about findings says that they were received: those that are still open and theirs, and nothing of any review. */
    @Test
    void okToAMailAboutAFindingSaysThatItWasReceived() {
        talk.tellOfAFinding();
        Found found = talk.world.findings.get(0);
        assertThat(talk.assignment.text()).contains("Or reply \"ok\" to say that you have seen it.");
        talk.world.forgetMails();
        InboundMail mail = talk.answers("ok");
        assertThat(mail.ruling().rule()).isEqualTo("finding-acknowledged");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.world.acknowledged).containsExactly(found.id());
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice))
                .contains("It is noted that you received what the checks found on " + found.asset() + ".");
    }

    /** Where a program keeps nothing of the mail but its Message-ID, that names it. */
    @Test
    void okToAMailAboutAFindingIsKnownByItsMessageIdToo() {
        talk.tellOfAFinding();
        InboundMail mail = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: ronde@ronde.test",
                "vu",
                "In-Reply-To: " + talk.assignment.header("Message-ID")));
        assertThat(mail.ruling().rule()).isEqualTo("finding-acknowledged");
        assertThat(talk.world.acknowledged).hasSize(1);
    }

    @Test
    void okToAMailAboutAFindingThatIsOverDoesNothing() {
        talk.tellOfAFinding();
        talk.world.findings.clear();
        assertThat(talk.answers("ok").ruling().rule()).isEqualTo("about-no-review");
        assertThat(talk.world.acknowledged).isEmpty();
    }

    /** A mail about a finding has an address of its own too: whoever answers it hears that no word but “ok” does anything there. */
    @Test
    void anAnswerToAMailAboutAFindingIsKnownAndDoesNothing() {
        talk.tellOfAFinding();
        assertThat(talk.assignment.text()).contains("Telnet").doesNotContain("Reply above this line");
        assertThat(talk.assignment.header("Reply-To")).contains("+");
        assertThat(talk.assignment.header("X-Ronde-Ref")).hasSize(40);
        talk.world.forgetMails();
        InboundMail mail = talk.answers("done");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(mail.ruling().rule()).isEqualTo("about-no-review");
        assertThat(mail.reading().matchedBy()).isEqualTo("to");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice))
                .contains("The mail you answered is about no review", "“ok” to its answer address")
                .doesNotContain("nothing can be done");
        assertThat(talk.world.lastTo(talk.alice).html()).contains("The mail you answered is about no review");
        talk.answers("problem: it is open");
        talk.assignment = talk.world.lastTo(talk.alice);
        talk.answers("done");
        assertThat(talk.world.mailsTo(talk.alice)).as("once a day").hasSize(1);
        assertThat(talk.answers("stop").ruling().rule()).isEqualTo("optional-mails-muted");
    }

    private void next(String language) {
        talk.close();
        talk = new Conversation(DatabaseKind.H2, Map.of(Setting.AUTHSERV_ID, "mx.ronde.test"), language);
    }

    private String of(String content) {
        String whole = talk.mail("alice@corp.example", "");
        return whole.substring(0, whole.indexOf("Content-Type: ")) + "Content-Type: " + content;
    }

    /** Whoever got the mail has left: what they still write reaches whose review it is now. */
    @Test
    void whatSomebodyWhoLeftAnswersReachesTheOwner() {
        talk.world.database.useTransaction(tx -> {
            tx.createUpdate("update review set owner_id = :bob where owner_id = :alice")
                    .bind("bob", talk.bob.id())
                    .bind("alice", talk.alice.id())
                    .execute();
            tx.createUpdate("update person set active = false where id = :alice")
                    .bind("alice", talk.alice.id())
                    .execute();
        });
        InboundMail mail = talk.answers("done");
        assertThat(mail.ruling().decision()).isIn(Decision.CHALLENGED, Decision.COMMENTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.world.mailsTo(talk.bob))
                .anySatisfy(told -> assertThat(told.text())
                        .contains(
                                "alice@corp.example (unverified) wrote about",
                                "done",
                                "a review that is with you, or for whose decisions you are asked")
                        .doesNotContain("an answer to your mail"));
    }

    @Test
    void aQuestionSaysWhatBecameOfTheFiles() {
        talk.world.receive(withFile("what is this?", "X-Nothing: said"));
        assertThat(talk.lastTo(talk.alice)).contains("Kept with the review: rules.txt");
        assertThat(talk.world.lastTo(talk.alice).html()).contains("Kept with the review: rules.txt");
        assertThat(talk.world.count("answer_file")).isEqualTo(1);
        InboundMail forged = talk.world.receive(withFile("done", FAIL));
        assertThat(forged.ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(talk.world
                        .get("/inbox/" + forged.id(), Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("refused · unverified");
        assertThat(talk.lastTo(talk.alice)).contains("Not kept: rules.txt").doesNotContain("Kept with the review");
        assertThat(talk.world.count("answer_file")).isEqualTo(1);
    }

    /** The assignment of the plan with this title. */
    private ReceivedMail assigned(String title) {
        return talk.world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains(title))
                .findFirst()
                .orElseThrow();
    }

    private String withFile(String text, String header) {
        String whole = talk.mail("alice@corp.example", text, header);
        int body = whole.indexOf("\r\n\r\n") + 4;
        return whole.substring(0, body).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=cut")
                + "--cut\r\nContent-Type: text/plain\r\n\r\n" + whole.substring(body)
                + "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=rules.txt\r\n\r\n"
                + "allow any\r\n--cut--\r\n";
    }
}
