package dev.ronde.asset.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to many assets at once. */
enum BulkAction {
    /** Name the owner. */
    OWNER,
    /** Add a tag. */
    ADD_TAG,
    /** Take a tag away. */
    REMOVE_TAG,
    /** Run every check now. */
    CHECKS,
    /** Download as CSV; changes nothing. */
    EXPORT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it needs an address or a tag. */
    boolean takesValue() {
        return this == OWNER || this == ADD_TAG || this == REMOVE_TAG;
    }

    static Optional<BulkAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
