package dev.ronde.asset.snapshot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The one spelling in which the address of a listening socket is kept, so that equal ones are equal and plain to read. */
final class OneSpelling {
    private static final String EVERY = "*";
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\.?[0-9]{1,3}){0,4}");
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

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
            return Optional.of(shortened(InetAddress.getByName(bare).getHostAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Leaves out the first of the longest rows of zeros (RFC 5952). */
    private static String shortened(String full) {
        return ZEROS.matcher(full)
                .results()
                .reduce((one, other) -> other.group().length() > one.group().length() ? other : one)
                .map(zeros -> without(full, zeros))
                .orElse(full);
    }

    private static String without(String full, MatchResult zeros) {
        String before = full.substring(0, zeros.start());
        String after = full.substring(zeros.end());
        return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
    }
}
