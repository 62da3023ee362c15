package dev.ronde.review.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The form as its template shows it.
 *
 * @param typed its questions numbered without a gap
 * @param offers by the name of the field
 * @param more for the name of a field, how many empty inputs are offered beyond the usual ones
 */
public record FormPage(Typed typed, Map<String, Offers> offers, Map<String, Integer> more, List<FormFault> faults) {

    public static final List<String> SCOPE = List.of("scope.kinds", "scope.units", "scope.environments", "scope.tags");

    private static final int QUESTIONS = 3;

    /**
     * A word to choose.
     *
     * @param label what people call it; the word itself where it has no other name
     * @param assets how many active assets have it; -1 where nobody counts
     */
    public record Offer(String word, String label, int assets) {}

    /**
     * The words that a field may hold.
     *
     * @param boxes those to tick
     * @param suggestions those to be offered while one is typed
     */
    public record Offers(List<Offer> boxes, List<Offer> suggestions) {}

    public record Box(Offer offer, boolean ticked) {}

    public record Row(int number, String name, boolean filled) {}

    /** What a field holds; the refs of assets all in one, wherever they were typed. */
    public String text(String field) {
        return field.equals("scope.assets") ? String.join("\n", typed.words(field)) : typed.text(field);
    }

    public boolean holds(String field, String word) {
        return typed.words(field).contains(word);
    }

    /** Empty if nothing is wrong with the field. */
    public String fault(String field) {
        return faults.stream()
                .filter(fault -> fault.field().equals(field))
                .map(FormFault::sentence)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    public boolean wrong(String field, String word) {
        return faults.stream()
                .anyMatch(fault -> fault.field().equals(field) && fault.word().equals(word));
    }

    /** Whether something below this name is wrong, or was set: then it is not folded away. */
    public boolean shown(String field) {
        return faults.stream().anyMatch(fault -> fault.field().startsWith(field))
                || typed.fields().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith(field)
                                && !entry.getKey().endsWith(".default")
                                && entry.getValue().stream().anyMatch(text -> !text.isBlank()));
    }

    public List<Box> boxes(String field) {
        return of(field).boxes().stream()
                .map(offer -> new Box(offer, holds(field, offer.word())))
                .toList();
    }

    public List<Offer> suggestions(String field) {
        return of(field).suggestions();
    }

    public List<String> others(String field) {
        List<String> boxes = of(field).boxes().stream().map(Offer::word).toList();
        List<String> others = new ArrayList<>(typed.words(field).stream()
                .filter(word -> !boxes.contains(word))
                .toList());
        IntStream.range(0, 1 + more.getOrDefault(field, 0)).forEach(input -> others.add(""));
        return others;
    }

    public List<Row> rows() {
        int filled = typed.questions().size();
        int all = filled + QUESTIONS + more.getOrDefault("checklist", 0);
        return IntStream.range(0, all)
                .mapToObj(row -> new Row(row + 1, "checklist." + row, row < filled))
                .toList();
    }

    /** How many more empty inputs there are to be when more are asked for: what the page had, and three. */
    public static Map<String, Integer> more(Typed typed, String asked) {
        if (asked.equals("questions")) {
            int empty = typed.places() - typed.questions().size();
            return Map.of("checklist", Math.max(0, empty - QUESTIONS) + QUESTIONS);
        }
        List<String> fields = asked.equals("words") ? SCOPE : List.of(asked);
        return fields.stream()
                .collect(Collectors.toMap(field -> field, field -> Math.max(0, typed.blanks(field) - 1) + 2));
    }

    private Offers of(String field) {
        return offers.getOrDefault(field, new Offers(List.of(), List.of()));
    }
}
