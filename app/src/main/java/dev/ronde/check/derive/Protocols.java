package dev.ronde.check.derive;

import dev.ronde.catalogue.Saying;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Protocols as AWS and Google name them: a word, or a number of the IANA registry "Assigned Internet Protocol Numbers". */
public final class Protocols {
    private static final Map<String, String> NUMBERS = Map.of(
            "1", "icmp", "6", "tcp", "17", "udp", "50", "esp", "51", "ah", "58", "icmpv6", "94", "ipip", "132", "sctp");

    private Protocols() {}

    /**
     * Returns the lower-case name, or the number where it has none; empty for every protocol.
     *
     * @param all what the vendor writes for every protocol
     * @throws UnparsableException for anything else
     */
    public static Optional<String> of(Section rule, String field, String all) {
        String word = rule.required(field).toLowerCase(java.util.Locale.ROOT);
        if (word.equals(all)) {
            return Optional.empty();
        }
        if (word.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(word) <= 255) {
            return Optional.of(NUMBERS.getOrDefault(word, word));
        }
        if (NUMBERS.containsValue(word)) {
            return Optional.of(word);
        }
        throw rule.problem(Saying.FIELD_NO_PROTOCOL, field, Section.shown(word));
    }

    public static @Nullable Set<String> set(Optional<String> protocol) {
        return protocol.map(Set::of).orElse(null);
    }
}
