package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.BOB;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cases 54–67, 73 and 112 of the mail design: whose answer it is, and how sure that is. */
final class IdentityCasesTest {
    static final String PASS = "Authentication-Results: mx.ronde.test; dmarc=pass";
    static final String FAIL = "Authentication-Results: mx.ronde.test; dmarc=fail";

    @AutoClose
    private Conversation talk;

    private MailWorld world;

    private void open(String policy) {
        talk = new Conversation(
                DatabaseKind.H2, Map.of(Setting.MAIL_POLICY, policy, Setting.AUTHSERV_ID, "mx.ronde.test"));
        world = talk.world;
    }

    /** Cases 54, 55 and 64; nothing is written where a message wants it. */
    @Test
    void case54And55And64AHandleAndTheRightSenderAreWorthTheLink() {
        open("standard");
        talk.expect("ok | owner-by-reply | ACKNOWLEDGED");
        InboundMail silent = talk.answers("done", "Reply-To: evil@evil.example", "Sender: evil@evil.example");
        assertThat(silent.reading().verdict()).isEqualTo("none");
        assertThat(silent.ruling().rule()).isEqualTo(DONE);
        talk.expect("undo | owner-by-reply");
        InboundMail passed = talk.answers("done", PASS);
        assertThat(passed.ruling().rule()).isEqualTo(DONE);
        assertThat(passed.reading().verdict()).isEqualTo("pass");
        assertThat(world.mails()).isNotEmpty().allMatch(mail -> mail.to().contains(ALICE));
    }

    @Test
    void case55StrictAsksWhereTheDomainSaysNothingOrOnlyAMessageIdNamesIt() {
        open("strict");
        talk.expect("done | confirm-first | OPEN");
        assertThat(talk.lastTo(talk.alice)).contains("we want to be sure").contains("/r/");
        talk.expect("problem: open | confirm-first");
        assertThat(talk.said("commented")).isEqualTo("alice@corp.example (unverified): problem: open");
        assertThat(talk.lastTo(talk.alice)).contains("are kept as its comment");
        for (String words : List.of("ok", "problem: open", "done")) {
            InboundMail mail = talk.toAll(words, answering(talk.assignment), PASS);
            assertThat(mail.ruling().decision()).as(words).isEqualTo(Decision.CHALLENGED);
        }
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.handling().problemAt()).isNull();
        assertThat(talk.rule("done", PASS)).isEqualTo(DONE);
        // what a mail about a finding can do by answer is little, and a Message-ID alone is not worth even that
        talk.tellOfAFinding();
        for (String words : List.of("ok", "stop")) {
            InboundMail named = talk.toAll(words, answering(talk.assignment), PASS);
            assertThat(named.ruling().rule()).as(words).isEqualTo("about-no-review");
        }
        assertThat(world.acknowledged).isEmpty();
        talk.expect("""
                ok | finding-acknowledged
                stop | optional-mails-muted""");
    }

    /** Our server may write what it found of SPF above what it found of DMARC. */
    @Test
    void case56And57AForgedSenderDoesNothingAndOnlyTheOwnerHears() {
        open("standard");
        assertThat(talk.answers("done", FAIL, PASS).ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(world.mails()).hasSize(1);
        assertThat(talk.lastTo(talk.alice)).contains("says that it was not you");
        InboundMail below = talk.answers("done", "Authentication-Results: mx.ronde.test; spf=pass", FAIL);
        assertThat(below.ruling().decision()).isEqualTo(Decision.QUARANTINED);
        assertThat(below.reading().verdict()).isEqualTo("fail");
        assertThat(below.reading().senderId()).as("she did not write it").isNull();
        assertThat(page("/inbox/" + below.id()))
                .contains("alice@corp.example <span class=\"muted\">(unverified)</span>")
                .doesNotContain("not on file");
        assertThat(talk.from("x@evil.example", "done", FAIL).ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.lastTo(talk.alice))
                .contains("x@evil.example (unverified) wrote about")
                .doesNotContain("in your name");
        assertThat(talk.from(BOB, "problem: open", FAIL).ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.handling().problemAt()).isNull();
    }

    private String page(String path) {
        return world.get(path, Role.COMPLIANCE, talk.lena).body();
    }

    /** A name that looks like an address is quoted nowhere as who wrote. */
    @Test
    void whoWroteIsTheRealAddressWhateverNameStandsBesideIt() {
        open("standard");
        InboundMail mail = talk.from("\"lena@corp.example\" <mallory@evil.example>", "problem: call me");
        assertThat(mail.reading().fromAddress()).isEqualTo("mallory@evil.example");
        assertThat(talk.said("commented")).isEqualTo("mallory@evil.example (unverified): problem: call me");
        for (Person told : List.of(talk.alice, talk.lena)) {
            assertThat(talk.lastTo(told))
                    .contains("mallory@evil.example (unverified) wrote about")
                    .contains("mallory@evil.example (unverified) wrote: problem: call me")
                    .doesNotContain("lena@corp.example wrote");
        }
        assertThat(page("/inbox")).contains("mallory@evil.example").doesNotContain("lena@corp.example <");
        assertThat(world.get(world.lastTo(talk.alice).link('r')).body())
                .contains("Commented · answer to a mail")
                .doesNotContain("lena@corp.example");
    }

    @Test
    void case59And60WithoutAHandleNothingHappens() {
        open("standard");
        assertThat(talk.toAll("done").ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail guessed = world.receive(talk.message("From: " + ALICE, "To: ronde+1042@ronde.test", "done"));
        assertThat(guessed.ruling().decision()).isEqualTo(Decision.UNMATCHED);
        assertThat(talk.toAll("done", PASS).ruling().rule()).isEqualTo("no-handle");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    /** Alice may have forwarded the mail with her address in it; whoever answers it is not Alice. */
    @Test
    void case62And63SomebodyElseActsForNobodyAndTheOwnerHearsOfEachThing() {
        open("standard");
        world.person("carol@corp.example");
        assertThat(talk.from("carol@corp.example", "done", PASS).ruling().decision())
                .isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("carol@corp.example: done");
        assertThat(talk.lastTo(talk.alice)).contains("carol@corp.example wrote about", "If they are right");
        InboundMail stranger = talk.from("x@evil.example", "problem: it is open\nand bad");
        assertThat(stranger.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("x@evil.example (unverified): problem: it is open\nand bad");
        assertThat(world.mailsTo(talk.lena)).isNotEmpty();
        for (String words : List.of("problem: look at it", "problem: open to the internet", "done", "snooze 3d")) {
            world.forgetMails();
            talk.from("x@evil.example", words);
            assertThat(world.mailsTo(talk.alice)).as(words).hasSize(1);
            talk.from("x@evil.example", words);
            assertThat(world.mailsTo(talk.alice)).as(words + " again").hasSize(1);
            assertThat(world.mails()).noneMatch(mail -> mail.to().contains("evil"));
        }
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.handling().problemAt()).isNull();
    }

    /** Who reads the team's mail answers it under their own address, and so does the backup owner where the domain vouches for them. */
    @Test
    void aMemberOfTheTeamAndTheBackupOwnerActAsThemselves() {
        open("standard");
        world.member(talk.alice, world.person("carol@corp.example"));
        for (String name : List.of("Carol", "Bob")) {
            InboundMail mail = talk.from(name.toLowerCase(java.util.Locale.ROOT) + "@corp.example", "done", PASS);
            assertThat(mail.ruling().rule()).isEqualTo("colleague-by-reply");
            assertThat(talk.review().attestation().performedByName()).isEqualTo(name);
            talk.from(name.toLowerCase(java.util.Locale.ROOT) + "@corp.example", "undo", PASS);
        }
    }

    /** “Ok” to one's own reminder is no word to give it away. */
    @Test
    void aTeamThatWasAskedTakesItOverByItsMembersAndNotByTheOwner() {
        open("standard");
        Person team = world.person("ops@corp.example");
        world.member(team, talk.alice);
        world.member(team, world.person("dave@corp.example"));
        talk.expect("delegate to ops@corp.example | owner-by-reply");
        world.forgetMails();
        talk.answers("help");
        assertThat(talk.lastTo(talk.alice)).contains("- ok (received, later", "- not mine\n");
        talk.expect("ok | owner-by-reply");
        assertThat(talk.review().ownerId()).isEqualTo(talk.alice.id());
        assertThat(talk.handling().delegatedTo()).isEqualTo(team.id());
        assertThat(talk.handling().acknowledgedAt()).isNotNull();
        talk.expect("not mine | owner-by-reply");
        assertThat(talk.handling().notMineAt()).isNotNull();
        talk.answers("delegate to ops@corp.example");
        talk.from("dave@corp.example", "ok", PASS);
        assertThat(talk.review().ownerId()).isEqualTo(team.id());
    }

    /** The address and the Message-ID, two addresses in {@code To}, one there and one in {@code Cc}. */
    @Test
    void case65To67WhatNamesTwoMailsIsAQuestion() {
        open("standard");
        ReceivedMail first = talk.assignment;
        talk.assignAnother();
        ReceivedMail second = talk.assignment;
        talk.assignment = first;
        InboundMail contested = talk.answers("ok", answering(second));
        assertThat(contested.reading().matchedBy()).isEqualTo("to");
        assertThat(contested.ruling().rule()).isEqualTo("several-handles");
        String to = "To: " + first.replyAddress();
        assertThat(world.receive(talk.message("From: " + ALICE, to + ", " + second.replyAddress(), "done"))
                        .ruling()
                        .rule())
                .isEqualTo("several-handles");
        assertThat(talk.rule("done", "Cc: Ronde <" + second.replyAddress() + ">"))
                .isEqualTo("several-handles");
        assertThat(talk.lastTo(talk.alice)).contains("names several of our mails");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        InboundMail blind = talk.toAll("done", "Delivered-To: " + first.replyAddress());
        assertThat(blind.reading().matchedBy()).isEqualTo("envelope");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    /** Programs put all whom they answer into {@code To}: only what is answered tells whom the word is for. */
    @Test
    void whatWasWrittenToOthersTooIsAskedAbout() {
        open("standard");
        String ronde = "Ronde <" + talk.replyAddress() + ">";
        String bobs = "In-Reply-To: <bob@corp.example>";
        String thread = "References: " + talk.assignment.header("Message-ID") + " <bob@corp.example>";
        String toBob = "To: Bob <bob@corp.example>";
        String[][] letters = {
            {toBob, "Cc: " + ronde},
            {toBob, "Cc: " + ronde, bobs},
            {toBob, "Cc: " + ronde, bobs, thread},
            {toBob, "Cc: " + ronde, thread},
            {toBob, "Delivered-To: " + talk.replyAddress(), bobs},
            {toBob + ", " + ronde, "X-Nothing: said"},
            {toBob + ", " + ronde, bobs},
            {toBob + ", " + ronde, bobs, thread}
        };
        for (String[] letter : letters) {
            for (String said : List.of("done", "not mine")) {
                String[] headers = List.of(letter).subList(1, letter.length).toArray(String[]::new);
                InboundMail kept = world.receive(talk.message("From: " + ALICE, letter[0], said, headers));
                assertThat(kept.ruling().rule()).as(said + List.of(letter)).isEqualTo("written-to-others");
                assertThat(talk.said("commented")).endsWith(": " + said);
            }
        }
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        String ours = answering(talk.assignment);
        InboundMail answer = world.receive(talk.message("From: " + ALICE, toBob, "done", "Cc: " + ronde, ours));
        assertThat(answer.ruling().rule()).isEqualTo(DONE);
        talk.expect("undo | owner-by-reply");
        assertThat(talk.rule("done", "Cc: bob@corp.example", ours)).isEqualTo(DONE);
        talk.expect("undo | owner-by-reply");
        assertThat(talk.rule("done", "Cc: Alice@corp.example")).isEqualTo(DONE);
    }

    @Test
    void whatSomebodyElsePassedOnIsNotSaidToUs() {
        open("standard");
        InboundMail passed = world.receive(talk.message(
                "From: " + ALICE,
                "To: bob@corp.example",
                "done",
                "Resent-From: Bob <bob@corp.example>",
                "Resent-To: " + talk.replyAddress(),
                "Delivered-To: " + talk.replyAddress()));
        assertThat(passed.ruling().rule()).isEqualTo("comment-of-another");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        talk.answers("done", "Resent-From: ronde@ronde.test");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void case73AHandleThatHasRunOutIsToldSo() {
        open("standard");
        String old = talk.mail(ALICE, "done");
        world.at("2026-06-05T10:00:00Z");
        world.sql(
                "update mail_grant set expires_at = ? where purpose = 'r'",
                world.clock.instant().minusSeconds(1));
        world.forgetMails();
        assertThat(world.receive(old).ruling().rule()).isEqualTo("handle-expired");
        world.after(Duration.ofMinutes(3));
        Review current = world.database.read(handle ->
                world.reviews.reviews().following(handle, talk.review()).orElseThrow());
        assertThat(talk.lastTo(talk.alice)).contains("no longer valid", "The review that counts now: " + current.ref());
        assertThat(talk.review().attestation().attestedAt()).isNull();
    }

    @Test
    void case112AMessageIdOfTheProviderOrOfOursStillFindsTheReview() {
        open("standard");
        world.sql("update outbox set remote_id = '0102018e4a1c5d3e-000000'");
        InboundMail rewritten = talk.toAll("ok", "In-Reply-To: <0102018e4a1c5d3e-000000@email.provider.example>", PASS);
        assertThat(rewritten.reading().matchedBy()).isEqualTo("references");
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
        assertThat(talk.toAll("done", answering(talk.assignment)).ruling().decision())
                .isEqualTo(Decision.CHALLENGED);
        InboundMail sure = talk.toAll("done", "References: " + talk.assignment.header("References"), PASS);
        assertThat(sure.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    /** Whatever address a message bears: what is kept by hand is kept by the lead, its files are not, and nobody else has said it. */
    @Test
    void whatALeadAssignsByHandIsTheLeadsWord() {
        open("standard");
        for (String from : List.of(ALICE, "somebody@else.example")) {
            for (String verdict : List.of(FAIL, "X-Nothing: said")) {
                InboundMail lost = world.receive(Conversation.withFile(
                        talk.message("From: " + from, "To: ronde@ronde.test", "done, as agreed", verdict)));
                assertThat(lost.ruling().decision()).isEqualTo(Decision.UNMATCHED);
                String path = "/inbox/" + lost.id();
                Map<String, String> form = Map.of("review", talk.review().ref());
                assertThat(world.post(path + "/assign", form, Role.COMPLIANCE, talk.lena)
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
                assertThat(world.count("answer_file")).isZero();
                assertThat(page(path)).contains("rules.txt", "refused · unverified");
            }
        }
    }

    @Test
    void theOperatorSeesWhatCameAndWhyWithoutAnyHandle() {
        open("standard");
        InboundMail mail = talk.answers("Done!");
        assertThat(page("/inbox")).contains("Done!").contains(talk.review().ref());
        assertThat(page("/inbox/" + mail.id())).contains(DONE, "by the address it was written to");
        assertThat(page("/inbox/" + mail.id() + "/source"))
                .contains("Subject: Re:")
                .doesNotContain(talk.replyAddress());
    }
}
