package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.estate.CheckState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link may no longer do: for somebody who has left, and for what its page did not show. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class EndedLinksTest {
    @AutoClose
    private final MailWorld world;

    private Person alice;
    private Asset asset;
    private String link;

    EndedLinksTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @BeforeEach
    void openReview() {
        alice = world.person("alice@corp.example");
        asset = world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.digests.put(asset.id(), digest(1));
        world.checks.add(new CheckState("ports", "pass", false, "high", "r1", "e1"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    @Test
    void theLinksOfSomebodyWhoHasLeftAreOver() {
        MailWorld.Page page = world.look(link);
        assertThat(world.post(link, page.form("attest", "outcome", "no_change")).status())
                .isEqualTo(303);
        world.settle();
        String undo = world.lastTo(alice).link('u');
        MailWorld.Page undoPage = world.look(undo);
        MailWorld.Page again = world.look(link);
        world.leaves(alice);
        long records = world.count("evidence_record");
        assertThat(world.get(link).status()).isEqualTo(410);
        assertThat(world.get(link).body())
                .as("no new link for who has left")
                .contains("the person it was sent to has left")
                .doesNotContain("new_link", "The newest mail about it");
        assertThat(world.get(link + "?l=fr").body()).contains("la personne à qui il avait été envoyé est partie");
        assertThat(world.get(undo).status()).isEqualTo(410);
        assertThat(world.post(link, again.form("problem", "text", "left behind"))
                        .status())
                .isEqualTo(410);
        assertThat(world.post(undo, undoPage.form("undo")).status()).isEqualTo(410);
        assertThat(world.calls()
                        .exchange("POST", link + "/files", "multipart/form-data; boundary=cut", "--cut", Map.of())
                        .header("Location"))
                .as("nothing of a file is looked at")
                .endsWith("?file=expired#files");
        assertThat(world.count("evidence_record")).isEqualTo(records);
        assertThat(state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void aCheckThatTurnedAfterThePageIsShownFirst() {
        MailWorld.Page page = world.look(link);
        world.past.addAll(world.checks);
        world.checks.clear();
        world.checks.add(new CheckState("ports", "fail", false, "high", "r2", "e2"));
        MailWorld.Page refused = world.post(link, page.form("attest", "outcome", "no_change", "note", "my words"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("These checks turned after you looked", "my words");
        assertThat(state()).isEqualTo(ReviewState.OPEN);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.post(link, refused.form("attest", "outcome", "no_change", "note", "my words"))
                        .status())
                .isEqualTo(303);
    }

    @Test
    void theOnlyChangeIsAcceptedByNoOutcomeThatDoesNotSaySo() {
        pressed(303, link, "attest", "outcome", "no_change");
        world.at("2026-05-29T10:00:00Z");
        String next = world.lastTo(alice).links().get(0);
        world.digests.put(asset.id(), digest(2));
        MailWorld.Page refused = world.press(next, "attest", "outcome", "not_applicable");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("is not answered yet", "answer.rules[web].source");
    }

    @Test
    void whoHoldsADeadLinkGetsANewOneByMailOnce() {
        expire();
        MailWorld.Page dead = world.look(link);
        assertThat(dead.status()).isEqualTo(410);
        assertThat(dead.body()).contains("Send me a new link", "a…@corp.example");
        world.forgetMails();
        assertThat(world.post(link, Map.of("action", "new_link")).status()).isEqualTo(403);
        for (int press = 0; press < 3; press++) {
            MailWorld.Page asked = world.post(link, dead.form("new_link"));
            assertThat(asked.status()).isEqualTo(303);
            assertThat(world.get(asked.header("Location")).body())
                    .contains("a new link goes to a…@corp.example")
                    .doesNotContain("Send me a new link");
            world.settle();
        }
        assertThat(world.mails()).hasSize(1);
        String fresh = world.lastTo(alice).links().get(0);
        assertThat(fresh).isNotEqualTo(link);
        pressed(303, fresh, "attest", "outcome", "no_change");
        assertThat(world.get(link + "?l=fr").body()).contains("M’envoyer un nouveau lien");
    }

    @Test
    void whoHasLeftOrIsNothingToTheReviewGetsTheSameAnswerAndNoMail() {
        expire();
        MailWorld.Page dead = world.look(link);
        world.forgetMails();
        world.leaves(alice);
        MailWorld.Page asked = world.post(link, dead.form("new_link"));
        assertThat(asked.status()).isEqualTo(303);
        assertThat(world.get(asked.header("Location")).body()).contains("a new link goes to a…@corp.example");
        world.settle();
        assertThat(world.mailsTo(alice)).isEmpty();
    }

    @Test
    void aDeadLinkShowsNothingOfWhatIsConfiguredOrWasFound() {
        pressed(303, link, "attest", "outcome", "no_change");
        world.at("2026-05-29T10:00:00Z");
        String next = world.lastTo(alice).links().get(0);
        world.digests.put(asset.id(), digest(2));
        world.checks.add(new CheckState("ssh-open", "fail", false, "high", "r7", "e7"));
        world.checks.add(new CheckState("ntp", "error", false, "low", "r8", "e8"));
        pressed(303, next, "problem", "text", "the old proxy answers");
        Review review = world.review("REV-1002");
        world.act(
                review,
                new Actor("user", "p:00000000000000aa", "password"),
                Channel.PAGE,
                new ReviewAct.DecideProblem(review.handling().problemAt(), "Port 3128 stays open until May."));
        assertThat(world.look(next).body())
                .contains("Title of ssh-open", "Title of ntp", "Rule web", "fw-par-01")
                .contains("about the problem: Port 3128 stays open until May.");
        expire();
        for (String language : new String[] {"en", "fr"}) {
            assertThat(world.get(next + "?l=" + language).body())
                    .contains(">REV-1002<", "value=\"new_link\"")
                    .containsOnlyOnce("<form")
                    .containsPattern("decided on .* about the problem\\.|a tranché le problème le .*\\.")
                    .doesNotContain("Title of", "ssh-open", "Rule web", "Règle web", "fw-par-01")
                    .doesNotContain("Port 3128", "the old proxy")
                    .doesNotContain(digest(1).substring(7), digest(2).substring(7), "<details");
            assertThat(world.get(next).hidden("v")).as("no run, no digest").matches("\\d+");
        }
    }

    @Test
    void whoHasLeftReadsNoMoreWhoDidWhat() {
        pressed(303, link, "attest", "outcome", "no_change");
        String ref = world.reviewOf(asset).ref();
        world.leaves(alice);
        assertThat(world.get(link).body()).contains(ref, "attested").doesNotContain("Alice");
    }

    @Test
    void aDeadLinkIsAskedOnceMoreWhereTheFormCameTooFast() {
        expire();
        world.forgetMails();
        MailWorld.Page dead = world.get(link);
        MailWorld.Page asked = world.post(link, dead.form("new_link"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("Please confirm", "mail a new link", "value=\"new_link\"");
        world.settle();
        assertThat(world.mails()).isEmpty();
        assertThat(world.post(link, asked.form("new_link")).status()).isEqualTo(303);
        world.settle();
        assertThat(world.mails()).hasSize(1);
    }

    @Test
    void aNewLinkLeavesOnceInAnyHourAndFiveTimesInAnyDay() {
        expire();
        world.forgetMails();
        world.clock.set(Instant.parse("2026-02-27T10:58:00Z"));
        assertThat(newLinks()).isOne();
        world.clock.set(Instant.parse("2026-02-27T11:01:00Z"));
        assertThat(newLinks()).as("another hour of the clock").isOne();
        world.clock.set(Instant.parse("2026-02-27T12:00:00Z"));
        assertThat(newLinks()).isEqualTo(2);
        for (int mails = 3; mails <= 5; mails++) {
            world.clock.advance(Duration.ofMinutes(61));
            assertThat(newLinks()).isEqualTo(mails);
        }
        world.clock.advance(Duration.ofMinutes(61));
        assertThat(newLinks()).as("the sixth of a day").isEqualTo(5);
        world.clock.advance(Duration.ofHours(20));
        assertThat(newLinks()).as("a day after the first").isEqualTo(6);
    }

    /** Asks by the page of the dead link, and counts what came. */
    private long newLinks() {
        pressed(303, link, "new_link");
        world.settle();
        return world.mailsTo(alice).stream()
                .filter(mail -> mail.subject().contains("Your new link"))
                .count();
    }

    @Test
    void aLinkThatIsOfNoUseAnyMoreIsCancelledForWhatHappened() {
        Person bob = world.person("bob@corp.example");
        expire();
        pressed(303, link, "new_link");
        world.sql("update review set owner_id = ?", bob.id());
        world.settle();
        assertThat(world.texts("select reason from outbox where kind = 'link' and state = 'cancelled'"))
                .containsExactly("=with_another|" + world.reviewOf(asset).ref());
    }

    private void expire() {
        world.sql("update mail_grant set expires_at = ?", world.clock.instant());
    }

    private ReviewState state() {
        return world.reviewOf(asset).stateAt(world.clock.instant());
    }

    private static String digest(int n) {
        return "sha256:" + String.format(java.util.Locale.ROOT, "%064x", n);
    }

    private void pressed(int status, String path, String action, String... more) {
        assertThat(world.press(path, action, more).status()).isEqualTo(status);
    }
}
