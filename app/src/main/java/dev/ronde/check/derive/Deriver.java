package dev.ronde.check.derive;

import java.util.List;
import java.util.Map;

/** Turns one document into facts; pure, so that a run can be repeated years later from the same input. */
public interface Deriver {
    /** Returns name and version as {@code probe.derive} of a check file uses them, for example {@code azure.nsg.exposure/1}. */
    String name();

    /**
     * Derives the facts.
     *
     * @throws UnparsableException for anything it does not understand; nothing is ever skipped
     */
    Map<String, Object> derive(Input input);

    /** Whether part of the document is enough to prove a failure, since the rest can only add failures. */
    default boolean addsUp() {
        return false;
    }

    /**
     * Everything a derivation depends on.
     *
     * @param document facts of the probe or content of the snapshot: maps, lists, strings, {@code Long}, {@code Boolean}
     * @param params effective parameters of the check
     * @param asset fields of the asset as expressions see them
     */
    record Input(Map<String, Object> document, Map<String, Object> params, Map<String, Object> asset) {
        /** Returns the texts of a list among the parameters; empty where the check has no such parameter. */
        public List<String> texts(String param) {
            return params.get(param) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }
}
