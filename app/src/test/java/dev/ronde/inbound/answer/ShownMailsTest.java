package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.DONE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** “Done” is of what the mail showed that it answers, and of nothing that came later. */
@OnOneDatabase
final class ShownMailsTest {
    @AutoClose
    private final Conversation talk;

    private final MailWorld world;

    ShownMailsTest(DatabaseKind kind) {
        talk = new Conversation(kind);
        world = talk.world;
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
