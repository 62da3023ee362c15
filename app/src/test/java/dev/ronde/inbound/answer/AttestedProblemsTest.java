package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Problems with what was attested, by mail and by link: who may report one, what a race does to it, and its receipts. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class AttestedProblemsTest {
    private static final String AFTERWARDS = "2026-04-14T10:00:00Z";

    private final Conversation talk;

    AttestedProblemsTest(DatabaseKind kind) {
        talk = new Conversation(kind);
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void whoHandedItOnReopensNothingThatTheOtherAttested() {
        bobTakesItOverAndAttests();
        InboundMail late = talk.answers("problem: I left a port open");
        assertThat(late.ruling().decision()).isEqualTo(Decision.COMMENTED);
        assertThat(late.ruling().rule()).isEqualTo("with-somebody-else");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.said("commented")).contains("I left a port open");
        assertThat(talk.lastTo(talk.bob)).as("whose it is hears of it").contains("I left a port open");
        world().at(AFTERWARDS);
        assertThat(talk.answers("problem: I left a port open").ruling().rule()).isEqualTo("with-somebody-else");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whoLeadsReportsOneByMailAndByLinkThoughTheyOnlyLookOn() {
        String link = talk.assignment.links().get(0);
        bobTakesItOverAndAttests();
        assertThat(world().get(link).body()).doesNotContain("value=\"problem\"");
        world().becomes(talk.lena, Role.ADMIN);
        world().becomes(talk.alice, Role.COMPLIANCE);
        MailWorld.Page page = world().get(link);
        assertThat(page.body()).contains("value=\"problem\"");
        world().clock.advance(Duration.ofSeconds(10));
        assertThat(world().post(link, page.form("problem", "text", "I left a port open"))
                        .header("Location"))
                .contains("ok=reopen");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        bobAnswers("done");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(talk.answers("problem: and it is full").ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void whoAttestedReportsOneWhoseverTheReviewIsByNow() {
        talk.answers("done");
        world().database
                .useTransaction(tx -> tx.createUpdate("update review set owner_id = :bob")
                        .bind("bob", talk.bob.id())
                        .execute());
        assertThat(talk.answers("problem: I left a port open").ruling().decision())
                .isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    /** What was begun with it is undone and it is decided again, instead of being told as closed. */
    @Test
    void aLateProblemThatMeetsAnotherChangeIsDecidedAgain() {
        talk.answers("done");
        String ref = talk.review().ref();
        world().at(AFTERWARDS);
        meetsAnotherChange();
        assertThat(again(talk.answers("problem: the port was open all the time")))
                .isEqualTo(Decision.EXECUTED);
        assertThat(waiting())
                .singleElement()
                .extracting(review -> review.handling().problemText())
                .isEqualTo(ref + ": the port was open all the time");
    }

    /** The same for every other answer: a review that changed meanwhile is read again. */
    @Test
    void anAnswerThatMeetsAnotherChangeIsDecidedAgain() {
        meetsAnotherChange();
        assertThat(again(talk.answers("done"))).isEqualTo(Decision.EXECUTED);
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void theSameLateProblemAgainTakesNoReceiptBack() {
        talk.answers("done");
        world().at(AFTERWARDS);
        world().forgetMails();
        // both are decided before anything leaves
        String first = talk.mail("alice@corp.example", "problem: the port was open all the time");
        world().inbox.inbox().receive(Inbox.Place.pipe(first.length()), Conversation.bytes(first));
        world().clock.advance(Duration.ofMillis(5));
        talk.answers("problem: the port was open all the time");
        assertThat(receipts()).as("told once, when its time has come").isEqualTo(1);
        talk.answers("problem: the port was open all the time");
        assertThat(receipts()).as("and no second time").isEqualTo(1);
    }

    /** The next look at the configuration finds that the review was changed by somebody else; once. */
    private void meetsAnotherChange() {
        AtomicInteger looks = new AtomicInteger();
        world().looked = () -> {
            if (looks.incrementAndGet() == 1) {
                throw Problem.conflict("review_changed", "It was changed a moment ago.");
            }
        };
    }

    /** What is decided of it once it is looked at again. */
    private Decision again(InboundMail mail) {
        assertThat(mail.ruling().decision()).as("not decided yet").isNull();
        world().clock.advance(Duration.ofSeconds(1));
        world().settle();
        return world().inbox.inbox().find(mail.id()).orElseThrow().ruling().decision();
    }

    private long receipts() {
        world().clock.advance(Duration.ofMinutes(3));
        world().settle();
        return world().mailsTo(talk.alice).stream()
                .map(ReceivedMail::text)
                .filter(text -> text.contains("another review waits with the problem"))
                .count();
    }

    private void bobTakesItOverAndAttests() {
        talk.answers("delegate to bob@corp.example");
        world().clock.advance(Duration.ofMinutes(2));
        world().settle();
        bobAnswers("ok");
        bobAnswers("done");
        assertThat(talk.state()).isEqualTo(ReviewState.ATTESTED);
    }

    private void bobAnswers(String text) {
        ReceivedMail mine = talk.assignment;
        talk.assignment = world().mailsTo(talk.bob).get(0);
        world().receive(talk.mail("bob@corp.example", text));
        talk.assignment = mine;
    }

    private List<Review> waiting() {
        return world().database.read(world().reviews.reviews()::waiting);
    }

    private MailWorld world() {
        return talk.world;
    }
}
