package dev.ronde.check.derive;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Derives facts from a document in JSON (quotes may be single ones) for tests. */
public final class Exposed {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final Map<String, Object> PARAMS = Map.of(
            "sensitivePorts", List.of("22/tcp", "3389/tcp", "9200/tcp", "9300/tcp", "11211/udp"),
            "publishedPorts", List.of("80/tcp", "443/tcp", "443/udp"));

    private final Map<String, Object> facts;

    private Exposed(Map<String, Object> facts) {
        this.facts = facts;
    }

    public static Exposed by(Deriver deriver, String json) {
        return new Exposed(deriver.derive(new Deriver.Input(document(json), PARAMS, Map.of())));
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> document(String json) {
        return JSON.readValue(json.replace('\'', '"'), Map.class);
    }

    /** What is open, in words, the worst first. */
    public List<String> words() {
        return exposures().stream()
                .map(exposure -> String.valueOf(exposure.get("words")))
                .toList();
    }

    /** Reaches in the same order. */
    public List<String> reaches() {
        return exposures().stream()
                .map(exposure -> String.valueOf(exposure.get("reach")))
                .toList();
    }

    /** What strangers reach on sensitive ports. */
    public String sensitive() {
        return String.valueOf(((Map<?, ?>) facts.get("sensitive")).get("words"));
    }

    /** What strangers reach that nobody published. */
    public String unpublished() {
        return String.valueOf(((Map<?, ?>) facts.get("unpublished")).get("words"));
    }

    public String notes() {
        return String.valueOf(facts.get("notes"));
    }

    public Map<?, ?> set() {
        return (Map<?, ?>) facts.get("set");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> exposures() {
        return (List<Map<String, Object>>) facts.get("exposures");
    }
}
