package dev.ronde.inbound.answer;

import static dev.ronde.inbound.answer.Conversation.ALICE;
import static dev.ronde.inbound.answer.Conversation.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.health.HealthState;
import dev.ronde.platform.http.Role;
import dev.ronde.reply.MailWorld;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.DeliveryReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cases 76–90 of the mail design: what programs answer, and what it does to the duty. */
final class BounceTest {
    @AutoClose
    private final Conversation talk = new Conversation(DatabaseKind.H2);

    private final MailWorld world = talk.world;

    /** The address that reports about the assignment go to: it carries the same grant, signed for another purpose. */
    private String bounceAddress() {
        return world.database.inTransaction(tx -> {
            var grants = world.mail.grants();
            var grant = grants.ensure(
                    tx, HandlePurpose.REPLY, talk.review().id(), talk.alice.id(), Instant.EPOCH, Instant.EPOCH);
            return world.mail.addresses().carrying(grants.bounceHandle(grant));
        });
    }

    private InboundMail report(String to, String action, String status, String recipient) {
        return world.receive(
                new DeliveryReport(to, recipient, action, status, talk.assignment.header("Message-ID")).raw());
    }

    private void reported(String action, String status, String rule) {
        assertThat(report(bounceAddress(), action, status, ALICE).ruling().rule())
                .isEqualTo(rule);
    }

    private Optional<HealthState> health() {
        return world.database
                .read(handle ->
                        Optional.ofNullable(new AddressHealth().troubled(handle).get(talk.alice.id())))
                .map(Health::state);
    }

    private String outbox() {
        return world.get("/mails", Role.COMPLIANCE, talk.lena).body();
    }

    @Test
    void case82AFailureForGoodTellsTheBackupAndASecondADayLaterStopsTheMails() {
        reported("failed", "5.1.1", "bounce-suspect");
        assertThat(health()).contains(HealthState.SUSPECT);
        assertThat(talk.lastTo(talk.bob)).contains("mail to Alice about fw-par-01");
        assertThat(world.recordData("mail.bounced")).contains("\"class\":\"hard\"");
        world.at("2026-03-02T10:00:00Z");
        reported("failed", "5.1.1", "bounce-unreachable");
        assertThat(talk.lastTo(talk.lena)).contains("came back again, and nothing more is sent there");
        assertThat(outbox()).contains("unreachable", "tried again");
        world.forgetMails();
        world.at("2026-03-12T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).isEmpty();
        world.at("2026-03-17T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
    }

    /** Case 83, and of many servers that return nothing of the mail the page says all the same whose it was and what it was about. */
    @Test
    void case83AReportToABounceAddressIsKnownByIt() {
        InboundMail bare = world.receive(new DeliveryReport(bounceAddress(), ALICE, "failed", "5.1.1", null).raw());
        assertThat(bare.ruling().rule()).isEqualTo("bounce-suspect");
        assertThat(bare.reading().matchedBy()).isEqualTo("to");
        assertThat(bare.reading().personId()).isEqualTo(talk.alice.id());
        assertThat(bare.ruling().about()).isEqualTo(talk.review().ref());
        InboundMail forwarded = report(bounceAddress(), "failed", "5.1.1", "alice.private@gmail.example");
        assertThat(forwarded.ruling().reason()).contains("forward target alice.private@gmail.example");
        assertThat(health()).contains(HealthState.SUSPECT);
    }

    /** Three of a domain within two hours are an outage: nobody is blamed, nor the first two, and the domain is left alone for two hours. */
    @Test
    void case86ADomainOfWhichManyFailAtOnceIsHeldAndBlamesNobody() {
        world.database.useTransaction(tx -> {
            AddressHealth health = new AddressHealth();
            health.hard(tx, "bob@corp.example", talk.bob.id(), "550 5.1.1", world.clock.instant());
            health.hard(tx, "lena@corp.example", talk.lena.id(), "550 5.1.1", world.clock.instant());
        });
        reported("failed", "5.1.1", "bounce-domain-outage");
        assertThat(world.database.<Integer>read(
                        handle -> new AddressHealth().troubled(handle).size()))
                .isZero();
        assertThat(outbox()).contains("So many mails to corp.example come back");
        talk.answers("done");
        assertThat(world.mails()).isEmpty();
        world.after(Duration.ofMinutes(121));
        assertThat(world.mailsTo(talk.alice)).hasSize(1);
        assertThat(health()).isEmpty();
    }

    @Test
    void case84To89ALateOrFullOrArrivedMailBlamesNobody() {
        reported("delayed", "4.4.1", "bounce-delay");
        reported("relayed", "2.1.5", "delivered");
        InboundMail words = world.receive("From: MAILER-DAEMON@old.example\r\nTo: " + bounceAddress()
                + "\r\nReturn-Path: <>\r\nSubject: failure notice\r\nMessage-ID: <q@old.example>\r\n\r\n"
                + "Hi. This is the qmail-send program at old.example.\r\n<alice@corp.example>:\r\n"
                + "550 sorry, no mailbox here by that name (#5.1.1)\r\n");
        assertThat(words.ruling().rule()).isEqualTo("bounce-in-words");
        for (int day = 2; day < 4; day++) {
            world.at("2026-03-0" + day + "T10:00:00Z");
            reported("failed", "5.2.2", "bounce-soft");
        }
        reported("failed", "5.7.26", "bounce-policy");
        assertThat(outbox()).contains("refused for its policy");
        world.at("2026-03-20T10:00:00Z");
        InboundMail stranger = report("ronde@ronde.test", "failed", "5.1.1", ALICE);
        assertThat(stranger.ruling().decision())
                .as("case 84: without our handle")
                .isEqualTo(Decision.IGNORED);
        assertThat(health()).isEmpty();
    }

    /** A mailbox that stays full for four days is as good as none; its backup hears of it once. */
    @Test
    void case87AFullMailboxBecomesUnreachableAndIsToldOnce() {
        for (int day = 2; day < 6; day++) {
            world.at("2026-03-0" + day + "T10:00:00Z");
            report(bounceAddress(), "failed", "5.2.2", ALICE);
        }
        assertThat(health()).contains(HealthState.UNREACHABLE);
        // as in a table from before soft failures had a beginning
        world.sql("update address_health set first_hard_at = null");
        world.at("2026-03-05T10:05:00Z");
        world.at("2026-03-05T10:10:00Z");
        assertThat(world.mailsTo(talk.bob)).hasSize(1);
    }

    /** Anybody can write an address into {@code From}; who acts by the link of a mail got it. */
    @Test
    void case90AWordFromTheOwnerClearsItsAddressAndAForgedOneDoesNot() {
        report(bounceAddress(), "failed", "5.1.1", ALICE);
        talk.toAll("hello");
        talk.toAll("ok", answering(talk.assignment));
        world.get(talk.assignment.links().get(0));
        assertThat(health()).as("nor is looking a sign").contains(HealthState.SUSPECT);
        talk.answers("ok");
        assertThat(health()).isEmpty();
        report(bounceAddress(), "failed", "5.1.1", ALICE);
        assertThat(health()).isPresent();
        world.press(talk.assignment.links().get(0), "problem", "text", "It is open.");
        assertThat(health()).isEmpty();
    }

    @Test
    void case76To81AutomaticMailExecutesNothing() {
        String[][] programs = {
            {"Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "auto"},
            {"Precedence: bulk", "Auto-Submitted: auto-replied", "absence"},
            {"X-Nothing: x", "Auto-Submitted: (by a robot) auto-replied", "absence"},
            {"Auto-Submitted: no", "Auto-Submitted: auto-generated", "auto"},
            {"X-Autoreply: yes", "X-Test: 1", "auto"},
            {"List-Id: <ops.corp.example>", "X-Test: 2", "auto"},
            {"Return-Path: <>", "X-Test: 3", "auto"},
        };
        for (String[] program : programs) {
            InboundMail mail = talk.answers("ok", program[0], program[1]);
            assertThat(mail.reading().sort()).as(program[0]).isEqualTo(program[2]);
            assertThat(mail.ruling().decision()).as(program[0]).isIn(Decision.IGNORED, Decision.NOTED);
        }
        InboundMail marked = world.receive(
                talk.mail(ALICE, "ok").replaceFirst("Subject: [^\r]*", "Subject: [EXTERNAL] Automatic reply: away"));
        assertThat(marked.reading().sort()).isEqualTo("absence");
        assertThat(talk.from("no-reply@tickets.example", "done").reading().sort())
                .isEqualTo("auto");
        assertThat(world.receive(talk.assignment.raw()).reading().sort())
                .as("case 80")
                .isEqualTo("loop");
        assertThat(talk.state()).isEqualTo(ReviewState.OPEN);
        assertThat(world.mails()).isEmpty();
        for (String human : new String[] {"Auto-Submitted: no", "Auto-Submitted: No (user)"}) {
            assertThat(talk.answers("ok", human).reading().sort()).as(human).isEqualTo("human");
        }
    }

    /** A hint holds for 30 days at most; what the owner is reminded of meanwhile, the backup owner hears too, once. */
    @Test
    void case76AnAbsenceIsNotedWithItsLastDayAndTheNextReminderGoesToTheBackupToo() {
        assertThat(talk.assignment.subject()).contains("(due 2026-03-");
        absent("I am away and do not read your mail.", null);
        absent("ok\nI am out of office until 13 March 2026.", "until 2026-03-13");
        assertThat(outbox()).contains("until 2026-03-13");
        absent("I am out of office until 30 June 2026.", "until 2026-03-29");
        assertThat(world.mailsTo(talk.bob)).isEmpty();
        world.at("2026-03-03T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).as("the reminder").hasSize(1);
        assertThat(talk.lastTo(talk.bob)).contains("Alice is away, and fw-par-01");
        absent("I am out of office until 20 March 2026.", "until 2026-03-20");
        absent("I am out of office.", null);
        world.at("2026-03-11T10:00:00Z");
        assertThat(world.mailsTo(talk.alice)).hasSize(2);
        assertThat(world.mailsTo(talk.bob)).hasSize(1);
    }

    private void absent(String words, String reason) {
        InboundMail mail = talk.answers(words, "Auto-Submitted: auto-replied");
        assertThat(mail.ruling().rule()).isEqualTo("away");
        assertThat(mail.ruling().reason()).isEqualTo(reason);
    }

    /** Whoever names no last day is away for as long as a hint may hold, and is back once they write themselves. */
    @Test
    void case76AnAbsenceWithoutAnEndHoldsForThirtyDaysOrUntilTheyWrite() {
        absent("I am out of office.", null);
        world.at("2026-03-20T10:00:00Z");
        assertThat(away()).isTrue();
        world.at("2026-03-30T10:00:00Z");
        assertThat(away()).isFalse();
        absent("I am out of office.", null);
        assertThat(away()).isTrue();
        talk.answers("ok");
        assertThat(away()).isFalse();
        absent("I am out of office until 20 April 2026.", "until 2026-04-20");
        talk.answers("problem: I see port 22 open from my phone");
        assertThat(away()).isTrue();
    }

    private boolean away() {
        Instant now = world.clock.instant();
        return !world.database
                .read(handle -> new AddressHealth().absent(handle, LocalDate.ofInstant(now, ZoneOffset.UTC), now))
                .isEmpty();
    }

    /** Case 79, the loop: a second system answers each of our mails as a person would. */
    @Test
    void case79AnAnsweringSystemIsMetWithSilence() {
        for (int round = 0; round < 100; round++) {
            talk.stored("Your ticket " + round + " was created.");
        }
        world.settle();
        assertThat(world.mails()).hasSize(1);
    }
}
