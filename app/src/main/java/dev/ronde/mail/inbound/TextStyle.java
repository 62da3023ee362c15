package dev.ronde.mail.inbound;

import dev.ronde.mail.inbound.StyleSheet.Hint;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How text at a place of an HTML mail looks, as far as that changes what a reader sees of it. Left out is what no browser shows. Where mail
 * programs differ, a style sheet has a say, or colours decide, nobody can be sure.
 *
 * @param box what nothing inside can undo
 * @param size by the size of letters, which elements inside may set again
 * @param veil by {@code visibility}, which they may set again too
 * @param inks the colours it may have
 * @param grounds the colours it may stand on
 */
record TextStyle(
        Visibility box, Visibility size, Visibility veil, Set<Integer> inks, Set<Integer> grounds, boolean struck) {
    static final TextStyle PLAIN = new TextStyle(
            Visibility.SHOWN, Visibility.SHOWN, Visibility.SHOWN, Set.of(Ink.BLACK), Set.of(Ink.WHITE), false);

    private static final Set<String> STRIKES = Set.of("s", "strike", "del");
    /** Elements some mail programs show and others do not, or only when they are opened. */
    private static final Set<String> SOMETIMES = Set.of(
            "details", "dialog", "object", "video", "audio", "canvas", "svg", "math", "select", "noscript", "bdo");

    TextStyle unread() {
        return new TextStyle(Visibility.HIDDEN, size, veil, inks, grounds, struck);
    }

    Visibility seen() {
        Visibility seen = box.or(size).or(veil);
        boolean plain = inks == PLAIN.inks && grounds == PLAIN.grounds;
        boolean lost = !plain
                && seen == Visibility.SHOWN
                && inks.stream().anyMatch(ink -> grounds.stream().anyMatch(ground -> Ink.lost(ink, ground)));
        return lost ? Visibility.UNSURE : seen;
    }

    TextStyle in(HtmlTag tag, StyleSheet sheet) {
        if (box == Visibility.HIDDEN) {
            return this;
        }
        String name = tag.name();
        Map<String, String> attributes = tag.attributes();
        Hint hint = sheet.hint(name, attributes);
        Declarations own = Declarations.of(attributes.getOrDefault("style", ""));
        if (attributes.isEmpty() && hint.equals(Hint.NONE) && !SOMETIMES.contains(name) && !name.equals("table")) {
            return STRIKES.contains(name) && !struck ? new TextStyle(box, size, veil, inks, grounds, true) : this;
        }
        Visibility doubt = hint.hides() || SOMETIMES.contains(name) ? Visibility.UNSURE : Visibility.SHOWN;
        return new TextStyle(
                box.or(doubt).or(sure(own.box(), hint)).or(sure(attribute(attributes, own), hint)),
                sure(size(name, attributes, own), hint),
                sure(own.veil(veil), hint),
                StyleSheet.both(colours(inks, own.ink(), Ink.of(inked(name, attributes))), hint.inks()),
                StyleSheet.both(
                        colours(grounds, own.ground(), Ink.of(attributes.getOrDefault("bgcolor", ""))), hint.grounds()),
                struck || STRIKES.contains(name) || own.strikes());
    }

    private static Visibility sure(Visibility own, Hint hint) {
        return own == Visibility.HIDDEN && hint.decides() ? Visibility.UNSURE : own;
    }

    private static Visibility attribute(Map<String, String> attributes, Declarations own) {
        if (!attributes.containsKey("hidden")) {
            return Visibility.SHOWN;
        }
        return own.displays() ? Visibility.UNSURE : Visibility.HIDDEN;
    }

    /** Old pages reset the text size in a table, and {@code <font size>} sets it anywhere. */
    private Visibility size(String name, Map<String, String> attributes, Declarations own) {
        Visibility around = size;
        if (name.equals("table") && around == Visibility.HIDDEN) {
            around = Visibility.UNSURE;
        }
        if (name.equals("font") && attributes.containsKey("size")) {
            around = Visibility.SHOWN;
        }
        return own.size(around);
    }

    private static String inked(String name, Map<String, String> attributes) {
        return attributes.getOrDefault(name.equals("body") ? "text" : name.equals("font") ? "color" : "-", "");
    }

    private static Set<Integer> colours(Set<Integer> around, @Nullable Integer styled, @Nullable Integer attribute) {
        Integer own = styled != null ? styled : attribute;
        return own == null ? around : Set.of(own);
    }
}
