package dev.ronde.inbound.imap;

import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.message.MailLimits;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Cut;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is new in the mailbox, one node at a time. Every message is stored and committed first, then marked as read and moved to
 * {@code Processed}, both by its UID: a crash in between reads it again, and the inbox knows it. Nothing is ever moved unread.
 */
public record ImapFetcher(ImapServer server, Database database, Inbox inbox, InstantSource clock) implements Tick {
    private static final Logger log = LoggerFactory.getLogger(ImapFetcher.class);
    private static final String DONE = "Processed";
    private static final int A_POLL = 500;
    /** Longer than the longest wait for one answer of the server. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "mail-fetch";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int run(Instant now) {
        return poll();
    }

    /** Reads everything that is new. */
    public synchronized int poll() {
        UUID token = UUID.randomUUID();
        Instant now = clock.instant();
        boolean ours = database.inTransaction(tx -> {
            MailboxDao dao = tx.attach(MailboxDao.class);
            dao.ensure(server.mailbox());
            return dao.take(server.mailbox(), token, now.plus(LEASE), now) > 0;
        });
        return ours ? poll(token) : 0;
    }

    private int poll(UUID token) {
        try (Store store = server.connect()) {
            Folder folder = store.getFolder(server.folder());
            folder.open(Folder.READ_WRITE);
            try {
                return read(store, (IMAPFolder) folder, token);
            } finally {
                folder.close(false);
            }
        } catch (MessagingException | IOException | AccessToken.NoToken e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            log.warn("mailbox {} cannot be read: {}", server, reason);
            String shortened = Cut.to(reason, 500);
            database.useTransaction(
                    tx -> tx.attach(MailboxDao.class).fail(server.mailbox(), shortened, clock.instant()));
            return 0;
        } finally {
            database.useTransaction(tx -> tx.attach(MailboxDao.class).release(server.mailbox(), token));
        }
    }

    private int read(Store store, IMAPFolder folder, UUID token) throws MessagingException, IOException {
        MailboxMark mark = database.read(
                        handle -> handle.attach(MailboxDao.class).find(server.mailbox()))
                .orElseThrow();
        long validity = folder.getUIDValidity();
        long last = mark.uidValidity() == validity ? mark.lastUid() : 0;
        int fresh = 0;
        int looked = 0;
        for (Message message : folder.getMessagesByUID(last + 1, UIDFolder.LASTUID)) {
            long uid = folder.getUID(message);
            // the range up to the last one always holds the last one, also where it is old
            if (uid <= last || looked++ >= A_POLL) {
                continue;
            }
            Inbox.Stored stored = inbox.receive(
                    new Inbox.Place(server.mailbox(), validity, uid, message.getSize()), bytes((IMAPMessage) message));
            fresh += stored.fresh() ? 1 : 0;
            done(store, folder, uid);
            last = uid;
            if (!note(validity, last, token)) {
                return fresh;
            }
        }
        note(validity, last, token);
        return fresh;
    }

    private boolean note(long validity, long last, UUID token) {
        Instant now = clock.instant();
        MailboxMark mark = new MailboxMark(server.mailbox(), validity, last, now, null);
        return database.inTransaction(tx -> tx.attach(MailboxDao.class).update(mark, token, now.plus(LEASE)) > 0);
    }

    /** The message as sent, without marking it as read; only the beginning if it is over the limit. */
    private static byte[] bytes(IMAPMessage message) throws MessagingException, IOException {
        boolean large = message.getSize() > MailLimits.RAW;
        try (InputStream in = message.getMimeStream()) {
            return in.readNBytes(large ? MailLimits.HEADERS : MailLimits.RAW + 1);
        }
    }

    private static void done(Store store, IMAPFolder folder, long uid) throws MessagingException {
        byUid(folder, "STORE " + uid + " +FLAGS (\\Seen)", null);
        Folder target = folder.getFolder(DONE).exists() ? folder.getFolder(DONE) : store.getFolder(DONE);
        try {
            if (target.exists() || target.create(Folder.HOLDS_MESSAGES)) {
                Argument name = new Argument();
                name.writeString(BASE64MailboxEncoder.encode(target.getFullName()));
                byUid(folder, "MOVE " + uid, name);
            }
        } catch (MessagingException e) {
            // it stays where it is, marked as read; its UID says that it is stored
            log.info("message {} stays in its folder: {}", uid, e.getMessage());
        }
    }

    /** Uses the UID: the number changes when somebody else moves a message away. */
    private static void byUid(IMAPFolder folder, String command, @Nullable Argument argument)
            throws MessagingException {
        folder.doCommand(protocol -> {
            Response[] responses = protocol.command("UID " + command, argument);
            protocol.notifyResponseHandlers(responses);
            protocol.handleResult(responses[responses.length - 1]);
            return null;
        });
    }
}
