package dev.ronde.finding.waiver;

import java.util.Arrays;
import java.util.Optional;

public enum WaiverCategory {
    /** The risk is known and borne. */
    ACCEPTED_RISK("accepted-risk"),
    /** Something else protects the asset; the check of it may be named. */
    COMPENSATING_CONTROL("compensating-control"),
    /** The check is wrong about this asset. */
    FALSE_POSITIVE("false-positive");

    private final String code;

    WaiverCategory(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static Optional<WaiverCategory> find(String code) {
        return Arrays.stream(values())
                .filter(category -> category.code.equals(code))
                .findFirst();
    }
}
