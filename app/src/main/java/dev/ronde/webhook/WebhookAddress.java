package dev.ronde.webhook;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a message may go: {@code https}, or {@code http} to this machine only; never to an address that hands out the secrets of a machine
 * in a cloud, nor to one that is not a host's. Looked at when the address is set and before every message.
 */
final class WebhookAddress {
    private static final int LONGEST = 2_000;

    /** Metadata services that are not link-local: AWS over IPv6, Alibaba Cloud, and Oracle Cloud's older one. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    private WebhookAddress() {}

    /** Reads an address; 422 with what to write where it may not be used. */
    static URI of(String text) {
        try {
            URI address = new URI(text.strip());
            String host = address.getHost();
            if (host == null
                    || text.length() > LONGEST
                    || address.getUserInfo() != null
                    || address.getFragment() != null) {
                throw refused(
                        "The address must be a whole one without user or fragment, such as https://hooks.example.org/ronde");
            }
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !(scheme.equals("http") && isThisMachine(host))) {
                throw refused("The address must begin with https://; http:// is for this machine only");
            }
            refusal(host).ifPresent(reason -> {
                throw refused(reason);
            });
            return address;
        } catch (URISyntaxException e) {
            throw refused("This is no address: " + e.getReason());
        }
    }

    /** Why nothing may be sent to this host; empty where it may, also where its name is not known now. */
    static Optional<String> refusal(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(WebhookAddress::isForbidden)
                    .findFirst()
                    .map(address -> host + " is " + AddressText.of(address) + ", which no message may go to");
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address.getHostAddress());
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Problem refused(String message) {
        return Problem.invalid("/url", "bad_value", message);
    }
}
