package dev.ronde.platform.address;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host as the inventory writes it, in its one normal form: a literal address or a lower-case A-label name without trailing
 * dot. Spellings that resolvers read as addresses (decimal, hexadecimal, octal, shortened) are refused, so that what is tested
 * is what is connected to.
 *
 * @param text normal form
 * @param address the address, where the text is a literal
 */
public record HostName(String text, Optional<InetAddress> address) {
    private static final Pattern IPV4 =
            Pattern.compile("PART(\\.PART){3}".replace("PART", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\.?[0-9]{1,3}){0,4}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /**
     * Normalises a host.
     *
     * @throws IllegalArgumentException with what is wrong, without repeating the text
     */
    public static HostName parse(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        Optional<InetAddress> literal = literal(bare);
        if (literal.isPresent()) {
            return new HostName(literal.get().getHostAddress(), literal);
        }
        if (bare.indexOf(':') >= 0 || bare.indexOf('%') >= 0) {
            throw new IllegalArgumentException("is neither a host name nor an IP address");
        }
        String name = aLabels(bare);
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("is not a host name");
            }
        }
        if (NUMERIC.matcher(labels[labels.length - 1]).matches()) {
            throw new IllegalArgumentException(
                    "is a number that some resolvers read as an address; write it as four decimal parts");
        }
        return new HostName(name, Optional.empty());
    }

    /** Reads an IPv4 address in strict dotted decimal or an IPv6 address without zone; IPv4-mapped ones become IPv4. */
    public static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // Both forms are literals or refused, so nothing is looked up; four numbers above 255 would be.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String aLabels(String text) {
        String ascii;
        try {
            ascii = IDN.toASCII(text, 0).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a host name", e);
        }
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.isEmpty() || name.length() > 253) {
            throw new IllegalArgumentException("is not a host name");
        }
        return name;
    }
}
