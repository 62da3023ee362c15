package dev.ronde.mail.inbound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a style says, as far as it changes what a reader sees.
 *
 * @param values by property, in lower case; {@link #EITHER} where it says two things
 */
record Declarations(Map<String, String> values) {
    static final Declarations NONE = new Declarations(Map.of());

    private static final String EITHER = "?";
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?(?:\\d{1,9}\\.?\\d{0,9}|\\.\\d{1,9})(?:e[+-]?\\d{1,2})?)([a-z%]{0,9})");
    private static final Set<String> SAME = Set.of("inherit", "unset", "revert", "revert-layer");
    private static final Set<String> RELATIVE = Set.of("em", "%", "ex", "ch");
    private static final Set<String> FINE = Set.of("px", "pt", "");
    private static final List<String> CUTTING =
            List.of("clip", "clip-path", "mask", "mask-image", "transform", "translate", "scale", "filter", "all");
    private static final Set<String> NOT_CUTTING = Set.of("none", "auto", "initial", "unset", "inherit", "");
    private static final List<String> EDGES = List.of("left", "right", "top", "bottom", "inset");
    private static final List<String> MARGINS =
            List.of("margin", "margin-left", "margin-right", "margin-top", "margin-bottom");
    private static final List<String> EXTENTS = List.of("height", "max-height", "width", "max-width", "line-height");
    private static final List<String> OVERFLOWS = List.of("overflow", "overflow-x", "overflow-y");
    private static final int FAR = 100;
    private static final int FAR_COARSE = 20;
    private static final double SMALLEST = 3;
    private static final double SMALLEST_SHARE = 0.25;
    private static final double FAINT = 0.2;

    static Declarations of(String style) {
        if (style.isBlank()) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        for (String declaration : style.split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                String value = declaration
                        .substring(colon + 1)
                        .replace("!important", "")
                        .replace("! important", "");
                values.merge(
                        declaration.substring(0, colon).strip(),
                        value.strip(),
                        (one, other) -> one.equals(other) ? one : EITHER);
            }
        }
        return new Declarations(values);
    }

    private String value(String property) {
        return values.getOrDefault(property, "");
    }

    private static boolean odd(String value) {
        return value.equals(EITHER) || value.indexOf('(') >= 0 || value.indexOf('\\') >= 0;
    }

    boolean decidesSight() {
        return Set.of("display", "visibility", "opacity", "font-size", "font").stream()
                .anyMatch(values::containsKey);
    }

    boolean displays() {
        return values.containsKey("display");
    }

    Visibility box() {
        String display = value("display");
        Visibility seen =
                display.equals("none") ? Visibility.HIDDEN : odd(display) ? Visibility.UNSURE : Visibility.SHOWN;
        return seen.or(opacity()).or(tricks() ? Visibility.UNSURE : Visibility.SHOWN);
    }

    private Visibility opacity() {
        String value = value("opacity");
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            return value.isEmpty() || NOT_CUTTING.contains(value) ? Visibility.SHOWN : Visibility.UNSURE;
        }
        double share = Double.parseDouble(number.group(1)) / (number.group(2).equals("%") ? 100 : 1);
        return share <= 0 ? Visibility.HIDDEN : share < FAINT ? Visibility.UNSURE : Visibility.SHOWN;
    }

    /** Whether text is moved away, cut off, turned round, or shown by some mail programs only. */
    private boolean tricks() {
        boolean cut = CUTTING.stream().anyMatch(property -> !NOT_CUTTING.contains(value(property)));
        boolean flat =
                OVERFLOWS.stream().map(this::value).anyMatch(value -> !value.isEmpty() && !value.equals("visible"))
                        && EXTENTS.stream().map(this::value).anyMatch(Declarations::nothing);
        boolean placed = !Set.of("", "static").contains(value("position"))
                && EDGES.stream().anyMatch(edge -> far(value(edge), true));
        return cut
                || flat
                || placed
                || far(value("text-indent"), true)
                || MARGINS.stream().anyMatch(margin -> far(value(margin), false))
                || !Set.of("", "none").contains(value("mso-hide"))
                || value("content-visibility").equals("hidden")
                || value("unicode-bidi").contains("override")
                || nothing(value("zoom"))
                || values.keySet().stream().anyMatch(name -> name.indexOf('\\') >= 0);
    }

    private static boolean nothing(String value) {
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            return odd(value);
        }
        double least = switch (number.group(2)) {
            case "px", "pt" -> 1;
            case "", "%" -> 0;
            default -> 0.1;
        };
        return Double.parseDouble(number.group(1)) <= least;
    }

    /** Whether one of the lengths leads far away.
     *
     * @param either whether to either side, or only backwards */
    private static boolean far(String value, boolean either) {
        if (value.isEmpty()) {
            return false;
        }
        if (odd(value)) {
            return true;
        }
        for (String length : value.split("\\s+", 6)) {
            Matcher number = NUMBER.matcher(length);
            if (number.matches()) {
                double amount = Double.parseDouble(number.group(1));
                int limit = FINE.contains(number.group(2)) || number.group(2).equals("%") ? FAR : FAR_COARSE;
                if (amount <= -limit || (either && amount >= limit)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether text of this size is seen; a share of what is not seen is not seen either.
     *
     * @param around what holds outside */
    Visibility size(Visibility around) {
        String value = values.containsKey("font-size") ? value("font-size") : shorthand();
        if (value.isEmpty() || SAME.contains(value)) {
            return around;
        }
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            boolean relative = value.equals("smaller") || value.equals("larger");
            return odd(value) ? Visibility.UNSURE : relative ? around : Visibility.SHOWN;
        }
        double size = Double.parseDouble(number.group(1));
        String unit = number.group(2);
        if (size <= 0) {
            return Visibility.HIDDEN;
        }
        double smallest = FINE.contains(unit) ? SMALLEST : SMALLEST_SHARE * (unit.equals("%") ? 100 : 1);
        Visibility own = size < smallest ? Visibility.UNSURE : Visibility.SHOWN;
        return RELATIVE.contains(unit) ? own.or(around) : own;
    }

    private String shorthand() {
        for (String piece : value("font").split("\\s+", 8)) {
            String size = piece.split("/", 2)[0];
            Matcher number = NUMBER.matcher(size);
            if (number.matches() && (!number.group(2).isEmpty() || Double.parseDouble(number.group(1)) == 0)) {
                return size;
            }
        }
        return values.containsKey("font") && !odd(value("font")) ? "medium" : value("font");
    }

    /** Whether text is visible.
     *
     * @param around what holds outside */
    Visibility veil(Visibility around) {
        return switch (value("visibility")) {
            case "", "inherit", "unset", "revert", "revert-layer" -> around;
            case "hidden", "collapse" -> Visibility.HIDDEN;
            case "visible", "initial" -> Visibility.SHOWN;
            default -> Visibility.UNSURE;
        };
    }

    boolean strikes() {
        return value("text-decoration").contains("line-through")
                || value("text-decoration-line").contains("line-through");
    }

    boolean writes() {
        return !Set.of("", "none", "normal", "\"\"", "''").contains(value("content"));
    }

    /** The colour of text; null if none is set. */
    @Nullable
    Integer ink() {
        String fill = value("-webkit-text-fill-color");
        return Ink.of(fill.isEmpty() ? value("color") : fill);
    }

    /** The background colour; null if none is set. */
    @Nullable
    Integer ground() {
        String colour = value("background-color");
        return Ink.ground(colour.isEmpty() ? value("background") : colour);
    }
}
