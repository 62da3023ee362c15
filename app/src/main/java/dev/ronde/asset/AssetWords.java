package dev.ronde.asset;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the catalogue of checks makes of the inventory's words; asked anew for every request. */
public interface AssetWords {
    /** The kinds of {@code checks/protections.yaml}. */
    Set<String> kinds();

    /** Why an asset of the kind cannot be given a tag; empty for fine ones and for all that mean nothing to checks. */
    default Optional<Refusal> refusal(String kind, String tag) {
        return Optional.empty();
    }

    /**
     * Why a word is not taken.
     *
     * @param code the key of the message, {@code asset.error.<code>}
     * @param arguments what fills it
     */
    record Refusal(String code, List<String> arguments) {}
}
