package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
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
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ladder, gathering and digests from end to end, through a real mail server (cases 100 and 112). */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
@Tag("long")
final class RemindersTest {
    private static final String PAIRS = MailWorld.PLAN + "approval: {default: second_person}\n";
    private static final ReviewAct ATTEST = new ReviewAct.Attest(AttestRequest.of("no_change", null, null));
    private static final LocalTime MORNING = LocalTime.of(8, 5);

    @AutoClose
    private final MailWorld world;

    private final Person lead;
    private final Person alice;
    private final Person bob;
    private Asset asset;

    RemindersTest(DatabaseKind kind) {
        world = new MailWorld(kind);
        lead = world.lead("lena@corp.example");
        alice = world.person("alice@corp.example");
        bob = world.person("bob@corp.example");
    }

    /** Alice has a firewall under the plan; its review is looked at there. */
    private void firewall(String plan, String at, Map<AssetField, Object> more) {
        asset = world.asset("fw-par-01", "alice@corp.example", more);
        world.plan(plan, Channel.SYSTEM);
        world.at(at);
    }

    private void firewall(String at) {
        firewall(MailWorld.PLAN, at, Map.of());
        world.forgetMails();
    }

    /** One look on each morning until then. */
    private void mornings(String until) {
        LocalDate day = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
        while (!day.isAfter(LocalDate.parse(until))) {
            Instant at = day.atTime(MORNING).toInstant(ZoneOffset.UTC);
            if (at.isAfter(world.clock.instant())) {
                world.at(at.toString());
            }
            day = day.plusDays(1);
        }
    }

    /** What was told towards the first due date does not stand for a later one. */
    @Test
    void climbsTheLadderTellsOneLevelUpAndBeginsAnewWithAnExtension() {
        Person mia = world.person("mia@corp.example");
        Person carol = world.person("carol@corp.example");
        Asset extended = world.asset("fw-par-02", "carol@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        firewall(
                MailWorld.PLAN,
                "2026-02-25T08:05:00Z",
                Map.of(AssetField.BACKUP, "bob@corp.example", AssetField.MANAGER, "mia@corp.example"));
        String first = world.reviewOf(asset).ref();
        String other = world.reviewOf(extended).ref();
        mornings("2026-03-18");
        world.act(extended, lead, Channel.PAGE, new ReviewAct.Extend(LocalDate.parse("2026-04-01"), "It moves."));
        mornings("2026-04-12");
        assertThat(told(first, alice))
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
        assertThat(told(first, bob)).containsExactly("backup");
        assertThat(told(first, mia)).hasSize(1);
        assertThat(told(other, carol))
                .startsWith("assigned", "d-7", "d-1", "due", "overdue-2026-03-16")
                .contains("d-7@2026-04-01", "d-1@2026-04-01", "due@2026-04-01", "overdue-2026-04-02@2026-04-01");
        assertThat(told(other, bob)).containsExactly("backup", "backup@2026-04-01");
        assertThat(world.mailsTo(lead))
                .extracting(ReceivedMail::subject)
                .contains("A review was missed: " + first + " · fw-par-01");
        List<ReceivedMail> mails = world.mailsTo(alice).stream()
                .filter(mail -> mail.subject().contains(first))
                .toList();
        assertThat(mails)
                .as("case 112")
                .extracting(ReceivedMail::subject)
                .containsOnly("[" + first + "] Review fw-par-01 configuration (due 2026-03-12)");
        assertThat(mails).extracting(mail -> mail.header("Message-ID")).doesNotHaveDuplicates();
        String root = mails.get(0).header("References");
        assertThat(mails).allMatch(mail -> mail.header("References").startsWith(root));
        assertThat(mails).hasSize(12);
        assertThat(mails.get(0).header("Importance")).isEmpty();
        assertThat(mails.get(11).header("Importance")).isEqualTo("high");
    }

    private List<String> told(String ref, Person person) {
        return world.texts("""
                select occasion from notice n join review r on r.id = n.subject_id
                 where r.review_number = ? and n.person_id = ? and n.state = 'accepted' order by n.settled_at, n.id
                """, Long.parseLong(ref.substring(4)), person.id());
    }

    /** Only the last reminder before the due date says who is told next. */
    @Test
    void theLadderIsOneLineOfTheLastReminder() {
        firewall(
                MailWorld.PLAN.replace("missed_after: P30D", "missed_after: P7D"),
                "2026-02-25T08:05:00Z",
                Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.at("2026-02-26T09:05:00Z");
        world.at("2026-03-11T08:05:00Z");
        assertThat(world.mailsTo(alice).stream()
                        .flatMap(mail -> mail.text().lines().filter(line -> line.contains(" told on "))))
                .containsExactly("If the review stays open, Bob (backup owner) is told on Tuesday 17 March 2026.");
    }

    /** On Friday it is not due today: it is due on Saturday, and said once, alone and in a digest. */
    @Test
    void whatIsDueOnADayOffIsSaidOnceTheWorkingDayBefore() {
        Person chloe = world.person("chloe@corp.example", "fr", "Europe/Paris");
        for (int i = 2; i < 5; i++) {
            world.asset("fw-par-0" + i, "chloe@corp.example");
        }
        firewall(MailWorld.PLAN.replace("2026-03-12", "2026-03-14"), "2026-02-28T08:05:00Z", Map.of());
        world.at("2026-03-12T10:05:00Z");
        world.forgetMails();
        for (String at : List.of("13T07:55", "13T08:05", "13T15:05", "14T10:05", "15T20:00")) {
            world.at("2026-03-" + at + ":00Z");
        }
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.lastTo(alice).text())
                .contains("by Saturday 14 March 2026.")
                .doesNotContain("today");
        assertThat(world.mailsTo(chloe)).hasSize(1);
        assertThat(world.lastTo(chloe).text()).contains("fw-par-02", "fw-par-03", "fw-par-04", "14 mars 2026");
        assertThat(world.texts("select distinct state from notice where occasion = 'due'"))
                .as("nothing waits until the day is over")
                .containsExactly("accepted");
        world.at("2026-03-16T08:00:00Z");
        assertThat(world.mailsTo(alice)).as("overdue on Monday").hasSize(2);
    }

    @Test
    void whoStandsInReadsForWhomAndUntilWhen() {
        world.sql(
                """
                insert into planned_leave (id, person_id, from_on, until_on, created_at, created_by)
                values (?, ?, ?, ?, ?, 'system')""",
                new UUID(0, 1),
                alice.id(),
                LocalDate.of(2026, 2, 20),
                LocalDate.of(2026, 3, 31),
                Instant.parse("2026-02-01T00:00:00Z"));
        firewall(MailWorld.PLAN, "2026-02-25T08:05:00Z", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.at("2026-02-26T09:05:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        assertThat(world.mailsTo(bob).get(0).text())
                .contains("Bob stands in for Alice, who is on leave until Tuesday 31 March 2026.");
    }

    @Test
    void anAcknowledgementPausesAndAnAttestationStops() {
        firewall("2026-02-26T08:00:00Z");
        world.act(asset, alice, Channel.LINK, new ReviewAct.Acknowledge());
        world.at("2026-03-03T08:00:00Z");
        assertThat(world.mailsTo(alice)).isEmpty();
        world.at("2026-03-11T08:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        world.act(asset, alice, Channel.LINK, ATTEST);
        world.at("2026-03-16T08:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
    }

    @Test
    void aLeadWhoAsksAgainHasOneReminderAtOnce() {
        firewall("2026-02-27T09:00:00Z");
        world.act(asset, lead, Channel.PAGE, new ReviewAct.Remind());
        minutes(2);
        assertThat(world.mailsTo(alice))
                .as("though the mail of the day has left")
                .hasSize(1);
        assertThat(world.lastTo(alice).text())
                .contains("Lena asks you again to review fw-par-01", "https://ronde.test/r/");
        minutes(60);
        world.at("2026-03-02T09:00:00Z");
        assertThat(world.mailsTo(alice)).as("once").hasSize(1);
    }

    @Test
    void whoeverWasToldThatTheyAreAskedHearsThatTheyAreNotAnyMore() {
        Person carol = world.person("carol@corp.example");
        firewall("2026-02-26T09:00:00Z");
        ask(alice, bob);
        minutes(2);
        assertThat(world.lastTo(bob).subject()).contains("Will you review fw-par-01");
        world.act(asset, lead, Channel.PAGE, new ReviewAct.Assign("carol@corp.example"));
        world.at("2026-02-27T09:00:00Z");
        assertThat(world.mailsTo(bob)).hasSize(2);
        assertThat(world.lastTo(bob).subject())
                .isEqualTo("A request to take over a review has lapsed: REV-1001 · fw-par-01");
        assertThat(world.lastTo(bob).text())
                .contains("Alice no longer asks you to take it over. Carol has it now.")
                .contains("https://ronde.test/r/");
        assertThat(world.lastTo(bob).header("Importance")).isEmpty();
        assertThat(world.lastTo(alice).text()).contains("Bob did not take it over.");

        ask(carol, bob);
        world.at("2026-03-02T09:00:00Z");
        world.act(asset, carol, Channel.LINK, ATTEST);
        world.at("2026-03-03T09:00:00Z");
        assertThat(world.lastTo(bob).text()).contains("Carol no longer asks you to take it over. Carol attested it.");
        assertThat(world.mailsTo(carol)).as("she knows what she did").hasSize(1);
        minutes(60);
        assertThat(world.mailsTo(bob)).as("said once").hasSize(4);
    }

    @Test
    void nobodyHearsOfARequestThatWasAcceptedOrThatNoMailHadTold() {
        Person carol = world.person("carol@corp.example");
        Person other = world.person("robert@corp.example");
        world.sql("update person set name = 'Bob' where email like 'robert@%'");
        firewall("2026-02-27T09:00:00Z");
        ask(alice, carol);
        world.clock.advance(Duration.ofSeconds(20));
        ask(alice, other);
        minutes(2);
        assertThat(world.mailsTo(carol)).as("never told of it").isEmpty();
        ask(alice, bob);
        minutes(2);
        world.act(asset, bob, Channel.LINK, new ReviewAct.AcceptDelegation());
        minutes(2);
        world.act(asset, bob, Channel.LINK, ATTEST);
        world.at("2026-03-02T09:00:00Z");
        assertThat(world.lastTo(other).subject())
                .as("one of the same name renews no request")
                .contains("has lapsed");
        for (Person person : List.of(alice, bob, carol)) {
            assertThat(world.mailsTo(person))
                    .extracting(ReceivedMail::subject)
                    .noneMatch(subject -> subject.contains("lapsed"));
        }
    }

    private void ask(Person asker, Person asked) {
        world.act(asset, asker, Channel.LINK, new ReviewAct.Delegate(asked.email()));
    }

    private void minutes(int count) {
        world.after(Duration.ofMinutes(count));
    }

    /** Also where mail reaches none of the leads. */
    @Test
    void whoMayBeTheSecondPersonIsAskedEveryWeek() {
        asset = world.asset("fw-par-01", "lena@corp.example");
        world.plan(PAIRS, Channel.SYSTEM);
        world.at("2026-02-26T08:05:00Z");
        assertThat(unsignable()).isFalse();
        world.act(asset, lead, Channel.LINK, ATTEST);
        assertThat(unsignable()).isTrue();
        Person ada = world.administrator("ada@corp.example");
        assertThat(unsignable()).isFalse();
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
        world.unreachable(lou);
        world.at("2026-03-20T10:05:00Z");
        assertThat(world.mailsTo(ada)).as("no lead is reached").hasSize(3);
        assertThat(world.mailsTo(lead)).isEmpty();
    }

    private boolean unsignable() {
        String ref = world.reviewOf(asset).ref();
        return world.database.read(handle -> world.reviews.reviews().unsignable(handle, ref));
    }

    @Test
    void afterAnOutageMissedReviewsAreOneListAndAllElseIsOneMail() {
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
        assertThat(world.mailsTo(lead))
                .hasSize(2)
                .anySatisfy(mail -> assertThat(mail.text()).contains("a-1", "a-2", "a-3"))
                .anySatisfy(mail -> assertThat(mail.text()).contains("b-1"));
    }

    @Test
    void aDigestCallsNewOnlyWhatWasNotToldAndWhoMutedItStillHearsWhatIsDue() {
        for (int i = 0; i < 3; i++) {
            world.asset("fw-" + i, "alice@corp.example");
        }
        Person dora = world.person("dora@corp.example");
        for (int i = 0; i < 3; i++) {
            world.asset("db-" + i, "dora@corp.example");
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        ReceivedMail digest = world.lastTo(alice);
        assertThat(digest.text()).contains("\nNEW", "REV-10").doesNotContain("DUE LATER");
        assertThat(digest.links()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(digest.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(world.get(digest.link('d')).body()).contains("/r/", "REV-10");
        String mute = digest.link('m');
        MailWorld.Page page = world.get(mute);
        assertThat(page.status()).isEqualTo(200);
        assertThat(world.count("mail_mute")).isZero();
        assertThat(world.post(mute, page.form("mute")).status()).isEqualTo(200);
        assertThat(world.count("mail_mute")).isEqualTo(1);
        world.at("2026-03-03T09:00:00Z");
        assertThat(world.lastTo(dora).text()).contains("\nDUE LATER").doesNotContain("\nNEW");
        world.at("2026-03-11T09:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(1);
        assertThat(world.texts("select reason from outbox where kind = 'digest' and state = 'cancelled'"))
                .hasSize(2)
                .containsOnly(MailReason.OPTED_OUT.with());
        world.at("2026-03-12T09:00:00Z");
        assertThat(world.mailsTo(alice)).hasSize(2);
        String one = world.lastTo(dora).link('m');
        assertThat(world.post(one, Map.of("List-Unsubscribe", "One-Click")).status())
                .as("case 19")
                .isEqualTo(200);
        assertThat(world.count("mail_mute")).isEqualTo(2);
    }

    /** What was waived between the writing of a mail's row and its leaving is told by none, and told once the waiver is over. */
    @Test
    void aCriticalFindingIsToldAtNightAndOthersInTheMorningUnlessTheyAreWaivedByThen() {
        asset = world.asset("fw-par-01", "alice@corp.example");
        world.at("2026-03-03T23:00:00Z");
        Found critical = world.finds(asset, alice, Severity.CRITICAL);
        Found medium = world.finds(asset, alice, Severity.MEDIUM);
        Found waived = world.finds(asset, alice, Severity.LOW);
        world.settle();
        assertThat(world.notified).containsExactly(critical.id());
        assertThat(world.lastTo(alice).subject()).startsWith("Critical: ").endsWith(" on fw-par-01");
        world.clock.set(Instant.parse("2026-03-04T08:00:00Z"));
        world.queue();
        world.findings.remove(waived);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(2);
        assertThat(world.notified).containsExactly(critical.id(), medium.id());
        world.findings.add(waived);
        world.at("2026-03-05T08:05:00Z");
        assertThat(world.notified).containsExactly(critical.id(), medium.id(), waived.id());
        Found alone = world.finds(asset, alice, Severity.LOW);
        world.clock.set(Instant.parse("2026-03-06T08:05:00Z"));
        world.queue();
        world.findings.remove(alone);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(3);
        world.findings.add(alone);
        world.at("2026-03-09T08:05:00Z");
        assertThat(world.notified).endsWith(alone.id());
    }
}
