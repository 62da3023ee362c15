package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cases 29, 34, 41, 47, 50, 52, 66, 71, 74 and 75 of the mail design as whole conversations. */
@OnOneDatabase
final class AnswerCasesTest {
    private final Conversation talk;

    AnswerCasesTest(DatabaseKind kind) {
        talk = new Conversation(kind);
    }

    @AfterEach
    void close() {
        talk.close();
    }

    /** A line of the writer's own that looks like the one above a quote is none. */
    @Test
    void case29AWholeParagraphIsKeptWhateverItsLinesLookLike() {
        String told =
                "accès refusé\nLe paragraphe 3 du 5 mars 2026 à 09:12 n’est plus vrai, voici ce qui y est écrit :\n"
                        + "« ouvert à tous »\n\nMerci de vérifier.";
        InboundMail mail = talk.answers("problème : " + told);
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().problemText()).isEqualTo(told);
    }

    @Test
    void case34ABannerOfAGatewayIsNoAnswer() {
        for (String banner : new String[] {
            "[EXTERNAL EMAIL]\nok", "[EXTERNE]\n\nok", "CAUTION: This email originated from outside.\nok"
        }) {
            InboundMail mail = talk.answers(banner);
            assertThat(mail.reading().line()).as(banner).isEqualTo("ok");
            assertThat(mail.reading().verb()).as(banner).isEqualTo("acknowledge");
        }
    }

    /** Of a mail over the limit only the headers are there; whoever wrote it hears that, once. */
    @Test
    void case47AMailThatIsTooLargeIsAnsweredPolitely() {
        byte[] headers =
                talk.mail("alice@corp.example", "").split("\r\n\r\n", 2)[0].getBytes(StandardCharsets.UTF_8);
        UUID id = talk.world
                .inbox
                .inbox()
                .receive(Inbox.Place.pipe(60 << 20), headers)
                .id();
        talk.world.settle();
        InboundMail mail = talk.world.inbox.inbox().find(id).orElseThrow();
        assertThat(mail.reading().sort()).isEqualTo("oversize");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
        assertThat(talk.lastTo(talk.alice)).contains("too large or damaged");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void case41AMailNobodyCanReadIsToldSo() {
        String raw = talk.mail("alice@corp.example", "").split("\r\n\r\n", 2)[0].replace("text/plain", "text/html");
        InboundMail mail = talk.world.receive(raw + "\r\n\r\n" + "<div>".repeat(200_000) + "done");
        assertThat(mail.ruling().rule()).isEqualTo("unreadable");
        assertThat(talk.lastTo(talk.alice)).contains("could not be read");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void case50AnAnswerInAnotherScriptIsKeptAndAskedBack() {
        InboundMail japanese = talk.answers("完了しました。ありがとう");
        assertThat(japanese.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("完了しました。ありがとう");
        InboundMail arabic = talk.answers("\u202Eتم الانتهاء\u202C\u200F");
        assertThat(arabic.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.said("commented")).isEqualTo("تم الانتهاء");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("could not tell");
    }

    @Test
    void case52WhatOutlookWrappedIsRefusedAndTheLineStillDone() {
        String raw = "From: alice@corp.example\r\nTo: " + talk.replyAddress()
                + "\r\nSubject: Re\r\nMessage-ID: <tnef@corp.example>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ndone\r\n"
                + "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                + "Content-Disposition: attachment; filename=winmail.dat\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\neJ8+IgAAAAA=\r\n--b--\r\n";
        InboundMail mail = talk.world.receive(raw);
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.lastTo(talk.alice))
                .contains("Not kept: winmail.dat")
                .contains("send it again as plain text or HTML");
    }

    @Test
    void case66TwoReviewsInToAndCcAreAQuestion() {
        String first = talk.replyAddress();
        talk.world.asset("fw-par-02", "alice@corp.example");
        talk.world.at("2026-03-02T10:00:00Z");
        String second = talk.world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.subject().contains("fw-par-02"))
                .findFirst()
                .orElseThrow()
                .header("Reply-To")
                .replaceAll(".*<|>.*", "");
        InboundMail both = talk.world.receive(
                talk.message("From: alice@corp.example", "To: " + first, "done", "Cc: Ronde <" + second + ">"));
        assertThat(both.ruling().rule()).isEqualTo("several-handles");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice)).contains("names several of our mails");
    }

    @Test
    void case71TheSecondAnswerNeverOvertakesTheFirst() {
        UUID done = stored("done");
        UUID problem = stored("problem: it is open");
        assertThat(talk.world.inbox.decisions().decide(problem)).isTrue();
        assertThat(talk.world.inbox.inbox().find(done).orElseThrow().ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.review().handling().problemText()).isEqualTo("it is open");
    }

    @Test
    void case71AndInARaceOfTwoNodesTheyKeepTheirOrderToo() throws Exception {
        UUID done = stored("done");
        UUID problem = stored("problem: it is open");
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Boolean> second = nodes.submit(() -> {
                start.await();
                return talk.world.inbox.decisions().decide(problem);
            });
            Future<Boolean> first = nodes.submit(() -> {
                start.await();
                return talk.world.inbox.decisions().decide(done);
            });
            second.get(30, TimeUnit.SECONDS);
            first.get(30, TimeUnit.SECONDS);
        } finally {
            nodes.shutdownNow();
        }
        talk.world.settle();
        assertThat(talk.history().stream()
                        .map(event -> event.eventType())
                        .filter(type -> type.equals("attested") || type.equals("problem")))
                .containsExactly("attested", "problem");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.world.mailsTo(talk.alice).stream().map(ReceivedMail::text))
                .hasSize(2)
                .anyMatch(text -> text.contains("The problem with"))
                .anyMatch(text -> text.contains("was recorded; it no longer stands."));
    }

    /** Each node has a desk of its own; the same reply, and copies of it that came another way, are decided once. */
    @Test
    void twoNodesDecideOneReplyOnce() throws Exception {
        InboundDecisions other = talk.world.otherDesk();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 6; round++) {
                String raw = talk.mail("alice@corp.example", round % 2 == 0 ? "done" : "undo");
                for (String trace : new String[] {"", "Received: a\r\n", "X-Way: b\r\n"}) {
                    byte[] copy = (trace + raw).getBytes(StandardCharsets.UTF_8);
                    talk.world.inbox.inbox().receive(Inbox.Place.pipe(copy.length), copy);
                }
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Integer> here = nodes.submit(() -> {
                    start.await();
                    return talk.world.inbox.decisions().settle(talk.world.clock.instant());
                });
                Future<Integer> there = nodes.submit(() -> {
                    start.await();
                    return other.settle(talk.world.clock.instant());
                });
                here.get(30, TimeUnit.SECONDS);
                there.get(30, TimeUnit.SECONDS);
                talk.world.clock.advance(Duration.ofSeconds(1));
                talk.world.inbox.decisions().settle(talk.world.clock.instant());
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(talk.history().stream()
                        .map(event -> event.eventType())
                        .filter(type ->
                                type.equals("attested") || type.equals("withdrawn") || type.equals("commented")))
                .containsExactly("attested", "withdrawn", "attested", "withdrawn", "attested", "withdrawn");
        assertThat(talk.world.inbox.inbox().waiting()).isZero();
        assertThat(talk.world.inbox.inbox().decided(Decision.EXECUTED)).isEqualTo(6);
        assertThat(talk.world.inbox.inbox().decided(Decision.IGNORED)).isEqualTo(12);
    }

    @Test
    void case74NothingInAnAnswerBecomesAHeader() {
        String rest = "\r\nTo: " + talk.replyAddress()
                + "\r\nSubject: =?utf-8?q?x=0D=0ABcc=3A_evil=40evil.example?=\r\nMessage-ID: <h@corp.example>\r\n\r\n"
                + "problem: a\u202Eb\r\n\r\nBcc: evil@evil.example\r\n";
        InboundMail named = talk.world.receive(
                "From: =?utf-8?q?Alice=0D=0ABcc=3A_evil=40evil.example?= <alice@corp.example>" + rest);
        assertThat(named.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(talk.review().handling().problemText()).isNull();
        talk.world.receive("From: Alice <alice@corp.example>" + rest);
        assertThat(talk.review().handling().problemText()).startsWith("ab");
        assertThat(talk.world.mails()).isNotEmpty();
        for (ReceivedMail mail : talk.world.mails()) {
            assertThat(mail.to()).doesNotContain("evil");
            assertThat(mail.raw().split("\r?\n\r?\n", 2)[0]).doesNotContainIgnoringCase("\nBcc:");
            assertThat(mail.subject()).doesNotContain("\r").doesNotContain("\n");
        }
    }

    @Test
    void case75AFormulaOrMarkupInAnAnswerStaysText() {
        String evil = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>";
        InboundMail mail = talk.answers("problem: " + evil);
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().handling().problemText()).isEqualTo(evil);
        String page = talk.world
                .get("/inbox/" + mail.id(), Role.COMPLIANCE, talk.lena)
                .body();
        assertThat(page).contains("&lt;img").doesNotContain("<img src=x");
        String receipt = talk.world.lastTo(talk.alice).html();
        assertThat(receipt).doesNotContain("<img src=x");
    }

    private UUID stored(String text) {
        byte[] raw = talk.mail("alice@corp.example", text).getBytes(StandardCharsets.UTF_8);
        talk.world.clock.advance(Duration.ofMillis(5));
        return talk.world
                .inbox
                .inbox()
                .receive(Inbox.Place.pipe(raw.length), raw)
                .id();
    }

    /** HTML alone, as Outlook 365 sends it: the word is found, the quoted mail is not. */
    @Test
    void case40AnAnswerOfOutlookInHtmlAloneIsRead() {
        String whole = talk.mail("alice@corp.example", "done");
        String head = whole.substring(0, whole.indexOf("\r\n\r\n") + 4).replace("text/plain", "text/html");
        InboundMail mail = talk.world.receive(head
                + "<html><head><style>p.MsoNormal{margin:0}</style></head><body><div class=\"WordSection1\">"
                + "<p class=\"MsoNormal\">Done.<o:p></o:p></p></div><div id=\"appendonsend\"></div>"
                + "<hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>From:</b> Ronde &lt;ronde@ronde.test&gt;<br>"
                + "<b>Sent:</b> Friday, February 27, 2026 9:12 AM<br><b>To:</b> Alice<br><b>Subject:</b> "
                + talk.assignment.subject() + "</div>"
                + talk.assignment.html().replaceFirst("(?s)^.*<body[^>]*>", ""));
        assertThat(mail.ruling().rule()).isEqualTo("owner-by-reply");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(mail.reading().line()).isEqualTo("Done.");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }
}
