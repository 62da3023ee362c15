package dev.ronde.mail.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The elements that are open at a place of an HTML mail, and how text looks there. */
final class OpenTags {
    /** These end where the next of their kind begins, or what they are in ends. */
    private static final Set<String> ENDING =
            Set.of("p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot");

    private static final Map<String, Set<String>> ENDS = Map.of(
            "li", Set.of("li", "p"),
            "td", Set.of("td", "th", "p"),
            "th", Set.of("td", "th", "p"),
            "tr", Set.of("td", "th", "p", "tr"),
            "dt", Set.of("dt", "dd", "p"),
            "dd", Set.of("dt", "dd", "p"));

    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean doubtful;

    /** @param unread whether it was left out for what it is, not for how it looks */
    private record Open(String name, Sight sight, boolean unread) {
        /** Whether it matters where it ends. */
        boolean matters() {
            return !unread && (sight.seen() != Seen.SHOWN || !sight.grounds().equals(Sight.PLAIN.grounds()));
        }
    }

    /** How text looks here. */
    Sight sight() {
        return open.isEmpty() ? Sight.PLAIN : open.peek().sight();
    }

    /** Whether tags did not fit each other where it matters what is in which element; asked once. */
    boolean doubted() {
        boolean doubted = doubtful;
        doubtful = false;
        return doubted;
    }

    /** Ends what a tag of this name ends before it begins something.
     *
     * @param block whether it stands on lines of its own */
    void before(String name, boolean block) {
        Set<String> ends = ENDS.getOrDefault(name, block ? Set.of("p") : Set.of());
        while (!open.isEmpty() && ends.contains(open.peek().name())) {
            // before a table old pages leave a paragraph open
            doubtful |= pop().matters() && name.equals("table");
        }
        doubtful |= block
                && counts.getOrDefault("p", 0) > 0
                && !open.isEmpty()
                && open.peek().matters();
    }

    /** Begins an element.
     *
     * @param unread whether nothing in it is read, for what it is */
    void push(String name, Sight sight, boolean unread) {
        open.push(
                new Open(name, sight, unread || (!open.isEmpty() && open.peek().unread())));
        counts.merge(name, 1, Integer::sum);
    }

    /** Ends the innermost element of this name, and what is open in it.
     *
     * @return whether that was left out for what it is */
    boolean end(String name) {
        if (counts.getOrDefault(name, 0) == 0) {
            return false;
        }
        Open ended = pop();
        while (!ended.name().equals(name)) {
            doubtful |= ended.matters() && !ENDING.contains(ended.name());
            Open outer = pop();
            doubtful |= outer.matters() && !ENDING.contains(ended.name());
            ended = outer;
        }
        return ended.unread();
    }

    private Open pop() {
        Open ended = open.pop();
        counts.merge(ended.name(), -1, Integer::sum);
        return ended;
    }
}
