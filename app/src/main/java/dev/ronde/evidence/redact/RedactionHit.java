package dev.ronde.evidence.redact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in stored evidence, or in another stored text, that the newest rules would not let through; never the text itself.
 *
 * @param recId the record, or the row of another table
 * @param place where in its data, for example {@code facts.root.version}; of another table it begins with the name of that
 * @param rule name of the rule
 * @param rules version of the rules that found it
 * @param foundAt when it was found, UTC
 */
public record RedactionHit(
        UUID recId,
        String place,
        String rule,
        @Nullable String assetRef,
        @Nullable String checkId,
        int rules,
        Instant foundAt) {}
