package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Politeness towards targets, kept by whoever runs probes: how many at once, how close together, and how long to leave a silent
 * target alone, but never longer than who asks can do without a look. It never waits; a caller that is not let in comes back at the instant it was told. Loopback is this machine
 * itself and needs no distance between probes. Safe for many threads.
 *
 * <p>A sweep over the ports of a host is let in as a whole, for a host at a time and a few times an hour, and then for every look at one
 * port, which counts as any probe of that port does. Between looks it holds nothing.
 */
public final class TargetLimits {
    /** Probes at once in one IPv4 /24 or IPv6 /64. */
    private static final int PER_SUBNET = 5;
    /** Probes of one target in any hour. */
    private static final int PER_HOUR = 60;
    /** Each port of the host keeps nearly all of its hour for other probes. */
    private static final int SWEEPS_PER_HOUR = 4;

    private static final Duration HOUR = Duration.ofHours(1);
    /** Timeouts in a row after which a target is left alone: at first a minute, twice as long with every further one. */
    private static final int TIMEOUTS = 3;

    private static final Duration BACK_OFF = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration LOOK_UP = Duration.ofMillis(20);
    private static final Duration SWEEP_AGAIN = Duration.ofSeconds(30);
    /** Least time between the end of a probe and the next one of the same target. */
    static final Duration SPACING = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final int global;
    private final Duration spacing;
    private final NameBook names;
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, Integer> subnets = new HashMap<>();
    private int running;
    private int doubted;
    private int sweeping;

    TargetLimits(InstantSource clock, int global, Duration spacing, NameBook names) {
        this.clock = clock;
        this.global = global;
        this.spacing = spacing;
        this.names = names;
    }

    /** Asks no name server: a name counts as its own network. */
    public TargetLimits(InstantSource clock, int global) {
        this(clock, global, SPACING, NameBook.empty(clock));
    }

    public sealed interface Admission {
        record Admitted(Permit permit) implements Admission {}

        /**
         * It may not now.
         *
         * @param notBefore when it may be asked again
         * @param free when what is under way there will have ended at the latest, and the limits let something in
         */
        record Later(Instant notBefore, Instant free) implements Admission {}
    }

    private enum Use {
        /** A conversation with one port. */
        PROBE,
        /** The whole of a sweep; nothing is sent by it as such. */
        SWEEP,
        /** One port of a sweep; that it is silent says nothing about the host. */
        LOOK,
        /** One more address of a name that a probe was let in for, whose place among all it takes; silent or not, it is looked at each time. */
        BESIDE
    }

    public final class Permit {
        private final Place place;
        private final String key;
        private final Use use;
        private final @Nullable Permit within;
        private boolean open = true;
        private Instant next = Instant.MIN;

        /** @param within the sweep of a look, the probe of one more address; else null */
        private Permit(Place place, String key, Use use, @Nullable Permit within) {
            this.place = place;
            this.key = key;
            this.use = use;
            this.within = within;
        }

        /** Ends it; {@code timedOut} tells whether the target stayed silent. Further calls do nothing. */
        public void end(boolean timedOut) {
            synchronized (TargetLimits.this) {
                if (open) {
                    open = false;
                    release(this, timedOut);
                    if (within != null) {
                        within.next = clock.instant().plus(spacing);
                    }
                }
            }
        }

        /**
         * Asks to probe one more address of the name this was given for, one after the other and in {@link HostAddresses#ORDER}, so that no
         * two wait for each other.
         *
         * @return empty where it is the one this permit is for
         */
        public Optional<Admission> beside(InetAddress address, int port) {
            synchronized (TargetLimits.this) {
                if (use != Use.PROBE) {
                    throw new IllegalStateException("only a probe goes on to further addresses");
                }
                if (!open) {
                    Instant again = clock.instant().plus(spacing);
                    return Optional.of(new Admission.Later(again, again));
                }
                Place other = new Place(place.host(), address);
                String target = other.name() + " " + port;
                return target.equals(key)
                        ? Optional.empty()
                        : Optional.of(enter(other, target, Use.BESIDE, ProbeLimits.POLICY.total(), this, Instant.MIN));
            }
        }

        /** Asks, within a sweep, to look at one port now; one look at a time, and no two closer together than two probes of one target. */
        public Admission look(int port) {
            synchronized (TargetLimits.this) {
                if (use != Use.SWEEP || !open) {
                    throw new IllegalStateException("only a sweep that is let in looks at ports");
                }
                return !place.here() && next.isAfter(clock.instant())
                        ? new Admission.Later(next, next)
                        : enter(
                                place,
                                place.name() + " " + port,
                                Use.LOOK,
                                ProbeLimits.POLICY.total(),
                                this,
                                Instant.MIN);
            }
        }
    }

    /**
     * Where something goes, as the limits count it.
     *
     * @param address where the host leads; null where that is not known
     */
    private record Place(String host, @Nullable InetAddress address) {
        boolean here() {
            return address == null ? "localhost".equalsIgnoreCase(host) : address.isLoopbackAddress();
        }

        String name() {
            return address == null ? host : address.getHostAddress();
        }

        /** The IPv4 /24 or IPv6 /64; a host that leads nowhere is its own network. */
        String subnet() {
            if (address == null) {
                return host;
            }
            int prefix = address.getAddress().length == 4 ? 3 : 8;
            return prefix + HexFormat.of().formatHex(address.getAddress(), 0, prefix);
        }
    }

    private static final class Target {
        private final Deque<Instant> starts = new ArrayDeque<>();
        private boolean busy;
        private Instant busyUntil = Instant.MIN;
        private boolean doubted;
        private int timeouts;
        private Instant spaced = Instant.MIN;
        private Instant leftAlone = Instant.MIN;
    }

    /**
     * Asks to probe a target now. A target is an address with a port, whatever names lead to it.
     *
     * @param host host as the inventory writes it; one that leads nowhere counts as its own network
     * @param asked whether anything will be sent to it, so that its name is looked up first
     * @param atLatest from when on the target is no longer left alone for its silence; every other limit holds
     */
    public Admission enter(String host, int port, boolean asked, Instant atLatest) {
        return place(host, asked)
                .map(place ->
                        enter(place, place.name() + " " + port, Use.PROBE, ProbeLimits.POLICY.total(), null, atLatest))
                .orElseGet(this::unknown);
    }

    /**
     * Asks to sweep over the ports of a host, as {@link #enter} does; the permit then has to be asked for each look.
     *
     * @param atMost time it may take
     */
    public Admission enterSweep(String host, Duration atMost, boolean asked, Instant atLatest) {
        return place(host, asked)
                .map(place -> enter(place, place.name() + " *", Use.SWEEP, atMost, null, atLatest))
                .orElseGet(this::unknown);
    }

    /** Empty while a name is being looked up. */
    private Optional<Place> place(String host, boolean asked) {
        if (!asked) {
            return Optional.of(new Place(host, HostName.literal(host).orElse(null)));
        }
        NameBook.Entry found = names.find(host);
        return found.known() ? Optional.of(new Place(host, found.address())) : Optional.empty();
    }

    private Admission unknown() {
        Instant soon = clock.instant().plus(LOOK_UP);
        return new Admission.Later(soon, soon);
    }

    private synchronized Admission enter(
            Place place, String key, Use use, Duration atMost, @Nullable Permit within, Instant atLatest) {
        Instant now = clock.instant();
        boolean here = place.here();
        Target target = targets.computeIfAbsent(key, unused -> new Target());
        Instant allowed = earliest(target, now, here, use, atLatest);
        if (allowed.isAfter(now)) {
            return new Admission.Later(allowed, allowed);
        }
        boolean doubtful = use == Use.PROBE && target.timeouts > 0;
        boolean counted = countsIn(place.subnet(), use, within);
        if (target.busy || crowded(place, use, doubtful, counted)) {
            Duration pause = use == Use.SWEEP ? SWEEP_AGAIN : spacing;
            Instant again = now.plus(here ? Duration.ofMillis(20) : pause);
            return new Admission.Later(again, later(again, target.busy ? target.busyUntil : again));
        }
        target.busy = true;
        target.busyUntil = now.plus(atMost);
        target.doubted = doubtful;
        doubted += doubtful ? 1 : 0;
        target.starts.addLast(now);
        if (use == Use.SWEEP) {
            sweeping++;
        } else {
            subnets.merge(place.subnet(), counted ? 1 : 0, Integer::sum);
            running += use == Use.BESIDE ? 0 : 1;
        }
        return new Admission.Admitted(new Permit(place, key, use, within));
    }

    /** A name has one conversation at a time, so another address takes no extra place in the same network. */
    private static boolean countsIn(String subnet, Use use, @Nullable Permit within) {
        return use != Use.BESIDE || within == null || !subnet.equals(within.place.subnet());
    }

    private boolean crowded(Place place, Use use, boolean doubtful, boolean counted) {
        if (use == Use.SWEEP) {
            return sweeping >= quarter();
        }
        return (running >= global && use != Use.BESIDE)
                || (doubtful && doubted >= quarter())
                || (counted && !place.here() && subnets.getOrDefault(place.subnet(), 0) >= PER_SUBNET);
    }

    public synchronized void tidy() {
        names.tidy();
        Instant now = clock.instant();
        targets.values().removeIf(target -> {
            forgetOldStarts(target, now);
            return !target.busy
                    && target.timeouts == 0
                    && target.starts.isEmpty()
                    && !target.spaced.isAfter(now)
                    && !target.leftAlone.isAfter(now);
        });
    }

    synchronized int size() {
        return targets.size();
    }

    /**
     * A look does not ask whether the port is left alone: others were silent there from elsewhere, and it comes once a sweep.
     *
     * @param atLatest from when on being left alone holds nobody back
     */
    private Instant earliest(Target target, Instant now, boolean here, Use use, Instant atLatest) {
        forgetOldStarts(target, now);
        Instant earliest = atLatest.isBefore(target.leftAlone) ? atLatest : target.leftAlone;
        if (here) {
            return earliest;
        }
        int perHour = use == Use.SWEEP ? SWEEPS_PER_HOUR : PER_HOUR;
        Instant hourly =
                target.starts.size() >= perHour ? target.starts.getFirst().plus(HOUR) : Instant.MIN;
        return later(later(earliest, hourly), target.spaced);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void release(Permit permit, boolean timedOut) {
        Instant now = clock.instant();
        Target target = targets.computeIfAbsent(permit.key, unused -> new Target());
        target.busy = false;
        doubted -= target.doubted ? 1 : 0;
        target.doubted = false;
        target.spaced = now.plus(spacing);
        if (permit.use != Use.LOOK && permit.use != Use.BESIDE) {
            target.timeouts = timedOut ? target.timeouts + 1 : 0;
            target.leftAlone = target.timeouts < TIMEOUTS ? Instant.MIN : now.plus(backOff(target.timeouts));
        }
        if (permit.use == Use.SWEEP) {
            sweeping--;
        } else {
            int theirs = countsIn(permit.place.subnet(), permit.use, permit.within) ? 1 : 0;
            subnets.computeIfPresent(
                    permit.place.subnet(), (unused, count) -> count > theirs ? Integer.valueOf(count - theirs) : null);
            running -= permit.use == Use.BESIDE ? 0 : 1;
        }
    }

    private static Duration backOff(int timeouts) {
        Duration pause = BACK_OFF.multipliedBy(1L << Math.min(timeouts - TIMEOUTS, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /** The share of targets that were silent last time, and of sweeps, so that dead hosts do not block others. */
    private int quarter() {
        return Math.max(1, global / 4);
    }

    private static void forgetOldStarts(Target target, Instant now) {
        Instant horizon = now.minus(HOUR);
        while (!target.starts.isEmpty() && !target.starts.getFirst().isAfter(horizon)) {
            target.starts.removeFirst();
        }
    }
}
