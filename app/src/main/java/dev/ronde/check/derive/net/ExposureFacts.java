package dev.ronde.check.derive.net;

import dev.ronde.platform.text.Cut;
import dev.ronde.platform.text.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts of {@code network.exposure.v1}, the same for every vendor. */
public final class ExposureFacts {
    private static final int MOST = 100;
    private static final int SAID = 3;
    private static final int MOST_RULES = 20;
    private static final int MOST_TEXT = 600;
    private static final int MOST_NAME = 400;

    private final Map<String, Port> sensitive = new LinkedHashMap<>();
    private final Map<String, PortSet> published = new LinkedHashMap<>();

    /**
     * For what the owner says about ports, each {@code 443/tcp} or {@code 8000-8100/tcp}.
     *
     * @param sensitive ports that must not face strangers
     * @param published ports that may
     * @throws IllegalArgumentException for one that cannot be read
     */
    public ExposureFacts(List<String> sensitive, List<String> published) {
        sensitive.forEach(text ->
                this.sensitive.put(text, new Port(protocol(text), range(text).first())));
        Map<String, List<PortSet.Range>> ranges = new LinkedHashMap<>();
        published.forEach(text -> ranges.computeIfAbsent(protocol(text), first -> new ArrayList<>())
                .add(range(text)));
        ranges.forEach((protocol, all) -> this.published.put(protocol, PortSet.of(all)));
    }

    private record Port(String protocol, int number) {}

    private static PortSet.Range range(String text) {
        int slash = text.indexOf('/');
        return PortSet.range(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a port such as 443/tcp"));
    }

    private static String protocol(String text) {
        return text.substring(text.indexOf('/') + 1);
    }

    private record Ranking(Exposure exposure, List<String> sensitive, boolean published) {
        private String words() {
            return shortened(ExposureWords.of(exposure));
        }

        private String identity() {
            return String.join(
                    "|",
                    exposure.reach().code(),
                    exposure.addresses().ranges().toString(),
                    new TreeSet<>(exposure.named()).toString(),
                    exposure.protocols().toString(),
                    exposure.ports().ranges().toString(),
                    exposure.chains().stream()
                            .map(chain -> chain.stream().map(Ranking::rule).toList())
                            .toList()
                            .toString(),
                    sensitive.toString());
        }

        private static List<Object> rule(NetworkRule rule) {
            return Arrays.asList(rule.name(), rule.owner(), rule.priority(), rule.scope());
        }

        private int rank() {
            boolean wide = exposure.reach().wide();
            boolean unknown = exposure.reach() == Reach.UNRESOLVED;
            return !sensitive.isEmpty() && wide
                    ? 0
                    : !published && wide ? 1 : !sensitive.isEmpty() && unknown ? 2 : wide || unknown ? 3 : 4;
        }
    }

    /**
     * Returns the facts.
     *
     * @param set what is known of the rule set as such
     * @param notes what the result leaves open, in words
     */
    public Map<String, Object> of(List<Exposure> exposures, Map<String, Object> set, Set<String> notes) {
        return of(exposures, set, notes, MOST, MOST_RULES);
    }

    /** Returns the facts as {@link #of} does, but with every exposure and every rule: to be shown, not to be stored. */
    public Map<String, Object> whole(List<Exposure> exposures, Map<String, Object> set, Set<String> notes) {
        return of(exposures, set, notes, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Returns whether facts leave out exposures, or may leave out rules of one. */
    public static boolean shortened(Map<String, Object> facts) {
        return !Long.valueOf(0).equals(facts.getOrDefault("more", 0L))
                || (facts.get("exposures") instanceof List<?> exposures
                        && exposures.stream()
                                .anyMatch(exposure -> exposure instanceof Map<?, ?> fact
                                        && fact.get("rules") instanceof List<?> rules
                                        && rules.size() >= MOST_RULES));
    }

    public static String name(String rule) {
        return shortened(rule, MOST_TEXT);
    }

    private Map<String, Object> of(
            List<Exposure> exposures, Map<String, Object> set, Set<String> notes, int most, int mostRules) {
        List<Ranking> judged = exposures.stream()
                .map(this::judged)
                .sorted(Comparator.comparingInt(Ranking::rank))
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Object> about = new LinkedHashMap<>(set);
        about.computeIfPresent("name", (key, name) -> shortened(String.valueOf(name), MOST_NAME));
        facts.put("set", about);
        facts.put(
                "exposures",
                judged.stream().limit(most).map(one -> fact(one, mostRules)).toList());
        facts.put("more", (long) Math.max(0, judged.size() - most));
        facts.put(
                "sensitive", open(judged.stream().filter(one -> one.rank() == 0).toList()));
        facts.put(
                "unpublished",
                open(judged.stream()
                        .filter(one -> one.exposure().reach().wide() && !one.published())
                        .toList()));
        facts.put(
                "notes",
                notes.stream()
                        .limit(MOST)
                        .map(note -> shortened(note, MOST_NAME))
                        .toList());
        return facts;
    }

    private Ranking judged(Exposure exposure) {
        List<String> open = new ArrayList<>();
        sensitive.forEach((text, port) -> {
            if (exposure.opens(port.protocol(), port.number())) {
                open.add(text);
            }
        });
        boolean allPublished = exposure.protocols().stream()
                .allMatch(protocol -> Exposures.WITH_PORTS.contains(protocol)
                        ? exposure.ports()
                                .minus(published.getOrDefault(protocol, new PortSet(List.of())))
                                .isEmpty()
                        : protocol.equals("icmp") || protocol.equals("icmpv6") || published.containsKey(protocol));
        return new Ranking(exposure, open, allPublished);
    }

    private static Map<String, Object> fact(Ranking judged, int mostRules) {
        Exposure exposure = judged.exposure();
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("words", judged.words());
        fact.put("reach", exposure.reach().code());
        fact.put("source", shortened(ExposureWords.source(exposure)));
        fact.put("protocols", exposure.protocols().stream().limit(MOST).toList());
        fact.put("ports", shortened(String.join(",", exposure.ports().texts("-"))));
        fact.put(
                "rules",
                exposure.chains().stream()
                        .flatMap(List::stream)
                        .map(ExposureFacts::rule)
                        .distinct()
                        .limit(mostRules)
                        .toList());
        fact.put("sensitive", judged.sensitive());
        fact.put("published", judged.published());
        return fact;
    }

    private static Map<String, Object> rule(NetworkRule rule) {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("name", name(rule.name()));
        put(fact, "owner", rule.owner());
        Integer priority = rule.priority();
        put(fact, "priority", priority == null ? null : Long.valueOf(priority));
        return fact;
    }

    private static void put(Map<String, Object> fact, String name, @Nullable Object value) {
        if (value != null) {
            fact.put(name, value);
        }
    }

    /** The list is sorted, so that it stays the same while nothing changes; the digest covers the whole. */
    private static Map<String, Object> open(List<Ranking> open) {
        List<String> words = open.stream().limit(MOST).map(Ranking::words).toList();
        String said = String.join("; ", words.subList(0, Math.min(SAID, words.size())))
                + (open.size() > SAID ? "; and " + (open.size() - SAID) + " more" : "");
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("words", said);
        fact.put("open", List.copyOf(new TreeSet<>(words)));
        fact.put(
                "digest",
                "sha256:"
                        + Sha256.hex(
                                open.stream().map(Ranking::identity).sorted().collect(Collectors.joining("\n"))));
        return fact;
    }

    private static String shortened(String text) {
        return shortened(text, MOST_TEXT);
    }

    private static String shortened(String text, int most) {
        return Cut.marked(text, most);
    }
}
