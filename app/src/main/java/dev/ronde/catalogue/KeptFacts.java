package dev.ronde.catalogue;

import dev.ronde.evidence.ledger.Hash;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** The part of a fact document that may be stored, and the fingerprint of a failure. */
public final class KeptFacts {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    private KeptFacts() {}

    /** Returns the document reduced to the paths of {@code evidence.keep}; everything else is dropped. */
    public static Map<String, Object> keep(CheckDefinition check, Map<String, ?> facts) {
        Map<String, Object> kept = new LinkedHashMap<>();
        check.evidence().keep().forEach(path -> copy(facts, kept, List.of(path.split("\\.", -1))));
        return kept;
    }

    @SuppressWarnings("unchecked")
    private static void copy(Map<String, ?> from, Map<String, Object> to, List<String> path) {
        Object found = from.get(path.get(0));
        if (found == null) {
            return;
        }
        if (path.size() == 1) {
            to.put(path.get(0), found instanceof java.time.Instant time ? time.toString() : found);
        } else if (found instanceof Map<?, ?> below) {
            Map<String, Object> child = new LinkedHashMap<>();
            if (to.get(path.get(0)) instanceof Map<?, ?> existing) {
                child.putAll((Map<String, Object>) existing);
            }
            copy((Map<String, ?>) below, child, path.subList(1, path.size()));
            to.put(path.get(0), child);
        }
    }

    /**
     * Returns {@code sha256:<hex>} over check, failed assertions and the fingerprint paths: the same failure has the same
     * fingerprint, other facts have another.
     */
    public static String fingerprint(CheckDefinition check, Map<String, ?> facts, Judgement judgement) {
        Map<String, Object> identity = new TreeMap<>();
        identity.put("check", check.id());
        identity.put("failed", List.copyOf(judgement.failed()));
        Map<String, Object> values = new TreeMap<>();
        check.evidence().fingerprint().forEach(path -> {
            Map<String, Object> single = new LinkedHashMap<>();
            copy(facts, single, List.of(path.split("\\.", -1)));
            values.put(path, sorted(single));
        });
        identity.put("facts", values);
        return "sha256:" + Hash.sha256(PLAIN.writeValueAsBytes(identity)).hex();
    }

    /** Returns what identifies several failures of one run together; one alone stays what it is. */
    public static String together(Collection<String> fingerprints) {
        SortedSet<String> all = new TreeSet<>(fingerprints);
        return all.size() == 1
                ? all.first()
                : "sha256:"
                        + Hash.sha256(PLAIN.writeValueAsBytes(List.copyOf(all))).hex();
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(String.valueOf(key), sorted(item)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(KeptFacts::sorted).toList()
                : value;
    }
}
