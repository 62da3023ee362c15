package dev.ronde.mail;

import com.sun.management.OperatingSystemMXBean;
import dev.ronde.testing.DatabaseKind;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Digests a second from the outbox into an SMTP sink on loopback over some connections, each rendered from its model, marked, sent,
 * recorded in the evidence and counted once; against bare Angus transports that send the same bytes over as many connections, as they come
 * and with sockets that send at once (ours do). Beside the rates: CPU milliseconds of this process for each mail, the sink's included.
 */
public final class MailSendBench {
    /** The opponent as it comes waits some 40 ms for each of these mails; so many tell its rate. */
    private static final int WAITING = 300;

    private MailSendBench() {}

    public static void main(String[] args) throws Exception {
        int mails = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        DatabaseKind kind = DatabaseKind.valueOf(args.length > 2 ? args[2] : "H2");
        int connections = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        List<Measured> ours = new ArrayList<>();
        List<Measured> bare = new ArrayList<>();
        List<Measured> atOnce = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (MailBench bench = new MailBench(kind, new DigestKind())) {
                fill(bench, mails);
                ours.add(Measured.of(mails, () -> {
                    try (Relay relay = bench.relay(connections)) {
                        while (relay.run(bench.clock.instant()) > 0) {
                            // until nothing waits
                        }
                    }
                }));
                List<String> taken = new ArrayList<>(bench.smtp.taken());
                int distinct = new HashSet<>(taken).size();
                if (taken.size() != mails || distinct != mails || bench.records("mail.accepted") != mails) {
                    throw new IllegalStateException(taken.size() + " taken, " + distinct + " distinct, "
                            + bench.records("mail.accepted") + " recorded, of " + mails);
                }
                bare.add(opponent(bench, taken.subList(0, Math.min(WAITING, mails)), connections, false));
                atOnce.add(opponent(bench, taken, connections, true));
                int bytes = taken.stream().mapToInt(String::length).sum() / mails;
                System.err.println("round " + round + " of mails of " + bytes + " bytes: " + ours.get(round) + ", bare "
                        + bare.get(round) + ", bare at once " + atOnce.get(round));
            }
        }
        print(kind, mails, connections, "bare", ours, bare);
        print(kind, mails, connections, "bare_at_once", ours, atOnce);
        System.exit(0);
    }

    /** @param cpu milliseconds of this process a mail */
    private record Measured(double rate, double cpu) {
        static Measured of(int mails, Work work) throws Exception {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Measured(mails / seconds, (system.getProcessCpuTime() - cpu) / 1e6 / mails);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f/s (%.2f ms CPU)", rate, cpu);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void print(
            DatabaseKind kind, int mails, int connections, String name, List<Measured> ours, List<Measured> theirs) {
        Measured our = median(ours);
        Measured their = median(theirs);
        System.out.printf(
                Locale.ROOT,
                "%s, %d digests: %s beside %s %s, %.2f%n",
                kind,
                mails,
                our,
                name,
                their,
                our.rate / their.rate);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"mail_send_%s_%s\",\"unit\":\"mails/s\",\"mails\":%d,\"connections\":%d,\"ours\":%.1f,"
                        + "\"theirs\":%.1f,\"ratio\":%.2f,\"ours_cpu_ms\":%.3f,\"theirs_cpu_ms\":%.3f}%n",
                kind.name().toLowerCase(Locale.ROOT),
                name,
                mails,
                connections,
                our.rate,
                their.rate,
                our.rate / their.rate,
                our.cpu,
                their.cpu);
    }

    private static Measured median(List<Measured> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(Measured::rate))
                .toList()
                .get(all.size() / 2);
    }

    private static void fill(MailBench bench, int mails) {
        // a lead has released them: the brake would hold all but 200
        bench.database.useTransaction(tx -> tx.attach(ChannelDao.class)
                .reopen(bench.clock.instant().plusSeconds(3_600), mails, bench.clock.instant()));
        for (int from = 0; from < mails; from += 500) {
            int first = from;
            int last = Math.min(mails, from + 500);
            bench.database.useTransaction(tx -> {
                for (int i = first; i < last; i++) {
                    bench.outbox.enqueue(tx, bench.mail(DigestKind.NAME, "mail-" + i, MailClass.DIGEST));
                }
            });
        }
    }

    /** @param atOnce whether its sockets send without waiting for acknowledgements; by default they do not */
    private static Measured opponent(MailBench bench, List<String> raws, int connections, boolean atOnce)
            throws Exception {
        Properties properties = new Properties();
        if (atOnce) {
            properties.put("mail.smtp.socketFactory", new AtOnce());
        }
        Session session = Session.getInstance(properties);
        Queue<MimeMessage> messages = new ConcurrentLinkedQueue<>();
        for (String raw : raws) {
            messages.add(new MimeMessage(session, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        }
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            senders.add(() -> sendAll(session, bench.smtp.port(), messages));
        }
        Measured measured = Measured.of(raws.size(), () -> {
            for (Future<Void> sender : pool.invokeAll(senders)) {
                sender.get();
            }
        });
        pool.shutdown();
        return measured;
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

    /** Sockets that do not wait for acknowledgements. */
    private static final class AtOnce extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
