package dev.ronde.asset.field;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a host name (RFC 1123, underscore tolerated, IDN as A-labels) or an IP address, without ever asking the DNS. */
final class HostText {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern NUMBER_LIKE = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*");

    private HostText() {}

    /** A host name or an IPv4 or IPv6 address in its usual spelling. */
    static String hostOrAddress(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("://") || lower.contains("/")) {
            throw new CellRefused("url_not_host", text);
        }
        if (IPV6_LIKE.matcher(lower).matches()) {
            return ipv6(text, lower);
        }
        if (lower.contains(":") || lower.contains("[")) {
            throw new CellRefused("host_with_port", text);
        }
        String[] labels = lower.split("\\.", -1);
        if (NUMBER_LIKE.matcher(labels[labels.length - 1]).matches()) {
            return ipv4(text, labels);
        }
        return name(text, lower);
    }

    /** A host name, never an address, because it goes into SNI (RFC 6066 §3). */
    static String hostName(String text) {
        String host = hostOrAddress(text);
        if (host.contains(":")
                || OCTET.matcher(host.substring(host.lastIndexOf('.') + 1)).matches()) {
            throw new CellRefused("name_not_address", text);
        }
        return host;
    }

    private static String ipv6(String text, String lower) {
        try {
            InetAddress.getByName(lower);
            return lower;
        } catch (UnknownHostException refused) {
            throw new CellRefused("bad_address", text);
        }
    }

    private static String ipv4(String text, String[] labels) {
        boolean good = labels.length == 4;
        for (String label : labels) {
            good = good && OCTET.matcher(label).matches() && Integer.parseInt(label) <= 255;
        }
        if (!good) {
            throw new CellRefused("bad_address", text);
        }
        return String.join(".", labels);
    }

    private static String name(String text, String lower) {
        String ascii;
        try {
            String host = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
            ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException refused) {
            throw new CellRefused("bad_host", text);
        }
        if (ascii.length() > 253) {
            throw new CellRefused("bad_host", text);
        }
        for (String label : ascii.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new CellRefused("bad_host", text);
            }
        }
        return ascii;
    }
}
