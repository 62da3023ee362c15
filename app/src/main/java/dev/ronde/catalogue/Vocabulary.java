package dev.ronde.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a check file may refer to.
 *
 * @param protections kinds and protections
 * @param frameworks frameworks by id
 * @param schemas fact schemas by name; a broken one is present with its problems
 * @param probes names of the probes this program has, {@code snapshot} included
 * @param derivers names of the derivers this program has
 * @param sources names of the snapshot sources
 * @param sensitivePorts ports that must not face the Internet, each {@code 9200/tcp}, in the order of their file
 */
record Vocabulary(
        Protections protections,
        Map<String, Framework> frameworks,
        Map<String, LoadedSchema> schemas,
        Set<String> probes,
        Set<String> derivers,
        Set<String> sources,
        List<String> sensitivePorts) {

    record LoadedSchema(@Nullable FactSchema schema, boolean operators, List<LoadProblem> problems) {}

    boolean knowsKind(String pattern) {
        return protections.kinds().stream().anyMatch(kind -> Protections.matches(pattern, kind));
    }
}
