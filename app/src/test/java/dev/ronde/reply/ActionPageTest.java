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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases 1 to 19 of the mail design. */
@OnOneDatabase
final class ActionPageTest {
    private final MailWorld world;
    private Person alice;
    private Asset asset;
    private String link;

    ActionPageTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @BeforeEach
    void openReview() {
        alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.person("bob@corp.example", "fr", "Europe/Paris");
        asset = world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.digests.put(asset.id(), digest(1));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Cases 1, 2, 3. */
    @Test
    void nothingThatOnlyLooksChangesAnything() {
        long before = world.reviewOf(asset).version();
        long records = world.count("evidence_record");
        for (int i = 0; i < 50; i++) {
            assertThat(world.get(link + "?a=attest").status()).isEqualTo(200);
        }
        MailWorld.Page head = world.send("HEAD", link, null, Map.of());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        MailWorld.Page options = world.send("OPTIONS", link, null, Map.of());
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.body()).isEmpty();
        assertThat(options.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(world.reviewOf(asset).version()).isEqualTo(before);
        assertThat(world.count("evidence_record")).isEqualTo(records);
        MailWorld.Page page = world.get(link);
        assertThat(page.body())
                .doesNotContain("<script")
                .contains("no earlier attestation")
                .doesNotContain(" checked");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                        + "frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex, nofollow");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(page.body().length()).isLessThan(30_000);
        int gets = world.database.read(handle -> handle.createQuery("select max(get_count) from mail_grant")
                .mapTo(Integer.class)
                .one());
        assertThat(gets).isEqualTo(51);
    }

    @Test
    void saysTheDayToWhichTheLinkWorks() {
        assertThat(world.get(link).body()).containsPattern("works until [^.]*2026[^.]*\\.");
    }

    @Test
    void attestsInTwoActionsAndMailsAReceiptWithUndo() {
        MailWorld.Page page = look();
        MailWorld.Page done = world.post(link, page.form("attest", "outcome", "no_change", "note", "fine"));
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.header("Location")).isEqualTo(link + "?ok=attest");
        assertThat(world.reviewOf(asset).stateAt(world.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        assertThat(world.reviewOf(asset).attestation().snapshotDigest()).isEqualTo(digest(1));
        assertThat(world.reviewOf(asset).attestation().channel()).isEqualTo("link");
        assertThat(world.get(link + "?ok=attest").body())
                .contains("is attested")
                .contains(digest(1))
                .contains("/u/");
        world.settle();
        ReceivedMail receipt = world.lastTo(alice);
        assertThat(receipt.header("Auto-Submitted")).isEqualTo("auto-replied");
        String undo = receipt.text().replaceAll("(?s).*https://ronde\\.test(/u/[a-z2-7]{40}).*", "$1");
        MailWorld.Page undoPage = world.get(undo);
        MailWorld.Page asked = world.post(undo, undoPage.form("undo"));
        assertThat(asked.body()).as("within three seconds").contains("Please confirm");
        assertThat(world.reviewOf(asset).stateAt(world.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        MailWorld.Page undone = world.post(undo, asked.form("undo"));
        assertThat(undone.status()).isEqualTo(303);
        assertThat(world.reviewOf(asset).stateAt(world.clock.instant())).isEqualTo(ReviewState.OPEN);
        assertThat(world.get(undone.header("Location")).body())
                .contains("is taken back")
                .contains("href=\"https://ronde.test" + link + "\"");
    }

    /** Case 4. */
    @Test
    void aButtonWithoutAChoiceIsRefusedBeforeTheQuestionOfHaste() {
        MailWorld.Page refused = world.post(link, world.get(link).form("attest"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("Choose an outcome");
        assertThat(world.post(link, look().form("delegate")).status()).isEqualTo(422);
        assertThat(world.post(link, look().form("snooze")).status()).isEqualTo(422);
        assertThat(world.post(link, look().form("problem", "text", "  ")).status())
                .isEqualTo(422);
        assertThat(world.post(link, look().form("")).status()).isEqualTo(422);
        assertThat(world.post(link, world.get(link).form("attest", "outcome", "all_good"))
                        .status())
                .isEqualTo(422);
        assertThat(waits()).isTrue();
    }

    /** Case 5. */
    @Test
    void noNonceForeignNonceOldNonce() {
        MailWorld.Page page = look();
        Map<String, String> form = page.form("acknowledge");
        Map<String, String> none = new HashMap<>(form);
        none.remove("n");
        assertThat(world.post(link, none).status()).isEqualTo(403);
        Map<String, String> foreign = new HashMap<>(form);
        Person other = world.database.read(handle ->
                world.inventory.people.findByEmail(handle, "bob@corp.example").orElseThrow());
        MailWorld.Page others = world.get(linkOf(other));
        foreign.put("n", others.hidden("n"));
        assertThat(world.post(link, foreign).status()).as("of another handle").isEqualTo(403);
        foreign.put("n", "g" + form.get("n").substring(1, form.get("n").indexOf('.')) + "." + "0".repeat(32));
        assertThat(world.post(link, foreign).status()).isEqualTo(403);
        world.clock.advance(Duration.ofHours(3));
        assertThat(world.post(link, form).status()).isEqualTo(403);
        assertThat(waits()).isTrue();
    }

    /** Case 6. */
    @Test
    void aDoubleClickIsOneEvent() {
        Map<String, String> form = look().form("attest", "outcome", "no_change");
        assertThat(world.post(link, form).header("Location")).isEqualTo(link + "?ok=attest");
        long records = world.count("evidence_record");
        assertThat(world.post(link, form).header("Location")).isEqualTo(link + "?ok=already");
        assertThat(world.count("evidence_record")).isEqualTo(records);
    }

    /** Case 7. */
    @Test
    void oneOfTwoPersonsWins() throws Exception {
        Person bob = world.database.read(handle ->
                world.inventory.people.findByEmail(handle, "bob@corp.example").orElseThrow());
        String bobs = linkOf(bob);
        long before = world.reviewOf(asset).version();
        Map<String, String> first = look().form("attest", "outcome", "no_change");
        Map<String, String> second = world.get(bobs).form("attest", "outcome", "not_applicable");
        world.clock.advance(Duration.ofSeconds(5));
        ExecutorService both = Executors.newFixedThreadPool(2);
        Callable<MailWorld.Page> one = () -> world.post(link, first);
        Callable<MailWorld.Page> other = () -> world.post(bobs, second);
        List<Integer> statuses = both.invokeAll(List.of(one, other)).stream()
                .map(future -> {
                    try {
                        return future.get().status();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .sorted()
                .toList();
        both.shutdown();
        assertThat(statuses).containsExactly(303, 409);
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

    /** Cases 9, 10. */
    @Test
    void upperCaseWorksAndAnotherPurposeDoesNot() {
        assertThat(world.get("/r/" + link.substring(3).toUpperCase(Locale.ROOT)).status())
                .isEqualTo(200);
        String bounce = world.database.inTransaction(tx -> world.mail
                .grants()
                .handle(world.mail
                        .grants()
                        .ensure(
                                tx,
                                HandlePurpose.BOUNCE,
                                asset.id(),
                                alice.id(),
                                world.clock.instant().plusSeconds(99))));
        assertThat(world.get("/r/" + bounce).status()).isEqualTo(404);
        assertThat(world.post("/m/" + link.substring(3), Map.of("List-Unsubscribe", "One-Click"))
                        .status())
                .isEqualTo(404);
    }

    /** Case 11. */
    @Test
    void anExpiredLinkSaysSoAndActsNoMore() {
        MailWorld.Page page = look();
        world.clock.advance(Duration.ofDays(401));
        assertThat(world.get(link).status()).isEqualTo(410);
        assertThat(world.get(link).body())
                .contains("<h1>This link no longer works</h1>")
                .doesNotContain("Is this configuration still right?");
        assertThat(world.post(link, page.form("acknowledge")).status()).isEqualTo(410);
    }

    /** Case 12. */
    @Test
    void afterADelegationWasAcceptedTheOldOwnerMayOnlyLook() {
        assertThat(world.post(link, look().form("delegate", "to", "bob@corp.example"))
                        .status())
                .isEqualTo(303);
        world.clock.advance(Duration.ofMinutes(2));
        world.settle();
        Person bob = world.database.read(handle ->
                world.inventory.people.findByEmail(handle, "bob@corp.example").orElseThrow());
        ReceivedMail asked = world.lastTo(bob);
        assertThat(asked.subject()).contains("Ferez-vous la revue");
        String bobs = asked.links().get(0);
        assertThat(look().body()).contains("value=\"attest\"");
        MailWorld.Page page = world.get(bobs);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.post(bobs, page.form("accept-delegation")).status()).isEqualTo(303);
        assertThat(world.reviewOf(asset).ownerId()).isEqualTo(bob.id());
        MailWorld.Page old = look();
        assertThat(old.body()).doesNotContain("value=\"attest\"").contains("value=\"problem\"");
        assertThat(world.post(link, old.form("attest", "outcome", "no_change")).status())
                .isEqualTo(403);
        assertThat(waits()).isTrue();
    }

    /** Case 13. */
    @Test
    void aRevokedGrantIsFollowedByAnotherHandle() {
        world.database.useTransaction(tx -> world.mail
                .grants()
                .revoke(tx, HandlePurpose.LINK, world.reviewOf(asset).id(), alice.id(), "test"));
        assertThat(world.get(link).status()).isEqualTo(410);
        assertThat(linkOf(alice)).isNotEqualTo(link);
        assertThat(world.get(linkOf(alice)).status()).isEqualTo(200);
        world.forgetMails();
        world.at("2026-03-03T10:00:00Z");
        assertThat(world.lastTo(alice).links())
                .as("the next mail")
                .contains(linkOf(alice))
                .doesNotContain(link);
    }

    /** Case 14. */
    @Test
    void aDisabledKeyKillsItsLinksAndSendsNewOnesOnce() {
        world.forgetMails();
        assertThat(world.reminders.relink().disable(1, "leaked", Actor.SYSTEM)).isEqualTo(1);
        assertThat(world.get(link).status()).isEqualTo(404);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(1);
        String fresh = world.lastTo(alice).links().get(0);
        assertThat(fresh).isNotEqualTo(link);
        assertThat(world.get(fresh).status()).isEqualTo(200);
        assertThat(world.keys().newest()).isEqualTo(2);
    }

    /** Cases 15, 16. */
    @Test
    void otherSitesAndStrangeParametersDoNothing() {
        Map<String, String> form = look().form("acknowledge");
        MailWorld.Page foreign = world.send("POST", link, form, Map.of("Origin", "https://evil.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body())
                .as("whoever has a link has no role and no administrator")
                .contains("The form did not come from here", "the link of your mail")
                .doesNotContain("role");
        form.put("note", "x".repeat(5_000_000));
        MailWorld.Page large = world.post(link, form);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body()).contains("larger than").doesNotContain("open too long");
        form.remove("note");
        assertThat(world.send("POST", link, form, Map.of("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        MailWorld.Page page = world.get(link + "?a=%3Cscript%3E&l=../../");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .doesNotContain("<script")
                .doesNotContain("../../")
                .doesNotContain("<details open");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(world.get(link + "?l=fr").body()).contains("Cette configuration est-elle toujours bonne");
        assertThat(world.send("PUT", link, form, Map.of()).status()).isEqualTo(405);
        assertThat(world.send("DELETE", link, null, Map.of()).header("Allow"))
                .contains("GET")
                .contains("POST");
        assertThat(waits()).isTrue();
    }

    /** Case 18. */
    @Test
    void anAnswerWithinThreeSecondsIsAskedAgain() {
        MailWorld.Page page = world.get(link);
        world.clock.advance(Duration.ofSeconds(2));
        MailWorld.Page asked = world.post(link, page.form("attest", "outcome", "no_change"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("Please confirm");
        assertThat(waits()).isTrue();
        MailWorld.Page done = world.post(link, asked.form("attest", "outcome", "no_change"));
        assertThat(done.status()).isEqualTo(303);
        assertThat(waits()).isFalse();
    }

    /** Whoever opens all links of a digest, or sits behind the proxy of somebody who does, is not asked for that. */
    @Test
    void otherLinksOpenedFromTheSameAddressAskNobody() {
        for (int n = 2; n < 6; n++) {
            world.asset("fw-par-0" + n, "alice@corp.example", Map.of());
        }
        world.settle();
        MailWorld.Page page = world.get(link);
        world.lastTo(alice).links().forEach(world::get);
        world.clock.advance(Duration.ofSeconds(4));
        assertThat(world.post(link, page.form("attest", "outcome", "no_change")).status())
                .isEqualTo(303);
    }

    @Test
    void aConfigurationThatChangedIsShownAndAskedAgain() {
        world.post(link, look().form("attest", "outcome", "no_change"));
        world.at("2026-05-29T10:00:00Z");
        String next = linkOf(alice, 1);
        MailWorld.Page page = world.get(next);
        world.clock.advance(Duration.ofSeconds(5));
        world.digests.put(asset.id(), digest(2));
        MailWorld.Page refused = world.post(next, page.form("attest", "outcome", "no_change"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Rule web, source")
                .contains("0.0.0.0/0")
                .contains("wider");
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.post(next, refused.form("attest", "outcome", "no_change"))
                        .status())
                .isEqualTo(422);
        MailWorld.Page again = world.get(next);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.post(next, again.form("attest", "outcome", "changed_and_accepted"))
                        .status())
                .isEqualTo(303);
    }

    private MailWorld.Page look() {
        MailWorld.Page page = world.get(link);
        assertThat(page.status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(5));
        return page;
    }

    private boolean waits() {
        return world.reviewOf(asset).stateAt(world.clock.instant()) == ReviewState.OPEN;
    }

    private String linkOf(Person person) {
        return linkOf(person, 0);
    }

    private String linkOf(Person person, int slot) {
        return world.database.inTransaction(tx -> world.reminders
                .links()
                .of(tx, world.reviews.reviews().ofAsset(tx, asset.id()).get(slot), person, world.clock.instant())
                .url()
                .replace("https://ronde.test", ""));
    }

    static String digest(int n) {
        return "sha256:" + String.valueOf(n).repeat(64);
    }
}
