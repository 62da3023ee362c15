package dev.ronde.evidence.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A small object of an OSCAL document: what is empty is left out, as OSCAL has no empty texts, lists and properties. */
final class OscalObject {
    /** The name space of properties that OSCAL does not know. */
    static final String NAME_SPACE = "urn:ronde:oscal";

    private static final Pattern BREAKS = Pattern.compile("[\\p{Z}\\p{Cc}\\uFEFF]+");
    private static final Pattern MARKS = Pattern.compile("[\\\\`*<\\[{]");
    private static final Pattern NO_TOKEN = Pattern.compile("[^\\p{L}\\p{N}._-]");

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final List<Object> props = new ArrayList<>();

    OscalObject with(String name, @Nullable Object value) {
        Object plain = value instanceof OscalObject object ? object.members : value;
        boolean empty = plain == null
                || plain.equals("")
                || (plain instanceof Map<?, ?> map && map.isEmpty())
                || (plain instanceof Collection<?> list && list.isEmpty());
        if (!empty) {
            members.put(name, plain);
        }
        return this;
    }

    OscalObject list(String name, OscalObject... items) {
        return list(name, List.of(items));
    }

    OscalObject list(String name, List<OscalObject> items) {
        return with(name, items.stream().map(OscalObject::members).toList());
    }

    /** A member that says all by being there. */
    OscalObject empty(String name) {
        members.put(name, Map.of());
        return this;
    }

    /** A text for people, who may have written any markup in it; the other one where it is blank. */
    OscalObject text(String name, String text, String other) {
        String line = line(text);
        return with(name, MARKS.matcher(line.isEmpty() ? line(other) : line).replaceAll("\\\\$0"));
    }

    OscalObject prop(String name, Object value) {
        return prop(name, NAME_SPACE, value);
    }

    /** @param space empty for a property that OSCAL knows */
    OscalObject prop(String name, String space, Object value) {
        return prop(name, space, value, "");
    }

    OscalObject prop(String name, String space, Object value, String remarks) {
        String text = line(String.valueOf(value));
        if (!text.isEmpty()) {
            OscalObject prop = new OscalObject().with("name", name).with("ns", space);
            props.add(prop.with("value", text).with("remarks", remarks).members);
            members.put("props", props);
        }
        return this;
    }

    /** @param before the words that tell these counts from others of the object */
    OscalObject tally(String before, Tally tally) {
        tally.counts().forEach((count, number) -> prop(before + count.word().replace('_', '-'), number));
        return this;
    }

    Map<String, Object> members() {
        return members;
    }

    /** One line without blanks at its ends. */
    static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /**
     * A control as OSCAL names it: {@code nist:AC-2(3)} as the catalog of NIST does, {@code ac-2.3}; any other with its framework before it,
     * as such an id must not start with a digit.
     */
    static String controlId(String control) {
        String id = control.startsWith("nist:")
                ? control.substring(5)
                        .toLowerCase(Locale.ROOT)
                        .replace('(', '.')
                        .replace(")", "")
                : control.replace(':', '-');
        String token = NO_TOKEN.matcher(id).replaceAll("_");
        return token.isEmpty() || !Character.isLetter(token.codePointAt(0)) ? "_" + token : token;
    }
}
