package dev.ronde.asset.snapshot;

import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one spelling in which the address of a listening socket is kept, so that equal ones are equal and plain to read. */
final class OneSpelling {
    private static final String EVERY = "*";
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\.?[0-9]{1,3}){0,4}");

    private OneSpelling() {}

    /**
     * Returns the address without brackets and zone, IPv6 in short and IPv4 inside IPv6 as IPv4; {@code *} stays. Empty where it is no
     * address. Nothing is looked up.
     */
    static Optional<String> of(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        bare = zone > 0 ? bare.substring(0, zone) : bare;
        if (bare.equals(EVERY)) {
            return Optional.of(EVERY);
        }
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AddressText.of(InetAddress.getByName(bare)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
