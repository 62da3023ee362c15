package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cases 29, 34, 40, 41, 47, 50, 52, 66, 71, 74 and 75 of the mail design as whole conversations. “Done” is of what the mail showed that it answers, and of nothing that came later. */
@OnOneDatabase
final class AnswerCasesTest {
    @AutoClose
    private final Conversation talk;

    private final MailWorld world;

    AnswerCasesTest(DatabaseKind kind) {
        talk = new Conversation(kind);
        world = talk.world;
    }

    /** A line of the writer's own that looks like the one above a quote is none; the banner of a gateway is no answer. */
    @Test
    void case29And34And50And75WordsAreKeptWhateverTheyLookLike() {
        for (String told : List.of(
                "accès refusé\nLe paragraphe 3 du 5 mars 2026 à 09:12 n’est plus vrai, voici ce qui y est écrit :\n"
                        + "« ouvert à tous »\n\nMerci de vérifier.",
                "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>")) {
            InboundMail mail = talk.answers("problème : " + told);
            assertThat(mail.ruling().rule()).isEqualTo(DONE);
            assertThat(talk.handling().problemText()).isEqualTo(told);
            assertThat(world.get("/inbox/" + mail.id(), Role.COMPLIANCE, talk.lena)
                            .body())
                    .doesNotContain("<img src=x");
            assertThat(world.lastTo(talk.alice).html()).doesNotContain("<img src=x");
        }
        for (String banner : List.of(
                "[EXTERNAL EMAIL]\nok", "[EXTERNE]\n\nok", "CAUTION: This email originated from outside.\nok")) {
            InboundMail mail = talk.answers(banner);
            assertThat(mail.reading().line()).as(banner).isEqualTo("ok");
            assertThat(mail.reading().verb()).as(banner).isEqualTo("acknowledge");
        }
        for (String words : List.of("完了しました。ありがとう", "\u202Eتم الانتهاء\u202C\u200F")) {
            assertThat(talk.rule(words)).isEqualTo("unclear");
            assertThat(talk.said("commented")).isEqualTo(words.replaceAll("[\u202E\u202C\u200F]", ""));
        }
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
        assertThat(talk.lastTo(talk.alice)).contains("could not tell");
    }

    /** Of a mail over the limit only the headers are there; whoever wrote it hears that, once. */
    @Test
    void case41And47WhatCannotBeReadIsAnsweredPolitely() {
        byte[] headers = talk.mail(ALICE, "").split("\r\n\r\n", 2)[0].getBytes(StandardCharsets.UTF_8);
        UUID id =
                world.inbox.inbox().receive(Inbox.Place.pipe(60 << 20), headers).id();
        world.settle();
        assertThat(talk.found(id).reading().sort()).isEqualTo("oversize");
        assertThat(talk.found(id).ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
        assertThat(talk.lastTo(talk.alice)).contains("too large or damaged");
        InboundMail deep = talk.content("text/html\r\n\r\n" + "<div>".repeat(200_000) + "done");
        assertThat(deep.ruling().rule()).isEqualTo("unreadable");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void case52WhatOutlookWrappedIsRefusedAndTheLineStillDone() {
        InboundMail mail = talk.content("multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ndone\r\n"
                + "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                + "Content-Disposition: attachment; filename=winmail.dat\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\neJ8+IgAAAAA=\r\n--b--\r\n");
        assertThat(mail.ruling().rule()).isEqualTo(DONE);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.lastTo(talk.alice)).contains("Not kept: winmail.dat", "send it again as plain text or HTML");
    }

    /** HTML alone, as Outlook 365 sends it: the word is found, the quoted mail is not. */
    @Test
    void case40AnAnswerOfOutlookInHtmlAloneIsRead() {
        InboundMail mail = talk.content("text/html; charset=utf-8\r\n\r\n"
                + "<html><head><style>p.MsoNormal{margin:0}</style></head><body><div class=\"WordSection1\">"
                + "<p class=\"MsoNormal\">Done.<o:p></o:p></p></div><div id=\"appendonsend\"></div>"
                + "<hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>From:</b> Ronde &lt;ronde@ronde.test&gt;<br>"
                + "<b>Sent:</b> Friday, February 27, 2026 9:12 AM<br><b>To:</b> Alice<br><b>Subject:</b> "
                + talk.assignment.subject() + "</div>"
                + talk.assignment.html().replaceFirst("(?s)^.*<body[^>]*>", ""));
        assertThat(mail.ruling().rule()).isEqualTo(DONE);
        assertThat(mail.reading().line()).isEqualTo("Done.");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void case71InARaceOfTwoNodesAnswersKeepTheirOrder() throws Exception {
        UUID done = talk.stored("done");
        UUID problem = talk.stored("problem: it is open");
        together(
                () -> world.inbox.decisions().decide(problem),
                () -> world.inbox.decisions().decide(done));
        world.settle();
        assertThat(events("attested", "problem")).containsExactly("attested", "problem");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(world.mailsTo(talk.alice).stream().map(ReceivedMail::text))
                .hasSize(2)
                .anyMatch(text -> text.contains("The problem with"))
                .anyMatch(text -> text.contains("was recorded; it no longer stands."));
        UUID again = talk.stored("done");
        UUID last = talk.stored("problem: it is still open");
        assertThat(world.inbox.decisions().decide(last)).isTrue();
        assertThat(talk.found(again).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.handling().problemText()).isEqualTo("it is still open");
    }

    /** Each node has a desk of its own; the same reply, and copies of it that came another way, are decided once. */
    @Test
    void twoNodesDecideOneReplyOnce() throws Exception {
        InboundDecisions other = world.otherDesk();
        for (int round = 0; round < 6; round++) {
            String raw = talk.mail(ALICE, round % 2 == 0 ? "done" : "undo");
            for (String trace : List.of("", "Received: a\r\n", "X-Way: b\r\n")) {
                byte[] copy = (trace + raw).getBytes(StandardCharsets.UTF_8);
                world.inbox.inbox().receive(Inbox.Place.pipe(copy.length), copy);
            }
            together(
                    () -> world.inbox.decisions().settle(world.clock.instant()),
                    () -> other.settle(world.clock.instant()));
            world.clock.advance(Duration.ofSeconds(1));
            world.inbox.decisions().settle(world.clock.instant());
        }
        assertThat(events("attested", "withdrawn", "commented"))
                .containsExactly("attested", "withdrawn", "attested", "withdrawn", "attested", "withdrawn");
        assertThat(world.inbox.inbox().waiting()).isZero();
        assertThat(world.inbox.inbox().decided(Decision.EXECUTED)).isEqualTo(6);
        assertThat(world.inbox.inbox().decided(Decision.IGNORED)).isEqualTo(12);
    }

    private Stream<String> events(String... types) {
        return talk.history().stream().map(ReviewEvent::eventType).filter(List.of(types)::contains);
    }

    private static void together(Callable<?> one, Callable<?> other) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            for (Future<?> each : Stream.of(one, other)
                    .map(task -> nodes.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList()) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void case74NothingInAnAnswerBecomesAHeader() {
        String rest = "\r\nTo: " + talk.replyAddress()
                + "\r\nSubject: =?utf-8?q?x=0D=0ABcc=3A_evil=40evil.example?=\r\nMessage-ID: <h@corp.example>\r\n\r\n"
                + "problem: a\u202Eb\r\n\r\nBcc: evil@evil.example\r\n";
        InboundMail named =
                world.receive("From: =?utf-8?q?Alice=0D=0ABcc=3A_evil=40evil.example?= <alice@corp.example>" + rest);
        assertThat(named.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.handling().problemText()).isNull();
        world.receive("From: Alice <alice@corp.example>" + rest);
        assertThat(talk.handling().problemText()).startsWith("ab");
        assertThat(world.mails()).isNotEmpty().allSatisfy(mail -> {
            assertThat(mail.to()).doesNotContain("evil");
            assertThat(mail.raw().split("\r?\n\r?\n", 2)[0]).doesNotContainIgnoringCase("\nBcc:");
            assertThat(mail.subject()).doesNotContain("\r", "\n");
        });
    }

    /** Alice has got a reminder, and answers it from here on. */
    private void reminded() {
        world.at("2026-03-05T10:00:00Z");
        talk.assignment = world.lastTo(talk.alice);
    }

    /** Also where the program names no mail, and where nobody knows the mail. */
    @Test
    void aCheckThatTurnedAfterTheMailIsNotAttestedByIt() {
        world.turns("ports", "fail", "r0");
        world.clock.advance(Duration.ofMinutes(1));
        talk.expect("done | checks | OPEN");
        world.turns("ports", "pass", "r1");
        reminded();
        world.turns("ports", "fail", "r2");
        for (String[] headers : new String[][] {{}, {answering(talk.assignment)}}) {
            world.forgetMails();
            assertThat(talk.rule("done", headers)).isEqualTo("checks");
            assertThat(talk.lastTo(talk.alice))
                    .contains("turned after we wrote to you", "Title of ports in en", "/r/")
                    .contains("Checks: 1 failing, 0 unknown, 0 passing.")
                    .doesNotContain("answer \"done\" to this mail");
            world.clock.advance(Duration.ofHours(25));
        }
        // what asks back shows nothing: it is done on the page
        assertThat(talk.rule("done", answering(world.lastTo(talk.alice)))).isEqualTo("changes");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void aBetterResultBarsNothingAndTheRecordNamesWhatTheMailShowed() {
        world.turns("ports", "error", "r1");
        reminded();
        world.turns("ports", "pass", "r2");
        assertThat(talk.rule("done", answering(talk.assignment))).isEqualTo(DONE);
        assertThat(talk.review().attestation().checks()).contains("\"r1\"").doesNotContain("\"r2\"");
    }

    @Test
    void theConfigurationThatTheMailShowedIsAttested() {
        String digest = "sha256:" + "1".repeat(64);
        world.configured(talk.firewall, digest);
        reminded();
        assertThat(talk.rule("done", answering(talk.assignment))).isEqualTo(DONE);
        assertThat(talk.review().attestation().snapshotDigest()).isEqualTo(digest);
    }

    @Test
    void whatNeverReachedThemShowedThemNothing() {
        world.sql("update outbox set state = 'expired', model = '{}'");
        world.turns("ports", "fail", "r2");
        world.at("2026-03-11T10:00:00Z");
        world.sql("update outbox set state = 'bounced' where state = 'accepted'");
        talk.expect("done | changes");
        world.sql("update outbox set state = 'accepted' where state = 'bounced'");
        talk.expect("Done. | failing");
    }

    @Test
    void whatMayHaveArrivedCountsWhereNothingElseDid() {
        world.sql("update outbox set state = 'expired', model = '{}'");
        world.turns("ports", "fail", "r2");
        world.at("2026-03-05T10:00:00Z");
        world.sql("update outbox set state = 'uncertain' where state = 'accepted'");
        world.turns("ssh", "fail", "r3");
        world.at("2026-03-11T10:00:00Z");
        world.sql("update outbox set state = 'uncertain' where state = 'accepted'");
        assertThat(talk.rule("done")).as("the first in doubt did not show ssh").isEqualTo("checks");
        world.settle();
        world.sql("update outbox set state = 'expired' where mail_class = 'receipt'");
        world.sql("update outbox set state = 'accepted' where state = 'uncertain' and id = (select id from outbox"
                + " where state = 'uncertain' order by created_at desc, id desc limit 1)");
        assertThat(talk.rule("Done.")).as("the first that arrived shows it").isEqualTo("failing");
    }

    @Test
    void anAnswerToADigestIsOfWhatTheDigestShowed() {
        for (int i = 2; i < 5; i++) {
            world.asset("fw-par-0" + i, "dora@corp.example");
        }
        world.turns("ports", "fail", "r2");
        world.at("2026-03-02T10:00:00Z");
        Person dora = world.known("dora@corp.example");
        ReceivedMail digest = world.lastTo(dora);
        talk.assignment = digest;
        assertThat(talk.from(dora.email(), "done 1").ruling().rule()).isEqualTo("failing");
        assertThat(talk.lastTo(dora)).contains("fail: Title of ports in en.");
        assertThat(talk.from(dora.email(), "done 2", answering(digest)).ruling().rule())
                .isEqualTo("failing");
        world.turns("ssh", "fail", "r3");
        assertThat(talk.from(dora.email(), "done 3").ruling().rule()).isEqualTo("checks");
        assertThat(talk.lastTo(dora))
                .contains("turned after we wrote to you", "Title of ssh")
                .doesNotContain("Title of ports");
    }
}
