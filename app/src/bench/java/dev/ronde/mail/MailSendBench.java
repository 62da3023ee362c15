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
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Mails a second from the outbox into an SMTP sink on loopback over one connection, each claimed, rendered, sent, recorded in the
 * evidence and counted once; against a bare Angus transport that sends the same bytes over one connection.
 */
public final class MailSendBench {
    private MailSendBench() {}

    public static void main(String[] args) throws Exception {
        int mails = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        DatabaseKind kind = DatabaseKind.valueOf(args.length > 2 ? args[2] : "H2");
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
                do {
                    sent = bench.relay.run(bench.clock.instant());
                } while (sent > 0);
                ours[round] = mails / seconds(start);
                List<String> taken = new ArrayList<>(bench.smtp.taken());
                int distinct = new HashSet<>(taken).size();
                if (taken.size() != mails || distinct != mails || bench.records("mail.accepted") != mails) {
                    throw new IllegalStateException(taken.size() + " taken, " + distinct + " distinct, "
                            + bench.records("mail.accepted") + " recorded, of " + mails);
                }
                theirs[round] = bare(bench, taken);
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
                "{\"bench\":\"mail_send_%s\",\"unit\":\"mails/s\",\"mails\":%d,\"ours\":%.1f,\"theirs\":%.1f,\"ratio\":%.2f}%n",
                kind.name().toLowerCase(Locale.ROOT),
                mails,
                median,
                opponent,
                median / opponent);
        System.exit(0);
    }

    private static double bare(MailBench bench, List<String> raws) throws Exception {
        Session session = Session.getInstance(new Properties());
        List<MimeMessage> messages = new ArrayList<>();
        for (String raw : raws) {
            messages.add(new MimeMessage(session, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        }
        Address[] to = {new InternetAddress("alice@corp.example")};
        long start = System.nanoTime();
        try (SMTPTransport transport =
                new SMTPTransport(session, new URLName("smtp", "127.0.0.1", bench.smtp.port(), null, null, null))) {
            transport.connect("127.0.0.1", bench.smtp.port(), null, null);
            for (MimeMessage message : messages) {
                transport.sendMessage(message, to);
            }
        }
        return raws.size() / seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
