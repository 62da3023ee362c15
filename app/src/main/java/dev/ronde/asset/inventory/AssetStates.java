package dev.ronde.asset.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Words by which the inventory can be narrowed to what other rooms know of an asset: late, failing, without a check. Each is a fixed
 * condition on the row {@code asset}; it may use the binds {@code :now} (the present instant) and {@code :tomorrow} (the day after it
 * in UTC, so that no zone is cut off).
 */
public final class AssetStates {
    private final List<String> words = new CopyOnWriteArrayList<>();
    private final Map<String, String> conditions = new ConcurrentHashMap<>();

    /** Words are offered in the order in which they were added. */
    public void add(String word, String condition) {
        conditions.put(word, condition);
        words.add(word);
    }

    public List<String> words() {
        return List.copyOf(words);
    }

    Optional<String> condition(String word) {
        return Optional.ofNullable(conditions.get(word));
    }
}
