package dev.ronde.mail.inbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the style sheets of a mail may do to its elements. Which rule wins, and on which screen, is not worked out: a rule of which the last
 * element of the selector fits may hold.
 */
final class StyleSheet {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(?:\\*/|\\z)|<!--|-->", Pattern.DOTALL);
    private static final Pattern STATE = Pattern.compile(":(?:hover|active|focus)\\b");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\[[^\\]]*+\\]?+");
    private static final Pattern NAMED = Pattern.compile("[.#][a-z0-9_-]+");
    private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9]*");
    private static final String EVERY = "*";
    private static final int COLOURS = 6;
    private static final int SELECTORS = 5_000;

    private final Map<String, Hint> rules = new HashMap<>();
    private final Judge judge;
    private int selectors;

    /** Removes effects that a rule is known not to have. */
    interface Judge {
        Hint judge(String selectors, String declarations, Hint hint);
    }

    private StyleSheet(Judge judge) {
        this.judge = judge;
    }

    /**
     * What rules may do to an element.
     *
     * @param hides whether one may hide it, strike it out, or write into it
     * @param decides whether one says something about size or sight at all
     */
    record Hint(boolean hides, boolean decides, Set<Integer> inks, Set<Integer> grounds) {
        static final Hint NONE = new Hint(false, false, Set.of(), Set.of());
        static final Hint ANYTHING = new Hint(true, true, Set.of(), Set.of());

        static Hint of(Declarations said) {
            boolean hides =
                    said.box().or(said.size(Visibility.SHOWN)).or(said.veil(Visibility.SHOWN)) != Visibility.SHOWN
                            || said.strikes()
                            || said.writes();
            Integer ink = said.ink();
            Integer ground = said.ground();
            return new Hint(
                    hides,
                    said.decidesSight(),
                    ink == null ? Set.of() : Set.of(ink),
                    ground == null ? Set.of() : Set.of(ground));
        }

        Hint and(Hint other) {
            return equals(NONE)
                    ? other
                    : new Hint(
                            hides || other.hides,
                            decides || other.decides,
                            both(inks, other.inks),
                            both(grounds, other.grounds));
        }
    }

    /** The union; unknown if there are too many colours. */
    static Set<Integer> both(Set<Integer> one, Set<Integer> other) {
        if (other.isEmpty()) {
            return one;
        }
        Set<Integer> both = new HashSet<>(one);
        both.addAll(other);
        return both.size() > COLOURS ? Set.of(Ink.UNKNOWN) : Set.copyOf(both);
    }

    /** Includes sheets that only some mail programs read. */
    static StyleSheet of(String html, Judge judge) {
        StyleSheet sheet = new StyleSheet(judge);
        sheets(html).forEach(css -> walk(css, sheet::rule));
        return sheet;
    }

    static List<String> sheets(String html) {
        List<String> sheets = new ArrayList<>();
        String lower = html.toLowerCase(Locale.ROOT);
        int open = lower.indexOf("<style");
        while (open >= 0) {
            int from = HtmlTag.at(lower, open).end();
            int to = lower.indexOf("</style", from);
            sheets.add(COMMENT.matcher(lower.substring(from, to < 0 ? lower.length() : to))
                    .replaceAll(" "));
            open = to < 0 ? -1 : lower.indexOf("<style", to);
        }
        return sheets;
    }

    /** Walks over the braces; what stands in several of them are rules of some screens, or rules within rules.
     *
     * @param rules takes selectors and declarations */
    static void walk(String css, BiConsumer<String, String> rules) {
        Deque<String> open = new ArrayDeque<>();
        int from = 0;
        for (int at = 0; at <= css.length(); at++) {
            char unit = at == css.length() ? '}' : css.charAt(at);
            if (unit != '{' && unit != '}') {
                continue;
            }
            String piece = css.substring(from, at);
            int own = unit == '{' ? piece.lastIndexOf(';') + 1 : piece.length();
            String declarations = piece.substring(0, own);
            String selectors = open.isEmpty() ? "" : open.peek();
            if (!declarations.isBlank() && !selectors.startsWith("@")) {
                rules.accept(selectors, declarations);
            }
            if (unit == '{') {
                open.push(piece.substring(own).strip());
            } else if (!open.isEmpty()) {
                open.pop();
            }
            from = at + 1;
        }
    }

    private void rule(String written, String declarations) {
        String[] listed = written.split(",", SELECTORS);
        selectors += listed.length;
        if (selectors >= SELECTORS) {
            rules.put(EVERY, Hint.ANYTHING);
            return;
        }
        Hint hint = judge.judge(written, declarations, Hint.of(Declarations.of(declarations)));
        if (!hint.equals(Hint.NONE)) {
            Stream.of(listed)
                    .filter(selector -> !STATE.matcher(selector).find())
                    .forEach(selector -> rules.merge(key(selector), hint, Hint::and));
        }
    }

    private static String key(String selector) {
        String bare = ATTRIBUTE.matcher(selector).replaceAll("").strip();
        int from = bare.length();
        while (from > 0 && " \t\r\n>+~".indexOf(bare.charAt(from - 1)) < 0) {
            from--;
        }
        String last = bare.substring(from);
        if (selector.indexOf('\\') >= 0) {
            return EVERY;
        }
        Matcher named = NAMED.matcher(last);
        if (named.find()) {
            return named.group();
        }
        Matcher element = ELEMENT.matcher(last);
        return element.lookingAt() ? element.group() : EVERY;
    }

    Hint hint(String name, Map<String, String> attributes) {
        if (rules.isEmpty()) {
            return Hint.NONE;
        }
        Hint hint = rules.getOrDefault(EVERY, Hint.NONE).and(rules.getOrDefault(name, Hint.NONE));
        for (String one : attributes.getOrDefault("class", "").strip().split("\\s+")) {
            hint = hint.and(rules.getOrDefault("." + one, Hint.NONE));
        }
        return hint.and(rules.getOrDefault("#" + attributes.getOrDefault("id", ""), Hint.NONE));
    }
}
