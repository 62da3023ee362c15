package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import dev.ronde.platform.address.HostName;
import dev.ronde.platform.address.RefusedAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Proves that this vantage reaches anything at all, by a connection to one of {@code RONDE_PROBE_CANARY}: any answer does, a refusal
 * included. IPv4 and IPv6 are two networks, and one that works says nothing of the other, so each is proven by a canary of its own. Each
 * is asked at most once a minute; nothing is sent.
 */
final class VantageCanary {
    private static final long KEEP_NANOS = 60_000_000_000L;
    private static final ProbeLimits ONE_CONNECT =
            new ProbeLimits(1, ProbeLimits.POLICY.connect(), ProbeLimits.POLICY.connect(), 1);
    private static final int MOST = 4;

    private final List<HostPort> canaries;
    private final Resolver resolver;
    private final ProbePolicy policy;
    private final LongSupplier nanos;
    private final Map<Family, Proof> asked = new EnumMap<>(Family.class);

    private enum Family {
        IPV4,
        IPV6;

        static Family of(InetAddress address) {
            return address.getAddress().length == 4 ? IPV4 : IPV6;
        }
    }

    private record Proof(boolean answered, long at) {}

    /**
     * @param canaries of each family any one that answers is enough; a name speaks for the families of its addresses
     * @param policy tells what is the product itself, whose answer proves nothing
     */
    VantageCanary(List<HostPort> canaries, Resolver resolver, ProbePolicy policy, LongSupplier nanos) {
        this.canaries = List.copyOf(canaries);
        this.resolver = resolver;
        this.policy = policy;
        this.nanos = nanos;
    }

    /**
     * Reads the setting: a comma list of {@code host:port}.
     *
     * @throws IllegalArgumentException naming what is wrong and the accepted form, also for an address that nothing is ever sent to
     */
    static List<HostPort> parse(String setting) {
        List<HostPort> all = new ArrayList<>();
        for (String part : setting.split(",", -1)) {
            if (!part.isBlank()) {
                HostPort canary = HostPort.parse(part.strip());
                canary.host().address().flatMap(RefusedAddresses::block).ifPresent(block -> {
                    throw new IllegalArgumentException(
                            "\"" + part.strip() + "\", which lies in " + block
                                    + ": nothing is ever sent there; name a host of your own that answers, for example 10.0.0.1:443");
                });
                all.add(canary);
            }
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    all.size() + " entries: one for IPv4 and one for IPv6 are enough, " + MOST + " are allowed");
        }
        return List.copyOf(all);
    }

    /**
     * Refuses a canary that is the product itself: whether its own port or its database answers says nothing of the network. A name is
     * not looked up here; where it leads to is looked at each time it is asked.
     *
     * @throws IllegalArgumentException naming it
     */
    static void refuse(List<HostPort> canaries, ProbePolicy policy) {
        for (HostPort canary : canaries) {
            literal(canary)
                    .flatMap(address -> policy.mine(address, canary.port()))
                    .ifPresent(what -> {
                        throw new IllegalArgumentException("\"" + text(canary) + "\", which is " + name(what)
                                + "; name something on another machine that answers, for example 10.0.0.1:443");
                    });
        }
    }

    /** Canaries on this machine answer even while its network is down. */
    static List<String> near(List<HostPort> canaries, OwnAddresses own) {
        return canaries.stream()
                .filter(canary -> literal(canary).filter(own::reach).isPresent())
                .map(VantageCanary::text)
                .toList();
    }

    private static String name(Saying what) {
        return what == Saying.OWN_DATABASE ? "the product's own database" : "the product itself";
    }

    /** Does not look a name up. */
    private static Optional<InetAddress> literal(HostPort canary) {
        String name = canary.host().text();
        return name.equals("localhost") || name.endsWith(".localhost")
                ? Optional.of(InetAddress.getLoopbackAddress())
                : canary.host().address();
    }

    private static String text(HostPort canary) {
        String host = canary.host().text();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + canary.port();
    }

    /**
     * Where it is written down that a canary was asked, so that the probe log has every packet that left.
     *
     * @param zone name of this vantage
     * @param clock product time
     */
    record Notes(String zone, InstantSource clock, Consumer<Exchange> log) {
        void asked(Instant at, BudgetSocket socket, InetSocketAddress to, String outcome, long millis) {
            Exchange.Wire wire = Exchange.Wire.of(zone, "tcp", at, socket.local(), to);
            log.accept(new Exchange(Exchange.CANARY, outcome, null, 0, 0, millis, wire));
        }
    }

    /** Each family needs a canary that answered in the last minute; false without an address or a canary. */
    synchronized boolean vouchesFor(Collection<InetAddress> silent, Notes notes) {
        return !silent.isEmpty() && silent.stream().map(Family::of).distinct().allMatch(family -> isOk(family, notes));
    }

    private boolean isOk(Family family, Notes notes) {
        long now = nanos.getAsLong();
        Proof last = asked.get(family);
        if (last == null || now - last.at() >= KEEP_NANOS) {
            last = new Proof(canaries.stream().anyMatch(canary -> answers(canary, family, notes)), now);
            asked.put(family, last);
        }
        return last.answered();
    }

    private boolean answers(HostPort to, Family family, Notes notes) {
        try {
            return address(to, family)
                    .filter(address -> answers(new InetSocketAddress(address, to.port()), notes))
                    .isPresent();
        } catch (IOException e) {
            return false; // the name leads nowhere
        }
    }

    private boolean answers(InetSocketAddress to, Notes notes) {
        Instant at = notes.clock().instant();
        long start = nanos.getAsLong();
        try (BudgetSocket socket = new BudgetSocket(new Budget(ONE_CONNECT, nanos))) {
            String outcome = Exchange.STOPPED;
            try {
                outcome = connect(socket, to).code();
            } finally {
                notes.asked(at, socket, to, outcome, (nanos.getAsLong() - start) / 1_000_000);
                ProbeThread.ownsNothing();
            }
            return outcome.equals(WireOutcome.CONNECTED.code()) || outcome.equals(WireOutcome.REFUSED.code());
        } catch (IOException e) {
            return false; // only closing fails here
        }
    }

    private static WireOutcome connect(BudgetSocket socket, InetSocketAddress to) {
        try {
            socket.dial(to);
            return WireOutcome.CONNECTED;
        } catch (IOException e) {
            return WireOutcome.of(e, false);
        }
    }

    private Optional<InetAddress> address(HostPort to, Family family) throws IOException {
        HostName host = to.host();
        List<InetAddress> all =
                host.address().isPresent() ? List.of(host.address().get()) : resolver.resolve(host.text());
        return all.stream()
                .filter(address -> Family.of(address) == family
                        && RefusedAddresses.block(address).isEmpty()
                        && policy.mine(address, to.port()).isEmpty())
                .findFirst();
    }
}
