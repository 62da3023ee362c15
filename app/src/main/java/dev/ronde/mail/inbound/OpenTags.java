package dev.ronde.mail.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements that are open at a place of an HTML mail, and how text looks there. */
final class OpenTags {
    /** These end when the next of their kind begins or when their parent ends. */
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

    private static final class Passage {
        private final String name;
        private final boolean box;
        private final @Nullable Passage around;
        private int depth;
        private boolean over;

        Passage(String name, boolean box, @Nullable Passage around) {
            this.name = name;
            this.box = box;
            this.around = around;
        }
    }

    /** @param unread whether it was left out for what it is, not for how it looks */
    private record Open(
            String name,
            TextStyle sight,
            boolean unread,
            @Nullable Passage passage) {
        boolean matters() {
            return !unread
                    && (passage == null || passage.over)
                    && (sight.seen() != Visibility.SHOWN || !sight.grounds().equals(TextStyle.PLAIN.grounds()));
        }
    }

    TextStyle sight() {
        return open.isEmpty() ? TextStyle.PLAIN : open.peek().sight();
    }

    /** Whether mismatched tags leave it unclear what belongs to which element; asking resets it. */
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
    void push(String name, TextStyle sight, boolean unread) {
        push(name, sight, unread, passage());
    }

    /** Begins an element with something quoted.
     *
     * @param box whether it goes on only until the end of a passage in it */
    void quote(String name, TextStyle sight, boolean box) {
        Passage around = passage();
        boolean deeper = around != null && !around.over && !(around.box && !box);
        push(name, sight, false, deeper ? around : new Passage(name, box, around));
    }

    private void push(String name, TextStyle sight, boolean unread, @Nullable Passage passage) {
        open.push(
                new Open(name, sight, unread || (!open.isEmpty() && open.peek().unread()), passage));
        counts.merge(name, 1, Integer::sum);
        if (passage != null) {
            passage.depth++;
        }
    }

    boolean quoted() {
        Passage passage = passage();
        return passage != null && !passage.over;
    }

    private @Nullable Passage passage() {
        return open.isEmpty() ? null : open.peek().passage();
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
        Passage passage = ended.passage();
        if (passage != null && --passage.depth == 0 && passage.around != null && passage.name.equals("blockquote")) {
            passage.around.over = true;
        }
        return ended;
    }
}
