package dev.ronde.asset.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where in the document as it was sent a place of the canonical form stands: fields may stand beside the object they belong to, and lists
 * inside an object or instead of the whole document.
 */
final class SentPointers {
    private final Map<String, Set<String>> beside = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();

    /** Notes that these fields of the object at {@code pointer} were sent one level higher. */
    void beside(String pointer, Set<String> fields) {
        beside.put(pointer, Set.copyOf(fields));
    }

    /** Notes that the list at {@code pointer} was sent as the field {@code name} of an object at its place. */
    void within(String pointer, String name) {
        lists.put(pointer, of(pointer) + "/" + name);
    }

    /** Notes that the list at {@code pointer} was sent as the whole document. */
    void whole(String pointer) {
        lists.put(pointer, "");
    }

    String of(String pointer) {
        String list = lists.get(pointer);
        if (list != null || pointer.isEmpty()) {
            return list == null ? "" : list;
        }
        int cut = pointer.lastIndexOf('/');
        String parent = pointer.substring(0, cut);
        boolean flat = beside.getOrDefault(parent, Set.of()).contains(pointer.substring(cut + 1));
        String above = flat ? parent.substring(0, parent.lastIndexOf('/')) : parent;
        return of(above) + pointer.substring(cut);
    }
}
