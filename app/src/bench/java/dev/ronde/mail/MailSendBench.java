package dev.ronde.mail;

import dev.ronde.testing.DatabaseKind;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Mails a second from the outbox into an SMTP sink on loopback over some connections, each rendered, marked, sent, recorded in the
 * evidence and counted once; against bare Angus transports that send the same bytes over as many connections.
 */
public final class MailSendBench {
    private MailSendBench() {}

    public static void main(String[] args) throws Exception {
        int mails = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        DatabaseKind kind = DatabaseKind.valueOf(args.length > 2 ? args[2] : "H2");
        int connections = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            try (MailBench bench = new MailBench(kind)) {
                // a lead has released them: the brake would hold all but 200
                bench.database.useTransaction(tx -> tx.attach(ChannelDao.class)
                        .reopen(bench.clock.instant().plusSeconds(3_600), bench.clock.instant()));
                for (int from = 0; from < mails; from += 500) {
                    int first = from;
                    int last = Math.min(mails, from + 500);
                    bench.database.useTransaction(tx -> {
                        for (int i = first; i < last; i++) {
                            bench.outbox.enqueue(tx, bench.mail("mail-" + i, MailClass.DIGEST));
                        }
                    });
                }
                long start = System.nanoTime();
                int sent;
                try (Relay relay = bench.relay(connections)) {
                    do {
                        sent = relay.run(bench.clock.instant());
                    } while (sent > 0);
                }
                ours[round] = mails / seconds(start);
                List<String> taken = new ArrayList<>(bench.smtp.taken());
                int distinct = new HashSet<>(taken).size();
                if (taken.size() != mails || distinct != mails || bench.records("mail.accepted") != mails) {
                    throw new IllegalStateException(taken.size() + " taken, " + distinct + " distinct, "
                            + bench.records("mail.accepted") + " recorded, of " + mails);
                }
                theirs[round] = bare(bench, taken, connections);
                System.err.println("round " + round + ": " + ours[round] + " beside " + theirs[round]);
            }
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double median = ours[rounds / 2];
        double opponent = theirs[rounds / 2];
        System.out.printf(Locale.ROOT, "%-34s %12s %12s %8s%n", "mails/s", "ours", "bare Angus", "ratio");
        System.out.printf(
                Locale.ROOT, "%-34s %12.1f %12.1f %8.2f%n", kind + ", " + mails, median, opponent, median / opponent);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"mail_send_%s\",\"unit\":\"mails/s\",\"mails\":%d,\"connections\":%d,\"ours\":%.1f,\"theirs\":%.1f,\"ratio\":%.2f}%n",
                kind.name().toLowerCase(Locale.ROOT),
                mails,
                connections,
                median,
                opponent,
                median / opponent);
        System.exit(0);
    }

    private static double bare(MailBench bench, List<String> raws, int connections) throws Exception {
        Session session = Session.getInstance(new Properties());
        Queue<MimeMessage> messages = new ConcurrentLinkedQueue<>();
        for (String raw : raws) {
            messages.add(new MimeMessage(session, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        }
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            senders.add(() -> sendAll(session, bench.smtp.port(), messages));
        }
        long start = System.nanoTime();
        for (Future<Void> sender : pool.invokeAll(senders)) {
            sender.get();
        }
        double rate = raws.size() / seconds(start);
        pool.shutdown();
        return rate;
    }

    private static @Nullable Void sendAll(Session session, int port, Queue<MimeMessage> messages) throws Exception {
        Address[] to = {new InternetAddress("alice@corp.example")};
        try (SMTPTransport transport =
                new SMTPTransport(session, new URLName("smtp", "127.0.0.1", port, null, null, null))) {
            transport.connect("127.0.0.1", port, null, null);
            for (MimeMessage message = messages.poll(); message != null; message = messages.poll()) {
                transport.sendMessage(message, to);
            }
        }
        return null;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
