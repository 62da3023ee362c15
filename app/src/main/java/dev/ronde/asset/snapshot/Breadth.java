package dev.ronde.asset.snapshot;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How much a set of prefixes or ports covers, to say which of two is wider. A rough order for the direction of a change, never an
 * exposure: overlaps are counted twice and a service tag weighs what it is known to be about.
 */
final class Breadth {
    private static final Pattern PREFIX = Pattern.compile("([0-9a-f.:]+)(?:/([0-9]{1,3}))?");
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Set<String> EVERYWHERE = Set.of("*", "any", "internet", "0.0.0.0/0", "::/0");
    private static final BigInteger ALL = BigInteger.TWO.pow(128);
    private static final BigInteger CLOUD = BigInteger.TWO.pow(64);
    private static final BigInteger TAG = BigInteger.TWO.pow(16);

    private Breadth() {}

    static BigInteger of(SettingSpec.Measure measure, JsonNode set) {
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode element : set) {
            String text = element.isString() ? element.stringValue() : element.toString();
            sum = sum.add(measure == SettingSpec.Measure.ADDRESSES ? addresses(text) : ports(text));
        }
        return sum;
    }

    private static BigInteger addresses(String prefix) {
        if (EVERYWHERE.contains(prefix)) {
            return ALL;
        }
        Matcher parts = PREFIX.matcher(prefix);
        if (!parts.matches()) {
            return prefix.startsWith("azurecloud") ? CLOUD : TAG;
        }
        int width = prefix.contains(":") ? 128 : 32;
        int length = parts.group(2) == null ? width : Math.min(width, Integer.parseInt(parts.group(2)));
        return BigInteger.TWO.pow(width - length);
    }

    private static BigInteger ports(String range) {
        Matcher ends = PORTS.matcher(range);
        if (!ends.matches()) {
            return BigInteger.valueOf(65_536);
        }
        long first = Long.parseLong(ends.group(1));
        long last = ends.group(2) == null ? first : Long.parseLong(ends.group(2));
        return BigInteger.valueOf(Math.max(0, last - first + 1));
    }
}
