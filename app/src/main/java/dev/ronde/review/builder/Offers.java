package dev.ronde.review.builder;

import java.util.List;

/**
 * The words that a field may hold.
 *
 * @param boxes those to tick
 * @param suggestions those to be offered while one is typed
 */
public record Offers(List<Offer> boxes, List<Offer> suggestions) {

    public static final Offers NONE = new Offers(List.of(), List.of());

    public Offers {
        boxes = List.copyOf(boxes);
        suggestions = List.copyOf(suggestions);
    }
}
