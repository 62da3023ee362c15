package dev.ronde.review.builder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What stands in the fields of the form, just as it was typed.
 *
 * @param fields name of a field to its values, in the order of the page
 */
public record Typed(Map<String, List<String>> fields) {

    private static final String QUESTION = "checklist.";

    /** Copies what it is given; line ends become those of texts, which browsers send as two characters. */
    public Typed {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        fields.forEach((name, values) -> copy.put(
                name,
                values.stream()
                        .map(text -> text.replace("\r\n", "\n").replace('\r', '\n'))
                        .toList()));
        fields = copy;
    }

    /** The first value; empty if the field is missing. */
    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    String word(String name) {
        return text(name).strip();
    }

    /** Every value that is not blank, each once. */
    public List<String> words(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    int blanks(String name) {
        return (int) fields.getOrDefault(name, List.of()).stream()
                .filter(String::isBlank)
                .count();
    }

    List<Integer> questions() {
        return IntStream.range(0, places())
                .filter(row -> !word(QUESTION + row + ".text").isEmpty()
                        || !word(QUESTION + row + ".id").isEmpty())
                .boxed()
                .toList();
    }

    int places() {
        int places = 0;
        while (fields.containsKey(QUESTION + places + ".text")) {
            places++;
        }
        return places;
    }

    public Typed inOrder() {
        return questions(questions());
    }

    Typed questions(List<Integer> rows) {
        Map<String, List<String>> moved = new LinkedHashMap<>();
        Map<String, Map<String, List<String>>> places = new HashMap<>();
        fields.forEach((name, values) -> {
            if (name.startsWith(QUESTION)) {
                String place = name.substring(QUESTION.length());
                int end = Math.max(0, place.indexOf('.'));
                places.computeIfAbsent(place.substring(0, end), key -> new LinkedHashMap<>())
                        .put(place.substring(end), values);
            } else {
                moved.put(name, values);
            }
        });
        for (int row = 0; row < rows.size(); row++) {
            String to = QUESTION + row;
            places.getOrDefault(String.valueOf(rows.get(row)), Map.of())
                    .forEach((name, values) -> moved.put(to + name, values));
        }
        return new Typed(moved);
    }

    public Typed without(int row) {
        return questions(questions().stream().filter(kept -> kept != row).toList());
    }

    public Typed raised(int row) {
        List<Integer> rows = new ArrayList<>(questions());
        int at = rows.indexOf(row);
        if (at > 0) {
            rows.remove(at);
            rows.add(at - 1, row);
        }
        return questions(rows);
    }
}
