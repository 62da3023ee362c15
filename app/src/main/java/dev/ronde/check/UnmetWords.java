package dev.ronde.check;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people are told where a condition without a message of its own did not hold. */
final class UnmetWords {
    private UnmetWords() {}

    /**
     * Returns the keys of the texts that may say it, the closest first.
     *
     * @param condition id of the condition, null where something else is the cause
     * @param reason why the run has no result
     */
    static Stream<String> keys(@Nullable String condition, @Nullable String reason) {
        return condition == null
                ? Stream.empty()
                : Stream.of(condition, reason)
                        .filter(Objects::nonNull)
                        .map(name -> "check.unmet." + name.replace('-', '_'));
    }
}
