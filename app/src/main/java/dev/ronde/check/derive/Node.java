package dev.ronde.check.derive;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a snapshot, read strictly: a field of another type than expected is refused with its path, never skipped.
 *
 * @param path where the object stands, as a JSON pointer
 * @param fields the object
 */
record Node(String path, Map<?, ?> fields) {
    boolean has(String name) {
        return fields.get(name) != null;
    }

    Node object(String name) {
        if (fields.get(name) instanceof Map<?, ?> map) {
            return new Node(at(name), map);
        }
        throw wrong(name, "an object");
    }

    List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    List<Node> objects(String name) {
        List<Node> nodes = new ArrayList<>();
        for (Object element : list(name)) {
            String where = name + "/" + nodes.size();
            if (!(element instanceof Map<?, ?> map)) {
                throw wrong(where, "an object");
            }
            nodes.add(new Node(at(where), map));
        }
        return nodes;
    }

    String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    boolean flag(String name) {
        if (fields.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    /** Reads a whole number that is not negative. */
    long count(String name) {
        @Nullable Object number = fields.get(name);
        if ((number instanceof Long || number instanceof Integer) && ((Number) number).longValue() >= 0) {
            return ((Number) number).longValue();
        }
        throw wrong(name, "a whole number, 0 or more");
    }

    /** Reads an ISO day. */
    LocalDate day(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "a day as YYYY-MM-DD");
        }
    }

    private Deriver.UnparsableException wrong(String name, String expected) {
        return new Deriver.UnparsableException(at(name), "expected " + expected);
    }

    private String at(String name) {
        return path + "/" + name;
    }
}
