package dev.ronde.check;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people are told where a condition without a message of its own did not hold, and what reasons mean. */
final class UnmetWords {
    private UnmetWords() {}

    /**
     * Returns the keys of the texts that may say it, the closest first.
     *
     * @param names id of the condition, and why the run has no result
     */
    static Stream<String> keys(@Nullable String... names) {
        return Arrays.stream(names).filter(Objects::nonNull).map(name -> "check.unmet." + name.replace('-', '_'));
    }
}
