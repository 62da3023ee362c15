package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Problems with what was attested, by mail and by link: who may report one, what a race does to it, and its receipts. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class AttestedProblemsTest {
    private static final String AFTERWARDS = "2026-04-14T10:00:00Z";
    private static final String LATE = "problem: the port was open all the time";

    @AutoClose
    private final Conversation talk;

    private final MailWorld world;

    AttestedProblemsTest(DatabaseKind kind) {
        talk = new Conversation(kind);
        world = talk.world;
    }

    /** Who leads reports one by mail and by link, though they only look on. */
    @Test
    void whoHandedItOnReopensNothingThatTheOtherAttestedUnlessTheyLead() {
        ReceivedMail mine = talk.assignment;
        String link = mine.links().get(0);
        talk.handOn(talk.bob);
        ReceivedMail bobs = talk.assignment;
        talk.from(BOB, "ok");
        talk.from(BOB, "done");
        talk.assignment = mine;
        talk.expect("problem: I left a port open | with-somebody-else | ATTESTED");
        assertThat(talk.said("commented")).contains("I left a port open");
        assertThat(talk.lastTo(talk.bob)).as("whose it is hears of it").contains("I left a port open");
        assertThat(world.get(link).body()).doesNotContain("value=\"problem\"");
        world.becomes(talk.lena, Role.ADMIN);
        world.becomes(talk.alice, Role.COMPLIANCE);
        assertThat(world.press(link, "problem", "text", "I left a port open").header("Location"))
                .contains("ok=reopen");
        talk.assignment = bobs;
        talk.from(BOB, "done");
        talk.assignment = mine;
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        talk.expect("problem: and it is full | owner-by-reply | OPEN");
        world.becomes(talk.alice, Role.OWNER);
        talk.assignment = bobs;
        talk.from(BOB, "done");
        talk.assignment = mine;
        world.at(AFTERWARDS);
        talk.expect("problem: I left a port open | with-somebody-else");
        assertThat(talk.waiting()).isEmpty();
    }

    @Test
    void whoAttestedReportsOneWhoseverTheReviewIsByNow() {
        talk.answers("done");
        world.sql("update review set owner_id = ?", talk.bob.id());
        talk.expect("problem: I left a port open | owner-by-reply | OPEN");
    }

    /** What was begun with an answer that meets another change is undone, and it is decided again; a late problem too. */
    @Test
    void anAnswerThatMeetsAnotherChangeIsDecidedAgain() {
        meetsAnotherChange();
        assertThat(again(talk.answers("done"))).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        String ref = talk.review().ref();
        world.at(AFTERWARDS);
        meetsAnotherChange();
        assertThat(again(talk.answers(LATE))).isEqualTo(Decision.EXECUTED);
        assertThat(talk.waiting())
                .extracting(review -> review.handling().problemText())
                .containsExactly(ref + ": the port was open all the time");
    }

    @Test
    void theSameLateProblemAgainTakesNoReceiptBack() {
        talk.answers("done");
        world.at(AFTERWARDS);
        world.forgetMails();
        // both are decided before anything leaves
        talk.stored(LATE);
        talk.answers(LATE);
        assertThat(receipts()).as("told once, when its time has come").isEqualTo(1);
        talk.answers(LATE);
        assertThat(receipts()).as("and no second time").isEqualTo(1);
    }

    /** The next look at the configuration finds that the review was changed by somebody else; once. */
    private void meetsAnotherChange() {
        AtomicInteger looks = new AtomicInteger();
        world.looked = () -> {
            if (looks.incrementAndGet() == 1) {
                throw Problem.conflict("review_changed", "It was changed a moment ago.");
            }
        };
    }

    /** What is decided of it once it is looked at again. */
    private Decision again(InboundMail mail) {
        assertThat(mail.ruling().decision()).as("not decided yet").isNull();
        world.after(Duration.ofSeconds(1));
        return talk.found(mail.id()).ruling().decision();
    }

    private long receipts() {
        world.after(Duration.ofMinutes(3));
        return world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains("another review waits with the problem"))
                .count();
    }
}
