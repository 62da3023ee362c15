package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.catalogue.Severity;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundFile;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.reminder.ToldNotices;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.DeliveryReport;
import dev.ronde.testing.ScriptedSmtp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A mail that comes back told nobody: its notices say so, it comes once more, and others hear in the meantime what its reader would have. Cases 68, 70 and 79 of the mail design: the same letter on another way, a program that answers whatever it gets, and many answers. */
final class ReturnedMailsTest {
    private static final String BOUNCED = " bounced 5.1.1 smtp; 550 5.1.1 said so";
    private static final int ROUNDS = 6;
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    @AutoClose
    private final Conversation talk = new Conversation(DatabaseKind.H2);

    private final MailWorld world = talk.world;

    private String report(ReceivedMail mail, String action, String status) {
        String recipient = mail.to().replaceAll(".*<|>.*", "");
        return world.receive(
                        new DeliveryReport("ronde@ronde.test", recipient, action, status, mail.header("Message-ID"))
                                .raw())
                .ruling()
                .rule();
    }

    private void comesBack(ReceivedMail mail) {
        assertThat(report(mail, "failed", "5.1.1")).startsWith("bounce-");
        world.forgetMails();
    }

    /** The notices of a person, oldest first: occasion, state and reason. */
    private static List<String> notices(MailWorld world, Person person) {
        return world.texts("""
                select occasion || case when again then '~2' else '' end || ' ' || state || ' ' || coalesce(reason, '') from notice
                 where person_id = ? order by created_at, occasion
                """, person.id());
    }

    private List<String> notices(Person person, String occasion) {
        return notices(world, person).stream()
                .filter(line -> line.startsWith(occasion))
                .toList();
    }

    private Instant firstTold() {
        return world.database.read(handle -> new ToldNotices().of(handle, talk.review()));
    }

    private void found(Asset asset, Person owner, Severity severity) {
        world.finds(asset, owner, severity);
        world.after(Duration.ofMinutes(2));
    }

    @Test
    void theNoticeSaysThatItCameBackAndTheFirstThatArrivedCounts() {
        Instant assigned = firstTold();
        assertThat(report(talk.assignment, "delayed", "4.4.1")).isEqualTo("bounce-delay");
        assertThat(notices(talk.alice, "")).as("late is not lost").containsExactly("assigned accepted ");
        assertThat(firstTold()).isNotNull().isEqualTo(assigned);
        world.clock.advance(Duration.ofMinutes(20));
        comesBack(talk.assignment);
        assertThat(notices(talk.alice, "")).containsExactly("assigned" + BOUNCED);
        assertThat(firstTold()).as("the backup owner's mail").isAfter(assigned);
        List<TimelineEntry> timeline = world.database.read(
                handle -> new ToldNotices().entries(handle, talk.firewall, world.clock.instant(), 20));
        assertThat(timeline)
                .extracting(entry -> entry.type() + " " + entry.data().get("state"))
                .contains("notice.assigned bounced", "notice.unreached accepted");
        assertThat(world.recordData("review.undelivered"))
                .contains("\"asset\":\"fw-par-01\"", "\"mail\":")
                .doesNotContain("first_notified_at");
        world.at("2026-03-01T12:00:00Z");
        assertThat(world.mailsTo(talk.alice)).as("a Sunday").isEmpty();
        world.at("2026-03-02T07:30:00Z");
        assertThat(world.mailsTo(talk.alice)).isEmpty();
        world.at("2026-03-02T08:05:00Z");
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
        comesBack(world.lastTo(talk.alice));
        assertThat(notices(talk.alice, "")).containsExactly("assigned" + BOUNCED, "assigned~2" + BOUNCED);
        world.at("2026-03-05T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).as("unreachable by now").isEmpty();
        // a trial mail that does not come back proves nothing: the next one is two weeks later
        world.at("2026-03-10T10:00:00Z");
        world.forgetMails();
        world.at("2026-03-16T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).as("the trial").hasSize(1);
        for (String day : List.of("19", "23", "26")) {
            world.at("2026-03-" + day + "T10:00:00Z");
        }
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
    }

    /** What came later stands for it. */
    @Test
    void whatIsToldMeanwhileIsNotToldOnceMore() {
        world.at("2026-03-03T08:05:00Z");
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
        comesBack(talk.assignment);
        world.at("2026-03-04T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).isEmpty();
        // and nobody was told by an escalation that came back
        world.at("2026-03-17T08:05:00Z");
        ReceivedMail escalation = world.lastTo(talk.bob);
        assertThat(escalation.text()).contains("has not reviewed");
        comesBack(escalation);
        world.at("2026-03-19T08:05:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("still asks you to review").doesNotContain("Bob was told");
        assertThat(world.mailsTo(talk.bob)).as("once more, the day after").hasSize(1);
    }

    /** A critical finding at once, the rest on the next working day, where a digest says of each line why it goes to somebody else. */
    @Test
    void aFindingOfWhomMailDoesNotReachGoesToTheBackup() {
        world.unreachable(talk.alice);
        world.clock.set(Instant.parse("2026-02-28T02:00:00Z"));
        found(talk.firewall, talk.alice, Severity.CRITICAL);
        assertThat(world.mailsTo(talk.alice)).isEmpty();
        assertThat(talk.lastTo(talk.bob))
                .contains("A Telnet service", "because mail to Alice comes back")
                .doesNotContain("nobody owns");
        assertThat(world.notified).hasSize(1);
        for (int n = 0; n < 3; n++) {
            found(talk.firewall, talk.alice, Severity.MEDIUM);
        }
        world.forgetMails();
        world.at("2026-03-02T08:05:00Z");
        assertThat(talk.lastTo(talk.bob)).contains("for Alice, whose mail comes back");
        assertThat(world.lastTo(talk.bob).html()).contains("for Alice, whose mail comes back");
    }

    /** Where nobody backs it up, or the backup owner is not reached either. */
    @Test
    void withoutABackupItGoesToTheLeads() {
        Person erik = world.person("erik@field.example");
        world.unreachable(erik);
        found(world.asset("sw-1", "erik@field.example"), erik, Severity.CRITICAL);
        assertThat(world.mailsTo(erik)).isEmpty();
        leadReads("because mail to Erik comes back");
        world.unreachable(talk.alice);
        world.unreachable(talk.bob);
        world.forgetMails();
        found(talk.firewall, talk.alice, Severity.CRITICAL);
        assertThat(world.mailsTo(talk.bob)).isEmpty();
        leadReads("because mail to Alice comes back");
    }

    private void leadReads(String why) {
        assertThat(world.mailsTo(talk.lena).stream().map(ReceivedMail::text))
                .anyMatch(text -> text.contains("A Telnet service") && text.contains(why));
    }

    /** The backup owner hears at once, the owner once more on the next working day. */
    @Test
    void aFindingWhoseMailCameBackIsTold() {
        talk.tellOfAFinding();
        assertThat(world.notified).hasSize(1);
        assertThat(report(talk.assignment, "failed", "5.1.1")).startsWith("bounce-");
        assertThat(world.mailsTo(talk.bob).stream().map(ReceivedMail::text))
                .anyMatch(text -> text.contains("A Telnet service"));
        world.forgetMails();
        world.at("2026-03-02T08:05:00Z");
        assertThat(talk.lastTo(talk.alice)).contains("A Telnet service");
        assertThat(world.mailsTo(talk.bob)).isEmpty();
        world.at("2026-03-03T07:00:00Z");
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
    }

    /** A request to take over, and a review that opens while mail does not reach its owner. */
    @Test
    void whatIsAskedOfWhomMailDoesNotReachIsToldToTheBackup() {
        Person erik = world.person("erik@corp.example");
        world.unreachable(erik);
        talk.answers("delegate to erik@corp.example");
        world.after(Duration.ofMinutes(2));
        assertThat(talk.lastTo(talk.bob))
                .contains("Erik was asked to take over fw-par-01", "but mail to Erik comes back");
        world.asset("sw-1", "erik@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.at("2026-03-02T10:00:00Z");
        assertThat(world.mailsTo(erik)).isEmpty();
        assertThat(talk.lastTo(talk.bob)).contains("sw-1");
    }

    @Test
    void whatIsEscalatedToWhomMailDoesNotReachGoesToTheLeadsTheSameDay() {
        world.at("2026-03-10T10:00:00Z");
        world.unreachable(talk.bob);
        world.at("2026-03-11T08:05:00Z");
        assertThat(talk.lastTo(talk.alice))
                .contains("Lena (compliance lead) is told on Tuesday 17 March 2026")
                .doesNotContain("Bob", "Wednesday 1 April");
        world.at("2026-03-16T10:00:00Z");
        world.forgetMails();
        world.at("2026-03-17T08:05:00Z");
        assertThat(world.mailsTo(talk.bob)).isEmpty();
        assertThat(talk.lastTo(talk.lena)).contains("Alice has not reviewed");
    }

    @Test
    void whereNoLeadIsReachedTheAdministratorsDecide() {
        Person root = world.administrator("root@corp.example");
        world.unreachable(talk.lena);
        world.forgetMails();
        talk.answers("problem: nobody can sign in");
        world.after(Duration.ofMinutes(2));
        assertThat(world.mailsTo(talk.lena)).isEmpty();
        assertThat(talk.lastTo(root)).contains("nobody can sign in");
    }

    @Test
    void aLeadIsToldTheHighestOfWhatComesToThem() {
        world.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        world.unreachable(talk.bob);
        world.at("2026-04-01T08:05:00Z");
        assertThat(notices(talk.lena, ""))
                .containsExactlyInAnyOrder("lead accepted ", "backup superseded told by lead");
    }

    /** That an earlier request to the same person came back says nothing of this one. */
    @Test
    void aRequestThatIsStillToLeaveHasNotComeBack() {
        Person erik = world.person("erik@corp.example", "en", "Europe/London");
        world.person("dora@corp.example", "en", "Europe/London");
        talk.answers("delegate to erik@corp.example");
        world.after(Duration.ofMinutes(2));
        comesBack(world.lastTo(erik));
        world.clock.set(Instant.parse("2026-03-02T06:45:00Z"));
        talk.answers("delegate to dora@corp.example");
        world.clock.advance(Duration.ofMinutes(1));
        talk.answers("delegate to erik@corp.example");
        assertThat(notices(talk.bob, "unasked")).hasSize(1);
        world.at("2026-03-02T09:05:00Z");
        assertThat(world.mailsTo(erik)).hasSize(1);
        assertThat(notices(talk.bob, "unasked")).hasSize(1);
    }

    @Test
    void whatAServerRefusesComesOnceMoreToo() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld refusing =
                        new MailWorld(DatabaseKind.H2, true, Map.of(Setting.SMTP_PORT, String.valueOf(smtp.port())))) {
            Person erik = refusing.person("erik@corp.example");
            refusing.asset("sw-1", "erik@corp.example");
            refusing.plan(MailWorld.PLAN, Channel.SYSTEM);
            smtp.answering("RCPT", "550 5.1.1 no such person");
            refusing.at("2026-02-27T10:00:00Z");
            assertThat(notices(refusing, erik)).singleElement().asString().startsWith("assigned refused ");
            smtp.usual();
            refusing.at("2026-03-01T12:00:00Z");
            assertThat(smtp.taken()).as("a Sunday").isEmpty();
            refusing.at("2026-03-02T08:05:00Z");
            assertThat(smtp.taken()).hasSize(1);
            assertThat(notices(refusing, erik)).hasSize(2).last().isEqualTo("assigned~2 accepted ");
        }
    }

    @Test
    void thatARequestLapsedComesOnceMore() {
        Person erik = world.person("erik@corp.example");
        world.person("dora@corp.example");
        talk.answers("delegate to erik@corp.example");
        world.after(Duration.ofMinutes(2));
        talk.answers("delegate to dora@corp.example");
        world.at("2026-03-02T08:05:00Z");
        assertThat(notices(erik, "lapsed")).singleElement().asString().endsWith(" accepted ");
        comesBack(world.lastTo(erik));
        world.at("2026-03-02T12:00:00Z");
        assertThat(world.mailsTo(erik)).as("the same day").isEmpty();
        world.at("2026-03-03T08:05:00Z");
        assertThat(notices(erik, "lapsed")).hasSize(2).last().asString().endsWith("~2 accepted ");
        world.at("2026-03-06T10:00:00Z");
        assertThat(world.mailsTo(erik)).hasSize(1);
    }

    /** The window of another review closes on the evening of Wednesday 8 April, so that Monday's digest tells of it on the 20th. */
    private void oneIsMissed() {
        talk.answers("done");
        Asset switched = world.asset("sw-1", Conversation.ALICE, Map.of(AssetField.CRITICALITY, Criticality.LOW));
        world.plan(
                MailWorld.PLAN
                        .replace("id: quarterly", "id: early")
                        .replace("{criticality: [high, critical]}", "{assets: [sw-1]}")
                        .replace("missed_after: P30D", "missed_after: P27D"),
                Channel.SYSTEM);
        world.at("2026-04-08T20:00:00Z");
        world.forgetMails();
        world.at("2026-04-08T22:00:00Z");
        assertThat(world.reviewOf(switched).closing().missedAt()).isEqualTo("2026-04-08T22:00:00Z");
    }

    private List<String> missedNotices() {
        return notices(world, talk.lena).stream()
                .filter(line -> line.startsWith("missed") || line.startsWith("recovery"))
                .toList();
    }

    @Test
    void thatAReviewWasMissedComesOnceMoreOnTheNextWorkingDay() {
        oneIsMissed();
        world.clock.set(Instant.parse("2026-04-10T10:00:00Z"));
        comesBack(world.lastTo(talk.lena));
        world.at("2026-04-13T06:55:00Z");
        assertThat(world.mailsTo(talk.lena)).isEmpty();
        world.at("2026-04-13T07:05:00Z");
        assertThat(talk.lastTo(talk.lena)).contains("sw-1");
        world.at("2026-04-17T10:00:00Z");
        assertThat(missedNotices()).containsExactly("missed" + BOUNCED, "missed~2 accepted ");
    }

    /** Where nobody was a lead when the window closed: who becomes one later hears of it on Monday. */
    @Test
    void whatNobodyWasToldForAWeekIsMondaysToTell() {
        world.becomes(talk.lena, Role.OWNER);
        oneIsMissed();
        world.at("2026-04-16T10:00:00Z");
        world.becomes(talk.lena, Role.COMPLIANCE);
        world.at("2026-04-17T10:00:00Z");
        assertThat(missedNotices()).isEmpty();
        world.at("2026-04-20T07:05:00Z");
        assertThat(missedNotices()).containsExactly("recovery-2026-04-20 accepted ");
    }

    /** Monday's mail asks why it was missed, and stands for it: on the same morning, and on the one after. */
    @Test
    void thatAReviewWasMissedDoesNotComeOnceMoreBesideMondaysMail() {
        oneIsMissed();
        world.clock.set(Instant.parse("2026-04-17T10:00:00Z"));
        comesBack(world.lastTo(talk.lena));
        for (String at : List.of("2026-04-20T06:30:00Z", "2026-04-20T07:05:00Z", "2026-04-21T07:05:00Z")) {
            world.at(at);
        }
        assertThat(missedNotices()).containsExactly("missed" + BOUNCED, "recovery-2026-04-20 accepted ");
        assertThat(world.mailsTo(talk.lena)).hasSize(1);
    }

    @Test
    void case68And70TheSameLetterIsOneAnswerHoweverItComesAndAfterAnUndo() {
        String raw = talk.mail(ALICE, "done");
        InboundMail first = world.receive(raw);
        assertThat(first.ruling().rule()).isEqualTo(DONE);
        long records = world.count("evidence_record");
        assertThat(world.receive(raw).id()).isEqualTo(first.id());
        String other = "Received: from mx.corp.example by mx2.ronde.test; Fri, 27 Feb 2026 11:00:02 +0100\r\n"
                + "Delivered-To: ronde@ronde.test\r\nX-Spam-Score: 0.1\r\n"
                + raw.replace("Subject: Re:", "Subject:\r\n Re:");
        assertThat(world.receive(other).ruling().rule()).isEqualTo("same-letter-again");
        assertThat(world.count("evidence_record")).isEqualTo(records);
        assertThat(world.mails()).hasSize(1);
        talk.expect("undo | owner-by-reply | OPEN");
        String replay = "Received: from evil.example\r\nX-Replay: 1\r\n" + raw;
        assertThat(world.receive(replay).ruling().rule()).isEqualTo("same-letter-again");
        String bare = raw.replaceFirst("Message-ID: [^\r]*\r\n", "");
        assertThat(world.receive(bare).ruling().rule())
                .as("another letter, without an id")
                .isEqualTo(DONE);
        talk.answers("undo");
        assertThat(world.receive("Received: from evil.example\r\n" + bare)
                        .ruling()
                        .rule())
                .isEqualTo("same-letter-again");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void theCopyThatCameWithoutTheHandleDoesNotSwallowTheOneThatHasIt() {
        String raw = talk.message("From: " + ALICE, "To: Ronde <ronde@ronde.test>", "ok");
        assertThat(world.receive(raw).ruling().decision()).isEqualTo(Decision.UNMATCHED);
        InboundMail addressed = world.receive("Delivered-To: " + talk.replyAddress() + "\r\n" + raw);
        assertThat(addressed.ruling().rule()).isEqualTo(DONE);
        assertThat(talk.state()).isEqualTo(ReviewState.ACKNOWLEDGED);
    }

    /** A second system answers each of our mails with the same words, without any sign that it is one; and one that never says the same twice. */
    @Test
    void case79EveryLoopOfTwoProgramsStops() {
        List<String> all = List.of(
                "Merci pour votre message, votre demande est prise en charge.",
                "done",
                "problem: our office is closed",
                "delegate to nobody@corp.example",
                "snooze 3d",
                "Bien reçu",
                "not mine",
                "delegate to bob@corp.example",
                "snooze 999d",
                "undo",
                "help",
                "done 1,3");
        for (String words : "full".equals(System.getProperty("ronde.scale")) ? all : all.subList(0, 5)) {
            assertThat(answering(round -> words)).as(words).isLessThanOrEqualTo(2);
        }
        assertThat(answering(round -> "Thanks for your request, it is number " + round))
                .isEqualTo(1);
        assertThat(answering(round -> "We will look into it, " + "very ".repeat(round) + "soon"))
                .isEqualTo(3);
    }

    /** Whoever writes something else that cannot be understood hears of it too, three times a day; the third mail says that it is the last. */
    @Test
    void aSecondUnclearAnswerIsNotPassedOverInSilence() {
        told("what is this?", 1);
        told("I looked at rule 12, is that enough?", 2);
        assertThat(talk.lastTo(talk.alice)).contains("We read this line: I looked at rule 12");
        told("What is this?", 2);
        assertThat(talk.lastTo(talk.alice)).doesNotContain("get none for a day");
        told("hello?", 3);
        assertThat(talk.lastTo(talk.alice)).contains("get none for a day");
        assertThat(world.lastTo(talk.alice).html()).contains("get none for a day");
        told("anybody there?", 3);
        // where a day was asked for, another day is another answer
        told("snooze 999d", 4);
        told("snooze 500d", 5);
        told("snooze 03/04", 6);
        told("snooze 05/06", 7);
        world.clock.advance(Duration.ofHours(25));
        told("anybody there?", 8);
    }

    private void told(String text, int mails) {
        talk.answers(text);
        assertThat(world.mailsTo(talk.alice)).as(text).hasSize(mails);
    }

    /** How many mails the owner gets while a program answers each of them; the first answer is to the assignment. */
    private int answering(IntFunction<String> words) {
        world.after(Duration.ofHours(25)).forgetMails();
        ReceivedMail first = talk.assignment;
        for (int round = 0; round < ROUNDS; round++) {
            int before = world.mailsTo(talk.alice).size();
            talk.answers(words.apply(round));
            world.after(Duration.ofMinutes(3));
            if (world.mailsTo(talk.alice).size() == before) {
                break;
            }
            talk.assignment = world.lastTo(talk.alice);
        }
        talk.assignment = first;
        return world.mailsTo(talk.alice).size();
    }

    @Test
    void noMoreThanThirtyReceiptsADay() {
        Instant end = world.clock.instant().plus(Duration.ofHours(23));
        for (int sent = 0; world.clock.instant().isBefore(end); sent++) {
            talk.answers("problem: port " + sent + " is open");
            world.after(Duration.ofMinutes(35));
        }
        List<ReceivedMail> receipts = world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains("We read this line"))
                .toList();
        assertThat(receipts).hasSize(30);
        assertThat(receipts.get(29).text()).contains("Thirty receipts went to you");
        assertThat(receipts.get(28).text()).doesNotContain("Thirty receipts");
    }

    /** The third time it comes it is no evidence any more; a list or a configuration may be that of several assets. */
    @Test
    void aPictureThatComesAgainAndAgainIsPartOfASignature() {
        byte[] logo = new byte[40_000];
        System.arraycopy(PNG, 0, logo, 0, PNG.length);
        assertThat(fate("logo.png", "image/png", logo)).startsWith("kept");
        assertThat(fate("brand.png", "image/png", logo)).startsWith("kept");
        assertThat(fate("logo.png", "image/png", logo)).isEqualTo("ignored seen_before");
        byte[] other = logo.clone();
        other[39_999] = 1;
        assertThat(fate("logo.png", "image/png", other)).startsWith("kept");
        byte[] rules = "allow 22 from 10.0.0.0/8\n".getBytes(StandardCharsets.US_ASCII);
        for (int time = 0; time < 4; time++) {
            assertThat(fate("rules.txt", "text/plain", rules)).startsWith("kept");
        }
    }

    private String fate(String name, String type, byte[] content) {
        InboundMail mail = talk.content("multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nproblem: look at this\r\n"
                + "--b\r\nContent-Type: " + type + "\r\nContent-Disposition: attachment; filename=" + name
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n--b--\r\n");
        InboundFile file = world.inbox.inbox().files(mail.id()).get(0);
        return file.fate() + " " + file.reason();
    }
}
