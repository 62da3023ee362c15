package dev.ronde.platform.http;

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
     * A page of a list that is short enough to be read whole, so that {@code sort} may name any field of its items.
     *
     * @param unsorted items as they are answered, in their usual order
     * @param key names an item
     */
    public static <T> PageOf<T> whole(List<T> unsorted, Query query, Function<T, Object> key) {
        List<T> all = FieldOrder.sorted(unsorted, query);
        String after = query.cursor(1).map(cursor -> cursor.get(0)).orElse("");
        int from = 0;
        while (!after.isEmpty()
                && from < all.size()
                && !key.apply(all.get(from)).toString().equals(after)) {
            from++;
        }
        if (!after.isEmpty() && from == all.size()) {
            throw Cursor.bad();
        }
        List<T> rest = all.subList(after.isEmpty() ? 0 : from + 1, all.size());
        List<T> rows = rest.subList(0, Math.min(rest.size(), query.limit() + 1));
        return of(rows, query.limit(), all.size(), item -> Cursor.of(key.apply(item)));
    }

    /** A page of a list that was counted up to {@code most}: a count that reached it is a lower bound. */
    public static <T> PageOf<T> counted(List<T> rows, int limit, long count, long most, Function<T, Cursor> cursor) {
        PageOf<T> page = of(rows, limit, count, cursor);
        return new PageOf<>(page.items(), page.nextCursor(), count, count < most);
    }
}
