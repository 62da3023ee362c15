package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** “Done” is of what the mail showed that it answers, and of nothing that came later. */
@OnOneDatabase
final class ShownMailsTest {
    private final Conversation talk;

    ShownMailsTest(DatabaseKind kind) {
        talk = new Conversation(kind);
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void aCheckThatTurnedAfterTheMailIsNotAttestedByIt() {
        world().turns("ports", "pass", "r1");
        world().at("2026-03-05T10:00:00Z");
        String reminder = world().lastTo(talk.alice).header("Message-ID");
        world().turns("ports", "fail", "r2");
        world().forgetMails();
        InboundMail refused = done(reminder);
        assertThat(refused.ruling().rule()).isEqualTo("checks");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(talk.lastTo(talk.alice))
                .contains("turned after we wrote to you", "Title of ports in en", "/r/")
                .contains("Checks: 1 failing, 0 unknown, 0 passing.");

        // what asks back shows nothing: it is done on the page
        String asked = world().lastTo(talk.alice).header("Message-ID");
        assertThat(done(asked).ruling().rule()).isEqualTo("changes");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void aMailThatNobodyKnowsAttestsNoFailure() {
        world().turns("ports", "fail", "r2");
        world().clock.advance(Duration.ofMinutes(1));
        assertThat(talk.answers("done").ruling().rule()).isEqualTo("checks");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void aBetterResultBarsNothingAndTheRecordNamesWhatTheMailShowed() {
        world().turns("ports", "error", "r1");
        world().at("2026-03-05T10:00:00Z");
        String reminder = world().lastTo(talk.alice).header("Message-ID");
        world().turns("ports", "pass", "r2");
        assertThat(done(reminder).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().attestation().checks()).contains("\"r1\"").doesNotContain("\"r2\"");
    }

    @Test
    void aConfigurationThatIsBackToWhatWasAttestedIsNotTheOneTheMailShowed() {
        world().configured(talk.firewall, digest(1));
        world().at("2026-03-05T10:00:00Z");
        String reminder = world().lastTo(talk.alice).header("Message-ID");
        assertThat(done(reminder).ruling().decision()).isEqualTo(Decision.EXECUTED);
        assertThat(talk.review().attestation().snapshotDigest()).isEqualTo(digest(1));
    }

    @Test
    void whatNeverReachedThemShowedThemNothing() {
        sql("update outbox set state = 'expired', model = '{}'");
        world().turns("ports", "fail", "r2");
        world().at("2026-03-11T10:00:00Z");
        sql("update outbox set state = 'bounced' where state = 'accepted'");
        assertThat(talk.answers("done").ruling().rule()).isEqualTo("changes");
        sql("update outbox set state = 'accepted' where state = 'bounced'");
        assertThat(talk.answers("Done.").ruling().rule()).isEqualTo("failing");
    }

    @Test
    void whatMayHaveArrivedCountsWhereNothingElseDid() {
        sql("update outbox set state = 'expired', model = '{}'");
        world().turns("ports", "fail", "r2");
        world().at("2026-03-05T10:00:00Z");
        sql("update outbox set state = 'uncertain' where state = 'accepted'");
        world().turns("ssh", "fail", "r3");
        world().at("2026-03-11T10:00:00Z");
        sql("update outbox set state = 'uncertain' where state = 'accepted'");
        assertThat(talk.answers("done").ruling().rule())
                .as("the first in doubt did not show ssh")
                .isEqualTo("checks");
        world().settle();
        sql("update outbox set state = 'expired' where mail_class = 'receipt'");
        sql("update outbox set state = 'accepted' where state = 'uncertain' and id = (select id from outbox"
                + " where state = 'uncertain' order by created_at desc, id desc limit 1)");
        assertThat(talk.answers("Done.").ruling().rule())
                .as("the first that arrived shows it")
                .isEqualTo("failing");
    }

    @Test
    void whoseProgramNamesNoMailIsSentToThePage() {
        world().turns("ports", "pass", "r1");
        world().at("2026-03-05T10:00:00Z");
        world().turns("ports", "fail", "r2");
        world().forgetMails();
        assertThat(talk.answers("done").ruling().rule()).isEqualTo("checks");
        assertThat(talk.lastTo(talk.alice))
                .contains("turned after we wrote to you", "Title of ports in en", "/r/")
                .contains("Checks: 1 failing, 0 unknown, 0 passing.")
                .doesNotContain("answer \"done\" to this mail");
    }

    @Test
    void anAnswerToADigestIsOfWhatTheDigestShowed() {
        for (int i = 2; i < 5; i++) {
            world().asset("fw-par-0" + i, "dora@corp.example");
        }
        world().turns("ports", "fail", "r2");
        world().at("2026-03-02T10:00:00Z");
        Person dora = world().database
                .read(handle -> world().inventory
                        .people
                        .findByEmail(handle, "dora@corp.example")
                        .orElseThrow());
        ReceivedMail digest = world().lastTo(dora);
        String address = digest.header("Reply-To").replaceAll(".*<|>.*", "");
        assertThat(toDigest(address, "done 1").ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(talk.lastTo(dora)).contains("fail: Title of ports in en.");
        assertThat(toDigest(address, "done 2", "In-Reply-To: " + digest.header("Message-ID"))
                        .ruling()
                        .decision())
                .isEqualTo(Decision.REJECTED);
        assertThat(talk.lastTo(dora)).contains("fail: Title of ports in en.");
        world().turns("ssh", "fail", "r3");
        assertThat(toDigest(address, "done 3").ruling().decision()).isEqualTo(Decision.REJECTED);
        assertThat(talk.lastTo(dora))
                .contains("turned after we wrote to you", "Title of ssh")
                .doesNotContain("Title of ports");
    }

    private InboundMail toDigest(String address, String text, String... headers) {
        return world().receive(talk.message("From: dora@corp.example", "To: Ronde <" + address + ">", text, headers));
    }

    private void sql(String text) {
        world().database.useTransaction(tx -> tx.execute(text));
    }

    private InboundMail done(String answered) {
        return world().receive(talk.mail("alice@corp.example", "done", "In-Reply-To: " + answered));
    }

    private static String digest(int n) {
        return "sha256:" + String.format(java.util.Locale.ROOT, "%064x", n);
    }

    private MailWorld world() {
        return talk.world;
    }
}
