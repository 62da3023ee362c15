package dev.ronde.review.builder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The form as its template shows it.
 *
 * @param typed its questions numbered without a gap
 * @param offers by the name of the field
 */
public record FormPage(Typed typed, Map<String, Offers> offers, List<FormFault> faults) {
    /** So many empty places there are for words and for questions; each look at the page adds them anew. */
    private static final int WORDS = 2;

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
        others.addAll(Collections.nCopies(WORDS, ""));
        return others;
    }

    public List<Row> rows() {
        int filled = typed.questions().size();
        return IntStream.range(0, filled + QUESTIONS)
                .mapToObj(row -> new Row(row + 1, "checklist." + row, row < filled))
                .toList();
    }

    private Offers of(String field) {
        return offers.getOrDefault(field, new Offers(List.of(), List.of()));
    }
}
