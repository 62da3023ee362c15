package dev.ronde.account;

import dev.ronde.platform.resource.ReaderWords;
import java.util.Optional;

/**
 * What is wrong with one field of a form.
 *
 * @param field id of the input
 * @param message in the reader's language
 */
public record FormError(String field, String message) {
    static Optional<FormError> ofName(String name, ReaderWords say) {
        String spaced = Names.spaced(name);
        if (spaced.isEmpty() || Names.isTooLong(spaced)) {
            String key = spaced.isEmpty() ? "account.setup.name.missing" : "account.name.too_long";
            return Optional.of(new FormError("name", say.text(key)));
        }
        return Names.fault(spaced)
                .map(fault -> new FormError("name", say.text("account.name." + fault.code(), fault.character())));
    }
}
