package dev.ronde.inbound.imap;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the server to say that something came (IDLE, RFC 2177), and polls then. Servers stop saying so without a word, so
 * the connection is opened anew every ten minutes and nothing depends on it.
 */
final class ImapWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImapWatch.class);
    private static final Duration RENEW = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofMinutes(1);

    private final ImapServer server;
    private final IntSupplier poll;
    private @Nullable Thread thread;
    private volatile @Nullable Store open;
    private volatile boolean closed;

    ImapWatch(ImapServer server, IntSupplier poll) {
        this.server = server;
        this.poll = poll;
    }

    /** Does nothing if it has started. */
    synchronized void start() {
        if (thread == null && !closed) {
            thread = new Thread(this::run, "mail-idle");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Thread waiting = thread;
        if (waiting != null) {
            waiting.interrupt();
        }
        Store store = open;
        if (store != null) {
            quietly(store);
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (!once()) {
                    return;
                }
            } catch (MessagingException | RuntimeException e) {
                log.debug("no notice from {}: {}", server, e.toString());
            }
            try {
                Thread.sleep(closed ? 0 : REST.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits on one connection; false if the server does not support IDLE. */
    private boolean once() throws MessagingException {
        try (Store store = server.connect()) {
            open = store;
            IMAPFolder folder = (IMAPFolder) store.getFolder(server.folder());
            folder.open(Folder.READ_ONLY);
            folder.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    new Thread(ImapWatch.this::pollNow, "mail-idle-poll").start();
                }
            });
            Thread renewal = new Thread(() -> renew(store), "mail-idle-renew");
            renewal.setDaemon(true);
            renewal.start();
            try {
                while (!closed && store.isConnected()) {
                    folder.idle(true);
                }
            } catch (IllegalStateException e) {
                return false;
            } finally {
                renewal.interrupt();
                open = null;
            }
            return true;
        }
    }

    private void pollNow() {
        try {
            if (!closed) {
                log.debug("{} came after a notice of {}", poll.getAsInt(), server);
            }
        } catch (RuntimeException e) {
            log.info("the poll after a notice of {} failed, the next one comes by itself: {}", server, e.toString());
        }
    }

    private static void renew(Store store) {
        try {
            Thread.sleep(RENEW.toMillis());
            quietly(store);
        } catch (InterruptedException e) {
            // the wait ended before its time
        }
    }

    private static void quietly(Store store) {
        try {
            store.close();
        } catch (MessagingException e) {
            // it is gone either way
        }
    }
}
