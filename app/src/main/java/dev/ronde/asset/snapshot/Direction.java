package dev.ronde.asset.snapshot;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the effect of a change off the direction table of its source. What cannot be ranked is neutral. */
final class Direction {
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
        return switch (spec.kind()) {
            case BOOLEAN ->
                before.equals(after) ? Effect.NEUTRAL : ofRank(spec, rank(better, before) - rank(better, after));
            case INTEGER -> {
                int up = Long.compare(after.longValue(), before.longValue());
                yield ofRank(spec, better.contains("higher") ? -up : up);
            }
            default -> ofRank(spec, rank(better, before) - rank(better, after));
        };
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
        Effect worse = set.worse() == null ? Effect.WIDER : set.worse();
        return ofAdded(set, element).opposite(worse);
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
        return worse > 0 ? spec.worseEffect() : Effect.STRONGER;
    }

    /** Place in the list from weakest to strongest; an unknown word ranks after the last. */
    private static int rank(List<String> order, JsonNode value) {
        int place = order.indexOf(value.isString() ? value.stringValue() : value.toString());
        if (value.isBoolean()) {
            return place >= 0 ? 1 : 0;
        }
        return place >= 0 ? place : order.size();
    }

    private static BigInteger breadth(SettingSpec.Measure measure, @Nullable JsonNode set) {
        return Breadth.of(measure, set == null ? JsonNodeFactory.instance.arrayNode() : set);
    }
}
