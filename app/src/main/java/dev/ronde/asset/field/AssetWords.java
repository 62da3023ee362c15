package dev.ronde.asset.field;

import dev.ronde.platform.resource.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the catalogue of checks makes of the inventory's words; asked anew for every request. */
public interface AssetWords {
    /** The kinds of {@code checks/protections.yaml}. */
    Set<String> kinds();

    /** Why an asset of this kind cannot have the tag; empty if it can or if checks ignore the tag. */
    default Optional<Refusal> refusal(String kind, String tag) {
        return Optional.empty();
    }

    /**
     * Why a word is not taken.
     *
     * @param code stable word for programs
     * @param key the key of the message, {@code asset.error.<key>}; the code or what begins with it
     * @param arguments what fills it
     */
    record Refusal(String code, String key, List<String> arguments) {
        /** The sentence that says what to write instead. */
        public String text(Messages messages, Locale locale) {
            return messages.text(locale, "asset.error." + key, arguments.toArray());
        }

        public Refusal(String code, List<String> arguments) {
            this(code, code, arguments);
        }
    }
}
