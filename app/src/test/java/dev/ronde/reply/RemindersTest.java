package dev.ronde.reply;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailReason;
import dev.ronde.platform.http.Channel;
import dev.ronde.reminder.Found;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ladder, gathering and digests from end to end, through a real mail server (cases 100, 103, 105, 112, 113). */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class RemindersTest {
    private final MailWorld world;

    RemindersTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void climbsTheLadderAndTellsOneLevelUp() {
        Person lead = world.lead("lena@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        Person mia = world.person("mia@corp.example", "en", "Europe/Paris");
        world.asset(
                "fw-par-01",
                "alice@corp.example",
                Map.of(AssetField.BACKUP, "bob@corp.example", AssetField.MANAGER, "mia@corp.example"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        for (Instant at = Instant.parse("2026-02-25T08:05:00Z");
                at.isBefore(Instant.parse("2026-04-13T00:00:00Z"));
                at = at.plus(Duration.ofHours(12))) {
            world.at(at.toString());
        }
        assertThat(world.mailsTo(alice))
                .extracting(ReceivedMail::subject)
                .allMatch("[REV-1001] Review fw-par-01 configuration (due 2026-03-12)"::equals);
        assertThat(told(alice))
                .containsExactly(
                        "assigned",
                        "d-7",
                        "d-1",
                        "due",
                        "overdue-2026-03-16",
                        "overdue-2026-03-19",
                        "overdue-2026-03-23",
                        "overdue-2026-03-26",
                        "overdue-2026-03-30",
                        "overdue-2026-04-02",
                        "overdue-2026-04-06",
                        "overdue-2026-04-09");
        assertThat(world.mailsTo(bob)).hasSize(1);
        assertThat(world.lastTo(bob).subject()).startsWith("[REV-1001] Escalation");
        assertThat(world.mailsTo(mia)).hasSize(1);
        assertThat(world.mailsTo(lead))
                .extracting(ReceivedMail::subject)
                .contains("A review was missed: REV-1001 · fw-par-01");
        Set<String> ids = world.mailsTo(alice).stream()
                .map(mail -> mail.header("Message-ID"))
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(12);
        String root = world.mailsTo(alice).get(0).header("References");
        assertThat(world.mailsTo(alice))
                .allMatch(mail -> mail.header("References").startsWith(root));
        assertThat(world.mailsTo(alice).get(0).header("Importance")).isEmpty();
        assertThat(world.mailsTo(alice).get(5).header("Importance")).isEqualTo("high");
    }

    /** The rungs that a mail told this person, in the order of the mails. */
    private List<String> told(Person person) {
        return world.database.read(handle -> handle.createQuery("""
                        select occasion || case when again then '~2' else '' end from notice where person_id = :person and state = 'accepted' order by settled_at, id""")
                .bind("person", person.id())
                .mapTo(String.class)
                .list());
    }

    /** Only the last reminder before the due date says who is told next. */
    @Test
    void theLadderIsOneLineOfTheLastReminder() {
        world.lead("lena@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        world.person("bob@corp.example", "en", "Europe/Paris");
        world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.plan(MailWorld.PLAN.replace("missed_after: P30D", "missed_after: P7D"), Channel.SYSTEM);
        for (String at : List.of("2026-02-25T08:05:00Z", "2026-02-26T09:05:00Z", "2026-03-11T08:05:00Z")) {
            world.at(at);
        }
        List<String> lines = world.mailsTo(alice).stream()
                .flatMap(mail -> mail.text().lines().filter(line -> line.contains(" told on ")))
                .toList();
        assertThat(lines)
                .containsExactly("If the review stays open, Bob (backup owner) is told on Tuesday 17 March 2026.");
    }

    /** On Friday it is not due today: it is due on Saturday, and said once. */
    @Test
    void whatIsDueOnADayOffIsSaidOnceTheWorkingDayBefore() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person chloe = world.person("chloe@corp.example", "fr", "Europe/Paris");
        world.asset("fw-par-01", "alice@corp.example");
        world.asset("fw-par-02", "chloe@corp.example");
        world.plan(MailWorld.PLAN.replace("2026-03-12", "2026-03-14"), Channel.SYSTEM);
        world.at("2026-02-28T08:05:00Z");
        world.at("2026-03-12T10:05:00Z");
        world.forgetMails();
        for (String at : new String[] {"2026-03-13T08:05:00Z", "2026-03-13T15:05:00Z", "2026-03-14T10:05:00Z"}) {
            world.at(at);
        }
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text())
                .contains("by Saturday 14 March 2026.")
                .doesNotContain("today");
        assertThat(world.mailsTo(chloe)).hasSize(1);
        assertThat(world.lastTo(chloe).text()).contains("fw-par-02 (Asset fw-par-02) d’ici au samedi 14 mars 2026.");
    }

    @Test
    void whoStandsInReadsForWhomAndUntilWhen() {
        world.lead("lena@corp.example");
        world.lead("marc@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.database.useTransaction(tx -> tx.createUpdate("""
                        insert into planned_leave (id, person_id, from_on, until_on, created_at, created_by)
                        values (:id, :person, :from, :until, :now, 'system')""")
                .bind("id", new UUID(0, 1))
                .bind("person", alice.id())
                .bind("from", LocalDate.of(2026, 2, 20))
                .bind("until", LocalDate.of(2026, 3, 31))
                .bind("now", Instant.parse("2026-02-01T00:00:00Z"))
                .execute());
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-25T08:05:00Z");
        world.at("2026-02-26T09:05:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        assertThat(world.mailsTo(bob).get(0).text())
                .contains("Bob stands in for Alice, who is on leave until Tuesday 31 March 2026.");
    }

    /** What was told towards the first due date does not stand for the later one. */
    @Test
    void anExtensionBeginsTheLadderAnew() {
        Person lead = world.lead("lena@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        for (Instant at = Instant.parse("2026-02-25T08:05:00Z");
                at.isBefore(Instant.parse("2026-04-09T00:00:00Z"));
                at = at.plus(Duration.ofHours(12))) {
            world.at(at.toString());
            if (at.equals(Instant.parse("2026-03-18T08:05:00Z"))) {
                world.database.useTransaction(tx -> world.reviews
                        .reviews()
                        .act(
                                tx,
                                world.reviewOf(asset),
                                new ReviewAct.Extend(LocalDate.parse("2026-04-01"), "The data centre moves."),
                                visitor(tx, by(lead), Channel.PAGE)));
            }
        }
        assertThat(told(alice))
                .startsWith("assigned", "d-7", "d-1", "due", "overdue-2026-03-16")
                .endsWith(
                        "d-7@2026-04-01",
                        "d-1@2026-04-01",
                        "due@2026-04-01",
                        "overdue-2026-04-02@2026-04-01",
                        "overdue-2026-04-06@2026-04-01");
        assertThat(told(bob)).containsExactly("backup", "backup@2026-04-01");
    }

    @Test
    void anAcknowledgementPausesAndAnAttestationStops() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T08:00:00Z");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(tx, world.reviewOf(asset), new ReviewAct.Acknowledge(), visitor(tx, by(alice), Channel.LINK)));
        world.at("2026-03-03T08:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        world.at("2026-03-11T08:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Attest(AttestRequest.of("no_change", null, null)),
                        visitor(tx, by(alice), Channel.LINK)));
        world.at("2026-03-16T08:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
    }

    @Test
    void aLeadWhoAsksAgainHasOneReminderAtOnce() {
        world.lead("ada@corp.example");
        Person lead = world.lead("lena@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        world.forgetMails();
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(tx, world.reviewOf(asset), new ReviewAct.Remind(), visitor(tx, by(lead), Channel.PAGE)));
        later(2);
        assertThat(world.mailsTo(alice))
                .as("though the mail of the day has left")
                .hasSize(1);
        assertThat(world.lastTo(alice).text())
                .contains("Lena asks you again to review fw-par-01", "https://ronde.test/r/");
        later(60);
        world.at("2026-03-02T09:00:00Z");
        assertThat(world.mailsTo(alice)).as("once").hasSize(1);
    }

    @Test
    void whoeverWasToldThatTheyAreAskedHearsThatTheyAreNotAnyMore() {
        Person lead = world.lead("lena@corp.example");
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        Person carol = world.person("carol@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.forgetMails();

        ask(asset, alice, bob);
        later(2);
        assertThat(world.lastTo(bob).subject()).contains("Will you review fw-par-01");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Assign("carol@corp.example"),
                        visitor(tx, by(lead), Channel.PAGE)));
        world.at("2026-02-27T09:00:00Z");
        assertThat(world.mailsTo(bob)).hasSize(2);
        assertThat(world.lastTo(bob).subject())
                .isEqualTo("A request to take over a review has lapsed: REV-1001 · fw-par-01");
        assertThat(world.lastTo(bob).text())
                .contains("Alice no longer asks you to take it over. Carol has it now.")
                .contains("https://ronde.test/r/");
        assertThat(world.lastTo(bob).header("Importance")).isEmpty();
        assertThat(world.mailsTo(alice)).as("told that her request lapsed").hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("Bob did not take it over.");

        ask(asset, carol, bob);
        world.at("2026-03-02T09:00:00Z");
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Attest(AttestRequest.of("no_change", null, null)),
                        visitor(tx, by(carol), Channel.LINK)));
        world.at("2026-03-03T09:00:00Z");
        assertThat(world.mailsTo(bob)).hasSize(4);
        assertThat(world.lastTo(bob).text()).contains("Carol no longer asks you to take it over. Carol attested it.");
        assertThat(world.mailsTo(carol)).as("she knows what she did").hasSize(1);
        later(60);
        assertThat(world.mailsTo(bob)).as("said once").hasSize(4);
    }

    @Test
    void nobodyHearsOfARequestThatWasAcceptedOrThatNoMailHadTold() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        Person carol = world.person("carol@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        world.forgetMails();
        ask(asset, alice, carol);
        world.clock.advance(Duration.ofSeconds(20));
        ask(asset, alice, bob);
        later(2);
        assertThat(world.mailsTo(carol)).as("never told of it").isEmpty();
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(tx, world.reviewOf(asset), new ReviewAct.AcceptDelegation(), visitor(tx, by(bob), Channel.LINK)));
        later(2);
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Attest(AttestRequest.of("no_change", null, null)),
                        visitor(tx, by(bob), Channel.LINK)));
        later(60);
        assertThat(world.mailsTo(bob))
                .extracting(ReceivedMail::subject)
                .noneMatch(subject -> subject.contains("lapsed"));
        assertThat(world.mailsTo(alice)).isEmpty();
        assertThat(world.mailsTo(carol)).isEmpty();
    }

    @Test
    void anotherOneOfTheSameNameWhoIsAskedRenewsNoRequest() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "Europe/Paris");
        Person other = world.person("robert@corp.example", "en", "Europe/Paris");
        world.database.useTransaction(tx -> tx.execute("update person set name = 'Bob' where email like 'robert@%'"));
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        ask(asset, alice, bob);
        later(2);
        world.forgetMails();
        ask(asset, alice, other);
        later(2);
        world.at("2026-03-02T09:00:00Z");
        assertThat(world.lastTo(bob).subject()).contains("has lapsed");
        assertThat(world.lastTo(other).subject()).doesNotContain("lapsed");
    }

    private void ask(Asset asset, Person asker, Person asked) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Delegate(asked.email()),
                        visitor(tx, by(asker), Channel.LINK)));
    }

    private void later(int minutes) {
        world.clock.advance(Duration.ofMinutes(minutes));
        world.settle();
    }

    @Test
    void whoMayBeTheSecondPersonIsAskedEveryWeek() {
        Person lena = world.lead("lena@corp.example");
        Person ada = world.administrator("ada@corp.example");
        Asset asset = world.asset("fw-par-01", "lena@corp.example");
        world.plan(MailWorld.PLAN + "approval: {default: second_person}\n", Channel.SYSTEM);
        world.at("2026-02-26T08:05:00Z");
        attest(asset, lena);
        world.forgetMails();
        world.at("2026-02-26T10:05:00Z");
        assertThat(world.mailsTo(ada)).as("the only lead had a part").hasSize(1);
        assertThat(world.lastTo(ada).text())
                .contains("please approve or refuse", "because you may be the second person for fw-par-01");
        world.at("2026-03-04T10:05:00Z");
        assertThat(world.mailsTo(ada)).hasSize(1);
        world.at("2026-03-05T10:05:00Z");
        assertThat(world.mailsTo(ada)).hasSize(2);
        Person lou = world.lead("lou@corp.example");
        world.at("2026-03-06T10:05:00Z");
        assertThat(world.mailsTo(lou)).as("who became a lead is asked anew").hasSize(1);
        world.at("2026-03-12T10:05:00Z");
        assertThat(world.mailsTo(ada)).as("a lead may sign").hasSize(2);
        assertThat(world.mailsTo(lou)).hasSize(2);
        assertThat(world.mailsTo(lena)).isEmpty();
    }

    /** The leads may sign and mail reaches none of them: an administrator is asked who may, too. */
    @Test
    void whereNobodyWhoMaySignIsReachedAnAdministratorIsAsked() {
        Person erik = world.person("erik@corp.example", "en", "Europe/Paris");
        Person lena = world.lead("lena@corp.example");
        Person ada = world.administrator("ada@corp.example");
        Asset asset = world.asset("fw-par-01", "erik@corp.example");
        world.plan(MailWorld.PLAN + "approval: {default: second_person}\n", Channel.SYSTEM);
        world.at("2026-02-26T08:05:00Z");
        world.unreachable(lena);
        attest(asset, erik);
        world.forgetMails();
        world.at("2026-02-26T10:05:00Z");
        assertThat(world.mailsTo(lena)).isEmpty();
        assertThat(world.mailsTo(ada)).hasSize(1);
        assertThat(world.lastTo(ada).text()).contains("please approve or refuse");
    }

    @Test
    void thatNobodyMaySignIsSaid() {
        Person lena = world.lead("lena@corp.example");
        Asset asset = world.asset("fw-par-01", "lena@corp.example");
        world.plan(MailWorld.PLAN + "approval: {default: second_person}\n", Channel.SYSTEM);
        world.at("2026-02-26T08:05:00Z");
        String ref = world.reviewOf(asset).ref();
        assertThat(unsignable(ref)).isFalse();
        attest(asset, lena);
        assertThat(unsignable(ref)).isTrue();
        world.administrator("ada@corp.example");
        assertThat(unsignable(ref)).isFalse();
    }

    private boolean unsignable(String ref) {
        return world.database.read(handle -> world.reviews.reviews().unsignable(handle, ref));
    }

    private void attest(Asset asset, Person by) {
        world.database.useTransaction(tx -> world.reviews
                .reviews()
                .act(
                        tx,
                        world.reviewOf(asset),
                        new ReviewAct.Attest(AttestRequest.of("no_change", null, null)),
                        visitor(tx, new Actor("link", by.actorRef(), "link"), Channel.LINK)));
    }

    @Test
    void afterAnOutageMissedReviewsAreOneListAndAllElseIsOneMail() {
        Person lena = world.lead("lena@corp.example");
        for (int i = 1; i <= 3; i++) {
            world.asset("a-" + i, "alice@corp.example");
        }
        world.asset("b-1", "lena@corp.example");
        world.plan(
                MailWorld.PLAN.replace("scope: {criticality: [high, critical]}", "scope: {assets: [a-1, a-2, a-3]}"),
                Channel.SYSTEM);
        world.plan("""
                id: yearly
                title: Yearly review
                scope: {assets: [b-1]}
                cadence: {every: P1Y, anchor: 2026-04-24}
                zone: Europe/Paris
                lead_time: P14D
                """, Channel.SYSTEM);
        world.at("2026-04-08T08:05:00Z");
        world.forgetMails();
        world.at("2026-04-14T08:05:00Z");
        assertThat(world.mailsTo(lena)).hasSize(2);
        assertThat(world.mailsTo(lena))
                .anySatisfy(mail -> assertThat(mail.text()).contains("a-1", "a-2", "a-3"))
                .anySatisfy(mail -> assertThat(mail.text()).contains("b-1"));
    }

    /** Case 103 in small: three days off, 30 reviews, 4 owners: one mail each. */
    @Test
    void afterAnOutageEachPersonGetsOneDigest() {
        for (int i = 0; i < 30; i++) {
            world.asset("a-" + i, "owner" + i % 4 + "@corp.example");
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.settle();
        world.at("2026-02-28T10:00:00Z");
        world.at("2026-03-02T10:00:00Z");
        assertThat(world.mails()).hasSize(4);
        ReceivedMail digest = world.mails().get(0);
        assertThat(digest.text()).contains("NEW").contains("REV-10");
        assertThat(digest.links()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(digest.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        world.clock.advance(Duration.ofMinutes(5));
        world.settle();
        assertThat(world.mails()).hasSize(4);
        String mute = digest.text().replaceAll("(?s).*https://ronde\\.test(/m/[a-z2-7]{40}).*", "$1");
        assertThat(world.get(mute).status()).isEqualTo(200);
        assertThat(world.count("mail_mute")).isZero();
        assertThat(world.post(mute, Map.of("List-Unsubscribe", "One-Click")).status())
                .isEqualTo(200);
        assertThat(world.count("mail_mute")).isEqualTo(1);
        String list = digest.text().replaceAll("(?s).*https://ronde\\.test(/d/[a-z2-7]{40}).*", "$1");
        assertThat(world.get(list).body()).contains("/r/").contains("REV-10");
    }

    @Test
    void aDigestCallsNewOnlyWhatWasNotToldBefore() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        for (int i = 1; i <= 4; i++) {
            world.asset("fw-par-0" + i, "alice@corp.example");
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-25T10:05:00Z");
        world.at("2026-02-26T10:05:00Z");
        assertThat(world.lastTo(alice).text()).contains("\nNEW").doesNotContain("DUE LATER");
        world.at("2026-03-03T10:05:00Z");
        assertThat(world.lastTo(alice).text())
                .contains("\nDUE LATER", "REV-1001")
                .doesNotContain("\nNEW");
    }

    /** Due on a Saturday: the notice of the day is in the mail of Friday. */
    @Test
    void whatIsDueOnADayOffIsInTheMailOfTheWorkingDayBefore() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        for (int i = 1; i <= 3; i++) {
            world.asset("fw-par-0" + i, "alice@corp.example");
        }
        world.plan(MailWorld.PLAN.replace("2026-03-12", "2026-03-14"), Channel.SYSTEM);
        world.at("2026-03-03T08:00:00Z");
        world.at("2026-03-05T08:00:00Z");
        world.at("2026-03-13T07:55:00Z");
        world.forgetMails();
        for (Instant at = Instant.parse("2026-03-13T08:00:00Z");
                at.isBefore(Instant.parse("2026-03-16T07:00:00Z"));
                at = at.plus(Duration.ofMinutes(30))) {
            world.at(at.toString());
        }
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text()).contains("fw-par-01", "fw-par-02", "fw-par-03", "14 March 2026");
        world.database.read(tx -> {
            assertThat(tx.createQuery("select distinct state from notice where occasion = 'due'")
                            .mapTo(String.class)
                            .list())
                    .as("nothing waits until the day is over")
                    .containsExactly("accepted");
            return true;
        });
        world.at("2026-03-16T08:00:00Z");
        assertThat(world.mailsTo(alice)).as("overdue on Monday").hasSize(2);
    }

    @Test
    void whoMutedOptionalMailsStillHearsWhatIsDue() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        for (int i = 0; i < 3; i++) {
            world.asset("fw-" + i, "alice@corp.example");
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        String mute = world.lastTo(alice).text().replaceAll("(?s).*https://ronde\\.test(/m/[a-z2-7]{40}).*", "$1");
        MailWorld.Page page = world.get(mute);
        assertThat(world.post(mute, page.form("mute")).status()).isEqualTo(200);
        world.at("2026-03-03T09:00:00Z");
        world.at("2026-03-11T09:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        List<String> reasons = world.database.read(
                handle -> handle.createQuery("select reason from outbox where kind = 'digest' and state = 'cancelled'")
                        .mapTo(String.class)
                        .list());
        assertThat(reasons).hasSize(2).containsOnly(MailReason.OPTED_OUT.with());
        world.at("2026-03-12T09:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
    }

    @Test
    void aCriticalFindingIsToldAtNightAndAMediumOneInTheMorning() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        world.at("2026-03-03T23:00:00Z");
        Found critical = found(asset, alice, Severity.CRITICAL);
        Found medium = found(asset, alice, Severity.MEDIUM);
        world.findings.addAll(List.of(critical, medium));
        world.settle();
        assertThat(world.notified).containsExactly(critical.id());
        assertThat(world.lastTo(alice).subject()).isEqualTo("Critical: Anonymous access is blocked on fw-par-01");
        world.at("2026-03-04T08:00:00Z");
        assertThat(world.notified).containsExactly(critical.id(), medium.id());
    }

    /** What was waived between the writing of a mail's row and its leaving is told by none, and told once the waiver is over. */
    @Test
    void whatIsWaivedBeforeItsMailLeavesIsToldOnceItIsNotAnyMore() {
        Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
        Asset asset = world.asset("fw-par-01", "alice@corp.example");
        Found told = found(asset, alice, Severity.MEDIUM);
        Found waived = found(asset, alice, Severity.LOW);
        world.clock.set(Instant.parse("2026-03-04T08:00:00Z"));
        world.findings.addAll(List.of(told, waived));
        world.queue();
        world.findings.remove(waived);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.notified).containsExactly(told.id());
        world.findings.add(waived);
        world.at("2026-03-05T08:05:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
        assertThat(world.notified).containsExactly(told.id(), waived.id());
        world.findings.add(found(asset, alice, Severity.LOW));
        world.clock.set(Instant.parse("2026-03-06T08:05:00Z"));
        world.queue();
        Found alone = world.findings.remove(2);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(2);
        world.findings.add(alone);
        world.at("2026-03-09T08:05:00Z");
        assertThat(world.notified).containsExactly(told.id(), waived.id(), alone.id());
    }

    /** Case 113, in both languages, for every mail of the ladder. */
    @Test
    void textAndHtmlSayTheSame() {
        Person alice = world.person("alice@corp.example", "fr", "Europe/Paris");
        Person bob = world.person("bob@corp.example", "en", "America/Montreal");
        for (String owner : List.of("alice@corp.example", "bob@corp.example")) {
            world.asset("one-" + owner.charAt(0), owner, Map.of(AssetField.BACKUP, "mia@corp.example"));
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-03-18T14:00:00Z");
        assertThat(world.mailsTo(alice).get(0).subject())
                .matches("\\[REV-10\\d\\d] Revue de la configuration de one-a \\(échéance 2026-03-12\\)");
        assertThat(world.mailsTo(alice).get(0).text()).contains("jeudi 12 mars 2026");
        assertThat(world.mailsTo(bob).get(0).text()).contains("Thursday 12 March 2026");
        Pattern facts = Pattern.compile("https?://[^\\s\"<>]+|\\d{4}-\\d{2}-\\d{2}|REV-\\d+");
        for (ReceivedMail mail : world.mails()) {
            Set<String> inText = new TreeSet<>(
                    facts.matcher(mail.text()).results().map(m -> m.group()).toList());
            Set<String> inHtml = new TreeSet<>(
                    facts.matcher(mail.html()).results().map(m -> m.group()).toList());
            assertThat(inText).isEqualTo(inHtml);
            assertThat(mail.html())
                    .contains("dir=\"ltr\"")
                    .doesNotContain("<img")
                    .doesNotContain("url(");
            assertThat(mail.html().length()).isLessThan(60_000);
            assertThat(mail.text().lines().filter(line -> line.contains("/r/")))
                    .allMatch(line -> line.matches("https://ronde\\.test/r/[a-z2-7]{40}(\\?a=not_mine)?"));
        }
    }

    private static Found found(Asset asset, Person owner, Severity severity) {
        return new Found(
                UUID.randomUUID(),
                asset.id(),
                owner.id(),
                asset.ref(),
                asset.name(),
                "redis-auth-" + severity,
                "Anonymous access is blocked",
                "",
                severity,
                Instant.parse("2026-03-03T22:59:00Z"),
                Instant.parse("2026-03-03T22:59:30Z"),
                true);
    }

    private static Actor by(Person person) {
        return new Actor("link", person.actorRef(), "link");
    }
}
