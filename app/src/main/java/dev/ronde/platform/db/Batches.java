package dev.ronde.platform.db;

import java.util.ArrayList;
import java.util.List;

/** Cuts a long list into parts that are asked for in one statement each. */
public final class Batches {
    private static final int SIZE = 200;

    private Batches() {}

    public static <T> List<List<T>> of(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SIZE) {
            parts.add(all.subList(from, Math.min(all.size(), from + SIZE)));
        }
        return parts;
    }
}
