package dev.ronde.webhook;

import dev.ronde.platform.address.RefusedAddresses;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a message may go: {@code https}, or {@code http} to this machine only; never to one of {@link RefusedAddresses}. Looked at when the
 * address is set and, by what the name leads to then, before every message.
 */
final class WebhookAddress {
    private static final int LONGEST = 2_000;
    private static final String HTTPS = "The address must begin with https://; http:// is for this machine only";

    private WebhookAddress() {}

    /** Throws 422, with what to write instead, if the address may not be used. */
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
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw refused(HTTPS);
            }
            refusal(address).ifPresent(reason -> {
                throw refused(reason);
            });
            return address;
        } catch (URISyntaxException e) {
            throw refused("This is not an address: " + e.getReason());
        }
    }

    /** Checks every address the name resolves to now; empty if allowed, also for an unknown {@code https} host. */
    static Optional<String> refusal(URI url) {
        boolean plain = "http".equalsIgnoreCase(url.getScheme());
        try {
            InetAddress[] all = InetAddress.getAllByName(url.getHost());
            return Arrays.stream(all)
                    .filter(address -> RefusedAddresses.block(address).isPresent())
                    .findFirst()
                    .map(address -> url.getHost() + " is " + AddressText.of(address) + ", which no message may go to")
                    .or(() -> Optional.of(HTTPS)
                            .filter(no -> plain && !Arrays.stream(all).allMatch(InetAddress::isLoopbackAddress)));
        } catch (UnknownHostException e) {
            return plain ? Optional.of(HTTPS) : Optional.empty();
        }
    }

    private static Problem refused(String message) {
        return Problem.invalid("/url", "bad_value", message);
    }
}
