package dev.ronde.platform.text;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** IP addresses as people are shown them: IPv6 as RFC 5952 writes it, without the zone of an interface. */
public final class AddressText {
    private static final int GROUPS = 8;
    private static final Pattern WHOLE = Pattern.compile("[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}");

    private AddressText() {}

    public static String of(InetAddress address) {
        return shown(address.getHostAddress());
    }

    /** Returns the text of an address and a port, an IPv6 address in brackets. */
    public static String of(InetAddress address, int port) {
        String text = of(address);
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
    }

    /** Returns a text as it is shown: an IPv6 address of eight groups, as {@link InetAddress} and the probe log write it, in short. */
    public static String shown(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        if (!WHOLE.matcher(bare).matches()) {
            return bare;
        }
        String[] parts = bare.split(":", -1);
        int[] groups = new int[GROUPS];
        for (int index = 0; index < GROUPS; index++) {
            groups[index] = Integer.parseInt(parts[index], 16);
        }
        return six(groups);
    }

    /**
     * Returns the text of an IPv6 address: the first of the longest rows of two and more zeros is left out.
     *
     * @param groups its eight groups
     */
    public static String six(int[] groups) {
        int gapAt = -1;
        int gap = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > gap) {
                gapAt = start;
                gap = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < GROUPS; index++) {
            if (index == gapAt) {
                text.append("::");
                index += gap - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[index]));
            }
        }
        return text.toString();
    }
}
