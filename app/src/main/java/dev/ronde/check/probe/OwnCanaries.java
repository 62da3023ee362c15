package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Canaries that prove less than they seem to: what answers them is this product, or only this machine. */
final class OwnCanaries {
    private OwnCanaries() {}

    /**
     * Refuses a canary that is the product itself: whether its own port or its database answers says nothing of the network. A name is
     * not looked up here; where it leads to is looked at each time it is asked.
     *
     * @throws IllegalArgumentException naming it
     */
    static void refuse(List<HostPort> canaries, ProbePolicy policy) {
        for (HostPort canary : canaries) {
            address(canary)
                    .flatMap(address -> policy.mine(address, canary.port()))
                    .ifPresent(what -> {
                        throw new IllegalArgumentException("\"" + text(canary) + "\", which is " + name(what)
                                + "; name something on another machine that answers, for example 10.0.0.1:443");
                    });
        }
    }

    /** Returns those on this machine, which answer also while its network is down. */
    static List<String> near(List<HostPort> canaries, OwnAddresses own) {
        return canaries.stream()
                .filter(canary -> address(canary).filter(own::reach).isPresent())
                .map(OwnCanaries::text)
                .toList();
    }

    private static String name(Saying what) {
        return what == Saying.OWN_DATABASE ? "the product's own database" : "the product itself";
    }

    private static Optional<InetAddress> address(HostPort canary) {
        String name = canary.host().text();
        return name.equals("localhost") || name.endsWith(".localhost")
                ? Optional.of(InetAddress.getLoopbackAddress())
                : canary.host().address();
    }

    private static String text(HostPort canary) {
        String host = canary.host().text();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + canary.port();
    }
}
