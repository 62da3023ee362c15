package dev.ronde.asset.snapshot;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the effect of a change off the direction table of its source. What cannot be ranked is neutral. */
final class Direction {
    private static final Pattern PREFIX = Pattern.compile("([0-9a-f.:]+)(?:/([0-9]{1,3}))?");
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Set<String> EVERYWHERE = Set.of("*", "any", "internet", "0.0.0.0/0", "::/0");
    private static final BigInteger ALL = BigInteger.TWO.pow(128);
    private static final BigInteger CLOUD = BigInteger.TWO.pow(64);
    private static final BigInteger TAG = BigInteger.TWO.pow(16);

    private Direction() {}

    /** Null stands for a setting that is absent. */
    static Effect ofValue(SettingSpec spec, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (spec.measure() != null) {
            return ofRank(spec, breadth(spec.measure(), after).compareTo(breadth(spec.measure(), before)));
        }
        List<String> better = spec.better();
        if (better == null || before == null || after == null) {
            return Effect.NEUTRAL;
        }
        if (spec.kind() == SettingSpec.Type.INTEGER) {
            int up = Long.compare(after.longValue(), before.longValue());
            return ofRank(spec, better.contains("higher") ? -up : up);
        }
        return ofRank(spec, rank(better, before) - rank(better, after));
    }

    static Effect ofAdded(SettingSpec set, JsonNode element) {
        if (set.added() != null) {
            for (SettingSpec.Added rule : set.added()) {
                if (Element.matches(element, rule.when())) {
                    return rule.effect();
                }
            }
        }
        return set.more() == null ? Effect.NEUTRAL : set.more();
    }

    static Effect ofRemoved(SettingSpec set, JsonNode element) {
        return ofAdded(set, element).opposite(set.worseOr(Effect.WIDER));
    }

    /** Whether changes inside this element count the other way, before and after. */
    static boolean inverted(SettingSpec set, JsonNode before, JsonNode after) {
        return set.inverted() != null
                && Element.matches(before, set.inverted())
                && Element.matches(after, set.inverted());
    }

    private static Effect ofRank(SettingSpec spec, int worse) {
        if (worse == 0) {
            return Effect.NEUTRAL;
        }
        return worse > 0 ? spec.worseOr(Effect.WEAKER) : Effect.STRONGER;
    }

    /** Place in the list from weakest to strongest; an unknown word ranks after the last. */
    private static int rank(List<String> order, JsonNode value) {
        int place = order.indexOf(value.isString() ? value.stringValue() : value.toString());
        if (value.isBoolean()) {
            return place >= 0 ? 1 : 0;
        }
        return place >= 0 ? place : order.size();
    }

    /**
     * How much a set of prefixes or ports covers, to say which of two is wider. A rough order, never an exposure: overlaps are counted twice
     * and a service tag weighs what it is known to be about.
     */
    private static BigInteger breadth(SettingSpec.Measure measure, @Nullable JsonNode set) {
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode element : set == null ? JsonNodeFactory.instance.arrayNode() : set) {
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
