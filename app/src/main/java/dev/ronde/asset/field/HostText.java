package dev.ronde.asset.field;

import dev.ronde.platform.address.HostName;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a host name (RFC 1123, underscore tolerated, IDN as A-labels) or an IP address, without ever asking the DNS. */
final class HostText {
    private static final Pattern NUMBER_LIKE = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*");

    private HostText() {}

    /** A host name or an IPv4 or IPv6 address in its usual spelling. */
    static String hostOrAddress(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("/")) {
            throw new CellRefused("url_not_host", text);
        }
        boolean six = IPV6_LIKE.matcher(lower).matches();
        if (!six && (lower.contains(":") || lower.contains("["))) {
            throw new CellRefused("host_with_port", text);
        }
        try {
            HostName host = HostName.parse(lower);
            return host.address().isPresent() ? lower : host.text();
        } catch (IllegalArgumentException refused) {
            throw new CellRefused(six || NUMBER_LIKE.matcher(lower).matches() ? "bad_address" : "bad_host", text);
        }
    }

    /** A host name, never an address, because it goes into SNI (RFC 6066 §3). */
    static String hostName(String text) {
        String host = hostOrAddress(text);
        if (host.contains(":") || NUMBER_LIKE.matcher(host).matches()) {
            throw new CellRefused("name_not_address", text);
        }
        return host;
    }
}
