package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundFile;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cases 68, 70 and 79 of the mail design: the same letter on another way, a program that answers whatever it gets, and many answers. */
final class RepeatsTest {
    private static final int ROUNDS = 6;

    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    @AutoClose
    private final Conversation talk = new Conversation(DatabaseKind.H2);

    private final MailWorld world = talk.world;

    @Test
    void case68And70TheSameLetterIsOneAnswerHoweverItComesAndAfterAnUndo() {
        String raw = talk.mail(ALICE, "done");
        InboundMail first = world.receive(raw);
        assertThat(first.ruling().rule()).isEqualTo(DONE);
        long records = world.count("evidence_record");
        assertThat(world.receive(raw).id()).isEqualTo(first.id());
        String other = "Received: from mx.corp.example by mx2.ronde.test; Fri, 27 Feb 2026 11:00:02 +0100\r\n"
                + "Delivered-To: ronde@ronde.test\r\nX-Spam-Score: 0.1\r\n"
                + raw.replace("Subject: Re:", "Subject:\r\n Re:");
        assertThat(world.receive(other).ruling().rule()).isEqualTo("same-letter-again");
        assertThat(world.count("evidence_record")).isEqualTo(records);
        assertThat(world.mails()).hasSize(1);
        talk.expect("undo | owner-by-reply | OPEN");
        String replay = "Received: from evil.example\r\nX-Replay: 1\r\n" + raw;
        assertThat(world.receive(replay).ruling().rule()).isEqualTo("same-letter-again");
        String bare = raw.replaceFirst("Message-ID: [^\r]*\r\n", "");
        assertThat(world.receive(bare).ruling().rule())
                .as("another letter, without an id")
                .isEqualTo(DONE);
        talk.answers("undo");
        assertThat(world.receive("Received: from evil.example\r\n" + bare)
                        .ruling()
                        .rule())
                .isEqualTo("same-letter-again");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void theCopyThatCameWithoutTheHandleDoesNotSwallowTheOneThatHasIt() {
        String raw = talk.message("From: " + ALICE, "To: Ronde <ronde@ronde.test>", "ok");
        assertThat(world.receive(raw).ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail addressed = world.receive("Delivered-To: " + talk.replyAddress() + "\r\n" + raw);
        assertThat(addressed.ruling().rule()).isEqualTo(DONE);
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
    }

    /** A second system answers each of our mails with the same words, without any sign that it is one; and one that never says the same twice. */
    @Test
    void case79EveryLoopOfTwoProgramsStops() {
        List<String> all = List.of(
                "Merci pour votre message, votre demande est prise en charge.",
                "done",
                "problem: our office is closed",
                "delegate to nobody@corp.example",
                "snooze 3d",
                "Bien reçu",
                "not mine",
                "delegate to bob@corp.example",
                "snooze 999d",
                "undo",
                "help",
                "done 1,3");
        for (String words : "full".equals(System.getProperty("ronde.scale")) ? all : all.subList(0, 5)) {
            assertThat(answering(round -> words)).as(words).isLessThanOrEqualTo(2);
        }
        assertThat(answering(round -> "Thanks for your request, it is number " + round))
                .isEqualTo(1);
        assertThat(answering(round -> "We will look into it, " + "very ".repeat(round) + "soon"))
                .isEqualTo(3);
    }

    /** Whoever writes something else that cannot be understood hears of it too, three times a day; the third mail says that it is the last. */
    @Test
    void aSecondUnclearAnswerIsNotPassedOverInSilence() {
        told("what is this?", 1);
        told("I looked at rule 12, is that enough?", 2);
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: I looked at rule 12");
        told("What is this?", 2);
        assertThat(talk.lastTo(talk.alice)).doesNotContain("get none for a day");
        told("hello?", 3);
        assertThat(talk.lastTo(talk.alice)).contains("get none for a day");
        assertThat(world.lastTo(talk.alice).html()).contains("get none for a day");
        told("anybody there?", 3);
        // where a day was asked for, another day is another answer
        told("snooze 999d", 4);
        told("snooze 500d", 5);
        told("snooze 03/04", 6);
        told("snooze 05/06", 7);
        world.clock.advance(Duration.ofHours(25));
        told("anybody there?", 8);
    }

    private void told(String text, int mails) {
        talk.answers(text);
        assertThat(world.mailsTo(talk.alice)).as(text).hasSize(mails);
    }

    /** How many mails the owner gets while a program answers each of them; the first answer is to the assignment. */
    private int answering(IntFunction<String> words) {
        world.after(Duration.ofHours(25)).forgetMails();
        ReceivedMail first = talk.assignment;
        for (int round = 0; round < ROUNDS; round++) {
            int before = world.mailsTo(talk.alice).size();
            talk.answers(words.apply(round));
            world.after(Duration.ofMinutes(3));
            if (world.mailsTo(talk.alice).size() == before) {
                break;
            }
            talk.assignment = world.lastTo(talk.alice);
        }
        talk.assignment = first;
        return world.mailsTo(talk.alice).size();
    }

    @Test
    void noMoreThanThirtyReceiptsADay() {
        Instant end = world.clock.instant().plus(Duration.ofHours(23));
        for (int sent = 0; world.clock.instant().isBefore(end); sent++) {
            talk.answers("problem: port " + sent + " is open");
            world.after(Duration.ofMinutes(35));
        }
        List<ReceivedMail> receipts = world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains("We read this line"))
                .toList();
        assertThat(receipts).hasSize(30);
        assertThat(receipts.get(29).text()).contains("Thirty receipts went to you");
        assertThat(receipts.get(28).text()).doesNotContain("Thirty receipts");
    }

    /** The third time it comes it is no evidence any more; a list or a configuration may be that of several assets. */
    @Test
    void aPictureThatComesAgainAndAgainIsPartOfASignature() {
        byte[] logo = new byte[40_000];
        System.arraycopy(PNG, 0, logo, 0, PNG.length);
        assertThat(fate("logo.png", "image/png", logo)).startsWith("kept");
        assertThat(fate("brand.png", "image/png", logo)).startsWith("kept");
        assertThat(fate("logo.png", "image/png", logo)).isEqualTo("ignored seen_before");
        byte[] other = logo.clone();
        other[39_999] = 1;
        assertThat(fate("logo.png", "image/png", other)).startsWith("kept");
        byte[] rules = "allow 22 from 10.0.0.0/8\n".getBytes(StandardCharsets.US_ASCII);
        for (int time = 0; time < 4; time++) {
            assertThat(fate("rules.txt", "text/plain", rules)).startsWith("kept");
        }
    }

    private String fate(String name, String type, byte[] content) {
        InboundMail mail = talk.content("multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nproblem: look at this\r\n"
                + "--b\r\nContent-Type: " + type + "\r\nContent-Disposition: attachment; filename=" + name
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n--b--\r\n");
        InboundFile file = world.inbox.inbox().files(mail.id()).get(0);
        return file.fate() + " " + file.reason();
    }
}
