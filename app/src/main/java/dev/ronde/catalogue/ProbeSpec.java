package dev.ronde.catalogue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a check collects its facts.
 *
 * @param type name of a probe, {@code snapshot} or {@code attestation}
 * @param vantage where packets must come from
 * @param passive whether no packet is sent at all
 * @param target entries such as {@code host} and {@code port} with {@code {{asset.field | default}}}, {@code {{params.name}}} and {@code {{resolver.host}}}
 *     places; empty where no packet is sent
 * @param limits the check's own budget
 * @param source snapshot source; null for all others
 * @param derive deriver; null for none
 * @param frequency how long the word of a person counts; null where none is asked for
 */
public record ProbeSpec(
        String type,
        Vantage vantage,
        boolean passive,
        Map<String, String> target,
        Limits limits,
        @Nullable String source,
        @Nullable String derive,
        @Nullable Duration frequency) {
    /** Type of the probe that reads the newest pushed snapshot. */
    public static final String SNAPSHOT = "snapshot";

    /** Type of the probe that reads what a person stated last. */
    public static final String ATTESTATION = "attestation";

    public static final List<String> WITHOUT_PACKETS = List.of(SNAPSHOT, ATTESTATION);

    /** Type of the probe that connects to a port and closes; it alone goes over many ports. */
    static final String CONNECT = "tcp.connect";

    /** Entry of {@code target} that names the ports of a sweep, in place of {@code port}. */
    public static final String PORTS = "ports";

    static final Set<String> RESOLVER = Set.of("host", "port");

    static final Pattern PLACE = Pattern.compile(
            "\\{\\{\\s*(asset|params|resolver)\\.([A-Za-z_][A-Za-z0-9_]*)\\s*(?:\\|\\s*([^}|]*?)\\s*)?}}");

    public enum Vantage {
        ANY,
        EXTERNAL
    }

    /**
     * Budget of one collection; the installation's policy may lower it.
     *
     * @param ports ports a sweep looks at; each look has the rest of the budget to itself
     * @param sweep time after which a sweep begins no further look
     */
    public record Limits(int requests, Duration connect, Duration total, int maxBytes, int ports, Duration sweep) {}

    /** Returns whether it goes over many ports of its host, one after the other. */
    public boolean sweeps() {
        return target.containsKey(PORTS);
    }

    public Duration longest() {
        return sweeps() ? limits.sweep().plus(limits.total()) : limits.total();
    }

    public boolean readsSnapshot() {
        return type.equals(SNAPSHOT);
    }

    public boolean asksPerson() {
        return type.equals(ATTESTATION);
    }

    /**
     * Fills the places of a target entry; empty where a field without a default is absent.
     *
     * @param asset fields as expressions see them
     * @param params effective parameters
     * @param resolver fields of the resolver that this installation asks
     */
    public static Optional<String> fill(
            String template, Map<String, Object> asset, Map<String, Object> params, Map<String, Object> resolver) {
        Map<String, Map<String, Object>> sources = Map.of("asset", asset, "params", params, "resolver", resolver);
        Matcher matcher = PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            Object found = Optional.ofNullable(sources.get(matcher.group(1)))
                    .map(source -> source.get(matcher.group(2)))
                    .orElse(null);
            String text = found == null
                    ? matcher.group(3)
                    : found instanceof List<?> list
                            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : String.valueOf(found);
            if (text == null) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(text));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }
}
