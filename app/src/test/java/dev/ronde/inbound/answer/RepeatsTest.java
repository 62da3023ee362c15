package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cases 68, 70 and 79 of the mail design: the same letter on another way, and a program that answers whatever it gets. */
final class RepeatsTest {
    private static final int ROUNDS = 12;

    private final Conversation talk = new Conversation(DatabaseKind.H2);

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void case68TheSameLetterOnTwoWaysIsOneAnswer() {
        String raw = talk.mail("alice@corp.example", "done");
        assertThat(talk.world.receive(raw).ruling().decision()).isEqualTo(Decision.EXECUTED);
        String other = "Received: from mx.corp.example by mx2.ronde.test; Fri, 27 Feb 2026 11:00:02 +0100\r\n"
                + "Delivered-To: ronde@ronde.test\r\nX-Spam-Score: 0.1\r\n"
                + raw.replace("Subject: Re:", "Subject:\r\n Re:");
        InboundMail again = talk.world.receive(other);
        assertThat(again.ruling().decision()).isEqualTo(Decision.IGNORED);
        assertThat(again.ruling().rule()).isEqualTo("same-letter-again");
        assertThat(talk.history())
                .filteredOn(event -> event.eventType().equals("attested"))
                .hasSize(1);
        assertThat(talk.said("commented")).isEmpty();
        assertThat(talk.world.mails()).hasSize(1);
    }

    @Test
    void case70AReplayAfterAnUndoChangesNothingWhateverStandsOnTop() {
        String raw = talk.mail("alice@corp.example", "done");
        talk.world.receive(raw);
        talk.answers("undo");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        InboundMail replay = talk.world.receive("Received: from evil.example\r\nX-Replay: 1\r\n" + raw);
        assertThat(replay.ruling().rule()).isEqualTo("same-letter-again");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        InboundMail bare = talk.world.receive(raw.replaceFirst("Message-ID: [^\r]*\r\n", ""));
        assertThat(bare.ruling().decision()).as("another letter, without an id").isEqualTo(Decision.EXECUTED);
        talk.answers("undo");
        InboundMail bareAgain =
                talk.world.receive("Received: from evil.example\r\n" + raw.replaceFirst("Message-ID: [^\r]*\r\n", ""));
        assertThat(bareAgain.ruling().rule()).isEqualTo("same-letter-again");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void theCopyThatCameWithoutTheHandleDoesNotSwallowTheOneThatHasIt() {
        String raw = talk.message("From: alice@corp.example", "To: Ronde <ronde@ronde.test>", "ok");
        assertThat(talk.world.receive(raw).ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail addressed = talk.world.receive("Delivered-To: " + talk.replyAddress() + "\r\n" + raw);
        assertThat(addressed.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
    }

    /** A second system answers each of our mails with the same words, without any sign that it is one. */
    @Test
    void case79EveryLoopOfTwoProgramsStops() {
        for (String words : List.of(
                "Bien reçu",
                "Merci pour votre message, votre demande est prise en charge.",
                "done",
                "problem: our office is closed",
                "not mine",
                "delegate to bob@corp.example",
                "delegate to nobody@corp.example",
                "snooze 3d",
                "snooze 999d",
                "undo",
                "help",
                "done 1,3")) {
            assertThat(answering(words)).as(words).isLessThanOrEqualTo(2);
        }
    }

    /** Whoever writes something else that cannot be understood hears of it too, three times a day; the third mail says that it is the last. */
    @Test
    void aSecondUnclearAnswerIsNotPassedOverInSilence() {
        talk.answers("what is this?");
        talk.answers("I looked at rule 12, is that enough?");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(2);
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: I looked at rule 12");
        talk.answers("What is this?");
        assertThat(talk.world.mailsTo(talk.alice)).as("the same once more").hasSize(2);
        assertThat(talk.lastTo(talk.alice)).doesNotContain("get none for a day");
        talk.answers("hello?");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(3);
        assertThat(talk.lastTo(talk.alice)).contains("get none for a day");
        assertThat(talk.world.lastTo(talk.alice).html()).contains("get none for a day");
        talk.answers("anybody there?");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(3);
        talk.world.clock.advance(Duration.ofHours(25));
        talk.answers("anybody there?");
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: anybody there?");
    }

    /** Where a day was asked for, another day is another answer. */
    @Test
    void aSecondDayThatIsNoneIsAnsweredToo() {
        talk.answers("snooze 999d");
        talk.answers("snooze 500d");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(2);
        talk.answers("snooze 03/04");
        talk.answers("snooze 05/06");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(4);
    }

    /** A program that never says the same twice gets no more than a person; one that only counts gets one mail. */
    @Test
    void aProgramThatWritesAnewEachTimeIsSoonLeftAlone() {
        assertThat(answering(round -> "Thanks for your request, it is number " + round))
                .isEqualTo(1);
        assertThat(answering(round -> "We will look into it, " + "very ".repeat(round) + "soon"))
                .isEqualTo(3);
    }

    /** How many mails the owner gets while a program answers each of them; the first answer is to the assignment. */
    private int answering(String words) {
        return answering(round -> words);
    }

    private int answering(IntFunction<String> words) {
        talk.world.clock.advance(Duration.ofHours(25));
        talk.world.settle();
        talk.world.forgetMails();
        ReceivedMail first = talk.assignment;
        for (int round = 0; round < ROUNDS; round++) {
            int before = talk.world.mailsTo(talk.alice).size();
            talk.answers(words.apply(round));
            talk.world.clock.advance(Duration.ofMinutes(3));
            talk.world.settle();
            if (talk.world.mailsTo(talk.alice).size() == before) {
                break;
            }
            talk.assignment = talk.world.lastTo(talk.alice);
        }
        talk.assignment = first;
        return talk.world.mailsTo(talk.alice).size();
    }
}
