package dev.ronde.asset.bulk;

import dev.ronde.asset.field.AssetField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to many assets at once. */
enum BulkAction {
    OWNER,
    ADD_TAG,
    REMOVE_TAG,
    CHECKS,
    EXPORT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesValue() {
        return this == OWNER || this == ADD_TAG || this == REMOVE_TAG;
    }

    AssetField field() {
        return this == OWNER ? AssetField.OWNER : AssetField.TAGS;
    }

    static Optional<BulkAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
