package dev.ronde.reply;

import static dev.ronde.review.TestVisitors.visitor;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link may no longer do: for somebody who has left, and for what its page did not show. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class EndedLinksTest {
    private final MailWorld world;
    private Person alice;
    private Asset asset;
    private String link;

    EndedLinksTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @BeforeEach
    void openReview() {
        alice = world.person("alice@corp.example", "en", "Europe/Paris");
        asset = world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.digests.put(asset.id(), digest(1));
        world.checks.add(new CheckState("ports", "pass", false, "high", "r1", "e1"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theLinksOfSomebodyWhoHasLeftAreOver() {
        MailWorld.Page page = look(link);
        assertThat(world.post(link, page.form("attest", "outcome", "no_change")).status())
                .isEqualTo(303);
        world.settle();
        String undo = world.lastTo(alice).text().replaceAll("(?s).*https://ronde\\.test(/u/[a-z2-7]{40}).*", "$1");
        MailWorld.Page undoPage = look(undo);
        MailWorld.Page again = look(link);
        leave();
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
        assertThat(world.calls
                        .exchange("POST", link + "/files", "multipart/form-data; boundary=cut", "--cut", Map.of())
                        .header("Location"))
                .as("nothing of a file is looked at")
                .endsWith("?file=expired#files");
        assertThat(world.count("evidence_record")).isEqualTo(records);
        assertThat(state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void whoeverLostSomethingGetsANewLinkForWhatIsLeft() {
        world.database.useTransaction(tx -> world.mail.grants().revokeAll(tx, alice, Actor.SYSTEM));
        MailWorld.Page dead = look(link);
        assertThat(dead.status()).isEqualTo(410);
        assertThat(dead.body()).contains("Send me a new link");
        world.forgetMails();
        assertThat(world.post(link, dead.form("new_link")).status()).isEqualTo(303);
        world.settle();
        assertThat(world.get(world.lastTo(alice).links().get(0)).status()).isEqualTo(200);
    }

    @Test
    void aCheckThatTurnedAfterThePageIsShownFirst() {
        MailWorld.Page page = look(link);
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
        assertThat(world.post(link, look(link).form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(303);
        world.at("2026-05-29T10:00:00Z");
        String next = world.lastTo(alice).links().get(0);
        world.digests.put(asset.id(), digest(2));
        MailWorld.Page refused = world.post(next, look(next).form("attest", "outcome", "not_applicable"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("is not answered yet", "answer.rules[web].source");
    }

    @Test
    void whoHoldsADeadLinkGetsANewOneByMailOnce() {
        expire();
        MailWorld.Page dead = look(link);
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
        assertThat(world.post(fresh, look(fresh).form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(303);
        assertThat(world.get(link + "?l=fr").body()).contains("M’envoyer un nouveau lien");
    }

    @Test
    void whoHasLeftOrIsNothingToTheReviewGetsTheSameAnswerAndNoMail() {
        expire();
        MailWorld.Page dead = look(link);
        world.forgetMails();
        leave();
        MailWorld.Page asked = world.post(link, dead.form("new_link"));
        assertThat(asked.status()).isEqualTo(303);
        assertThat(world.get(asked.header("Location")).body()).contains("a new link goes to a…@corp.example");
        world.settle();
        assertThat(world.mailsTo(alice)).isEmpty();
    }

    @Test
    void aDeadLinkShowsNothingOfWhatIsConfiguredOrWasFound() {
        assertThat(world.post(link, look(link).form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(303);
        world.at("2026-05-29T10:00:00Z");
        String next = world.lastTo(alice).links().get(0);
        world.digests.put(asset.id(), digest(2));
        world.checks.add(new CheckState("ssh-open", "fail", false, "high", "r7", "e7"));
        world.checks.add(new CheckState("ntp", "error", false, "low", "r8", "e8"));
        assertThat(world.post(next, look(next).form("problem", "text", "the old proxy answers"))
                        .status())
                .isEqualTo(303);
        world.database.useTransaction(tx -> {
            Review review = world.reviews.reviews().get(tx, "REV-1002");
            Actor lead = new Actor("user", "p:00000000000000aa", "password");
            Instant reportedAt = review.handling().problemAt();
            world.reviews
                    .reviews()
                    .act(
                            tx,
                            review,
                            new ReviewAct.DecideProblem(reportedAt, "Port 3128 stays open until May."),
                            visitor(tx, lead, Channel.PAGE));
        });
        assertThat(look(next).body())
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
        assertThat(world.post(link, look(link).form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(303);
        String ref = world.reviewOf(asset).ref();
        leave();
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
        assertThat(world.post(link, look(link).form("new_link")).status()).isEqualTo(303);
        world.settle();
        return world.mailsTo(alice).stream()
                .filter(mail -> mail.subject().contains("Your new link"))
                .count();
    }

    @Test
    void whereNothingIsLeftToDoNoLinkLeaves() {
        expire();
        MailWorld.Page dead = look(link);
        world.forgetMails();
        set("cancelled_at = :now, cancel_reason = 'asset_retired'");
        assertThat(world.post(link, dead.form("new_link")).status()).isEqualTo(303);
        world.settle();
        assertThat(world.mailsTo(alice)).isEmpty();
    }

    @Test
    void aLinkThatIsOfNoUseAnyMoreIsCancelledForWhatHappened() {
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        expire();
        assertThat(world.post(link, look(link).form("new_link")).status()).isEqualTo(303);
        world.database.useTransaction(tx -> tx.createUpdate("update review set owner_id = :id")
                .bind("id", bob.id())
                .execute());
        world.settle();
        String reason = world.database.read(
                handle -> handle.createQuery("select reason from outbox where kind = 'link' and state = 'cancelled'")
                        .mapTo(String.class)
                        .one());
        assertThat(reason).isEqualTo("=with_another|" + world.reviewOf(asset).ref());
    }

    private void set(String columns) {
        world.database.useTransaction(tx -> tx.createUpdate("update review set " + columns)
                .bind("now", world.clock.instant())
                .execute());
    }

    private void leave() {
        world.database.useTransaction(tx -> tx.createUpdate("update person set active = false where id = :id")
                .bind("id", alice.id())
                .execute());
    }

    private void expire() {
        world.database.useTransaction(tx -> tx.createUpdate("update mail_grant set expires_at = :now")
                .bind("now", world.clock.instant())
                .execute());
    }

    private MailWorld.Page look(String path) {
        MailWorld.Page page = world.get(path);
        world.clock.advance(Duration.ofSeconds(5));
        return page;
    }

    private ReviewState state() {
        return world.reviewOf(asset).stateAt(world.clock.instant());
    }

    private static String digest(int n) {
        return "sha256:" + String.format(java.util.Locale.ROOT, "%064x", n);
    }
}
