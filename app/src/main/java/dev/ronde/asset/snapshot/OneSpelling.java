package dev.ronde.asset.snapshot;

import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one spelling in which the address of a listening socket is kept, so that equal ones are equal and plain to read. */
final class OneSpelling {
    /** No address is longer; a longer text would make the patterns backtrack for long. */
    private static final int LONGEST = 45;

    private static final String EVERY = "*";
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";
    /** With or without brackets, with the zone inside or after them, as {@code ss} prints it. */
    private static final Pattern WRITTEN = Pattern.compile(
            "\\[(?<within>[^\\[\\]%]+)(%[^\\[\\]]*)?](%[^\\[\\]]*)?|(?<bare>[^\\[\\]%]+)(%[^\\[\\]]*)?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\.?[0-9]{1,3}){0,4}");

    private OneSpelling() {}

    /** Strips brackets and zone; {@code localhost} becomes {@code 127.0.0.1}. Empty if not an address; no lookup. */
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
