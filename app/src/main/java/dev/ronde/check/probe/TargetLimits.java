package dev.ronde.check.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Politeness towards targets, kept by whoever runs probes: how many at once, how close together, and how long to leave a silent
 * target alone. It never waits; a caller that is not let in comes back at the instant it was told. Loopback is this machine
 * itself and needs no distance between probes. Safe for many threads.
 */
public final class TargetLimits {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOOK_UP = Duration.ofMillis(20);

    private final InstantSource clock;
    private final Rules rules;
    private final NameBook names;
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, Integer> subnets = new HashMap<>();
    private int running;
    private int doubted;

    TargetLimits(InstantSource clock, Rules rules, NameBook names) {
        this.clock = clock;
        this.rules = rules;
        this.names = names;
    }

    /** Limits that ask no name server: a name counts as its own network. */
    public TargetLimits(InstantSource clock, Rules rules) {
        this(
                clock,
                rules,
                new NameBook(
                        clock,
                        name -> {
                            throw new UnknownHostException(name);
                        },
                        Runnable::run));
    }

    /**
     * The limits.
     *
     * @param global probes at once
     * @param perSubnet probes at once in one IPv4 /24 or IPv6 /64
     * @param perHour probes of one target in any hour
     * @param spacing least time between the end of a probe and the next one of the same target
     * @param timeouts timeouts in a row after which a target is left alone
     * @param backOff how long for the first time; doubles with every further timeout
     * @param longest longest time a target is left alone
     */
    public record Rules(
            int global,
            int perSubnet,
            int perHour,
            Duration spacing,
            int timeouts,
            Duration backOff,
            Duration longest) {
        /** The limits of the design with the given number of probes at once. */
        public static Rules standard(int global) {
            return new Rules(global, 5, 60, Duration.ofSeconds(1), 3, Duration.ofMinutes(1), Duration.ofHours(24));
        }

        /** How many of the places targets may take that were silent the last time: a quarter, so that the dead do not hold up the living. */
        int forDoubted() {
            return Math.max(1, global / 4);
        }
    }

    /** Whether a probe may start now. */
    public sealed interface Admission {
        /** It may; the permit has to be given back. */
        record Admitted(Permit permit) implements Admission {}

        /** It may not before the instant. */
        record Later(Instant notBefore) implements Admission {}
    }

    /** One running probe. */
    public final class Permit {
        private final String key;
        private final String subnet;
        private boolean open = true;

        private Permit(String key, String subnet) {
            this.key = key;
            this.subnet = subnet;
        }

        /** Ends the probe; {@code timedOut} tells whether the target stayed silent. Further calls do nothing. */
        public void end(boolean timedOut) {
            synchronized (TargetLimits.this) {
                if (open) {
                    open = false;
                    release(key, subnet, timedOut);
                }
            }
        }
    }

    private static final class Target {
        private final Deque<Instant> starts = new ArrayDeque<>();
        private boolean busy;
        private boolean doubted;
        private int timeouts;
        private Instant notBefore = Instant.MIN;
    }

    /**
     * Asks to probe a target now. A target is an address with a port, whatever names lead to it; names are looked up first.
     *
     * @param host host as the inventory writes it; one that leads nowhere counts as its own network
     * @param port TCP port
     */
    public Admission enter(String host, int port) {
        NameBook.Entry found = names.find(host);
        return found.known()
                ? enter(host, found.address(), port)
                : new Admission.Later(clock.instant().plus(LOOK_UP));
    }

    /** Asks for a target that nothing will be sent to, so that its name is not looked up. */
    public Admission enterUnasked(String host, int port) {
        return enter(host, HostName.literal(host).orElse(null), port);
    }

    private synchronized Admission enter(String host, @Nullable InetAddress address, int port) {
        Instant now = clock.instant();
        boolean here = address == null ? "localhost".equalsIgnoreCase(host) : address.isLoopbackAddress();
        String key = (address == null ? host : address.getHostAddress()) + " " + port;
        String subnet = subnet(host, address);
        Target target = targets.computeIfAbsent(key, unused -> new Target());
        Instant allowed = earliest(target, now, here);
        if (allowed.isAfter(now)) {
            return new Admission.Later(allowed);
        }
        boolean doubtful = target.timeouts > 0;
        boolean crowded = running >= rules.global
                || (doubtful && doubted >= rules.forDoubted())
                || (!here && subnets.getOrDefault(subnet, 0) >= rules.perSubnet);
        if (target.busy || crowded) {
            return new Admission.Later(now.plus(here ? Duration.ofMillis(20) : rules.spacing));
        }
        target.busy = true;
        target.doubted = doubtful;
        doubted += doubtful ? 1 : 0;
        target.starts.addLast(now);
        subnets.merge(subnet, 1, Integer::sum);
        running++;
        return new Admission.Admitted(new Permit(key, subnet));
    }

    /** Forgets the targets that nothing is remembered of any more. */
    public synchronized void tidy() {
        names.tidy();
        Instant now = clock.instant();
        targets.values().removeIf(target -> {
            forgetOldStarts(target, now);
            return !target.busy && target.timeouts == 0 && target.starts.isEmpty() && !target.notBefore.isAfter(now);
        });
    }

    synchronized int size() {
        return targets.size();
    }

    private Instant earliest(Target target, Instant now, boolean here) {
        forgetOldStarts(target, now);
        if (here) {
            return target.timeouts >= rules.timeouts ? target.notBefore : Instant.MIN;
        }
        Instant hourly =
                target.starts.size() >= rules.perHour ? target.starts.getFirst().plus(HOUR) : Instant.MIN;
        return hourly.isAfter(target.notBefore) ? hourly : target.notBefore;
    }

    private void release(String key, String subnet, boolean timedOut) {
        Instant now = clock.instant();
        Target target = targets.computeIfAbsent(key, unused -> new Target());
        target.busy = false;
        doubted -= target.doubted ? 1 : 0;
        target.doubted = false;
        target.timeouts = timedOut ? target.timeouts + 1 : 0;
        Duration pause = target.timeouts < rules.timeouts ? rules.spacing : backOff(target.timeouts);
        target.notBefore = now.plus(pause);
        subnets.computeIfPresent(subnet, (unused, count) -> count > 1 ? count - 1 : null);
        running--;
    }

    private Duration backOff(int timeouts) {
        int doublings = Math.min(timeouts - rules.timeouts, 20);
        Duration pause = rules.backOff.multipliedBy(1L << doublings);
        return pause.compareTo(rules.longest) < 0 ? pause : rules.longest;
    }

    private static void forgetOldStarts(Target target, Instant now) {
        Instant horizon = now.minus(HOUR);
        while (!target.starts.isEmpty() && !target.starts.getFirst().isAfter(horizon)) {
            target.starts.removeFirst();
        }
    }

    private static String subnet(String host, @Nullable InetAddress address) {
        if (address == null) {
            return host;
        }
        int prefix = address.getAddress().length == 4 ? 3 : 8;
        return prefix + HexFormat.of().formatHex(address.getAddress(), 0, prefix);
    }
}
