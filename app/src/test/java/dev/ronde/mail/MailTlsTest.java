package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.inbound.imap.ImapFetcher;
import dev.ronde.inbound.imap.ImapServer;
import dev.ronde.inbound.imap.MailboxDao;
import dev.ronde.inbound.imap.MailboxMark;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpTls;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked to be encrypted never travels in clear, and never to a server whose certificate nobody vouches for. */
final class MailTlsTest {
    private final GreenMail servers = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private final TestClock clock = new TestClock();
    private TestDatabase test;
    private GreenMailUser user;

    @BeforeEach
    void start() {
        servers.start();
        user = servers.setUser("ronde@ronde.test", "ronde", "secret");
        test = TestDatabase.open(DatabaseKind.H2);
    }

    @AfterEach
    void stop() {
        servers.stop();
        test.close();
    }

    @Test
    void aServerWithoutStarttlsGetsNoMailWhereItIsAskedFor() {
        try (ScriptedSmtp plain = new ScriptedSmtp()) {
            SmtpAnswer answer = send(plain.port(), SmtpTls.STARTTLS);
            assertThat(answer.verdict()).isEqualTo(SmtpVerdict.RETRY);
            assertThat(answer.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(answer.text()).contains("STARTTLS");
            assertThat(plain.taken()).isEmpty();
            assertThat(plain.senders()).isEmpty();
        }
    }

    @Test
    void aCertificateNobodyVouchesForGetsNoMail() {
        SmtpAnswer answer = send(servers.getSmtps().getPort(), SmtpTls.TLS);
        assertThat(answer.verdict()).isEqualTo(SmtpVerdict.RETRY);
        assertThat(answer.phase()).isEqualTo(SmtpPhase.CONNECT);
        assertThat(answer.text()).containsIgnoringCase("PKIX");
        assertThat(servers.getReceivedMessages()).isEmpty();
    }

    @Test
    void noPasswordIsGivenToAMailboxInClearOrToAStranger() {
        user.deliver(GreenMailUtil.createTextEmail(
                "ronde@ronde.test",
                "a@b.example",
                "hello",
                "hello",
                servers.getImap().getServerSetup()));
        assertThat(failure(servers.getImap().getPort(), "starttls")).containsIgnoringCase("STARTTLS");
        assertThat(failure(servers.getImaps().getPort(), "tls")).containsIgnoringCase("PKIX");
        assertThat(servers.getReceivedMessages()).hasSize(1);
        Inbox inbox = new Inbox(test.database(), clock);
        assertThat(inbox.waiting()).isZero();
        // the same mailbox without what cannot be had is read
        ImapFetcher fetcher =
                new ImapFetcher(server(servers.getImap().getPort(), "none"), test.database(), inbox, clock);
        assertThat(fetcher.poll()).isEqualTo(1);
    }

    private String failure(int port, String tls) {
        ImapServer server = server(port, tls);
        ImapFetcher fetcher = new ImapFetcher(server, test.database(), new Inbox(test.database(), clock), clock);
        assertThat(fetcher.poll()).isZero();
        return test.database()
                .read(handle -> handle.attach(MailboxDao.class).find(server.mailbox()))
                .map(MailboxMark::error)
                .orElse("");
    }

    private static ImapServer server(int port, String tls) {
        return new ImapServer("127.0.0.1", port, "ronde", "secret", tls, "INBOX", null);
    }

    private static SmtpAnswer send(int port, SmtpTls tls) {
        try (SmtpSender sender = new SmtpSender(
                SmtpServer.of("127.0.0.1", port, "ronde", "secret", tls, "ronde.test")
                        .waiting(Duration.ofSeconds(10), Duration.ofSeconds(10)),
                null)) {
            return sender.send(new Letter(
                    "<1@ronde.test>",
                    Instant.parse("2026-02-27T10:00:00Z"),
                    "Ronde",
                    "ronde@ronde.test",
                    "",
                    "alice@corp.example",
                    "hello",
                    "hello",
                    null,
                    Map.of(),
                    null,
                    "ronde@ronde.test",
                    null));
        }
    }
}
