package dev.ronde.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a parameter of a check cannot be what somebody wrote.
 *
 * @param key end of the key of the message, {@code asset.error.bad_parameter_tag.<key>}
 * @param arguments what fills the message
 * @param sentence the same in English, as records and commands have it
 */
public record ParamRefusal(String key, List<String> arguments, String sentence) {
    private static final int MOST_ARGUMENTS = 3;

    /**
     * A bound that a value does not keep.
     *
     * @param key see {@link ParamRefusal#key}
     * @param words what it asks in English, without the bound, such as {@code must be at least}
     * @param bound the bound as the check file has it
     */
    record Bound(String key, String words, Object bound) {
        String told() {
            return words + " " + bound;
        }

        ParamRefusal of(String name) {
            String shown = bound instanceof List<?> list
                    ? String.join(", ", list.stream().map(String::valueOf).toList())
                    : String.valueOf(bound);
            return new ParamRefusal(key, List.of(name, shown), name + " " + told() + ".");
        }
    }

    /** That the tag cannot be used for this reason: the reason in English, the tag, the key, and what fills the message. */
    Said of(String tag) {
        List<String> all = new ArrayList<>(List.of(sentence, tag, key));
        for (int i = 0; i < MOST_ARGUMENTS; i++) {
            all.add(i < arguments.size() ? arguments.get(i) : "");
        }
        return new Said(Saying.TAG_UNUSABLE, all);
    }

    static ParamRefusal form(String tag) {
        return new ParamRefusal(
                "form", List.of(tag), "'" + tag + "' must be param:<check>.<name>=<value> with a known check.");
    }

    static ParamRefusal type(String name, String type) {
        return new ParamRefusal("type", List.of(name, type), name + " must be of type " + type + ".");
    }

    static ParamRefusal unknown(String check, String name) {
        return new ParamRefusal(
                "unknown", List.of(check, name), "Check " + check + " has no parameter '" + name + "'.");
    }

    static ParamRefusal near(String check, String name, String near) {
        return new ParamRefusal(
                "near",
                List.of(check, name, near),
                "Check " + check + " has no parameter '" + name + "'; did you mean '" + near + "'?");
    }
}
