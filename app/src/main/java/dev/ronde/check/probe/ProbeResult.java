package dev.ronde.check.probe;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public sealed interface ProbeResult {
    /** In order; empty if no packet left. */
    List<Exchange> exchanges();

    /** {@code address:port}, or null if nothing was connected to. */
    @Nullable
    String resolved();

    /**
     * Facts were collected.
     *
     * @param facts typed document of the probe's fact schema: maps, lists, strings, {@code Long}, {@code Boolean}; no nulls, no
     *     doubles; holds {@code vantage} as {@link Vantage#facts()} where packets were sent
     * @param vantage where the packets came from and whether this vantage is proven able to reach anything; null for facts
     *     without packets
     * @param resolved address and port connected to, null where none
     * @param exchanges what was exchanged; never the bytes
     */
    record Collected(
            Map<String, Object> facts,
            @Nullable Vantage vantage,
            @Nullable String resolved,
            List<Exchange> exchanges) implements ProbeResult {
        public Collected {
            facts = Map.copyOf(facts);
            exchanges = List.copyOf(exchanges);
        }
    }

    /**
     * The probe could not do its work.
     *
     * @param reason why, from a closed list
     * @param said what the operator is told, without anything the target sent; names the missing key for a denied target
     * @param resolved address and port, null where none
     * @param exchanges what was exchanged before
     */
    record Failed(
            ProbeFailure reason, List<Said> said, @Nullable String resolved, List<Exchange> exchanges)
            implements ProbeResult {
        public Failed {
            said = List.copyOf(said);
            exchanges = List.copyOf(exchanges);
        }

        public String detail() {
            return Said.english(said);
        }
    }

    static ProbeResult failed(ProbeFailure reason, Saying saying, @Nullable Object... arguments) {
        return new Failed(reason, List.of(Said.of(saying, arguments)), null, List.of());
    }
}
