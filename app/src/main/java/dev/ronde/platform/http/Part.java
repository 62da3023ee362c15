package dev.ronde.platform.http;

import java.util.List;

/**
 * One of the pages that a list takes which is read whole and shown a page at a time.
 *
 * @param page from 1 on
 * @param first the place of the first item that is shown, from 1 on; 0 where the list is empty
 * @param last the place of the last item that is shown
 * @param all how many items the list has
 * @param next the page after it; 0 at the end
 */
public record Part<T>(List<T> items, int page, int first, int last, int all, int next) {

    public Part {
        items = List.copyOf(items);
    }

    /**
     * The page of this number; the first or last one where there is none of it.
     *
     * @param size how many items a page has at most
     */
    public static <T> Part<T> of(List<T> all, int number, int size) {
        int pages = Math.max(1, (all.size() + size - 1) / size);
        int page = Math.max(1, Math.min(number, pages));
        int from = (page - 1) * size;
        int until = Math.min(all.size(), from + size);
        return new Part<>(
                all.subList(from, until),
                page,
                all.isEmpty() ? 0 : from + 1,
                until,
                all.size(),
                page < pages ? page + 1 : 0);
    }
}
