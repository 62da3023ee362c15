package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.catalogue.Severity;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reminder.Found;
import dev.ronde.reminder.ToldNotices;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.DeliveryReport;
import dev.ronde.testing.ScriptedSmtp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mail that comes back told nobody: its notices say so, it comes once more, and others hear in the meantime what its reader would have. */
final class ReturnedMailsTest {
    private final Conversation talk = new Conversation(DatabaseKind.H2);

    @AfterEach
    void close() {
        talk.close();
    }

    private InboundMail report(ReceivedMail mail, String action, String status) {
        String recipient = mail.to().replaceAll(".*<|>.*", "");
        return talk.world.receive(
                new DeliveryReport("ronde@ronde.test", recipient, action, status, mail.header("Message-ID")).raw());
    }

    private void comesBack(ReceivedMail mail) {
        assertThat(report(mail, "failed", "5.1.1").ruling().rule()).startsWith("bounce-");
    }

    /** The notices of a person, oldest first: rung, state and reason. */
    private List<String> notices(Person person) {
        return notices(talk.world, person);
    }

    private static List<String> notices(MailWorld world, Person person) {
        return world.database.read(handle -> handle.createQuery("""
                        select occasion || case when again then '~2' else '' end || ' ' || state || ' ' || coalesce(reason, '') from notice
                         where person_id = :person order by created_at, occasion
                        """)
                .bind("person", person.id())
                .mapTo(String.class)
                .list());
    }

    private Instant firstTold() {
        return talk.world.database.read(handle -> new ToldNotices().of(handle, talk.review()));
    }

    private void found(Asset asset, Person owner, Severity severity) {
        Instant at = talk.world.clock.instant();
        talk.world.findings.add(new Found(
                UUID.randomUUID(),
                asset.id(),
                owner.id(),
                asset.ref(),
                asset.name(),
                "telnet-open",
                "A Telnet service asks for a sign-in in the clear.",
                "",
                severity,
                at.minusSeconds(60),
                at,
                true));
        talk.world.clock.advance(Duration.ofMinutes(2));
        talk.world.settle();
    }

    @Test
    void theNoticeSaysThatItCameBackAndTheFirstThatArrivedCounts() {
        Instant assigned = firstTold();
        assertThat(assigned).isNotNull();
        talk.world.clock.advance(Duration.ofMinutes(20));
        comesBack(talk.assignment);
        assertThat(notices(talk.alice)).containsExactly("assigned bounced 5.1.1 smtp; 550 5.1.1 said so");
        assertThat(firstTold()).as("the backup owner's mail").isAfter(assigned);
        List<TimelineEntry> timeline = talk.world.database.read(
                handle -> new ToldNotices().entries(handle, talk.firewall, talk.world.clock.instant(), 20));
        assertThat(timeline)
                .extracting(entry -> entry.type() + " " + entry.data().get("state"))
                .contains("notice.assigned bounced", "notice.unreached accepted");
        assertThat(talk.world.recordData("review.undelivered"))
                .contains("\"asset\":\"fw-par-01\"", "\"mail\":")
                .doesNotContain("first_notified_at");
    }

    /** A trial mail that does not come back proves nothing: the next one is two weeks later. */
    @Test
    void anUnreachablePersonIsTriedOnceInTwoWeeks() {
        talk.world.at("2026-03-02T09:00:00Z");
        talk.world.unreachable(talk.alice);
        talk.world.at("2026-03-10T10:00:00Z");
        talk.world.forgetMails();
        talk.world.at("2026-03-16T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).as("the trial").hasSize(1);
        talk.world.forgetMails();
        talk.world.at("2026-03-19T10:00:00Z");
        talk.world.at("2026-03-23T10:00:00Z");
        talk.world.at("2026-03-26T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
    }

    @Test
    void aMailThatIsLateChangesNothing() {
        Instant assigned = firstTold();
        report(talk.assignment, "delayed", "4.4.1");
        assertThat(notices(talk.alice)).containsExactly("assigned accepted ");
        assertThat(firstTold()).isEqualTo(assigned);
        talk.world.at("2026-03-02T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
    }

    @Test
    void whatCameBackComesOnceMoreOnTheNextWorkingDay() {
        comesBack(talk.assignment);
        talk.world.forgetMails();
        talk.world.at("2026-03-01T12:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).as("a Sunday").isEmpty();
        talk.world.at("2026-03-02T07:30:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
        talk.world.at("2026-03-02T08:05:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
        comesBack(talk.world.lastTo(talk.alice));
        assertThat(notices(talk.alice))
                .containsExactly(
                        "assigned bounced 5.1.1 smtp; 550 5.1.1 said so",
                        "assigned~2 bounced 5.1.1 smtp; 550 5.1.1 said so");
        talk.world.forgetMails();
        talk.world.at("2026-03-05T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice))
                .as("nothing twice more; unreachable by now")
                .isEmpty();
    }

    /** What came later stands for it. */
    @Test
    void whatIsToldMeanwhileIsNotToldOnceMore() {
        talk.world.at("2026-03-03T08:05:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
        comesBack(talk.assignment);
        talk.world.at("2026-03-04T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
    }

    @Test
    void nobodyWasToldByAnEscalationThatCameBack() {
        talk.world.at("2026-03-17T08:05:00Z");
        ReceivedMail escalation = talk.world.lastTo(talk.bob);
        assertThat(escalation.text()).contains("has not reviewed");
        comesBack(escalation);
        talk.world.forgetMails();
        talk.world.at("2026-03-19T08:05:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("still asks you to review").doesNotContain("Bob was told");
        assertThat(talk.world.mailsTo(talk.bob)).as("once more, the day after").hasSize(1);
    }

    @Test
    void aCriticalFindingOfWhomMailDoesNotReachGoesToTheBackupAtOnce() {
        talk.world.unreachable(talk.alice);
        talk.world.clock.set(Instant.parse("2026-02-28T02:00:00Z"));
        found(talk.firewall, talk.alice, Severity.CRITICAL);
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
        assertThat(talk.lastTo(talk.bob))
                .contains("A Telnet service", "because mail to Alice comes back")
                .doesNotContain("nobody owns");
        assertThat(talk.world.notified).hasSize(1);
    }

    @Test
    void withoutABackupItGoesToTheLeads() {
        Person erik = talk.world.person("erik@field.example", "en", "Europe/Paris");
        Asset switched = talk.world.asset("sw-1", "erik@field.example");
        talk.world.unreachable(erik);
        found(switched, erik, Severity.CRITICAL);
        assertThat(talk.world.mailsTo(erik)).isEmpty();
        assertThat(talk.world.mailsTo(talk.lena).stream().map(ReceivedMail::text))
                .anyMatch(
                        text -> text.contains("A Telnet service") && text.contains("because mail to Erik comes back"));
        // the backup owner is not reached either
        talk.world.unreachable(talk.alice);
        talk.world.unreachable(talk.bob);
        talk.world.forgetMails();
        found(talk.firewall, talk.alice, Severity.CRITICAL);
        assertThat(talk.world.mailsTo(talk.bob)).isEmpty();
        assertThat(talk.world.mailsTo(talk.lena).stream().map(ReceivedMail::text))
                .anyMatch(
                        text -> text.contains("A Telnet service") && text.contains("because mail to Alice comes back"));
    }

    /** The backup owner hears at once, the owner once more on the next working day. */
    @Test
    void aFindingWhoseMailCameBackIsTold() {
        talk.tellOfAFinding();
        assertThat(talk.world.notified).hasSize(1);
        talk.world.forgetMails();
        comesBack(talk.assignment);
        assertThat(talk.world.mailsTo(talk.bob).stream().map(ReceivedMail::text))
                .anyMatch(text -> text.contains("A Telnet service"));
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
        talk.world.forgetMails();
        talk.world.at("2026-03-02T08:05:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("A Telnet service");
        assertThat(talk.world.mailsTo(talk.bob)).isEmpty();
        talk.world.at("2026-03-03T07:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
    }

    @Test
    void aRequestToWhomMailDoesNotReachIsToldToTheBackup() {
        Person erik = talk.world.person("erik@corp.example", "en", "Europe/Paris");
        talk.world.unreachable(erik);
        talk.answers("delegate to erik@corp.example");
        talk.world.clock.advance(Duration.ofMinutes(2));
        talk.world.settle();
        assertThat(talk.world.mailsTo(erik)).isEmpty();
        assertThat(talk.lastTo(talk.bob))
                .contains("Erik was asked to take over fw-par-01", "but mail to Erik comes back");
    }

    @Test
    void whatIsEscalatedToWhomMailDoesNotReachGoesToTheLeadsTheSameDay() {
        talk.world.at("2026-03-16T10:00:00Z");
        talk.world.unreachable(talk.bob);
        talk.world.forgetMails();
        talk.world.at("2026-03-17T08:05:00Z");
        assertThat(talk.world.mailsTo(talk.bob)).isEmpty();
        assertThat(talk.lastTo(talk.lena)).contains("Alice has not reviewed");
    }

    /** Where no lead is reached the administrators are the leads. */
    @Test
    void whereNoLeadIsReachedTheAdministratorsDecide() {
        Person root = talk.world.administrator("root@corp.example");
        talk.world.unreachable(talk.lena);
        talk.answers("problem: nobody can sign in");
        talk.world.clock.advance(Duration.ofMinutes(2));
        talk.world.settle();
        assertThat(talk.world.mailsTo(talk.lena)).isEmpty();
        assertThat(talk.lastTo(root)).contains("nobody can sign in");
    }

    /** A review that opens while mail does not reach its owner. */
    @Test
    void anAssetOfWhomMailDoesNotReachIsReviewedByOthers() {
        Person erik = talk.world.person("erik@corp.example", "en", "Europe/Paris");
        talk.world.unreachable(erik);
        talk.world.asset("sw-1", "erik@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        talk.world.at("2026-03-02T10:00:00Z");
        assertThat(talk.world.mailsTo(erik)).isEmpty();
        assertThat(talk.lastTo(talk.bob)).contains("sw-1");
    }

    /** Who was told while mail arrived needs nobody to hear it in their place. */
    @Test
    void whatTheBackupWasToldIsNotToldToTheLeadsOnceMailComesBack() {
        talk.world.at("2026-03-17T08:05:00Z");
        assertThat(notices(talk.bob)).contains("backup accepted ");
        talk.world.at("2026-03-18T10:00:00Z");
        talk.world.unreachable(talk.bob);
        talk.world.forgetMails();
        talk.world.at("2026-03-18T12:00:00Z");
        assertThat(talk.world.mailsTo(talk.lena)).isEmpty();
        assertThat(notices(talk.lena)).isEmpty();
    }

    @Test
    void aLeadIsToldTheHighestOfWhatComesToThem() {
        talk.world.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        talk.world.unreachable(talk.bob);
        talk.world.at("2026-04-01T08:05:00Z");
        assertThat(notices(talk.lena)).containsExactlyInAnyOrder("lead accepted ", "backup superseded told by lead");
    }

    @Test
    void theOwnerReadsThatItGoesToTheLeadsWhereTheBackupIsNotReached() {
        talk.world.unreachable(talk.bob);
        talk.world.at("2026-03-11T08:05:00Z");
        assertThat(talk.lastTo(talk.alice))
                .contains("Lena (compliance lead) is told on Tuesday 17 March 2026")
                .doesNotContain("Bob", "Wednesday 1 April");
    }

    /** That an earlier request to the same person came back says nothing of this one. */
    @Test
    void aRequestThatIsStillToLeaveHasNotComeBack() {
        Person erik = talk.world.person("erik@corp.example", "en", "Europe/London");
        talk.answers("delegate to erik@corp.example");
        talk.world.clock.advance(Duration.ofMinutes(2));
        talk.world.settle();
        comesBack(talk.world.lastTo(erik));
        talk.world.forgetMails();
        talk.world.person("dora@corp.example", "en", "Europe/London");
        talk.world.clock.set(Instant.parse("2026-03-02T06:45:00Z"));
        talk.answers("delegate to dora@corp.example");
        talk.world.clock.advance(Duration.ofMinutes(1));
        talk.answers("delegate to erik@corp.example");
        assertThat(notices(talk.bob))
                .filteredOn(line -> line.startsWith("unasked"))
                .hasSize(1);
        talk.world.at("2026-03-02T09:05:00Z");
        assertThat(talk.world.mailsTo(erik)).hasSize(1);
        assertThat(notices(talk.bob))
                .filteredOn(line -> line.startsWith("unasked"))
                .hasSize(1);
    }

    /** A digest says of each line why it goes to somebody else. */
    @Test
    void aDigestSaysInWhosePlaceItIsTold() {
        talk.world.unreachable(talk.alice);
        talk.world.clock.set(Instant.parse("2026-02-28T02:00:00Z"));
        for (int n = 0; n < 3; n++) {
            found(talk.firewall, talk.alice, Severity.MEDIUM);
        }
        talk.world.forgetMails();
        talk.world.at("2026-03-02T08:05:00Z");
        assertThat(talk.lastTo(talk.bob)).contains("for Alice, whose mail comes back");
        assertThat(talk.world.lastTo(talk.bob).html()).contains("for Alice, whose mail comes back");
    }

    @Test
    void whatAServerRefusesComesOnceMoreToo() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world =
                        new MailWorld(DatabaseKind.H2, true, Map.of(Setting.SMTP_PORT, String.valueOf(smtp.port())))) {
            Person erik = world.person("erik@corp.example", "en", "Europe/Paris");
            world.asset("sw-1", "erik@corp.example");
            world.plan(MailWorld.PLAN, Channel.SYSTEM);
            smtp.answering("RCPT", "550 5.1.1 no such person");
            world.at("2026-02-27T10:00:00Z");
            assertThat(notices(world, erik)).singleElement().asString().startsWith("assigned refused ");
            smtp.usual();
            world.at("2026-03-01T12:00:00Z");
            assertThat(smtp.taken()).as("a Sunday").isEmpty();
            world.at("2026-03-02T08:05:00Z");
            assertThat(smtp.taken()).hasSize(1);
            assertThat(notices(world, erik)).hasSize(2).last().isEqualTo("assigned~2 accepted ");
        }
    }

    @Test
    void thatARequestLapsedComesOnceMore() {
        Person erik = talk.world.person("erik@corp.example", "en", "Europe/Paris");
        talk.world.person("dora@corp.example", "en", "Europe/Paris");
        talk.answers("delegate to erik@corp.example");
        talk.world.clock.advance(Duration.ofMinutes(2));
        talk.world.settle();
        talk.answers("delegate to dora@corp.example");
        talk.world.at("2026-03-02T08:05:00Z");
        assertThat(notices(erik)).hasSize(2).last().asString().matches("lapsed-\\d+ accepted ");
        comesBack(talk.world.lastTo(erik));
        talk.world.forgetMails();
        talk.world.at("2026-03-02T12:00:00Z");
        assertThat(talk.world.mailsTo(erik)).as("the same day").isEmpty();
        talk.world.at("2026-03-03T08:05:00Z");
        assertThat(talk.world.mailsTo(erik)).hasSize(1);
        assertThat(notices(erik)).hasSize(3).last().asString().matches("lapsed-\\d+~2 accepted ");
        talk.world.at("2026-03-06T10:00:00Z");
        assertThat(talk.world.mailsTo(erik)).hasSize(1);
    }

    /** The window of another review closes on the evening of Wednesday 8 April, so that Monday's digest tells of it on the 20th. */
    private void oneIsMissed() {
        talk.answers("done");
        Asset switched =
                talk.world.asset("sw-1", "alice@corp.example", Map.of(AssetField.CRITICALITY, Criticality.LOW));
        talk.world.plan(
                MailWorld.PLAN
                        .replace("id: quarterly", "id: early")
                        .replace("{criticality: [high, critical]}", "{assets: [sw-1]}")
                        .replace("missed_after: P30D", "missed_after: P27D"),
                Channel.SYSTEM);
        talk.world.at("2026-04-08T20:00:00Z");
        talk.world.forgetMails();
        talk.world.at("2026-04-08T22:00:00Z");
        assertThat(talk.world.reviewOf(switched).closing().missedAt()).isEqualTo("2026-04-08T22:00:00Z");
    }

    private List<String> missedNotices() {
        return notices(talk.lena).stream()
                .filter(line -> line.startsWith("missed") || line.startsWith("recovery"))
                .toList();
    }

    @Test
    void thatAReviewWasMissedComesOnceMoreOnTheNextWorkingDay() {
        oneIsMissed();
        talk.world.clock.set(Instant.parse("2026-04-10T10:00:00Z"));
        comesBack(talk.world.lastTo(talk.lena));
        talk.world.forgetMails();
        talk.world.at("2026-04-13T06:55:00Z");
        assertThat(talk.world.mailsTo(talk.lena)).isEmpty();
        talk.world.at("2026-04-13T07:05:00Z");
        assertThat(talk.lastTo(talk.lena)).contains("sw-1");
        assertThat(missedNotices())
                .containsExactly("missed bounced 5.1.1 smtp; 550 5.1.1 said so", "missed~2 accepted ");
        talk.world.at("2026-04-17T10:00:00Z");
        assertThat(missedNotices()).hasSize(2);
    }

    /** Where nobody was a lead when the window closed: who becomes one later hears of it on Monday. */
    @Test
    void whatNobodyWasToldForAWeekIsMondaysToTell() {
        talk.world.becomes(talk.lena, Role.OWNER);
        oneIsMissed();
        talk.world.at("2026-04-16T10:00:00Z");
        talk.world.becomes(talk.lena, Role.COMPLIANCE);
        talk.world.at("2026-04-17T10:00:00Z");
        assertThat(missedNotices()).isEmpty();
        talk.world.at("2026-04-20T07:05:00Z");
        assertThat(missedNotices()).containsExactly("recovery-2026-04-20 accepted ");
    }

    /** Monday's mail asks why it was missed, and stands for it: on the same morning, and on the one after. */
    @Test
    void thatAReviewWasMissedDoesNotComeOnceMoreBesideMondaysMail() {
        oneIsMissed();
        talk.world.clock.set(Instant.parse("2026-04-17T10:00:00Z"));
        comesBack(talk.world.lastTo(talk.lena));
        talk.world.forgetMails();
        talk.world.at("2026-04-20T06:30:00Z");
        talk.world.at("2026-04-20T07:05:00Z");
        talk.world.at("2026-04-21T07:05:00Z");
        assertThat(missedNotices())
                .containsExactly("missed bounced 5.1.1 smtp; 550 5.1.1 said so", "recovery-2026-04-20 accepted ");
        assertThat(talk.world.mailsTo(talk.lena)).hasSize(1);
    }
}
