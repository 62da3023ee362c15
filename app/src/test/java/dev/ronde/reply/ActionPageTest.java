package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cases 1 to 19 of the mail design. */
@OnOneDatabase
final class ActionPageTest {
    @AutoClose
    private final MailWorld world;

    private final Person alice;
    private final Person bob;
    private final Asset asset;
    private final String link;

    ActionPageTest(DatabaseKind kind) {
        world = new MailWorld(kind);
        alice = world.person("alice@corp.example");
        bob = world.person("bob@corp.example", "fr", "Europe/Paris");
        asset = world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.digests.put(asset.id(), digest(1));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    private ReviewState state() {
        return world.reviewOf(asset).stateAt(world.clock.instant());
    }

    private void stillOpen() {
        assertThat(state()).isEqualTo(ReviewState.OPEN);
    }

    private int press(String action, String... more) {
        return world.press(link, action, more).status();
    }

    private int post(Map<String, String> form) {
        return world.post(link, form).status();
    }

    private int header(String name, String value, Map<String, String> form) {
        return world.send("POST", link, form, Map.of(name, value)).status();
    }

    private String linkOf(Person person) {
        return world.database.inTransaction(tx -> world.reminders
                .links()
                .of(tx, world.reviews.reviews().ofAsset(tx, asset.id()).get(0), person, world.clock.instant())
                .url()
                .replace("https://ronde.test", ""));
    }

    static String digest(int n) {
        return "sha256:" + String.valueOf(n).repeat(64);
    }

    /** Cases 1, 2, 3. */
    @Test
    void nothingThatOnlyLooksChangesAnything() {
        long before = world.reviewOf(asset).version();
        long records = world.count("evidence_record");
        for (int i = 0; i < 20; i++) {
            assertThat(world.get(link + "?a=attest").status()).isEqualTo(200);
        }
        for (String method : List.of("HEAD", "OPTIONS")) {
            MailWorld.Page looked = world.send(method, link, null, Map.of());
            assertThat(looked.status()).isEqualTo(200);
            assertThat(looked.body()).isEmpty();
            assertThat(looked.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        MailWorld.Page page = world.get(link);
        assertThat(page.body())
                .doesNotContain("<script", " checked")
                .contains("no earlier attestation")
                .containsPattern("works until [^.]*2026[^.]*\\.");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                        + "frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex, nofollow");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(page.body().length()).isLessThan(30_000);
        assertThat(world.reviewOf(asset).version()).isEqualTo(before);
        assertThat(world.count("evidence_record")).isEqualTo(records);
        assertThat(world.texts("select max(get_count) from mail_grant")).containsExactly("21");
    }

    @Test
    void attestsInTwoActionsAndMailsAReceiptWithUndo() {
        MailWorld.Page done = world.press(link, "attest", "outcome", "no_change", "note", "fine");
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.header("Location")).isEqualTo(link + "?ok=attest");
        assertThat(state()).isEqualTo(ReviewState.ATTESTED);
        assertThat(world.reviewOf(asset).attestation().snapshotDigest()).isEqualTo(digest(1));
        assertThat(world.reviewOf(asset).attestation().channel()).isEqualTo("link");
        assertThat(world.get(link + "?ok=attest").body()).contains("is attested", digest(1), "/u/");
        world.settle();
        ReceivedMail receipt = world.lastTo(alice);
        assertThat(receipt.header("Auto-Submitted")).isEqualTo("auto-replied");
        String undo = receipt.link('u');
        MailWorld.Page asked = world.post(undo, world.get(undo).form("undo"));
        assertThat(asked.body()).as("within three seconds").contains("Please confirm");
        assertThat(state()).isEqualTo(ReviewState.ATTESTED);
        MailWorld.Page undone = world.post(undo, asked.form("undo"));
        assertThat(undone.status()).isEqualTo(303);
        stillOpen();
        assertThat(world.get(undone.header("Location")).body())
                .contains("is taken back", "href=\"https://ronde.test" + link + "\"");
    }

    /** Case 4. */
    @Test
    void aButtonWithoutAChoiceIsRefusedBeforeTheQuestionOfHaste() {
        MailWorld.Page refused = world.post(link, world.get(link).form("attest"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("Choose an outcome");
        for (String action : List.of("delegate", "snooze", "")) {
            assertThat(press(action)).as(action).isEqualTo(422);
        }
        assertThat(press("problem", "text", "  ")).isEqualTo(422);
        assertThat(post(world.get(link).form("attest", "outcome", "all_good"))).isEqualTo(422);
        stillOpen();
    }

    /** Case 5. */
    @Test
    void noNonceForeignNonceOldNonce() {
        Map<String, String> form = world.look(link).form("acknowledge");
        Map<String, String> other = new HashMap<>(form);
        other.remove("n");
        assertThat(post(other)).isEqualTo(403);
        other.put("n", world.get(linkOf(bob)).hidden("n"));
        assertThat(post(other)).as("of another handle").isEqualTo(403);
        other.put("n", "g" + form.get("n").substring(1, form.get("n").indexOf('.')) + "." + "0".repeat(32));
        assertThat(post(other)).isEqualTo(403);
        world.clock.advance(Duration.ofHours(3));
        assertThat(post(form)).isEqualTo(403);
        stillOpen();
    }

    /** Case 6. */
    @Test
    void aDoubleClickIsOneEvent() {
        Map<String, String> form = world.look(link).form("attest", "outcome", "no_change");
        assertThat(world.post(link, form).header("Location")).isEqualTo(link + "?ok=attest");
        long records = world.count("evidence_record");
        assertThat(world.post(link, form).header("Location")).isEqualTo(link + "?ok=already");
        assertThat(world.count("evidence_record")).isEqualTo(records);
    }

    /** Case 7. */
    @Test
    void oneOfTwoPersonsWins() {
        String bobs = linkOf(bob);
        long before = world.reviewOf(asset).version();
        Map<String, String> first = world.look(link).form("attest", "outcome", "no_change");
        Map<String, String> second = world.look(bobs).form("attest", "outcome", "not_applicable");
        List<CompletableFuture<MailWorld.Page>> both = List.of(
                CompletableFuture.supplyAsync(() -> world.post(link, first)),
                CompletableFuture.supplyAsync(() -> world.post(bobs, second)));
        assertThat(both.stream().map(page -> page.join().status()).sorted()).containsExactly(303, 409);
        assertThat(world.reviewOf(asset).version()).isEqualTo(before + 1);
    }

    /** Case 8. */
    @Test
    void guessingIsTurnedAwayAfterTwenty() {
        String wrong = link.substring(0, link.length() - 1) + (link.endsWith("a") ? "b" : "a");
        for (int i = 0; i < 20; i++) {
            assertThat(world.get(wrong).status()).isEqualTo(404);
        }
        assertThat(world.get(wrong).status()).isEqualTo(429);
        assertThat(world.get(link).status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(61));
        assertThat(world.get(wrong).status()).isEqualTo(404);
    }

    /** Cases 9, 10 and 19. */
    @Test
    void upperCaseWorksAndAnotherPurposeDoesNot() {
        assertThat(world.get("/r/" + link.substring(3).toUpperCase(Locale.ROOT)).status())
                .isEqualTo(200);
        String bounce = world.database.inTransaction(tx -> {
            var grants = world.mail.grants();
            return grants.handle(grants.ensure(
                    tx,
                    HandlePurpose.BOUNCE,
                    asset.id(),
                    alice.id(),
                    world.clock.instant().plusSeconds(99)));
        });
        assertThat(world.get("/r/" + bounce).status()).isEqualTo(404);
        assertThat(world.post("/m/" + link.substring(3), Map.of("List-Unsubscribe", "One-Click"))
                        .status())
                .isEqualTo(404);
    }

    /** Case 11. */
    @Test
    void anExpiredLinkSaysSoAndActsNoMore() {
        MailWorld.Page page = world.look(link);
        world.clock.advance(Duration.ofDays(401));
        assertThat(world.get(link).status()).isEqualTo(410);
        assertThat(world.get(link).body())
                .contains("<h1>This link no longer works</h1>")
                .doesNotContain("Is this configuration still right?");
        assertThat(post(page.form("acknowledge"))).isEqualTo(410);
    }

    /** Case 12. */
    @Test
    void afterADelegationWasAcceptedTheOldOwnerMayOnlyLook() {
        assertThat(press("delegate", "to", "bob@corp.example")).isEqualTo(303);
        world.after(Duration.ofMinutes(2));
        ReceivedMail asked = world.lastTo(bob);
        assertThat(asked.subject()).contains("Ferez-vous la revue");
        assertThat(world.look(link).body()).contains("value=\"attest\"");
        assertThat(world.press(asked.links().get(0), "accept-delegation").status())
                .isEqualTo(303);
        assertThat(world.reviewOf(asset).ownerId()).isEqualTo(bob.id());
        assertThat(world.look(link).body()).doesNotContain("value=\"attest\"").contains("value=\"problem\"");
        assertThat(press("attest", "outcome", "no_change")).isEqualTo(403);
        stillOpen();
    }

    /** Cases 13 and 14: a revoked grant, and a disabled key, are followed by another handle. */
    @Test
    void aRevokedGrantAndADisabledKeyAreFollowedByAnotherHandle() {
        world.database.useTransaction(tx -> world.mail
                .grants()
                .revoke(tx, HandlePurpose.LINK, world.reviewOf(asset).id(), alice.id(), "test"));
        assertThat(world.get(link).status()).isEqualTo(410);
        String second = linkOf(alice);
        assertThat(second).isNotEqualTo(link);
        assertThat(world.get(second).status()).isEqualTo(200);
        world.forgetMails();
        world.at("2026-03-03T10:00:00Z");
        assertThat(world.lastTo(alice).links())
                .as("the next mail")
                .contains(second)
                .doesNotContain(link);
        world.forgetMails();
        assertThat(world.reminders.relink().disable(1, "leaked", Actor.SYSTEM)).isEqualTo(1);
        assertThat(world.get(second).status()).isEqualTo(404);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(1);
        String fresh = world.lastTo(alice).links().get(0);
        assertThat(fresh).isNotEqualTo(second);
        assertThat(world.get(fresh).status()).isEqualTo(200);
        assertThat(world.keys().newest()).isEqualTo(2);
    }

    /** Cases 15, 16. */
    @Test
    void otherSitesAndStrangeParametersDoNothing() {
        Map<String, String> form = world.look(link).form("acknowledge");
        MailWorld.Page foreign = world.send("POST", link, form, Map.of("Origin", "https://evil.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body())
                .as("whoever has a link has no role and no administrator")
                .contains("The form did not come from here", "the link of your mail")
                .doesNotContain("role");
        assertThat(header("Sec-Fetch-Site", "cross-site", form)).isEqualTo(403);
        form.put("note", "x".repeat(5_000_000));
        MailWorld.Page large = world.post(link, form);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body()).contains("larger than").doesNotContain("open too long");
        MailWorld.Page page = world.get(link + "?a=%3Cscript%3E&l=../../");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<script", "../../", "<details open");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(world.get(link + "?l=fr").body()).contains("Cette configuration est-elle toujours bonne");
        for (String method : List.of("PUT", "DELETE")) {
            MailWorld.Page refused = world.send(method, link, null, Map.of());
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).contains("GET", "POST");
        }
        stillOpen();
    }

    /** Case 18; whoever opens all links of a digest, or sits behind the proxy of somebody who does, is not asked for that. */
    @Test
    void anAnswerWithinThreeSecondsIsAskedAgainAndOtherLinksOpenedAskNobody() {
        MailWorld.Page page = world.get(link);
        Stream.generate(() -> linkOf(bob)).limit(4).forEach(world::get);
        world.clock.advance(Duration.ofSeconds(2));
        MailWorld.Page asked = world.post(link, page.form("attest", "outcome", "no_change"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("Please confirm");
        stillOpen();
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(post(page.form("attest", "outcome", "no_change"))).isEqualTo(303);
        assertThat(state()).isEqualTo(ReviewState.ATTESTED);
    }

    @Test
    void aConfigurationThatChangedIsShownAndAskedAgain() {
        press("attest", "outcome", "no_change");
        world.at("2026-05-29T10:00:00Z");
        String next = world.lastTo(alice).links().get(0);
        MailWorld.Page page = world.look(next);
        world.digests.put(asset.id(), digest(2));
        MailWorld.Page refused = world.post(next, page.form("attest", "outcome", "no_change"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("Rule web, source", "0.0.0.0/0", "wider");
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.post(next, refused.form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(422);
        assertThat(world.press(next, "attest", "outcome", "changed_and_accepted")
                        .status())
                .isEqualTo(303);
    }
}
