package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.file.ReviewFile;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page behind a link in every state a review can be in: who did what when, and what the reader can do now; both languages. */
@OnOneDatabase
final class ActionStatesTest {
    @AutoClose
    private final MailWorld world;

    private Person alice;
    private Person bob;
    private Asset asset;
    private String link;

    ActionStatesTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @BeforeEach
    void openReview() {
        alice = world.person("alice@corp.example");
        bob = world.person("bob@corp.example");
        asset = world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    @Test
    void openAcknowledgedAttestedReopenedAndWithdrawn() {
        says("History", "Historique");
        post("acknowledge");
        says(
                "Alice acknowledged it on Friday 27 February 2026, 11:00 (Europe/Paris)",
                "Alice en a accusé réception le vendredi 27 février 2026, 11:00 (Europe/Paris)");
        assertThat(world.get(link).body()).contains("badge badge-acknowledged");
        post("attest", "outcome", "no_change");
        assertThat(world.get(link).body())
                .as("what is done is not due")
                .contains("Due ")
                .doesNotContain("badge badge-open", "badge badge-overdue");
        says("Alice attested it on Friday 27 February 2026", "Alice l’a attestée le vendredi 27 février 2026");
        says("You can take it back until Saturday 28 February 2026", "Vous pouvez revenir dessus jusqu’au samedi");
        says("If something is wrong after all, report it below", "Si quelque chose ne va finalement pas");
        says("value=\"problem\"", "value=\"problem\"");

        post("problem", "text", "the rule is too wide after all");
        assertThat(state()).isEqualTo(ReviewState.ACKNOWLEDGED);
        says("Alice reported a problem on Friday 27 February", "Alice a signalé un problème le vendredi 27");

        post("attest", "outcome", "no_change");
        world.act(asset, alice, Channel.LINK, new ReviewAct.Withdraw());
        says("Alice took the attestation back on Friday", "Alice a retiré l’attestation le vendredi");

        post("attest", "outcome", "no_change");
        world.clock.advance(Duration.ofHours(30));
        says("It could be taken back until Saturday 28 February", "On pouvait revenir dessus jusqu’au samedi 28");
    }

    @Test
    void aProblemOnceTheWindowIsOverIsAnotherReviews() {
        post("attest", "outcome", "no_change");
        world.clock.set(Instant.parse("2026-04-14T10:00:00Z"));
        says(
                "its window is over, so this review stays as it is",
                "sa fenêtre étant close, cette revue reste telle quelle");
        Review attested = review();
        post("problem", "note", "the rule was too wide all the time");
        Review anew = world.database.read(world.reviews.reviews()::waiting).get(0);
        assertThat(anew.id()).isNotEqualTo(attested.id());
        assertThat(anew.handling().problemText()).isEqualTo(attested.ref() + ": the rule was too wide all the time");
        assertThat(world.get(link + "?ok=anew").body()).contains("another review waits with the problem");
    }

    @Test
    void whoAnswersLateIsAskedWhatHeldItUp() {
        assertThat(world.get(link).body()).doesNotContain("What held it up?");
        world.clock.set(Instant.parse("2026-03-17T10:00:00Z"));
        says("What held it up? (optional)", "Qu’est-ce qui l’a retardée ? (facultatif)");
    }

    /** Whoever says that all is right while a check fails is asked once more, and says why. */
    @Test
    void nothingChangedWhileACheckFailsNeedsAWord() {
        world.checks.add(new CheckState("ssh-open", "fail", false, "high", "r1", "e1"));
        assertThat(world.get(link + "?l=fr").body()).contains("Title of ssh-open in fr", "port 22 is open");
        assertThat(refused("attest", "outcome", "no_change"))
                .contains("Ces contrôles échouent : Title of ssh-open in fr.", "dites pourquoi dans la remarque");
        assertThat(review().stateAt(world.clock.instant()).waiting()).isTrue();
        post("attest", "outcome", "no_change", "note", "bastion, ticket 12");
        assertThat(world.get(link).body()).contains("<dt>Failed at that time</dt><dd>Title of ssh-open in en</dd>");
    }

    @Test
    void whatIsNotKnownAndWhatIsStillOpenIsSaidWithItsReason() {
        world.checks.add(new CheckState("ssh-open", "fail", false, "high", "r1", "e1"));
        world.checks.add(new CheckState("tls-age", "fail", true, "high", "r2", "e2"));
        world.checks.add(new CheckState("ntp", "error", false, "low", "r3", "e3"));
        world.open.add(finding("ssh-open", "port 22 is open to all"));
        world.open.add(finding("tls-age", "the certificate ended"));
        assertThat(world.get(link + "?l=en").body())
                .contains("Title of tls-age in en", "The last result is too old to count", ">tls-age</span>")
                .contains("Title of ntp in en", "nobody answered")
                .contains("One finding is open", "the certificate ended")
                .doesNotContain("port 22 is open to all");
        assertThat(world.get(link + "?l=fr").body())
                .contains("Le dernier résultat est trop ancien", "Un constat est ouvert");
    }

    @Test
    void theFirstTimeItShowsByProtectionWhatThereCouldBe() {
        world.protections.add(new CheckWords.Protected("Patches", "no_check_yet", List.of()));
        world.checks.add(new CheckState("ntp", "unknown", false, "low", "r3", "e3"));
        MailWorld.Page page = world.get(link + "?l=fr");
        assertThat(page.body())
                .contains("Patches in fr", "pas encore de contrôle", "Title of ntp in fr", "nobody answered")
                .containsOnlyOnce("Title of ntp in fr");
        assertThat(page.body().length()).isLessThan(30_000);
    }

    private CheckWords.Open finding(String check, String found) {
        return new CheckWords.Open(
                UUID.randomUUID(), check, "Title of " + check, found, "high", world.clock.instant(), false);
    }

    @Test
    void whatCannotBeTakenIsSaidInTheReadersLanguage() {
        assertThat(refused("delegate", "to", "alice@corp.example"))
                .contains("La revue est déjà chez cette personne. Indiquez quelqu’un d’autre.");
        assertThat(refused("delegate", "to", "nobody@elsewhere.example"))
                .contains("Personne d’actif n’a cette adresse.");
        assertThat(refused("snooze", "until", "2029-01-01")).contains("Cette date n’est pas possible ici");
    }

    @Test
    void whoMayDecideAsALeadPausesBeyondTheDueDateByLinkToo() {
        says("Any day after it", "Tout jour après elle");
        world.becomes(bob, Role.COMPLIANCE);
        world.becomes(alice, Role.ADMIN);
        says("a lead pauses reminders beyond it as well", "un responsable suspend les rappels");
        assertThat(world.get(link).body()).doesNotContain("Any day after it");
        post("snooze", "until", "2026-03-20");
        assertThat(review().handling().snoozedUntil()).hasToString("2026-03-20");
        assertThat(review().handling().timeAskedUntil()).isNull();
    }

    @Test
    void moreTimeAskedForAndRefused() {
        post("snooze", "until", "2026-03-20");
        says("Alice asked on Friday 27 February 2026", "Alice a demandé le vendredi 27 février 2026");
        says("until Friday 20 March 2026; the compliance lead decides", "un délai jusqu’au vendredi 20 mars 2026");
        assertThat(world.get(link + "?ok=time-asked&l=fr").body())
                .contains("un délai est demandé au responsable conformité");
        world.act(
                asset,
                bob,
                Channel.PAGE,
                new ReviewAct.RefuseTime(LocalDate.parse("2026-03-20"), "The auditors come before."));
        says("Bob gave no more time on Friday 27 February 2026", "Bob a refusé le délai le vendredi 27 février 2026");
        says("The auditors come before.", "The auditors come before.");
        says("until Friday 20 March 2026 was asked for", "il était demandé jusqu’au vendredi 20 mars 2026");
        post("snooze", "until", "2026-03-20");
        world.act(
                asset, bob, Channel.PAGE, new ReviewAct.Extend(LocalDate.parse("2026-03-17"), "A few days: no more."));
        says("until Tuesday 17 March 2026; until Friday 20 March", "jusqu’au mardi 17 mars 2026");
        says("was asked for: A few days: no more.", "A few days: no more.");
    }

    @Test
    void delegatedTakenOverAndReassigned() {
        post("delegate", "to", "bob@corp.example");
        says("Alice asked Bob on Friday 27 February 2026", "Alice a demandé à Bob le vendredi 27 février 2026");
        world.act(asset, bob, Channel.LINK, new ReviewAct.AcceptDelegation());
        says("Bob took it over on Friday 27 February 2026", "Bob l’a reprise le vendredi 27 février 2026");
        says("It is with Bob.", "Bob");
        assertThat(world.get(link).body()).doesNotContain("value=\"attest\"").doesNotContain("type=\"file\"");

        Person lena = world.lead("lena@corp.example");
        Person carol = world.person("carol@corp.example");
        world.act(asset, lena, Channel.PAGE, new ReviewAct.Assign(carol.email()));
        says("Carol has it since Friday 27 February 2026", "Carol l’a depuis le vendredi 27 février 2026");
        says("it was assigned by Lena", "Lena la lui a attribuée");
    }

    @Test
    void missedAndSuperseded() {
        Asset router = world.asset("rt-01", "rita@corp.example");
        world.plan(
                MailWorld.PLAN
                        .replace("quarterly", "monthly")
                        .replace("P3M", "P1M")
                        .replace("P30D", "P10D"),
                Channel.SYSTEM);
        world.at("2026-03-01T10:00:00Z");
        Person rita = world.known("rita@corp.example");
        List<Review> monthly = monthly(router);
        link = linkOf(monthly.get(0), rita);
        world.at("2026-03-31T10:00:00Z");
        says(
                "Its window closed at the end of Sunday 22 March 2026",
                "Sa fenêtre s’est fermée à la fin du dimanche 22 mars 2026");
        Review next = monthly(router).get(1);
        says("The review that counts now: " + next.ref(), "La revue qui compte maintenant : " + next.ref());
        String current =
                world.get(link).body().replaceAll("(?s).*href=\"https://ronde.test(/r/[a-z2-7]{40})\".*", "$1");
        assertThat(world.get(current).body()).contains(next.ref()).contains("value=\"attest\"");

        // a link that no longer works leads to none that does
        world.clock.advance(Duration.ofDays(80));
        assertThat(world.get(link).status()).isEqualTo(410);
        assertThat(world.get(link).body()).doesNotContain("https://ronde.test/r/");
    }

    @Test
    void whatWasMissedIsDoneLateFromTheLink() {
        world.at("2026-04-15T10:00:00Z");
        assertThat(state()).isEqualTo(ReviewState.MISSED);
        assertThat(world.get(link).body())
                .contains("It can still be done: it stays missed", "value=\"attest\"", "type=\"file\"")
                .doesNotContain("You need not do anything", "value=\"acknowledge\"", "value=\"snooze\"");
        says("It can still be done", "Elle peut encore être faite");
        post("attest", "outcome", "no_change");
        assertThat(state()).isEqualTo(ReviewState.MISSED);
        assertThat(review().attestation().performedOn()).isEqualTo("2026-04-15");
        assertThat(review().daysLate(world.clock.instant())).isEqualTo(34);
        assertThat(world.get(link).body())
                .contains("It stays missed; it was done late.", "Attestation", "/u/")
                .doesNotContain("value=\"attest\"");
        says("Alice attested it on Wednesday 15 April 2026", "Alice l’a attestée le mercredi 15 avril 2026");
        String undo = world.get(link).body().replaceAll("(?s).*\"(?:https://ronde.test)?(/u/[a-z2-7]{40})\".*", "$1");
        MailWorld.Page page = world.get(undo);
        assertThat(page.body())
                .contains("Taking it back leaves the review missed")
                .doesNotContain("opens the review again");
        world.clock.advance(Duration.ofSeconds(10));
        world.post(undo, Map.of("v", page.hidden("v"), "n", page.hidden("n"), "action", "undo"));
        assertThat(review().completable()).isTrue();
        assertThat(world.get(undo + "?ok=undone").body())
                .contains("The review stays missed; it can still be done.", "Answer the review again")
                .doesNotContain("open again");
        world.settle();
        assertThat(world.lastTo(alice).text()).contains("is taken back.");
    }

    private List<Review> monthly(Asset router) {
        return world.database.read(handle -> world.reviews.reviews().ofAsset(handle, router.id())).stream()
                .filter(review -> review.planId().equals("monthly"))
                .toList();
    }

    private String linkOf(Review review, Person person) {
        return world.database.inTransaction(tx -> world.reminders
                .links()
                .of(tx, review, person, world.clock.instant())
                .url()
                .replace("https://ronde.test", ""));
    }

    @Test
    void cancelled() {
        world.sql(
                "update review set cancelled_at = ?, cancel_reason = 'asset_retired' where id = ?",
                world.clock.instant(),
                review().id());
        says("It was cancelled on Friday 27 February 2026", "Elle a été annulée le vendredi 27 février 2026");
        says("nothing is expected any more. The asset was retired.", "L’actif a été retiré.");
    }

    @Test
    void anExpiredLinkStillTellsTheStory() {
        post("attest", "outcome", "no_change");
        world.clock.advance(Duration.ofDays(401));
        MailWorld.Page gone = world.get(link);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.body())
                .contains("This link no longer works")
                .contains("Alice attested it on Friday 27 February 2026")
                .contains("value=\"new_link\"")
                .containsOnlyOnce("<form");
    }

    @Test
    void aFileFromThePageIsKeptAsEvidence() {
        MailWorld.Page page = world.get(link);
        Map<String, String> form = page.carried();
        assertThat(upload(form, "notes.txt", "rules were compared line by line"))
                .endsWith("?file=kept#files");
        assertThat(world.get(link + "?file=kept").body())
                .contains("notes.txt")
                .contains("The file is kept with its digest in the evidence.");
        assertThat(world.recordData("review.evidence-added")).contains("\"channel\":\"link\"");
        assertThat(upload(form, "setup.pdf", "MZ\u0001\u0002 a program")).endsWith("?file=file_refused#files");
        assertThat(upload(form, "empty.txt", "")).endsWith("?file=missing#files");
        assertThat(upload(Map.of("v", page.hidden("v"), "n", "bad"), "notes2.txt", "more"))
                .endsWith("?file=expired#files");
        assertThat(world.get(link + "?file=file_refused&l=fr").body()).contains("n’est pas gardé");
        post("delegate", "to", "bob@corp.example");
        world.act(asset, bob, Channel.LINK, new ReviewAct.AcceptDelegation());
        assertThat(upload(form, "late.txt", "mine no longer")).endsWith("?file=not_yours#files");
        List<ReviewFile> kept =
                world.database.read(handle -> world.reviews.files().list(handle, review().id()));
        assertThat(kept).extracting(ReviewFile::fileName).containsExactly("notes.txt");
    }

    @Test
    void theListBehindADigestSaysWhoAttestedWhat() {
        for (int i = 2; i < 5; i++) {
            world.asset("fw-par-0" + i, "dora@corp.example");
        }
        Person dora = world.known("dora@corp.example");
        world.at("2026-03-02T10:00:00Z");
        String list = world.lastTo(dora).link('d');
        link = world.get(list).body().replaceAll("(?s).*?href=\"https://ronde\\.test(/r/[a-z2-7]{40})\".*", "$1");
        post("attest", "outcome", "no_change");
        assertThat(world.get(list + "?l=en").body()).contains("Attested by dora@corp.example,");
        assertThat(world.get(list + "?l=fr").body()).contains("Attestée par dora@corp.example,");
    }

    private String upload(Map<String, String> form, String name, String content) {
        return world.calls().upload(link + "/files", form, name, content).header("Location");
    }

    private void says(String english, String french) {
        assertThat(world.get(link + "?l=en").body()).contains(english);
        assertThat(world.get(link + "?l=fr").body()).contains(french);
    }

    private String refused(String action, String... more) {
        MailWorld.Page page = world.get(link + "?l=fr");
        world.clock.advance(Duration.ofSeconds(5));
        MailWorld.Page answer = world.post(link + "?l=fr", page.form(action, more));
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        return answer.body();
    }

    private void post(String action, String... more) {
        MailWorld.Page done = world.press(link, action, more);
        assertThat(done.status()).as(done.body()).isEqualTo(303);
    }

    private Review review() {
        return world.reviewOf(asset);
    }

    private ReviewState state() {
        return review().stateAt(world.clock.instant());
    }
}
