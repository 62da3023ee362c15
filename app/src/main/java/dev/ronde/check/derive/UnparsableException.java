package dev.ronde.check.derive;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of the input that could not be understood; the run becomes {@code error: unparsable-rule}. */
public final class UnparsableException extends RuntimeException {
    public static final String DOCUMENT = "the document";

    private static final long serialVersionUID = 1L;

    /** The most specific pattern first; captured groups fill the placeholders of the words. */
    private static final Map<Pattern, Saying> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put(Pattern.compile(DOCUMENT), Saying.PLACE_DOCUMENT);
        PLACES.put(Pattern.compile("rule ([0-9]+) of (.+)"), Saying.PLACE_RULE_OF);
        PLACES.put(Pattern.compile("rule (.+)"), Saying.PLACE_RULE);
        PLACES.put(Pattern.compile("permission ([0-9]+) of (.+)"), Saying.PLACE_PERMISSION);
        PLACES.put(Pattern.compile("outbound permission of (.+)"), Saying.PLACE_OUTBOUND);
        PLACES.put(Pattern.compile("network ACL (.+)"), Saying.PLACE_ACL);
        PLACES.put(Pattern.compile("prefix list (.+)"), Saying.PLACE_LIST);
        PLACES.put(Pattern.compile("(.*)", Pattern.DOTALL), Saying.PLACE_OTHER);
    }

    private final transient List<Said> said;

    /** @param problem what is wrong, of which other languages only tell the place */
    public UnparsableException(String where, String problem) {
        this(
                where.equals(DOCUMENT)
                        ? List.of(Said.of(Saying.DOCUMENT_UNPARSABLE, problem))
                        : List.of(place(where), Said.of(Saying.UNREAD, problem)));
    }

    public UnparsableException(String where, Said problem) {
        this(List.of(place(where), problem));
    }

    private UnparsableException(List<Said> said) {
        super(Said.english(said));
        this.said = said;
    }

    public List<Said> said() {
        return said;
    }

    private static Said place(String where) {
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
