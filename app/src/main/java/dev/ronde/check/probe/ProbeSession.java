package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The exchanges of one collection with one target: at most so many, within one budget, all to the address that was tested. */
final class ProbeSession {
    private final ProbePolicy.Verdict.Allowed allowed;
    private final ProbeTarget target;
    private final Budget budget;
    private final ProbeNetwork network;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Set<InetAddress> answered = new HashSet<>();
    private final Set<InetAddress> silent = new HashSet<>();
    private final Set<InetAddress> noWay = new HashSet<>();

    ProbeSession(ProbePolicy.Verdict.Allowed allowed, ProbeTarget target, Budget budget, ProbeNetwork network) {
        this.allowed = allowed;
        this.target = target;
        this.budget = budget;
        this.network = network;
    }

    /** Sends, reads and returns what it understood, or null for an answer it does not know. */
    @FunctionalInterface
    interface Talk<T> {
        @Nullable
        T talk(Line line) throws IOException;
    }

    static final class BudgetException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class ClearAlertException extends SSLException {
        private static final long serialVersionUID = 1L;

        ClearAlertException() {
            super("alert in the clear");
        }
    }

    /** A TLS alert is logged as such and otherwise counts as closed, so that the caller tries through TLS. */
    <T> Reply<T> plain(String what, Talk<T> talk) {
        return exchange(what, false, endpoint(), line -> {
            T content = talk.talk(line);
            if (line.startsWithTlsAlert()) {
                throw new ClearAlertException();
            }
            return content;
        });
    }

    <T> Reply<T> raw(String what, Talk<T> talk) {
        return exchange(what, false, endpoint(), talk);
    }

    <T> Reply<T> tls(String what, Talk<T> talk) {
        return exchange(what + " over TLS", true, endpoint(), talk);
    }

    /**
     * Connects to one of the addresses that were tested and closes; nothing is sent or read.
     *
     * @return empty where no packet left this machine, so that nothing is known of the port
     */
    Optional<WireOutcome> connect(String what, InetAddress address) {
        Attempt<Boolean> attempt = new Attempt<>(WireOutcome.CONNECTED);
        exchange(what, false, new InetSocketAddress(address, allowed.port()), line -> null, attempt);
        return attempt.unsent ? Optional.empty() : Optional.of(attempt.outcome);
    }

    <T> Reply<T> either(String what, Talk<T> talk) {
        Reply<T> plain = plain(what, talk);
        if (!plain.outcome().suggestsTls() || !budget.hasRequest()) {
            return plain;
        }
        return behindTls(plain, tls(what, talk));
    }

    /** Asks through TLS where the exchange before was understood there, else in the clear. */
    <T> Reply<T> same(Reply<?> before, String what, Talk<T> talk) {
        return before.overTls() ? tls(what, talk) : plain(what, talk);
    }

    /** Counts an answer or a demand for a client certificate; any other end only shows that TLS is spoken. */
    static <T> Reply<T> behindTls(Reply<T> plain, Reply<T> tls) {
        return tls.throughTls() == WireOutcome.CLOSED ? plain : tls;
    }

    /** Sends at most twice; silence is not an answer, because nothing was connected. */
    <T> Reply<T> datagram(String what, byte[] request, BiFunction<byte[], Integer, T> understand) {
        Entry entry = new Entry(what, "udp", endpoint());
        byte[] answer = new byte[Datagram.LARGEST];
        try {
            Datagram.Answer got = Datagram.exchange(endpoint(), request, answer, budget, network.nanos());
            budget.read(got.bytesIn());
            T content = got.outcome() == WireOutcome.RESPONSE ? understand.apply(answer, got.bytesIn()) : null;
            entry.end(got.outcome().code(), -1, got.bytesOut(), got.bytesIn(), got.local());
            heard(endpoint(), got.outcome(), got.bytesOut() == 0);
            return new Reply<>(got.outcome(), content, got.bytesIn(), false);
        } catch (ProbeThread.StoppedException e) {
            entry.end(Exchange.STOPPED, -1, request.length, 0, null);
            throw e;
        } finally {
            Arrays.fill(answer, (byte) 0);
        }
    }

    /** One exchange from its beginning, until it stands in the log. */
    private final class Entry {
        private final String what;
        private final String transport;
        private final InetSocketAddress to;
        private final Instant at = network.clock().instant();
        private final long start = network.nanos().getAsLong();

        Entry(String what, String transport, InetSocketAddress to) {
            if (!budget.hasRequest()) {
                throw new BudgetException();
            }
            budget.takeRequest();
            this.what = what;
            this.transport = transport;
            this.to = to;
        }

        void end(String outcome, int status, int bytesOut, int bytesIn, @Nullable SocketAddress local) {
            long millis = (network.nanos().getAsLong() - start) / 1_000_000;
            Exchange.Wire wire = Exchange.Wire.of(network.zone(), transport, at, local, to);
            exchanges.add(new Exchange(what, outcome, status < 0 ? null : status, bytesOut, bytesIn, millis, wire));
        }
    }

    boolean hasRequest() {
        return budget.hasRequest();
    }

    private void heard(InetSocketAddress from, WireOutcome outcome, boolean unsent) {
        if (outcome.isAnswer()) {
            answered.add(from.getAddress());
        } else if (!unsent) {
            silent.add(from.getAddress());
        } else if (outcome == WireOutcome.UNREACHABLE) {
            noWay.add(from.getAddress());
        }
    }

    /** Silence needs the canary of the family; if a packet could not leave this machine, nothing is known. */
    Vantage vantage() {
        Set<InetAddress> unheard = new HashSet<>(silent);
        unheard.removeAll(answered);
        if (!unheard.isEmpty()) {
            return unheard.stream().anyMatch(noWay::contains)
                    ? network.unproven()
                    : network.silent(unheard, exchanges::add);
        }
        return answered.isEmpty() ? network.unproven() : network.proven();
    }

    List<InetAddress> addresses() {
        return allowed.addresses();
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    ProbeTarget target() {
        return target;
    }

    String agent() {
        return network.agent();
    }

    /** The normal form for SNI and Host, or null if the target is known only by its address. */
    @Nullable
    String serverName() {
        HostName name = allowed.host();
        if (target.serverName() != null) {
            try {
                name = HostName.parse(target.serverName());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return name.address().isPresent() ? null : name.text();
    }

    InetSocketAddress endpoint() {
        return new InetSocketAddress(allowed.address(), allowed.port());
    }

    SSLSocket handshake(Line line) throws IOException {
        BudgetSocket wire = line.wire();
        wire.inFlights(true);
        SSLSocket tls =
                TlsSockets.handshake(wire, serverName(), allowed.address(), allowed.port(), line::certificateAsked);
        wire.inFlights(false);
        return tls;
    }

    /** Accepts any certificate and first hears whether the server demands one of the client. */
    void secure(Line line) throws IOException {
        line.secure(handshake(line));
        hearRefusal(line);
    }

    private <T> Reply<T> exchange(String what, boolean tls, InetSocketAddress to, Talk<T> talk) {
        return exchange(what, tls, to, talk, new Attempt<>(WireOutcome.RESPONSE));
    }

    private <T> Reply<T> exchange(String what, boolean tls, InetSocketAddress to, Talk<T> talk, Attempt<T> attempt) {
        Entry entry = new Entry(what, "tcp", to);
        try (BudgetSocket socket = new BudgetSocket(budget)) {
            try {
                attempt.run(socket, tls, to, talk);
                if (!attempt.tooLate) {
                    attempt.end(entry, attempt.outcome.code(), socket);
                }
            } catch (ProbeThread.StoppedException e) {
                attempt.end(entry, Exchange.STOPPED, socket);
                throw e;
            }
        } catch (IOException e) {
            // Only closing can fail here, and what was said is said.
        } finally {
            ProbeThread.ownsNothing();
        }
        heard(to, attempt.outcome, attempt.unsent);
        WireOutcome outcome = attempt.clearAlert ? WireOutcome.CLOSED : attempt.outcome;
        return new Reply<>(outcome, attempt.content, attempt.bytesRead, tls, attempt.certificate);
    }

    private final class Attempt<T> {
        private final WireOutcome fine;
        private WireOutcome outcome = WireOutcome.SKIPPED;
        private @Nullable T content;
        private int status = -1;
        private int bytesRead;
        private boolean unsent;
        /** There was no time to begin, so no packet left and there was no exchange. */
        private boolean tooLate;

        private boolean certificate;
        private boolean clearAlert;

        Attempt(WireOutcome fine) {
            this.fine = fine;
        }

        void end(Entry entry, String how, BudgetSocket socket) {
            entry.end(how, status, socket.bytesOut(), socket.bytesIn(), socket.local());
        }

        void run(BudgetSocket socket, boolean tls, InetSocketAddress to, Talk<T> talk) {
            boolean connected = false;
            try {
                socket.dial(to);
                connected = true;
                // where nothing is asked, whatever happens from here on changes nothing
                outcome = fine == WireOutcome.CONNECTED ? fine : outcome;
                try (Line line = new Line(socket, budget)) {
                    try {
                        if (tls) {
                            secure(line);
                        }
                        content = talk.talk(line);
                        outcome = fine;
                    } finally {
                        status = line.status();
                        certificate = line.wantsCertificate();
                        bytesRead = line.bytesRead();
                    }
                }
            } catch (IOException e) {
                outcome = outcome == fine ? outcome : WireOutcome.of(e, connected);
                clearAlert = e instanceof ClearAlertException;
                tooLate = outcome == WireOutcome.TIMEOUT && socket.local() == null;
                // no way out of this machine, or no time left to begin; what the network says of a host, such as a
                // firewall that rejects, is another exception, on a way that is there
                unsent = tooLate
                        || (outcome == WireOutcome.UNREACHABLE
                                && !(e instanceof NoRouteToHostException && socket.knowsItsWay()));
            }
        }
    }

    /**
     * In TLS 1.3 a server refuses a client without a certificate only after the handshake; a client that goes on speaking meets a reset and
     * never learns why. So a server that asked for one is given a moment; anything else it says is kept for the conversation.
     */
    private static void hearRefusal(Line line) throws IOException {
        if (!line.wantsCertificate()) {
            return;
        }
        BudgetSocket socket = line.wire();
        socket.onlyForAMoment(true);
        try {
            line.more();
        } catch (SocketTimeoutException e) {
            // it waits for the client to speak: it does without a certificate
            return;
        } finally {
            socket.onlyForAMoment(false);
        }
    }
}
