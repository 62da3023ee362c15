package dev.ronde.inbound.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from a real IMAP server in the process: every message once, stored before it is moved, whatever happens in between. */
@OnOneDatabase
final class ImapFetcherTest {
    private final GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final TestClock clock = new TestClock();
    private final TestDatabase test;
    private final Inbox inbox;
    private GreenMailUser user;

    ImapFetcherTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        inbox = new Inbox(test.database(), clock);
    }

    @BeforeEach
    void start() {
        mailbox.start();
        user = mailbox.setUser("ronde@ronde.test", "ronde", "secret");
    }

    @AfterEach
    void stop() {
        mailbox.stop();
        test.close();
    }

    private ImapServer server(String password, AccessToken token) {
        return new ImapServer("127.0.0.1", mailbox.getImap().getPort(), "ronde", password, "none", "INBOX", token);
    }

    private ImapFetcher fetcher() {
        return new ImapFetcher(server("secret", null), test.database(), inbox, clock);
    }

    private static Principal reader(Role role) {
        return new Principal("p:00000000000000aa", "Lena", role, Channel.PAGE, "session", null, null, Set.of(), null);
    }

    private void arrives(String subject) throws Exception {
        String raw = "From: alice@corp.example\r\nTo: ronde@ronde.test\r\nMessage-ID: <" + subject
                + "@corp.example>\r\nSubject: " + subject + "\r\n\r\n" + subject + "\r\n";
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
    }

    private MailFolder folder(String name) throws Exception {
        ImapHostManager host = mailbox.getManagers().getImapHostManager();
        return name.equals("INBOX") ? host.getInbox(user) : host.getFolder(user, name);
    }

    @Test
    void storesEachMessageOnceAndMovesItAway() throws Exception {
        arrives("one");
        arrives("two");
        ImapFetcher fetcher = fetcher();
        assertThat(fetcher.poll()).isEqualTo(2);
        assertThat(fetcher.poll()).isZero();
        arrives("three");
        assertThat(fetcher.poll()).isEqualTo(1);
        assertThat(inbox.waiting(clock.instant(), 10)).hasSize(3);
        assertThat(folder("INBOX").getMessageCount()).isZero();
        assertThat(folder("Processed").getMessageCount()).isEqualTo(3);
        InboundMail first = inbox.find(inbox.waiting(clock.instant(), 1).get(0)).orElseThrow();
        assertThat(first.arrival().messageId()).isEqualTo("<one@corp.example>");
        assertThat(first.arrival().uidValidity()).isEqualTo(folder("INBOX").getUidValidity());
        assertThat(new String(inbox.raw(first.id()).orElseThrow(), StandardCharsets.UTF_8))
                .contains("Subject: one\r\n");
    }

    /** The process dies after the commit and before the move: the same message is read again and known. */
    @Test
    void readsAgainWhatWasStoredButNotMovedAndKnowsIt() throws Exception {
        arrives("one");
        arrives("two");
        byte[] raw = GreenMailUtil.getWholeMessage(
                        folder("INBOX").getMessages().get(0).getMimeMessage())
                .getBytes(StandardCharsets.UTF_8);
        UUID stored = inbox.receive(
                        new Inbox.Place(
                                server("secret", null).mailbox(),
                                folder("INBOX").getUidValidity(),
                                folder("INBOX").getMessages().get(0).getUid(),
                                raw.length),
                        raw)
                .id();
        assertThat(fetcher().poll()).isEqualTo(1);
        assertThat(inbox.waiting(clock.instant(), 10)).hasSize(2).contains(stored);
        assertThat(folder("INBOX").getMessageCount()).isZero();
    }

    /** A server that numbers its messages wrongly costs no message. */
    @Test
    void storesAMessageWhosePlaceAnotherOneHas() throws Exception {
        arrives("one");
        byte[] other = "Message-ID: <other@corp.example>\r\n\r\nother\r\n".getBytes(StandardCharsets.UTF_8);
        inbox.receive(
                new Inbox.Place(
                        server("secret", null).mailbox(),
                        folder("INBOX").getUidValidity(),
                        folder("INBOX").getMessages().get(0).getUid(),
                        other.length),
                other);
        ImapFetcher fetcher = fetcher();
        assertThat(fetcher.poll()).isEqualTo(1);
        assertThat(fetcher.poll()).isZero();
        assertThat(inbox.waiting(clock.instant(), 10)).hasSize(2);
    }

    /** Two nodes: one reads, the other comes again later; one that died holds nobody up for long. */
    @Test
    void oneNodeReadsAtATime() throws Exception {
        arrives("one");
        ImapFetcher fetcher = fetcher();
        fetcher.poll();
        arrives("two");
        test.database()
                .useTransaction(tx -> tx.attach(MailboxDao.class)
                        .take(
                                server("secret", null).mailbox(),
                                UUID.randomUUID(),
                                clock.instant().plusSeconds(120),
                                clock.instant()));
        assertThat(fetcher.poll()).isZero();
        clock.advance(Duration.ofSeconds(120));
        assertThat(fetcher.poll()).isEqualTo(1);
    }

    /** Case 68: the folder was made anew, so every UID means another message; those known are not decided twice. */
    @Test
    void readsEverythingAgainUnderAnotherUidValidity() throws Exception {
        arrives("one");
        ImapFetcher fetcher = fetcher();
        fetcher.poll();
        test.database()
                .useTransaction(tx -> tx.createUpdate("update inbound_mailbox set uid_validity = 1, last_uid = 900")
                        .execute());
        arrives("one");
        arrives("two");
        assertThat(fetcher.poll()).isEqualTo(1);
        assertThat(inbox.waiting(clock.instant(), 10)).hasSize(2);
    }

    @Test
    void saysWhyAMailboxCannotBeReadAndGoesOnLater() throws Exception {
        arrives("one");
        ImapServer wrong = server("not it", null);
        ImapFetcher refused = new ImapFetcher(wrong, test.database(), inbox, clock);
        assertThat(refused.poll()).isZero();
        MailboxMark mark = test.database()
                .read(handle -> handle.attach(MailboxDao.class).find(wrong.mailbox()))
                .orElseThrow();
        assertThat(mark.error()).isNotBlank();
        MailboxStatus status = new MailboxStatus(test.database(), Optional.of(wrong), clock);
        assertThat(status.trouble()).contains(mark.error());
        assertThat(status.banners(reader(Role.COMPLIANCE))).hasSize(1);
        assertThat(status.banners(reader(Role.OWNER))).isEmpty();
        assertThat(fetcher().poll()).isEqualTo(1);
        assertThat(status.trouble()).isEmpty();
        assertThat(new MailboxStatus(test.database(), Optional.empty(), clock).trouble())
                .isEmpty();
    }

    @Test
    void aMailboxThatIsNotReadForLongIsSaid() throws Exception {
        ImapFetcher fetcher = fetcher();
        fetcher.poll();
        MailboxStatus status = new MailboxStatus(test.database(), Optional.of(server("secret", null)), clock);
        assertThat(status.trouble()).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        assertThat(status.trouble()).isPresent();
    }

    @Test
    void theAccessTokenIsReadAnewForEverySignIn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        Files.writeString(file, "first\n");
        ImapServer byFile = server(null, AccessToken.ofFile(file));
        assertThat(byFile.secret()).isEqualTo("first");
        Files.writeString(file, "second\nmore");
        assertThat(byFile.secret()).isEqualTo("second");
        assertThat(byFile.properties()).containsEntry("mail.imap.auth.mechanisms", "XOAUTH2");
        assertThat(server(null, AccessToken.ofCommand("printf 'third\\n'")).secret())
                .isEqualTo("third");
        assertThatThrownBy(() -> server(null, AccessToken.ofCommand("exit 3")).secret())
                .hasMessageContaining("ended with 3");
        assertThatThrownBy(() ->
                        server(null, AccessToken.ofFile(folder.resolve("none"))).secret())
                .hasMessageContaining("No access token");
    }
}
