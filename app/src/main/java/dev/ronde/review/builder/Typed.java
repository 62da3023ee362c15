package dev.ronde.review.builder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What stands in the fields of the form, just as it was typed.
 *
 * @param fields name of a field to its values, in the order of the page
 */
public record Typed(Map<String, List<String>> fields) {

    private static final String QUESTION = "checklist.";
    private static final Pattern PLACE = Pattern.compile("checklist\\.(\\d{1,6})(\\..+)");

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

    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    String word(String name) {
        return text(name).strip();
    }

    public List<String> words(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
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
        List<Integer> rows = questions();
        Map<String, List<String>> moved = new LinkedHashMap<>();
        fields.forEach((name, values) -> {
            Matcher question = PLACE.matcher(name);
            if (!question.matches()) {
                moved.put(name, values);
                return;
            }
            int row = rows.indexOf(Integer.valueOf(question.group(1)));
            if (row >= 0) {
                moved.put(QUESTION + row + question.group(2), values);
            }
        });
        return new Typed(moved);
    }
}
