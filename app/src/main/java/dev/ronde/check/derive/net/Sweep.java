package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Walks a line from bound to bound and tells which intervals cover each stretch. */
final class Sweep<T extends Comparable<T>> {
    private final TreeMap<T, List<Integer>> toggles = new TreeMap<>();

    /** Adds {@code [from, end)} of one index; intervals of one index must not overlap. */
    void add(int index, T from, T end) {
        toggles.computeIfAbsent(from, bound -> new ArrayList<>(2)).add(index);
        toggles.computeIfAbsent(end, bound -> new ArrayList<>(2)).add(index);
    }

    void run(BiConsumer<T, BitSet> stretch) {
        BitSet active = new BitSet();
        toggles.forEach((bound, changed) -> {
            changed.forEach(active::flip);
            stretch.accept(bound, active);
        });
    }
}
