package dev.ronde.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Result of one check run; {@code waived} and {@code stale} are computed when it is read and are not outcomes. */
public enum Outcome {
    /** The probe completed, its evidence is sufficient, and every assertion holds. */
    PASS,
    /** At least one assertion is proven false. */
    FAIL,
    /** The tool failed, so nothing is known; never a pass. */
    ERROR,
    /** The tool worked but cannot conclude. */
    UNKNOWN,
    /** Proven irrelevant for this asset. */
    NOT_APPLICABLE;

    /** Returns whether something was found out about the asset. */
    public boolean isDecided() {
        return this != ERROR && this != UNKNOWN;
    }

    /** Returns the spelling of the API and the check files, for example {@code not_applicable}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Outcome> find(String code) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.code().equals(code))
                .findFirst();
    }
}
