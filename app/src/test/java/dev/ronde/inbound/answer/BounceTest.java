package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.HealthState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.DeliveryReport;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cases 76–90 of the mail design: what programs answer, and what it does to the duty. */
final class BounceTest {
    private final Conversation talk = new Conversation(DatabaseKind.H2);

    @AfterEach
    void close() {
        talk.close();
    }

    /** The address that reports about the assignment go to: it carries the same grant, signed for another purpose. */
    private String bounceAddress() {
        return talk.world.database.inTransaction(tx -> {
            var grant = talk.world
                    .mail
                    .grants()
                    .ensure(
                            tx,
                            dev.ronde.mail.handle.HandlePurpose.REPLY,
                            talk.review().id(),
                            talk.alice.id(),
                            Instant.EPOCH,
                            Instant.EPOCH);
            return talk.world.mail.addresses().carrying(talk.world.mail.grants().bounceHandle(grant));
        });
    }

    private InboundMail report(String to, String action, String status, String recipient) {
        return talk.world.receive(
                new DeliveryReport(to, recipient, action, status, talk.assignment.header("Message-ID")).raw());
    }

    /** Many servers return nothing of the mail: the page says all the same whose it was and what it was about. */
    @Test
    void aReportToABounceAddressIsKnownByIt() {
        InboundMail bare = talk.world.receive(
                new DeliveryReport(bounceAddress(), "alice@corp.example", "failed", "5.1.1", null).raw());
        assertThat(bare.ruling().rule()).isEqualTo("bounce-suspect");
        assertThat(bare.reading().matchedBy()).isEqualTo("to");
        assertThat(bare.reading().personId()).isEqualTo(talk.alice.id());
        assertThat(bare.ruling().about()).isEqualTo(talk.review().ref());
    }

    private Optional<HealthState> health() {
        return talk.world
                .database
                .read(handle ->
                        Optional.ofNullable(new AddressHealth().troubled(handle).get(talk.alice.id())))
                .map(dev.ronde.mail.health.Health::state);
    }

    @Test
    void case82AFailureForGoodTellsTheBackupAndASecondADayLaterStopsTheMails() {
        InboundMail first = report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        assertThat(first.ruling().rule()).isEqualTo("bounce-suspect");
        assertThat(health()).contains(HealthState.SUSPECT);
        assertThat(talk.lastTo(talk.bob)).contains("mail to Alice about fw-par-01");
        assertThat(talk.world.recordData("mail.bounced")).contains("\"class\":\"hard\"");
        talk.world.at("2026-03-02T10:00:00Z");
        InboundMail second = report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        assertThat(second.ruling().rule()).isEqualTo("bounce-unreachable");
        assertThat(talk.lastTo(talk.lena)).contains("came back again, and nothing more is sent there");
        assertThat(talk.world
                        .get("/mails", dev.ronde.platform.http.Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("unreachable")
                .contains("tried again");
        talk.world.forgetMails();
        talk.world.at("2026-03-12T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).isEmpty();
        talk.world.at("2026-03-17T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
    }

    /** Three of a domain within two hours are an outage: nobody is blamed, nor the first two, and the domain is left alone for two hours. */
    @Test
    void case86ADomainOfWhichManyFailAtOnceIsHeldAndBlamesNobody() {
        talk.world.database.useTransaction(tx -> {
            new AddressHealth().hard(tx, "bob@corp.example", talk.bob.id(), "550 5.1.1", talk.world.clock.instant());
            new AddressHealth().hard(tx, "lena@corp.example", talk.lena.id(), "550 5.1.1", talk.world.clock.instant());
        });
        InboundMail third = report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        assertThat(third.ruling().rule()).isEqualTo("bounce-domain-outage");
        assertThat(talk.world.database.<Integer>read(
                        handle -> new AddressHealth().troubled(handle).size()))
                .isZero();
        assertThat(talk.world
                        .get("/mails", dev.ronde.platform.http.Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("So many mails to corp.example come back");
        talk.answers("done");
        talk.world.settle();
        assertThat(talk.world.mails()).isEmpty();
        talk.world.clock.advance(java.time.Duration.ofMinutes(121));
        talk.world.settle();
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(1);
        assertThat(health()).isEmpty();
    }

    /** A mailbox that stays full for four days is as good as none; its backup hears of it once. */
    @Test
    void case87AFullMailboxBecomesUnreachableAndIsToldOnce() {
        for (int day = 2; day < 6; day++) {
            talk.world.at("2026-03-0" + day + "T10:00:00Z");
            report(bounceAddress(), "failed", "5.2.2", "alice@corp.example");
        }
        assertThat(health()).contains(HealthState.UNREACHABLE);
        // as in a table from before soft failures had a beginning
        talk.world.database.useTransaction(tx -> tx.createUpdate("update address_health set first_hard_at = null")
                .execute());
        talk.world.at("2026-03-05T10:05:00Z");
        talk.world.at("2026-03-05T10:10:00Z");
        assertThat(talk.world.mailsTo(talk.bob)).hasSize(1);
    }

    @Test
    void case83AReportAboutAForwardTargetIsAboutTheAddressOnFile() {
        InboundMail mail = report(bounceAddress(), "failed", "5.1.1", "alice.private@gmail.example");
        assertThat(mail.ruling().reason()).contains("forward target alice.private@gmail.example");
        assertThat(health()).contains(HealthState.SUSPECT);
    }

    @Test
    void case84AReportWithoutOurHandleDoesNothing() {
        talk.world.at("2026-03-20T10:00:00Z");
        InboundMail mail = report("ronde@ronde.test", "failed", "5.1.1", "alice@corp.example");
        assertThat(mail.ruling().decision()).isEqualTo(Decision.IGNORED);
        assertThat(health()).isEmpty();
    }

    @Test
    void case85And87And89ALateOrFullOrArrivedMailBlamesNobody() {
        assertThat(report(bounceAddress(), "delayed", "4.4.1", "alice@corp.example")
                        .ruling()
                        .rule())
                .isEqualTo("bounce-delay");
        for (int day = 2; day < 5; day++) {
            talk.world.at("2026-03-0" + day + "T10:00:00Z");
            assertThat(report(bounceAddress(), "failed", "5.2.2", "alice@corp.example")
                            .ruling()
                            .rule())
                    .isEqualTo("bounce-soft");
        }
        assertThat(health()).isEmpty();
        assertThat(report(bounceAddress(), "relayed", "2.1.5", "alice@corp.example")
                        .ruling()
                        .rule())
                .isEqualTo("delivered");
    }

    @Test
    void case86ARefusalForPolicyPausesTheChannelAndBlamesNobody() {
        InboundMail mail = report(bounceAddress(), "failed", "5.7.26", "alice@corp.example");
        assertThat(mail.ruling().rule()).isEqualTo("bounce-policy");
        assertThat(health()).isEmpty();
        assertThat(talk.world
                        .get("/mails", dev.ronde.platform.http.Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("refused for its policy");
    }

    @Test
    void case88AReportInWordsIsASoftFailure() {
        InboundMail mail = talk.world.receive("From: MAILER-DAEMON@old.example\r\nTo: " + bounceAddress()
                + "\r\nReturn-Path: <>\r\nSubject: failure notice\r\nMessage-ID: <q@old.example>\r\n\r\n"
                + "Hi. This is the qmail-send program at old.example.\r\n<alice@corp.example>:\r\n"
                + "550 sorry, no mailbox here by that name (#5.1.1)\r\n");
        assertThat(mail.ruling().rule()).isEqualTo("bounce-in-words");
        assertThat(health()).isEmpty();
    }

    @Test
    void case90AWordFromTheOwnerClearsItsAddress() {
        report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        assertThat(health()).contains(HealthState.SUSPECT);
        talk.answers("ok");
        assertThat(health()).isEmpty();
    }

    @Test
    void whoActsByTheLinkOfAMailGotIt() {
        String link = talk.assignment.links().get(0);
        report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        assertThat(health()).contains(HealthState.SUSPECT);
        var page = talk.world.get(link);
        assertThat(health()).as("looking is no sign").contains(HealthState.SUSPECT);
        talk.world.clock.advance(java.time.Duration.ofSeconds(5));
        talk.world.post(link, page.form("acknowledge"));
        assertThat(health()).isEmpty();
    }

    /** Anybody can write an address into {@code From}. */
    @Test
    void case90AForgedWordClearsNothing() {
        report(bounceAddress(), "failed", "5.1.1", "alice@corp.example");
        talk.world.receive(talk.message("From: alice@corp.example", "To: ronde@ronde.test", "hello"));
        assertThat(health()).contains(HealthState.SUSPECT);
        talk.world.receive(talk.message(
                "From: alice@corp.example",
                "To: ronde@ronde.test",
                "ok",
                "In-Reply-To: " + talk.assignment.header("Message-ID")));
        assertThat(health()).contains(HealthState.SUSPECT);
    }

    @Test
    void case76To79AutomaticMailExecutesNothing() {
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
            InboundMail mail = talk.world.receive(talk.mail("alice@corp.example", "ok", program[0], program[1]));
            assertThat(mail.reading().sort()).as(program[0]).isEqualTo(program[2]);
            assertThat(mail.ruling().decision()).as(program[0]).isIn(Decision.IGNORED, Decision.NOTED);
        }
        InboundMail marked = talk.world.receive(talk.mail("alice@corp.example", "ok")
                .replaceFirst("Subject: [^\r]*", "Subject: [EXTERNAL] Automatic reply: away"));
        assertThat(marked.reading().sort()).isEqualTo("absence");
        InboundMail ticket = talk.world.receive(talk.mail("no-reply@tickets.example", "done"));
        assertThat(ticket.reading().sort()).isEqualTo("auto");
        assertThat(talk.state()).isEqualTo(dev.ronde.review.ReviewState.OPEN);
        assertThat(talk.world.mails()).isEmpty();
        for (String human : new String[] {"Auto-Submitted: no", "Auto-Submitted: No (user)"}) {
            InboundMail mail = talk.world.receive(talk.mail("alice@corp.example", "ok", human));
            assertThat(mail.reading().sort()).as(human).isEqualTo("human");
        }
    }

    @Test
    void theDueDayInASubjectOfOursIsNoEndOfAnAbsence() {
        InboundMail mail = talk.world.receive(talk.mail(
                "alice@corp.example", "I am away and do not read your mail.", "Auto-Submitted: auto-replied"));
        assertThat(talk.assignment.subject()).contains("(due 2026-03-");
        assertThat(mail.ruling().rule()).isEqualTo("away");
        assertThat(mail.ruling().reason()).isNull();
    }

    @Test
    void case76AnAbsenceIsNotedWithItsLastDay() {
        InboundMail mail = talk.world.receive(talk.mail(
                "alice@corp.example", "ok\nI am out of office until 13 March 2026.", "Auto-Submitted: auto-replied"));
        assertThat(mail.ruling().rule()).isEqualTo("away");
        assertThat(mail.ruling().reason()).isEqualTo("until 2026-03-13");
        assertThat(talk.world.count("absence")).isEqualTo(1);
        assertThat(talk.world
                        .get("/mails", dev.ronde.platform.http.Role.COMPLIANCE, talk.lena)
                        .body())
                .contains("until 2026-03-13");
    }

    /** A hint holds for 30 days at most; what the owner is reminded of meanwhile, the backup owner hears too, once. */
    @Test
    void case76ALongAbsenceIsCappedAndTheNextReminderGoesToTheBackupToo() {
        InboundMail mail = talk.world.receive(talk.mail(
                "alice@corp.example", "I am out of office until 30 June 2026.", "Auto-Submitted: auto-replied"));
        assertThat(mail.ruling().reason()).isEqualTo("until 2026-03-29");
        assertThat(talk.world.mailsTo(talk.bob)).isEmpty();
        talk.world.at("2026-03-03T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).as("the reminder").hasSize(1);
        assertThat(talk.lastTo(talk.bob)).contains("Alice is away, and fw-par-01");
        talk.world.receive(talk.mail(
                "alice@corp.example", "I am out of office until 20 March 2026.", "Auto-Submitted: auto-replied"));
        talk.world.receive(talk.mail("alice@corp.example", "I am out of office.", "Auto-Submitted: auto-replied"));
        talk.world.at("2026-03-11T10:00:00Z");
        assertThat(talk.world.mailsTo(talk.alice)).hasSize(2);
        assertThat(talk.world.mailsTo(talk.bob)).hasSize(1);
    }

    /** Whoever names no last day is away for as long as a hint may hold, and is back once they write themselves. */
    @Test
    void case76AnAbsenceWithoutAnEndHoldsForThirtyDaysOrUntilTheyWrite() {
        talk.world.receive(talk.mail("alice@corp.example", "I am out of office.", "Auto-Submitted: auto-replied"));
        talk.world.at("2026-03-20T10:00:00Z");
        assertThat(away()).isTrue();
        talk.world.at("2026-03-30T10:00:00Z");
        assertThat(away()).isFalse();
        talk.world.receive(talk.mail("alice@corp.example", "I am out of office.", "Auto-Submitted: auto-replied"));
        assertThat(away()).isTrue();
        talk.world.receive(talk.mail("alice@corp.example", "ok"));
        assertThat(away()).isFalse();
        talk.world.receive(talk.mail(
                "alice@corp.example", "I am out of office until 20 April 2026.", "Auto-Submitted: auto-replied"));
        talk.world.receive(talk.mail("alice@corp.example", "problem: I see port 22 open from my phone"));
        assertThat(away()).isTrue();
    }

    private boolean away() {
        return !talk.world
                .database
                .read(handle -> new dev.ronde.mail.health.AddressHealth()
                        .absent(
                                handle,
                                java.time.LocalDate.ofInstant(talk.world.clock.instant(), java.time.ZoneOffset.UTC),
                                talk.world.clock.instant()))
                .isEmpty();
    }

    @Test
    void case80OurOwnMailIsALoop() {
        InboundMail mail = talk.world.receive(talk.assignment.raw());
        assertThat(mail.reading().sort()).isEqualTo("loop");
        assertThat(talk.world.mails()).isEmpty();
    }

    /** Case 79, the loop: a second system answers each of our mails as a person would. */
    @Test
    void case79AnAnsweringSystemIsMetWithSilence() {
        for (int round = 0; round < 100; round++) {
            byte[] raw = talk.mail("alice@corp.example", "Your ticket " + round + " was created.")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            talk.world.inbox.inbox().receive(dev.ronde.inbound.inbox.Inbox.Place.pipe(raw.length), raw);
        }
        talk.world.settle();
        assertThat(talk.world.mails()).hasSize(1);
    }
}
