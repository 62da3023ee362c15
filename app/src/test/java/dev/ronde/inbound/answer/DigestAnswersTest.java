package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static dev.ronde.inbound.answer.IdentityCasesTest.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Case 39 of the mail design: answers to a digest, and to the receipt of several reviews. */
final class DigestAnswersTest {
    @AutoClose
    private Conversation talk;

    private MailWorld world;
    private Person olga;

    /** Olga owns so many databases and has got their reviews in one mail, which is answered from here on. */
    private void aDigestOf(int reviews, String policy) {
        talk = new Conversation(
                DatabaseKind.H2, Map.of(Setting.MAIL_POLICY, policy, Setting.AUTHSERV_ID, "mx.ronde.test"));
        world = talk.world;
        for (int n = 1; n <= reviews; n++) {
            world.asset("db-" + n, "olga@corp.example");
        }
        olga = world.person("olga@corp.example");
        world.at("2026-03-02T10:00:00Z");
        talk.assignment = world.lastTo(olga);
        world.forgetMails();
    }

    private InboundMail receive(String text, String... headers) {
        return talk.from("olga@corp.example", text, headers);
    }

    private void asks(String rule, String... texts) {
        for (String text : texts) {
            assertThat(receive(text).ruling().rule()).as(text).isEqualTo(rule);
        }
    }

    /** The refs that a pattern finds in a text, each once. */
    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    /** The reviews of the digest, in the order of their numbers. */
    private List<Review> numbered() {
        return found("(?m)(?<=^\\d\\. .{1,200} · )REV-\\d+$", talk.assignment.text()).stream()
                .map(world::review)
                .toList();
    }

    private long attested() {
        return world.count("review where attested_at is not null");
    }

    @Test
    void case39ADigestAsksWhichAndDoesThoseThatAreNamed() {
        aDigestOf(3, "standard");
        assertThat(talk.assignment.text()).contains("Or reply and name them");
        asks("digest-which", "done", "all done");
        assertThat(talk.lastTo(olga)).contains("https://ronde.test/d/").doesNotContain("https://ronde.test\n");
        asks("digest-unknown", "done 9");
        asks("digest-which", "whatever you like", "snooze 3d");
        asks("digest-which", "ok 1\nproblem 1: SNMP", "ok 1\ndone 2, but not yet", "done 1\nnot mine 2?");
        asks("help", "help");
        assertThat(talk.lastTo(olga)).contains("- done 1\n").doesNotContain("delegate to name");
        // the numbers are those of the mail, whatever has moved meanwhile
        Review second = numbered().get(1);
        assertThat(talk.assignment.html()).containsPattern("2\\. <a [^>]*>").contains(second.ref());
        world.sql(
                "update review set due_on = due_on - interval '9' day where review_number = ?",
                Long.parseLong(second.ref().substring(4)));
        assertThat(receive("done 2").ruling().about()).isEqualTo(second.ref());
        assertThat(receive("problem 2: Port 5432 is open?").ruling().decision()).isEqualTo(Decision.EXECUTED);
        asks(DONE, "done 1,3", "pas à moi " + second.ref());
        assertThat(attested()).isEqualTo(2);
        world.after(Duration.ofMinutes(2));
        assertThat(talk.lastTo(talk.lena)).contains("is not theirs. Please give it to somebody else.");
    }

    /** A second answer that does not say which is not passed over in silence. */
    @Test
    void eachUnclearAnswerToADigestIsAskedBackAboutAndCanBeAnswered() {
        aDigestOf(3, "standard");
        receive("done 1-3");
        receive("done 1, but not 2");
        assertThat(world.mailsTo(olga)).hasSize(2);
        assertThat(talk.lastTo(olga)).contains("We read this line: done 1, but not 2");
        asks("digest-unknown", "done 9", "done 8", "done 8");
        assertThat(world.mailsTo(olga)).hasSize(4);
        talk.assignment = world.lastTo(olga);
        assertThat(talk.assignment.header("Reply-To")).contains("+");
        asks(DONE, "done 2");
        InboundMail byReference = world.receive(talk.message(
                "From: olga@corp.example", "To: ronde@ronde.test", "ok 3", answering(talk.assignment), PASS));
        assertThat(byReference.ruling().decision()).isEqualTo(Decision.EXECUTED);
    }

    /** Each line with its own items is done; the record and the page say of each what it asked for and what became of it. */
    @Test
    void everyLineOfAnAnswerToADigestIsDoneAndWrittenDown() {
        aDigestOf(3, "standard");
        List<Review> listed = numbered();
        InboundMail mail = receive("ok 1\nproblème 2 : SNMP\nundo 3\nnot mine 9\n\nOlga");
        assertThat(mail.ruling().rule()).as("something was done").isEqualTo(DONE);
        assertThat(mail.reading().verb()).as("not one for all").isNull();
        assertThat(mail.reading().args()).isEqualTo("1,2,3,9");
        assertThat(mail.reading().line()).isEqualTo("ok 1 / problème 2 : SNMP / undo 3 / not mine 9");
        assertThat(mail.ruling().reason())
                .isEqualTo("%s acknowledge executed, %s problem executed, %s undo commented, 9 not_mine rejected"
                        .formatted(listed.stream().map(Review::ref).toArray()));
        assertThat(numbered())
                .extracting(review -> review.stateAt(world.clock.instant()))
                .containsExactly(ReviewState.ACKNOWLEDGED, ReviewState.OPEN, ReviewState.OPEN);
        assertThat(numbered())
                .extracting(review -> review.handling().problemText())
                .containsExactly(null, "SNMP", null);
        String record = world.recordData("mail.received");
        assertThat(record).doesNotContain("\"verb\":\"all").contains("\"decision\":\"executed\"");
        List<String> lines = found("\\{[^{}]*\"verb\"[^{}]*}", record);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains(listed.get(0).ref(), "\"acknowledge\"", "\"executed\"");
        assertThat(lines.get(2)).contains("\"undo\"", "\"commented\"", "\"nothing-to-undo\"");
        assertThat(lines.get(3)).contains("\"9\"", "\"not_mine\"", "\"rejected\"", "\"digest-unknown\"");
        assertThat(world.get("/inbox/" + mail.id(), Role.COMPLIANCE, talk.lena).body())
                .contains(listed.get(2).ref() + " undo commented");
        assertThat(talk.lastTo(olga)).contains("is reported to the compliance lead", "9");
        assertThat(receive("done 1, 3").reading().verb()).isEqualTo("done");
    }

    /** A digest may list so many that their names do not fit beside the message; one answer is answered once all the same. */
    @Test
    void oneAnswerToALongDigestGetsOneReceiptThatTellsAll() {
        aDigestOf(30, "standard");
        String all = IntStream.rangeClosed(1, 30).mapToObj(String::valueOf).collect(Collectors.joining(","));
        InboundMail mail = receive("done " + all + ",40");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(mail.ruling().about()).endsWith(" …").hasSizeLessThanOrEqualTo(200);
        assertThat(world.recordData("mail.received").split("\"done\"", -1)).hasSize(33);
        world.after(Duration.ofMinutes(3));
        assertThat(world.mailsTo(olga)).hasSize(1);
        String receipt = talk.lastTo(olga);
        assertThat(found("REV-\\d+(?= is attested\\.| · \\S+ is attested\\.)", receipt))
                .hasSize(30);
        List<String> undo = found("/u/[a-z2-7]{40}", receipt);
        assertThat(undo).hasSize(30);
        assertThat(receipt)
                .contains("These were not in the list you answered: 40.", "We read this line: done 1,2")
                .contains("or reply “undo”, or “undo REV-…” for one");
        assertThat(world.get(undo.get(7)).body()).contains("REV-");
        world.forgetMails();
        receive("done 1,2");
        assertThat(world.mailsTo(olga)).hasSize(1);
        assertThat(talk.lastTo(olga).split("recorded already", -1)).hasSize(3);
    }

    /** A receipt is answered as the list it is: “undo” means all it tells of, a name means that one, anything else must say which. */
    @Test
    void anUndoOfAReceiptOfSeveralTakesBackAllOfThem() {
        aDigestOf(4, "strict");
        assertThat(receive("done 1").ruling().decision()).isEqualTo(Decision.CHALLENGED);
        assertThat(talk.lastTo(olga))
                .contains("Somebody answered a mail of ours in your name", "https://ronde.test/d/");
        String digest = answering(talk.assignment);
        assertThat(receive("done 1,2,3", PASS).ruling().decision()).isEqualTo(Decision.EXECUTED);
        talk.assignment = world.lastTo(olga);
        List<String> listed = found("REV-\\d+(?= is attested\\.| · \\S+ is attested\\.)", talk.assignment.text());
        assertThat(receive("done", PASS).ruling().rule()).isEqualTo("digest-which");
        assertThat(world.get(world.lastTo(olga).link('d')).body()).contains(listed);
        receive("undo " + listed.get(1), PASS);
        assertThat(attested()).isEqualTo(2);
        world.forgetMails();
        InboundMail all = receive(
                "undo", PASS, answering(talk.assignment), "References: " + talk.assignment.header("References"));
        assertThat(all.ruling().about()).isEqualTo(String.join(" ", listed));
        assertThat(attested()).isZero();
        assertThat(world.mailsTo(olga)).hasSize(1);
        assertThat(talk.lastTo(olga))
                .containsPattern("The attestation of " + listed.get(0) + "( · \\S+)? is taken back\\.")
                .containsPattern("The attestation of " + listed.get(2) + "( · \\S+)? is taken back\\.")
                .contains("There is nothing of yours to take back on " + listed.get(1));
        InboundMail unsure =
                world.receive(talk.message("From: olga@corp.example", "To: ronde@ronde.test", "done 4", digest, PASS));
        assertThat(unsure.ruling().decision()).isEqualTo(Decision.CHALLENGED);
    }

    /** Three decisions in one mail tell what each of them is about, and offer no answer that would be refused. */
    @Test
    void aDigestTellsWhatTheLeadMustDecide() {
        aDigestOf(3, "standard");
        for (String said : List.of(
                "problem 1: Port 5432 is open\nto the internet", "not mine 2", "problem 3: the backup failed in May")) {
            talk.stored(olga.email(), said);
        }
        world.settle();
        assertThat(talk.lastTo(talk.lena))
                .contains("3 reviews for you")
                .containsPattern("db-\\d .* · olga@corp\\.example reported a problem · REV-")
                .containsPattern("db-\\d .* · olga@corp\\.example says it is not theirs · REV-")
                .doesNotContain("Or reply");
    }

    /** Somebody who is asked for three reviews reads in the digest how to accept one, and the answer does it. */
    @Test
    void aDigestOfRequestsSaysHowToAcceptByMail() {
        aDigestOf(3, "standard");
        Person dan = world.person("dan@corp.example", "fr", "Europe/Paris");
        Actor owner = new Actor("link", olga.actorRef(), "link");
        numbered().forEach(review -> world.act(review, owner, Channel.LINK, new ReviewAct.Delegate(dan.email())));
        world.after(Duration.ofMinutes(2));
        talk.assignment = world.lastTo(dan);
        String offered = found("(?<=Pour en reprendre une, répondez : ok )REV-\\d+", talk.assignment.text())
                .get(0);
        assertThat(talk.from(dan.email(), "problème " + offered + " : le port est ouvert", "Content-Language: fr")
                        .ruling()
                        .decision())
                .isEqualTo(Decision.EXECUTED);
        talk.from(dan.email(), "ok " + offered);
        assertThat(world.texts("select 'REV-' || review_number from review where owner_id = ?", dan.id()))
                .containsExactly(offered);
        talk.from(dan.email(), "d'accord 1, 2, 3");
        assertThat(world.texts("select 'REV-' || review_number from review where owner_id = ?", dan.id()))
                .hasSize(3);
    }
}
