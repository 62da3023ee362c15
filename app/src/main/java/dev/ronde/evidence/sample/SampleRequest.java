package dev.ronde.evidence.sample;

import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/evidence/freezes/{id}/samples}.
 *
 * @param seed at least 20 digits, or {@code checkpoint}; absent where a sample is extended
 * @param n how many rows; of an extension, how many more
 */
public record SampleRequest(
        @Nullable String population,
        @Nullable String seed,
        @Nullable Integer n,
        @Nullable String stratifiedBy,
        @Nullable String givenBy,
        @Nullable Boolean extend) {
    static final String CHECKPOINT = "checkpoint";
    static final int MOST = 1_000;

    boolean extending() {
        return Boolean.TRUE.equals(extend);
    }

    /** The table; 422 with a pointer for each field that cannot be accepted. */
    SampledTable check() {
        List<FieldError> errors = new ArrayList<>();
        SampledTable table =
                SampledTable.of(Objects.requireNonNullElse(population, "")).orElse(null);
        if (table == null) {
            errors.add(new FieldError(
                    "/population",
                    "unknown_population",
                    "Name one of: "
                            + String.join(
                                    ", ",
                                    List.of(SampledTable.values()).stream()
                                            .map(SampledTable::word)
                                            .toList())
                            + "."));
        }
        if (n == null || n < 1 || n > MOST) {
            errors.add(new FieldError("/n", "bad_size", "Say how many rows to draw, from 1 to " + MOST + "."));
        }
        String given = Objects.requireNonNullElse(seed, "");
        if (extending() && !(given + blank(stratifiedBy) + blank(givenBy)).isEmpty()) {
            errors.add(new FieldError("/extend", "keeps_seed", "An extension keeps its seed. Say only how many more."));
        } else if (!extending() && !given.equals(CHECKPOINT) && !given.matches("[0-9]{20,200}")) {
            errors.add(new FieldError(
                    "/seed",
                    "bad_seed",
                    "The auditor gives the seed: at least 20 digits. Or write " + CHECKPOINT
                            + ", for the first checkpoint sealed after the freeze."));
        }
        if (blank(givenBy).length() > 200) {
            errors.add(new FieldError("/given_by", "too_long", "Say in at most 200 characters who gave the seed."));
        }
        if (!errors.isEmpty() || table == null) {
            throw Problem.invalid(errors);
        }
        return table;
    }

    static String blank(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
