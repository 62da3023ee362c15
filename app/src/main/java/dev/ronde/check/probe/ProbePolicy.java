package dev.ronde.check.probe;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.platform.address.CidrBlock;
import dev.ronde.platform.address.HostName;
import dev.ronde.platform.address.RefusedAddresses;
import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a target may be probed: both keys (the operator's {@code RONDE_PROBE_ALLOW} and the asset's
 * {@code probe_authorised_until}) are needed, some addresses are never allowed, and every address of a name has to be allowed.
 */
public final class ProbePolicy {
    static final int ANY_PORT = 0;

    private static final CidrBlock EVERYTHING_4 = CidrBlock.parse("0.0.0.0/0");
    private static final CidrBlock EVERYTHING_6 = CidrBlock.parse("::/0");
    private static final CidrBlock LOOPBACK_4 = CidrBlock.parse("127.0.0.0/8");

    private final AllowList allow;
    private final Resolver resolver;
    private final OwnAddresses own;
    private final List<DatabaseEndpoint> database;
    private final Set<Integer> listening;

    /**
     * @param database where the product's own database is
     * @param listening TCP ports the product itself listens on
     */
    ProbePolicy(
            AllowList allow,
            Resolver resolver,
            OwnAddresses own,
            List<DatabaseEndpoint> database,
            Set<Integer> listening) {
        this.allow = allow;
        this.resolver = resolver;
        this.own = own;
        this.database = List.copyOf(database);
        this.listening = Set.copyOf(listening);
    }

    public sealed interface Verdict {
        /**
         * The target may be probed at these addresses and no other.
         *
         * @param host normalised name or literal
         * @param addresses the addresses that were tested, each once; connect to them, never to the name
         * @param port TCP port, {@link #ANY_PORT} where the policy was asked about the host as such
         */
        record Allowed(HostName host, List<InetAddress> addresses, int port) implements Verdict {
            public Allowed {
                addresses = List.copyOf(addresses);
            }

            InetAddress address() {
                return addresses.get(0);
            }
        }

        /**
         * The target must not be probed.
         *
         * @param said names every missing key and what to set
         */
        record Denied(List<Said> said) implements Verdict {
            public Denied {
                said = List.copyOf(said);
            }

            public String message() {
                return Said.english(said);
            }
        }

        record Unresolved(String name) implements Verdict {}
    }

    /**
     * Decides about one target; the name is resolved here and nowhere else.
     *
     * @param host host as the inventory writes it
     * @param port TCP port
     * @param authorisedUntil last day on which the owner allows probing, null for never
     * @param today the day in the asset's zone
     */
    public Verdict decide(String host, int port, @Nullable LocalDate authorisedUntil, LocalDate today) {
        return decide(host, List.of(), port, authorisedUntil, today);
    }

    /**
     * The same where the name was resolved before.
     *
     * @param port TCP port, or {@link #ANY_PORT} before any of the ports is asked about
     * @param known where it led; each is tested anew and the name is not asked for again. Empty where it was not resolved yet
     */
    Verdict decide(
            String host, List<InetAddress> known, int port, @Nullable LocalDate authorisedUntil, LocalDate today) {
        HostName name;
        try {
            name = HostName.parse(host);
        } catch (IllegalArgumentException e) {
            return new Verdict.Denied(List.of(Said.of(Saying.ADDRESS_MALFORMED, e.getMessage())));
        }
        List<Said> missing = new ArrayList<>();
        if (authorisedUntil == null) {
            missing.add(Said.of(Saying.NOT_AUTHORISED));
        } else if (authorisedUntil.isBefore(today)) {
            missing.add(Said.of(Saying.AUTHORISATION_ENDED, authorisedUntil));
        }
        if (allow.isEmpty()) {
            missing.add(
                    0,
                    Said.of(
                            Saying.ALLOW_UNSET,
                            name.address().map(address -> entry(address, port)).orElse("10.0.0.0/8" + suffix(port))));
        }
        if (!missing.isEmpty() && (allow.isEmpty() || name.address().isEmpty())) {
            return new Verdict.Denied(missing);
        }
        List<InetAddress> addresses;
        try {
            addresses = name.address().map(List::of).orElse(known);
            addresses = addresses.isEmpty() ? resolver.resolve(name.text()) : addresses;
        } catch (UnknownHostException e) {
            return new Verdict.Unresolved(name.text());
        }
        for (InetAddress address : addresses) {
            refusal(address, port).ifPresent(said -> missing.add(0, said));
        }
        return missing.isEmpty()
                ? new Verdict.Allowed(name, addresses.stream().distinct().toList(), port)
                : new Verdict.Denied(missing);
    }

    private Optional<Said> refusal(InetAddress address, int port) {
        String shown = AddressText.of(address);
        Optional<CidrBlock> hard = RefusedAddresses.block(address);
        if (hard.isPresent()) {
            return Optional.of(Said.of(Saying.NEVER_PROBED, shown, hard.get()));
        }
        List<InetAddress> ends = RefusedAddresses.normalise(address);
        Optional<Saying> mine =
                ends.stream().flatMap(end -> mine(end, port).stream()).findFirst();
        if (mine.isPresent()) {
            return mine.map(what -> Said.of(what, shown, port));
        }
        // the packet itself goes to the address as it is written, whatever it reaches behind that
        return Stream.concat(Stream.of(address), ends.stream())
                .filter(end -> !allow.covers(end, port, room(end)))
                .map(end -> uncovered(shown, end, port))
                .findFirst();
    }

    private Said uncovered(String shown, InetAddress end, int port) {
        String inside = AddressText.of(end).equals(shown) ? "" : " (" + AddressText.of(end) + " inside it)";
        return Said.of(
                own.reach(end) ? Saying.NOT_COVERED_OWN : Saying.NOT_COVERED,
                shown + inside + (port == ANY_PORT ? "" : " port " + port),
                shown + suffix(port),
                entry(end, port));
    }

    Optional<Saying> mine(InetAddress end, int port) {
        if (database.stream().anyMatch(mine -> mine.is(end, port, resolver, own))) {
            return Optional.of(Saying.OWN_DATABASE);
        }
        return listening.contains(port) && own.reach(end) ? Optional.of(Saying.OWN_PORT) : Optional.empty();
    }

    private CidrBlock room(InetAddress address) {
        boolean four = address.getAddress().length == 4;
        if (four && address.isLoopbackAddress()) {
            return LOOPBACK_4;
        }
        if (own.reach(address)) {
            return new CidrBlock(address, four ? 32 : 128);
        }
        return four ? EVERYTHING_4 : EVERYTHING_6;
    }

    private static String entry(InetAddress address, int port) {
        return (address.getAddress().length == 4
                        ? AddressText.of(address) + "/32"
                        : "[" + AddressText.of(address) + "/128]")
                + suffix(port);
    }

    private static String suffix(int port) {
        return port == ANY_PORT ? "" : ":" + port;
    }
}
