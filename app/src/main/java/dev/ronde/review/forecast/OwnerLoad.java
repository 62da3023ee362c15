package dev.ronde.review.forecast;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one person has to do.
 *
 * @param owner mail address; empty for what nobody owns
 * @param overdue reviews that are due before the first week
 * @param weeks reviews due in each week, the first one being the present
 */
public record OwnerLoad(String owner, String name, int overdue, List<Integer> weeks) {

    public OwnerLoad {
        weeks = List.copyOf(weeks);
    }

    /** Includes what was due before the weeks. */
    public int total() {
        return overdue + weeks.stream().mapToInt(Integer::intValue).sum();
    }

    public int peak() {
        return weeks.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The first week with the most, counted from 0. */
    public int busiest() {
        return weeks.indexOf(peak());
    }

    /** The same in blocks of so many weeks; the last block may be shorter. */
    public List<Integer> blocks(int size) {
        return IntStream.range(0, (weeks.size() + size - 1) / size)
                .mapToObj(block -> weeks.subList(block * size, Math.min(weeks.size(), (block + 1) * size)).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .toList();
    }
}
