package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the list goes on; null at its end
 * @param count how many match in all
 * @param exact whether {@code count} is exact or a lower bound
 */
public record PageOf<T>(List<T> items, @Nullable String nextCursor, long count, boolean exact) {
    /** Most rows that are sorted by a column. */
    static final int SORTED = 5_000;

    public <R> PageOf<R> map(Function<T, R> mapper) {
        return new PageOf<>(items.stream().map(mapper).toList(), nextCursor, count, exact);
    }

    /** The same page, its items made of all of them at once. */
    public <R> PageOf<R> together(Function<List<T>, List<R>> mapper) {
        return new PageOf<>(mapper.apply(items), nextCursor, count, exact);
    }

    /** A page from rows fetched with one more than the limit, the sign that the list goes on. */
    public static <T> PageOf<T> of(List<T> rows, int limit, long count, Function<T, Cursor> cursor) {
        if (rows.size() <= limit) {
            return new PageOf<>(rows, null, count, true);
        }
        List<T> shown = rows.subList(0, limit);
        return new PageOf<>(shown, cursor.apply(shown.get(limit - 1)).encode(), count, true);
    }

    /**
     * A page of a list in its own order, or by {@code sort}: then the list is read whole.
     *
     * @param list reads one page in the list's own order
     * @throws Problem 422 {@code too_many_to_sort} for a longer list than {@link #SORTED}
     */
    public static <T> PageOf<T> listed(Query query, Function<Query, PageOf<T>> list) {
        if (query.text("sort").isEmpty()) {
            return list.apply(query);
        }
        List<T> all = new ArrayList<>();
        String next = null;
        do {
            PageOf<T> page = list.apply(query.following(next));
            all.addAll(page.items());
            next = page.nextCursor();
            if (all.size() > SORTED || page.count() > SORTED) {
                throw Problem.of(
                        422,
                        "too_many_to_sort",
                        "This list has more than " + SORTED + " rows. Narrow it with a filter, then sort.");
            }
        } while (next != null);
        return whole(all, query);
    }

    /** A page of a list that is short enough to be read whole, so that {@code sort} may name any field of its items. */
    public static <T> PageOf<T> whole(List<T> all, Query query) {
        long from = query.cursor(1).map(cursor -> cursor.number(0)).orElse(0L);
        if (from < 0 || from > all.size()) {
            throw Cursor.bad();
        }
        int end = (int) Math.min(all.size(), from + query.limit());
        return new PageOf<>(
                FieldOrder.sorted(all, query).subList((int) from, end),
                end == all.size() ? null : Cursor.of(end).encode(),
                all.size(),
                true);
    }

    /** A page of a list that was counted up to {@code most}: a count that reached it is a lower bound. */
    public static <T> PageOf<T> counted(List<T> rows, int limit, long count, long most, Function<T, Cursor> cursor) {
        PageOf<T> page = of(rows, limit, count, cursor);
        return new PageOf<>(page.items(), page.nextCursor(), count, count < most);
    }
}
