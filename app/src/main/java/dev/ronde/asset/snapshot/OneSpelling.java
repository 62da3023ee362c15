package dev.ronde.asset.snapshot;

import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one spelling in which the address of a listening socket is kept, so that equal ones are equal and plain to read. */
final class OneSpelling {
    /** No address is longer; what is would be tried in every way a pattern may be read. */
    private static final int LONGEST = 45;

    private static final String EVERY = "*";
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";
    /** With or without brackets, the zone inside or behind them, as {@code ss} writes it. */
    private static final Pattern WRITTEN = Pattern.compile(
            "\\[(?<within>[^\\[\\]%]+)(%[^\\[\\]]*)?](%[^\\[\\]]*)?|(?<bare>[^\\[\\]%]+)(%[^\\[\\]]*)?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\.?[0-9]{1,3}){0,4}");

    private OneSpelling() {}

    /**
     * Returns the address without brackets and zone, IPv6 in short and IPv4 inside IPv6 as IPv4; {@code *} stays, and
     * {@code localhost} is the loopback address of IPv4. Empty where it is no address. Nothing is looked up.
     */
    static Optional<String> of(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        String bare = written.group("bare") == null ? written.group("within") : written.group("bare");
        if (bare.equals(EVERY)) {
            return Optional.of(EVERY);
        }
        if (bare.equalsIgnoreCase(LOCALHOST)) {
            return Optional.of(LOOPBACK);
        }
        if (bare.length() > LONGEST
                || (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(AddressText.of(InetAddress.getByName(bare)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
