package dev.ronde.check.derive;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a document something is, for people: what {@link Section#where} calls it, in every language. */
final class Place {
    /** From the most special to the least; what the groups hold fills the places of the words. */
    private static final Map<Pattern, Saying> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put(Pattern.compile(Section.DOCUMENT), Saying.PLACE_DOCUMENT);
        PLACES.put(Pattern.compile("rule ([0-9]+) of (.+)"), Saying.PLACE_RULE_OF);
        PLACES.put(Pattern.compile("rule (.+)"), Saying.PLACE_RULE);
        PLACES.put(Pattern.compile("permission ([0-9]+) of (.+)"), Saying.PLACE_PERMISSION);
        PLACES.put(Pattern.compile("outbound permission of (.+)"), Saying.PLACE_OUTBOUND);
        PLACES.put(Pattern.compile("network ACL (.+)"), Saying.PLACE_ACL);
        PLACES.put(Pattern.compile("prefix list (.+)"), Saying.PLACE_LIST);
        PLACES.put(Pattern.compile("(.*)", Pattern.DOTALL), Saying.PLACE_OTHER);
    }

    private Place() {}

    static Said of(String where) {
        for (Map.Entry<Pattern, Saying> place : PLACES.entrySet()) {
            Matcher found = place.getKey().matcher(where);
            if (found.matches()) {
                Object[] named = new Object[found.groupCount()];
                for (int group = 0; group < named.length; group++) {
                    named[group] = found.group(group + 1);
                }
                return Said.of(place.getValue(), named);
            }
        }
        throw new IllegalStateException("the last pattern takes everything");
    }
}
