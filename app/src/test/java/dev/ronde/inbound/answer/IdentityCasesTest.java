package dev.ronde.inbound.answer;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.evidence.Actor;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cases 39, 54–67, 73 and 112 of the mail design: whose answer it is, and how sure that is. */
final class IdentityCasesTest {
    private static final String PASS = "Authentication-Results: mx.ronde.test; dmarc=pass";
    private static final String FAIL = "Authentication-Results: mx.ronde.test; dmarc=fail";

    private Conversation talk;

    private void open(String policy) {
        talk = new Conversation(
                DatabaseKind.H2, Map.of(Setting.MAIL_POLICY, policy, Setting.AUTHSERV_ID, "mx.ronde.test"), "en");
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void case54And55AHandleAndTheRightSenderAreWorthTheLink() {
        open("standard");
        assertThat(talk.answers("ok").ruling().decision()).isEqualTo(Decision.EXECUTED);
        InboundMail silent = talk.answers("done");
        assertThat(silent.reading().verdict()).isEqualTo("none");
        assertThat(silent.ruling().decision()).isEqualTo(Decision.EXECUTED);
        talk.answers("undo");
        InboundMail passed = talk.world.receive(talk.mail("alice@corp.example", "done", PASS));
        assertThat(passed.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(passed.reading().verdict()).isEqualTo("pass");
    }

    @Test
    void case55StrictAsksWhereTheDomainSaysNothing() {
        open("strict");
        assertThat(talk.answers("done").ruling().decision()).isEqualTo(Decision.CHALLENGED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("we want to be sure").contains("/r/");
        assertThat(talk.answers("problem: open").ruling().decision()).isEqualTo(Decision.CHALLENGED);
        assertThat(talk.said("commented")).isEqualTo("alice@corp.example (unverified): problem: open");
        assertThat(talk.lastTo(talk.alice)).contains("are kept as its comment");
        InboundMail passed = talk.world.receive(talk.mail("alice@corp.example", "done", PASS));
        assertThat(passed.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    @Test
    void case56And57AForgedSenderDoesNothingAndOnlyTheOwnerHears() {
        open("standard");
        InboundMail forged = talk.world.receive(
                talk.mail("alice@corp.example", "done", FAIL, "Authentication-Results: mx.ronde.test; dmarc=pass"));
        assertThat(forged.ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.world.mails()).hasSize(1);
        assertThat(talk.lastTo(talk.alice)).contains("says that it was not you");
    }

    /** Our server may write what it found of SPF above what it found of DMARC. */
    @Test
    void aForgedSenderDoesNothingWhereverOurServerSaysSo() {
        open("standard");
        InboundMail forged = talk.world.receive(
                talk.mail("alice@corp.example", "done", "Authentication-Results: mx.ronde.test; spf=pass", FAIL));
        assertThat(forged.ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(forged.reading().verdict()).isEqualTo("fail");
        assertThat(forged.reading().senderId()).as("she did not write it").isNull();
        assertThat(talk.world
                        .get("/inbox/" + forged.id(), Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("alice@corp.example <span class=\"muted\">(unverified)</span>")
                .doesNotContain("not on file");
        talk.world.database.useTransaction(tx -> tx.execute("update inbound_mail set matched_by = 'subject'"));
        assertThat(talk.world
                        .get("/inbox/" + forged.id(), Role.COMPLIANCE, talk.lena)
                        .body())
                .as("as 0.1.0 matched it")
                .contains("by the tag in the subject");
    }

    /** A name that looks like an address is quoted nowhere as who wrote. */
    @Test
    void whoWroteIsTheRealAddressWhateverNameStandsBesideIt() {
        open("standard");
        InboundMail mail =
                talk.world.receive(talk.mail("\"lena@corp.example\" <mallory@evil.example>", "problem: call me"));
        assertThat(mail.reading().fromAddress()).isEqualTo("mallory@evil.example");
        assertThat(talk.said("commented")).isEqualTo("mallory@evil.example (unverified): problem: call me");
        for (Person told : List.of(talk.alice, talk.lena)) {
            assertThat(talk.lastTo(told))
                    .contains("mallory@evil.example (unverified) wrote about")
                    .contains("mallory@evil.example (unverified) wrote: problem: call me")
                    .doesNotContain("lena@corp.example wrote");
        }
        assertThat(talk.world.get("/inbox", Role.COMPLIANCE, talk.lena).body())
                .contains("mallory@evil.example")
                .doesNotContain("lena@corp.example <");
        assertThat(talk.world
                        .get("/r/" + talk.lastTo(talk.alice).replaceAll("(?s).*/r/([a-z2-7]{40}).*", "$1"))
                        .body())
                .contains("Commented · answer to a mail")
                .doesNotContain("lena@corp.example");
    }

    @Test
    void case56AndAStrangerWhoseDomainSaysNoIsAStranger() {
        open("standard");
        InboundMail stranger = talk.world.receive(talk.mail("x@evil.example", "done", FAIL));
        assertThat(stranger.ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.lastTo(talk.alice))
                .contains("x@evil.example (unverified) wrote about")
                .doesNotContain("in your name");
        InboundMail backup = talk.world.receive(talk.mail("bob@corp.example", "problem: open", FAIL));
        assertThat(backup.ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemAt()).isNull();
    }

    @Test
    void strictAsksForWhateverOnlyAMessageIdNames() {
        open("strict");
        for (String words : new String[] {"ok", "problem: open", "done"}) {
            InboundMail mail = talk.world.receive(talk.message(
                    "From: alice@corp.example",
                    "To: ronde@ronde.test",
                    words,
                    "In-Reply-To: " + talk.assignment.header("Message-ID"),
                    PASS));
            assertThat(mail.ruling().decision()).as(words).isEqualTo(Decision.CHALLENGED);
        }
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemAt()).isNull();
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(3);
    }

    /** What a mail about a finding can do by answer is little, and under the strict policy a Message-ID alone is not worth even that. */
    @Test
    void strictStopsAndNotesNothingForAMessageIdThatIsAboutNoReview() {
        open("strict");
        talk.tellOfAFinding();
        for (String words : new String[] {"ok", "stop"}) {
            InboundMail named = talk.world.receive(talk.message(
                    "From: alice@corp.example",
                    "To: ronde@ronde.test",
                    words,
                    "In-Reply-To: " + talk.assignment.header("Message-ID"),
                    PASS));
            assertThat(named.ruling().rule()).as(words).isEqualTo("about-no-review");
        }
        assertThat(talk.world.acknowledged).isEmpty();
        assertThat(talk.answers("ok").ruling().rule()).isEqualTo("finding-acknowledged");
        assertThat(talk.answers("stop").ruling().rule()).isEqualTo("optional-mails-muted");
    }

    @Test
    void case59And60WithoutAHandleNothingHappens() {
        open("standard");
        InboundMail tagged =
                talk.world.receive(talk.message("From: alice@corp.example", "To: ronde@ronde.test", "done"));
        assertThat(tagged.ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail guessed =
                talk.world.receive(talk.message("From: alice@corp.example", "To: ronde+1042@ronde.test", "done"));
        assertThat(guessed.ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail sure =
                talk.world.receive(talk.message("From: alice@corp.example", "To: ronde@ronde.test", "done", PASS));
        assertThat(sure.ruling().rule()).isEqualTo("no-handle");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void case62And63SomebodyElseActsForNobody() {
        open("standard");
        talk.world.person("carol@corp.example", "en", "Europe/Paris");
        InboundMail known = talk.world.receive(talk.mail("carol@corp.example", "done", PASS));
        assertThat(known.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("carol@corp.example: done");
        assertThat(talk.lastTo(talk.alice)).contains("carol@corp.example wrote about", "If they are right");
        InboundMail stranger = talk.world.receive(talk.mail("x@evil.example", "problem: it is open\nand bad"));
        assertThat(stranger.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("x@evil.example (unverified): problem: it is open\nand bad");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemAt()).isNull();
        assertThat(talk.world.mails()).noneMatch(mail -> mail.to().contains("evil"));
        assertThat(talk.world.mailsTo(talk.lena)).isNotEmpty();
    }

    /** Alice forwards the mail with her address in it; whoever answers it is not Alice. */
    @Test
    void case63AForwardedMailMakesNobodyItsOwner() {
        open("standard");
        InboundMail unknown =
                talk.world.receive(talk.mail("bob.private@home.example", "done", PASS.replace("corp", "home")));
        assertThat(unknown.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("bob.private@home.example: done");
        assertThat(talk.lastTo(talk.alice)).contains("bob.private@home.example wrote about");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.world.mails()).noneMatch(mail -> mail.to().contains("home.example"));
    }

    @Test
    void case62TheOwnerHearsOfEachThingSomebodyElseWrites() {
        open("standard");
        for (String words :
                new String[] {"problem: look at it", "problem: open to the internet", "done", "snooze 3d"}) {
            talk.world.forgetMails();
            talk.world.receive(talk.mail("x@evil.example", words));
            assertThat(talk.world.mailsTo(talk.alice)).as(words).hasSize(1);
            talk.world.receive(talk.mail("x@evil.example", words));
            assertThat(talk.world.mailsTo(talk.alice)).as(words + " again").hasSize(1);
        }
    }

    /** Who reads the team's mail answers it under their own address. */
    @Test
    void aMemberOfTheTeamThatOwnsItActsAsThemselves() {
        open("standard");
        member(talk.alice, "carol@corp.example");
        assertThat(talk.world
                        .receive(talk.mail("carol@corp.example", "done", PASS))
                        .ruling()
                        .rule())
                .isEqualTo("colleague-by-reply");
        assertThat(talk.review().attestation().performedByName()).isEqualTo("Carol");
    }

    @Test
    void aMemberTakesOverForTheTeamThatWasAsked() {
        open("standard");
        Person team = talk.world.person("ops@corp.example", "en", "Europe/Paris");
        member(team, "dave@corp.example");
        talk.answers("delegate to ops@corp.example");
        assertThat(talk.review().handling().delegatedTo()).isEqualTo(team.id());
        assertThat(talk.world
                        .receive(talk.mail("dave@corp.example", "ok", PASS))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().ownerId()).isEqualTo(team.id());
    }

    /** “ok” to one's own reminder is no word to give it away. */
    @Test
    void anOwnerWhoseOwnTeamWasAskedKeepsItWithOkAndCanSayNotMine() {
        open("standard");
        Person team = talk.world.person("ops@corp.example", "en", "Europe/Paris");
        member(team, "alice@corp.example");
        talk.answers("delegate to ops@corp.example");
        talk.world.forgetMails();
        talk.answers("help");
        assertThat(talk.lastTo(talk.alice)).contains("- ok (received, later", "- not mine\n");
        assertThat(talk.answers("ok").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        assertThat(talk.review().handling().delegatedTo()).isEqualTo(team.id());
        assertThat(talk.review().handling().acknowledgedAt()).isNotNull();
        assertThat(talk.answers("not mine").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().notMineAt()).isNotNull();
    }

    private void member(Person team, String address) {
        Person member = talk.world.person(address, "en", "Europe/Paris");
        talk.world.database.useTransaction(
                tx -> tx.createUpdate("insert into team_member (team_id, member_id) values (:team, :member)")
                        .bind("team", team.id())
                        .bind("member", member.id())
                        .execute());
    }

    @Test
    void theBackupOwnerActsAsThemselvesWhereTheDomainVouchesForThem() {
        open("standard");
        InboundMail mail = talk.world.receive(talk.mail("bob@corp.example", "done", PASS));
        assertThat(mail.ruling().rule()).isEqualTo("colleague-by-reply");
        assertThat(talk.review().attestation().performedByName()).isEqualTo("Bob");
    }

    @Test
    void case64AnswersNeverGoWhereAMessageWantsThem() {
        open("standard");
        talk.world.receive(
                talk.mail("alice@corp.example", "done", "Reply-To: evil@evil.example", "Sender: evil@evil.example"));
        assertThat(talk.world.mails()).hasSize(1).allMatch(mail -> mail.to().contains("alice@corp.example"));
    }

    @Test
    void case65To67WhatNamesTwoMailsIsAQuestion() {
        open("standard");
        String first = talk.replyAddress();
        talk.world.asset("fw-par-02", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        talk.world.at("2026-03-02T10:00:00Z");
        ReceivedMail second = talk.world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.subject().contains("fw-par-02"))
                .findFirst()
                .orElseThrow();
        InboundMail contested = talk.world.receive(
                talk.mail("alice@corp.example", "ok", "In-Reply-To: " + second.header("Message-ID")));
        assertThat(contested.reading().matchedBy()).isEqualTo("to");
        assertThat(contested.ruling().rule()).isEqualTo("several-handles");
        String other = second.header("Reply-To").replaceAll(".*<|>.*", "");
        InboundMail both =
                talk.world.receive(talk.message("From: alice@corp.example", "To: " + first + ", " + other, "done"));
        assertThat(both.ruling().rule()).isEqualTo("several-handles");
        InboundMail blind = talk.world.receive(
                talk.message("From: alice@corp.example", "To: ronde@ronde.test", "done", "Delivered-To: " + first));
        assertThat(blind.reading().matchedBy()).isEqualTo("envelope");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void whatWasWrittenToSomebodyElseIsAskedAbout() {
        open("standard");
        String copy = "Cc: Ronde <" + talk.replyAddress() + ">";
        String ours = talk.assignment.header("Message-ID");
        String bobs = "In-Reply-To: <bob@corp.example>";
        for (String[] headers : new String[][] {
            {copy},
            {copy, bobs},
            {copy, bobs, "References: " + ours + " <bob@corp.example>"},
            {copy, "References: " + ours + " <bob@corp.example>"},
            {"Delivered-To: " + talk.replyAddress(), bobs}
        }) {
            for (String said : List.of("done", "not mine", "ok", "snooze 3d")) {
                InboundMail kept = talk.world.receive(
                        talk.message("From: alice@corp.example", "To: Bob <bob@corp.example>", said, headers));
                assertThat(kept.ruling().rule()).as(said + List.of(headers)).isEqualTo("written-to-others");
                assertThat(talk.state()).isNotEqualTo(ReviewState.ATTESTED);
                assertThat(talk.said("commented")).endsWith(": " + said);
            }
        }
        InboundMail answer = talk.world.receive(talk.message(
                "From: alice@corp.example", "To: Bob <bob@corp.example>", "done", copy, "In-Reply-To: " + ours));
        assertThat(answer.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    /** Programs put all whom they answer into {@code To}: only what is answered tells whom the word is for. */
    @Test
    void whatOthersGetTooCountsOnlyAsAnAnswerToUs() {
        open("standard");
        String both = "To: Bob <bob@corp.example>, Ronde <" + talk.replyAddress() + ">";
        String ours = talk.assignment.header("Message-ID");
        for (String[] headers : new String[][] {
            {},
            {"In-Reply-To: <bob@corp.example>"},
            {"In-Reply-To: <bob@corp.example>", "References: " + ours + " <bob@corp.example>"}
        }) {
            for (String said : List.of("done", "not mine")) {
                InboundMail kept = talk.world.receive(talk.message("From: alice@corp.example", both, said, headers));
                assertThat(kept.ruling().rule()).as(said + List.of(headers)).isEqualTo("written-to-others");
            }
        }
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        InboundMail copied = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: Ronde <" + talk.replyAddress() + ">",
                "done",
                "Cc: bob@corp.example",
                "In-Reply-To: " + ours));
        assertThat(copied.ruling().rule()).isEqualTo("owner-by-reply");
        talk.answers("undo");
        InboundMail ownCopy = talk.world.receive(talk.mail("alice@corp.example", "done", "Cc: Alice@corp.example"));
        assertThat(ownCopy.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void whatSomebodyElsePassedOnIsNotSaidToUs() {
        open("standard");
        String address = talk.replyAddress();
        InboundMail passed = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: bob@corp.example",
                "done",
                "Resent-From: Bob <bob@corp.example>",
                "Resent-To: " + address,
                "Delivered-To: " + address));
        assertThat(passed.ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.state()).isNotEqualTo(ReviewState.ATTESTED);
        talk.world.receive(talk.mail("alice@corp.example", "done", "Resent-From: ronde@ronde.test"));
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void case73AHandleThatHasRunOutIsToldSo() {
        open("standard");
        String old = talk.mail("alice@corp.example", "done");
        talk.world.at("2026-06-05T10:00:00Z");
        talk.world.database.useTransaction(
                tx -> tx.createUpdate("update mail_grant set expires_at = :now where purpose = 'r'")
                        .bind("now", talk.world.clock.instant().minusSeconds(1))
                        .execute());
        talk.world.forgetMails();
        assertThat(talk.world.receive(old).ruling().rule()).isEqualTo("handle-expired");
        talk.world.clock.advance(Duration.ofMinutes(3));
        talk.world.settle();
        Review current = talk.world.database.read(handle ->
                talk.world.reviews.reviews().following(handle, talk.review()).orElseThrow());
        assertThat(talk.lastTo(talk.alice))
                .contains("no longer valid")
                .contains("The review that counts now: " + current.ref());
        assertThat(talk.review().attestation().attestedAt()).isNull();
    }

    @Test
    void case112AMessageIdOfTheProviderOrOfOursStillFindsTheReview() {
        open("standard");
        talk.world.database.useTransaction(
                tx -> tx.createUpdate("update outbox set remote_id = '0102018e4a1c5d3e-000000'")
                        .execute());
        InboundMail rewritten = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: ronde@ronde.test",
                "ok",
                "In-Reply-To: <0102018e4a1c5d3e-000000@email.provider.example>",
                PASS));
        assertThat(rewritten.reading().matchedBy()).isEqualTo("references");
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
        InboundMail unsure = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: ronde@ronde.test",
                "done",
                "In-Reply-To: " + talk.assignment.header("Message-ID")));
        assertThat(unsure.ruling().decision()).isEqualTo(Decision.CHALLENGED);
        InboundMail sure = talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: ronde@ronde.test",
                "done",
                "References: " + talk.assignment.header("References"),
                PASS));
        assertThat(sure.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    /** Strict: who is not vouched for is asked to confirm, in words about the list, as is the one in whose name somebody wrote. */
    @Test
    void anAnswerToADigestThatNobodyVouchesForIsConfirmedOnItsPage() {
        Person olga = aDigestOfThree("strict");
        assertThat(receive("done 1").ruling().decision()).isEqualTo(Decision.CHALLENGED);
        assertThat(talk.lastTo(olga))
                .contains("Somebody answered a mail of ours in your name")
                .contains("https://ronde.test/d/");
    }

    @Test
    void case39ADigestAsksWhichAndDoesThoseThatAreNamed() {
        Person olga = aDigestOfThree();
        assertThat(talk.assignment.text()).contains("Or reply and name them");
        assertThat(receive("done").ruling().rule()).isEqualTo("digest-which");
        assertThat(receive("all done").ruling().rule()).isEqualTo("digest-which");
        assertThat(talk.lastTo(olga)).contains("https://ronde.test/d/").doesNotContain("https://ronde.test\n");
        assertThat(receive("done 9").ruling().rule()).isEqualTo("digest-unknown");
        assertThat(receive("whatever you like").ruling().rule()).isEqualTo("digest-which");
        assertThat(receive("snooze 3d").ruling().rule()).isEqualTo("digest-which");
        assertThat(receive("help").ruling().rule()).isEqualTo("help");
        assertThat(talk.lastTo(olga)).contains("- done 1\n").doesNotContain("delegate to name");
        InboundMail two = receive("done 1,3");
        assertThat(two.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.world.database.<Long>read(
                        handle -> handle.createQuery("select count(*) from review where attested_at is not null")
                                .mapTo(Long.class)
                                .one()))
                .isEqualTo(2L);
        InboundMail problem = receive("problem 2: Port 5432 is open?");
        assertThat(problem.ruling().decision()).isEqualTo(Decision.EXECUTED);
        InboundMail notMine = receive("pas à moi " + problem.ruling().about());
        assertThat(notMine.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(receive("problem 2: none").ruling().rule()).isEqualTo("digest-which");
        talk.world.clock.advance(java.time.Duration.ofMinutes(2));
        talk.world.settle();
        assertThat(talk.lastTo(talk.lena)).contains("is not theirs. Please give it to somebody else.");
    }

    /** Each line with its own items is done; where one is not plain, or two name the same review, none is. */
    @Test
    void everyLineOfAnAnswerToADigestIsDone() {
        Person olga = aDigestOfThree();
        for (String unclear : List.of("ok 1\nproblem 1: SNMP", "ok 1\ndone 2, but not yet", "done 1\nnot mine 2?")) {
            assertThat(receive(unclear).ruling().rule()).as(unclear).isEqualTo("digest-which");
        }
        talk.world.forgetMails();
        InboundMail mail = receive("ok 1\nproblème 2 : SNMP public sur ce pare-feu\ndone 3, 9\n\nOlga");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        List<ReviewState> states = List.of(ReviewState.ACKNOWLEDGED, ReviewState.OPEN, ReviewState.ATTESTED);
        List<Review> databases = numbered(talk.assignment.text());
        for (int n = 1; n <= 3; n++) {
            Review review = databases.get(n - 1);
            assertThat(review.stateAt(talk.world.clock.instant()))
                    .as(review.ref())
                    .isEqualTo(states.get(n - 1));
            assertThat(review.handling().problemText()).isEqualTo(n == 2 ? "SNMP public sur ce pare-feu" : null);
        }
        assertThat(talk.lastTo(olga))
                .contains("We read this line: ok 1 / problème 2 : SNMP public sur ce pare-feu / done 3, 9")
                .contains("is reported to the compliance lead", "is attested", "9");
    }

    /** The record and the page say of each line what it asked for and what became of it. */
    @Test
    void whatBecameOfEachLineOfAnAnswerToADigestIsWrittenDown() {
        aDigestOfThree();
        List<Review> listed = numbered(talk.assignment.text());
        InboundMail mail = receive("ok 1\nproblem 2: SNMP\nundo 3\nnot mine 9");
        assertThat(mail.ruling().decision()).as("something was done").isEqualTo(Decision.EXECUTED);
        assertThat(mail.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(mail.reading().verb()).as("not one for all").isNull();
        assertThat(mail.reading().args()).isEqualTo("1,2,3,9");
        assertThat(mail.reading().line()).isEqualTo("ok 1 / problem 2: SNMP / undo 3 / not mine 9");
        assertThat(mail.ruling().reason())
                .isEqualTo("%s acknowledge executed, %s problem executed, %s undo commented, 9 not_mine rejected"
                        .formatted(
                                listed.get(0).ref(),
                                listed.get(1).ref(),
                                listed.get(2).ref()));
        String record = talk.world.recordData("mail.received");
        assertThat(record).doesNotContain("\"verb\":\"all").contains("\"decision\":\"executed\"");
        List<String> lines = Pattern.compile("\\{[^{}]*\"verb\"[^{}]*}")
                .matcher(record)
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains(listed.get(0).ref(), "\"acknowledge\"", "\"executed\"");
        assertThat(lines.get(2)).contains("\"undo\"", "\"commented\"", "\"nothing-to-undo\"");
        assertThat(lines.get(3)).contains("\"9\"", "\"not_mine\"", "\"rejected\"", "\"digest-unknown\"");
        assertThat(talk.world
                        .get("/inbox/" + mail.id(), Role.COMPLIANCE, talk.lena)
                        .body())
                .contains(listed.get(2).ref() + " undo commented");
        InboundMail same = receive("done 1, 3");
        assertThat(same.reading().verb()).isEqualTo("done");
    }

    /** A digest may list so many that their names do not fit beside the message; each is done all the same. */
    @Test
    void everyReviewOfALongDigestCanBeAnsweredAtOnce() {
        Person olga = aDigestOf(30, "standard");
        String all = java.util.stream.IntStream.rangeClosed(1, 30)
                .mapToObj(String::valueOf)
                .collect(java.util.stream.Collectors.joining(","));
        InboundMail mail = receive("ok " + all);
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(mail.ruling().about()).endsWith(" …").hasSizeLessThanOrEqualTo(200);
        assertThat(talk.world.recordData("mail.received").split("\"acknowledge\"", -1))
                .hasSize(32);
        assertThat(talk.lastTo(olga)).contains("is acknowledged, not yet attested.");
    }

    /** The reviews of a digest, in the order of their numbers. */
    private List<Review> numbered(String text) {
        return Pattern.compile("(?m)^\\d+\\. .* · (REV-\\d+)$")
                .matcher(text)
                .results()
                .map(found -> talk.world.database.read(handle -> talk.world
                        .reviews
                        .reviews()
                        .find(handle, found.group(1))
                        .orElseThrow()))
                .toList();
    }

    /** A second answer that does not say which is not passed over in silence. */
    @Test
    void eachUnclearAnswerToADigestIsAskedBackAbout() {
        Person olga = aDigestOfThree();
        talk.world.forgetMails();
        receive("done 1-3");
        receive("done 1, but not 2");
        assertThat(talk.world.mailsTo(olga)).hasSize(2);
        assertThat(talk.lastTo(olga)).contains("We read this line: done 1, but not 2");
        receive("done 9");
        receive("done 8");
        receive("done 8");
        assertThat(talk.world.mailsTo(olga)).hasSize(4);
    }

    /** The numbers are those of the mail, whatever has moved meanwhile. */
    @Test
    void aNumberOfADigestIsTheOneThatWasRead() {
        aDigestOfThree();
        Matcher second = Pattern.compile("(?m)^2\\. .* · (REV-\\d+)$").matcher(talk.assignment.text());
        assertThat(second.find()).as(talk.assignment.text()).isTrue();
        assertThat(talk.assignment.html()).containsPattern("2\\. <a [^>]*>").contains(second.group(1));
        talk.world.database.useTransaction(tx -> tx.createUpdate(
                        "update review set due_on = due_on - interval '9' day where review_number = :number")
                .bind("number", Long.parseLong(second.group(1).substring(4)))
                .execute());
        assertThat(receive("done 2").ruling().about()).isEqualTo(second.group(1));
    }

    /** What is asked back about a digest can be answered, by its address and by its Message-ID. */
    @Test
    void aQuestionAboutADigestCanBeAnswered() {
        Person olga = aDigestOfThree();
        assertThat(receive("done").ruling().rule()).isEqualTo("digest-which");
        talk.assignment = talk.world.lastTo(olga);
        assertThat(talk.assignment.header("Reply-To")).contains("+");
        assertThat(receive("done 2").ruling().decision()).isEqualTo(Decision.EXECUTED);
        InboundMail byReference = talk.world.receive(talk.message(
                "From: olga@corp.example",
                "To: ronde@ronde.test",
                "ok 3",
                "In-Reply-To: " + talk.assignment.header("Message-ID"),
                PASS));
        assertThat(byReference.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    /** One answer is answered once, however many reviews it names, and each can be taken back. */
    @Test
    void oneAnswerToADigestGetsOneReceiptThatTellsAll() {
        Person olga = aDigestOf(12, "standard");
        talk.world.forgetMails();
        InboundMail all = receive("done 1,2,3,4,5,6,7,8,9,10,11,12,40");
        assertThat(all.ruling().decision()).isEqualTo(Decision.EXECUTED);
        talk.world.clock.advance(Duration.ofMinutes(3));
        talk.world.settle();
        assertThat(talk.world.mailsTo(olga)).hasSize(1);
        String receipt = talk.lastTo(olga);
        assertThat(Pattern.compile("REV-\\d+(?= is attested\\.| · \\S+ is attested\\.)")
                        .matcher(receipt)
                        .results()
                        .map(found -> found.group())
                        .distinct())
                .hasSize(12);
        List<String> undo = Pattern.compile("https://ronde\\.test(/u/[a-z2-7]{40})")
                .matcher(receipt)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(undo).hasSize(12);
        assertThat(receipt)
                .contains("These were not in the list you answered: 40.")
                .contains("We read this line: done 1,2")
                .contains("or reply “undo”, or “undo REV-…” for one");
        assertThat(talk.world.get(undo.get(7)).body()).contains("REV-");
        talk.world.forgetMails();
        receive("done 1,2");
        assertThat(talk.world.mailsTo(olga)).hasSize(1);
        assertThat(Pattern.compile("recorded already")
                        .matcher(talk.lastTo(olga))
                        .results())
                .hasSize(2);
    }

    /** A receipt is answered as the list it is: “undo” means all it tells of, a name means that one, anything else must say which. */
    @Test
    void anUndoOfAReceiptOfSeveralTakesBackAllOfThem() {
        Person olga = aDigestOf(4, "strict");
        String digest = talk.assignment.header("Message-ID");
        assertThat(receive("done 1,2,3", PASS).ruling().decision()).isEqualTo(Decision.EXECUTED);
        talk.assignment = talk.world.lastTo(olga);
        List<String> listed = Pattern.compile("(REV-\\d+)(?: · \\S+)? is attested\\.")
                .matcher(talk.assignment.text())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(receive("done", PASS).ruling().rule()).isEqualTo("digest-which");
        Matcher list = Pattern.compile("https://ronde\\.test(/d/[a-z2-7]{40})").matcher(talk.lastTo(olga));
        assertThat(list.find()).isTrue();
        assertThat(talk.world.get(list.group(1)).body()).contains(listed);
        InboundMail one = receive("undo " + listed.get(1), PASS);
        assertThat(one.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(attested()).isEqualTo(2L);
        talk.world.forgetMails();
        InboundMail all = receive(
                "undo",
                PASS,
                "In-Reply-To: " + talk.assignment.header("Message-ID"),
                "References: " + talk.assignment.header("References"));
        assertThat(all.ruling().decision()).as(all.ruling().toString()).isEqualTo(Decision.EXECUTED);
        assertThat(all.ruling().about()).isEqualTo(String.join(" ", listed));
        assertThat(attested()).isZero();
        assertThat(talk.world.mailsTo(olga)).hasSize(1);
        assertThat(talk.lastTo(olga))
                .containsPattern("The attestation of " + listed.get(0) + "( · \\S+)? is taken back\\.")
                .containsPattern("The attestation of " + listed.get(2) + "( · \\S+)? is taken back\\.")
                .contains("There is nothing of yours to take back on " + listed.get(1));
        assertThat(talk.world
                        .receive(talk.message(
                                "From: olga@corp.example",
                                "To: ronde@ronde.test",
                                "done 4",
                                "In-Reply-To: " + digest,
                                PASS))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.CHALLENGED);
    }

    private long attested() {
        return talk.world.database.read(
                handle -> handle.createQuery("select count(*) from review where attested_at is not null")
                        .mapTo(Long.class)
                        .one());
    }

    /** Three decisions in one mail tell what each of them is about, and offer no answer that would be refused. */
    @Test
    void aDigestTellsWhatTheLeadMustDecide() {
        aDigestOfThree();
        for (String said : List.of(
                "problem 1: Port 5432 is open\nto the internet", "not mine 2", "problem 3: the backup failed in May")) {
            byte[] raw = talk.mail("olga@corp.example", said).getBytes(StandardCharsets.UTF_8);
            talk.world.inbox.inbox().receive(Inbox.Place.pipe(raw.length), raw);
        }
        talk.world.settle();
        String digest = talk.lastTo(talk.lena);
        assertThat(digest)
                .contains("3 reviews for you")
                .containsPattern("db-\\d .* · olga@corp\\.example reported a problem · REV-")
                .containsPattern("db-\\d .* · olga@corp\\.example says it is not theirs · REV-")
                .doesNotContain("Or reply");
    }

    /** Somebody who is asked for three reviews reads in the digest how to accept one, and the answer does it. */
    @Test
    void aDigestOfRequestsSaysHowToAcceptByMail() {
        Person olga = aDigestOfThree();
        Person dan = talk.world.person("dan@corp.example", "fr", "Europe/Paris");
        talk.world.database.useTransaction(tx -> {
            Reviews reviews = talk.world.reviews.reviews();
            for (Review review : reviews.waiting(tx)) {
                if (olga.id().equals(review.ownerId())) {
                    reviews.act(
                            tx,
                            review,
                            new ReviewAct.Delegate(dan.email()),
                            visitor(tx, new Actor("link", olga.actorRef(), "link"), Channel.LINK));
                }
            }
        });
        talk.world.clock.advance(java.time.Duration.ofMinutes(2));
        talk.world.settle();
        talk.assignment = talk.world.lastTo(dan);
        Matcher offered = Pattern.compile("Pour en reprendre une, répondez : ok (REV-\\d+)\\.")
                .matcher(talk.assignment.text());
        assertThat(offered.find()).as(talk.assignment.text()).isTrue();
        InboundMail problem = talk.world.receive(talk.mail(
                "dan@corp.example", "problème " + offered.group(1) + " : le port est ouvert", "Content-Language: fr"));
        assertThat(problem.ruling().decision()).as(problem.ruling().toString()).isEqualTo(Decision.EXECUTED);
        InboundMail accepted = talk.world.receive(talk.mail("dan@corp.example", "ok " + offered.group(1)));
        assertThat(accepted.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.world.database.<String>read(handle -> handle.createQuery(
                                "select 'ok REV-' || review_number from review where owner_id = :dan")
                        .bind("dan", dan.id())
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("ok " + offered.group(1));
        assertThat(talk.world
                        .receive(talk.mail("dan@corp.example", "d'accord 1, 2, 3"))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.world.database.<Long>read(
                        handle -> handle.createQuery("select count(*) from review where owner_id = :dan")
                                .bind("dan", dan.id())
                                .mapTo(Long.class)
                                .one()))
                .isEqualTo(3L);
    }

    /** Olga owns three databases and has got their reviews in one mail, which is answered from here on. */
    private Person aDigestOfThree() {
        return aDigestOf(3, "standard");
    }

    private Person aDigestOfThree(String policy) {
        return aDigestOf(3, policy);
    }

    private Person aDigestOf(int reviews, String policy) {
        open(policy);
        for (int n = 1; n <= reviews; n++) {
            talk.world.asset("db-" + n, "olga@corp.example", Map.of());
        }
        Person olga = talk.world.person("olga@corp.example", "en", "Europe/Paris");
        talk.world.at("2026-03-02T10:00:00Z");
        talk.assignment = talk.world.lastTo(olga);
        return olga;
    }

    private InboundMail receive(String text, String... headers) {
        return talk.world.receive(talk.mail("olga@corp.example", text, headers));
    }

    /** Whatever address a message bears: what is kept by hand is kept by the lead, its files are not, and nobody else has said it. */
    @Test
    void whatALeadAssignsByHandIsTheLeadsWord() {
        open("standard");
        for (String from : List.of("alice@corp.example", "somebody@else.example")) {
            for (String verdict : List.of(FAIL, "X-Nothing: said")) {
                InboundMail lost = talk.world.receive(withFile(from, verdict));
                assertThat(lost.ruling().decision()).isEqualTo(Decision.UNMATCHED);
                String path = "/inbox/" + lost.id();
                assertThat(talk.world
                                .post(
                                        path + "/assign",
                                        Map.of("review", talk.review().ref()),
                                        Role.COMPLIANCE,
                                        talk.lena)
                                .status())
                        .isEqualTo(303);
                assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
                assertThat(talk.said("commented")).isEqualTo(from + " (unverified): done, as agreed");
                assertThat(talk.history())
                        .filteredOn(event -> event.eventType().equals("commented"))
                        .last()
                        .satisfies(event -> {
                            assertThat(event.actorRef()).isEqualTo(talk.lena.actorRef());
                            assertThat(event.channel()).isEqualTo("page");
                        });
                assertThat(talk.world.count("answer_file")).isZero();
                assertThat(talk.world.get(path, Role.COMPLIANCE, talk.lena).body())
                        .contains("rules.txt")
                        .contains("refused · unverified");
            }
        }
    }

    private String withFile(String from, String header) {
        String whole = talk.message("From: " + from, "To: ronde@ronde.test", "done, as agreed", header);
        int body = whole.indexOf("\r\n\r\n") + 4;
        return whole.substring(0, body).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=cut")
                + "--cut\r\nContent-Type: text/plain\r\n\r\n" + whole.substring(body)
                + "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=rules.txt\r\n\r\n"
                + "allow any\r\n--cut--\r\n";
    }

    @Test
    void theOperatorSeesWhatCameAndWhyWithoutAnyHandle() {
        open("standard");
        InboundMail mail = talk.answers("Done!");
        MailWorld.Page list = talk.world.get("/inbox", Role.COMPLIANCE, talk.lena);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains("Done!").contains(talk.review().ref());
        MailWorld.Page one = talk.world.get("/inbox/" + mail.id(), Role.COMPLIANCE, talk.lena);
        assertThat(one.body()).contains("owner-by-reply").contains("by the address it was written to");
        MailWorld.Page source = talk.world.get("/inbox/" + mail.id() + "/source", Role.COMPLIANCE, talk.lena);
        assertThat(source.body()).contains("Subject: Re:").doesNotContain(talk.replyAddress());
        InboundMail lost = talk.world.receive(
                talk.message("From: somebody@else.example", "To: ronde@ronde.test", "about that firewall"));
        MailWorld.Page kept = talk.world.post(
                "/inbox/" + lost.id() + "/assign",
                Map.of("review", talk.review().ref()),
                Role.COMPLIANCE,
                talk.lena);
        assertThat(kept.status()).isEqualTo(303);
        assertThat(talk.said("commented")).contains("about that firewall");
        talk.world.clock.advance(java.time.Duration.ofDays(31));
        talk.world.inbox.inbox().forget(talk.world.clock.instant());
        assertThat(talk.world.inbox.inbox().raw(mail.id())).isEmpty();
        assertThat(Channel.REPLY.word()).isEqualTo(talk.review().attestation().channel());
    }
}
