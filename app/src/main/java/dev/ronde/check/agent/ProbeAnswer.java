package dev.ronde.check.agent;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.Vantage;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Cut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an agent found, as it travels.
 *
 * @param facts typed facts; null where the probe failed
 * @param vantage where the packets came from, as the agent proved it; null where none were sent
 * @param reason reason code of a failure; null where there are facts
 * @param said what it says of a failure
 */
public record ProbeAnswer(
        @Nullable JsonNode facts,
        @Nullable Vantage vantage,
        @Nullable String resolved,
        List<Exchange> exchanges,
        @Nullable String reason,
        List<Told> said) {
    public record Told(@Nullable String code, @Nullable List<@Nullable String> arguments) {}

    /** A document from outside may lack anything. */
    public ProbeAnswer {
        said = said == null ? List.of() : said.stream().filter(Objects::nonNull).toList();
        exchanges = exchanges == null
                ? List.of()
                : exchanges.stream().filter(Objects::nonNull).toList();
    }

    private static final int LONGEST = 300;
    /** Five of a probe, and one or more canaries for each of the two families. */
    private static final int MOST_EXCHANGES = 16;

    private static final int MOST_SAID = 20;
    private static final Pattern WORDS = Pattern.compile("[\\x20-\\x7e]{1,400}");
    private static final Pattern OUTCOME = Pattern.compile("[a-z-]{1,16}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
    private static final Set<String> TRANSPORTS = Set.of("tcp", "udp");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    static ProbeAnswer of(ProbeResult result) {
        if (result instanceof ProbeResult.Failed failed) {
            return new ProbeAnswer(
                    null,
                    null,
                    failed.resolved(),
                    failed.exchanges(),
                    failed.reason().code(),
                    failed.said().stream()
                            .map(said -> new Told(said.saying().code(), List.copyOf(said.arguments())))
                            .toList());
        }
        ProbeResult.Collected collected = (ProbeResult.Collected) result;
        return new ProbeAnswer(
                Json.tree(Json.write(collected.facts())),
                collected.vantage(),
                collected.resolved(),
                collected.exchanges(),
                null,
                List.of());
    }

    /** The zone is that of the work it took: an agent is believed what it saw, not its own position. */
    ProbeResult result(String zone) {
        List<Exchange> seen = exchanges.stream()
                .limit(MOST_EXCHANGES)
                .filter(ProbeAnswer::credible)
                .map(exchange -> in(zone, exchange))
                .toList();
        if (facts == null || !facts.isObject() || vantage == null) {
            ProbeFailure failure = Arrays.stream(ProbeFailure.values())
                    .filter(known -> known.code().equals(reason))
                    .findFirst()
                    .orElse(ProbeFailure.CRASH);
            return new ProbeResult.Failed(failure, told(), resolved, seen);
        }
        Vantage from = new Vantage(zone, vantage.canaryOk(), Objects.requireNonNullElse(vantage.proof(), "unproven"));
        Map<String, Object> document = Json.object(facts);
        document.put("vantage", from.facts());
        return new ProbeResult.Collected(document, from, resolved, seen);
    }

    /** In its own words, which no other language has, where there is more of it than a sentence may hold. */
    private List<Said> told() {
        List<Said> told = said.stream()
                .limit(MOST_SAID)
                .flatMap(one -> read(one).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        int filled = told.stream()
                .flatMap(one -> one.arguments().stream())
                .mapToInt(String::length)
                .sum();
        if (told.isEmpty() || filled > LONGEST) {
            String own = told.isEmpty() ? "the agent gave no reason" : Cut.to(Said.english(told), LONGEST);
            return List.of(Said.of(Saying.AGENT_TOLD, own));
        }
        told.add(0, Said.of(Saying.AGENT_SAYS));
        return told;
    }

    private static Optional<Said> read(Told told) {
        List<String> arguments = new ArrayList<>();
        for (String argument : told.arguments() == null ? List.<String>of() : told.arguments()) {
            arguments.add(Objects.requireNonNullElse(argument, ""));
        }
        return told.code() == null ? Optional.empty() : Said.read(told.code(), arguments);
    }

    List<Exchange> storable(String zone) {
        return exchanges.stream()
                .limit(MOST_EXCHANGES)
                .filter(exchange -> exchange.wire() != null && credible(exchange))
                .map(exchange -> in(zone, exchange))
                .toList();
    }

    private static boolean credible(Exchange exchange) {
        Exchange.Wire wire = exchange.wire();
        return is(WORDS, exchange.what())
                && is(OUTCOME, exchange.outcome())
                && (wire == null
                        || (wire.transport() != null
                                && TRANSPORTS.contains(wire.transport())
                                && is(ADDRESS, wire.remoteAddress())
                                && (wire.localAddress() == null || is(ADDRESS, wire.localAddress()))
                                && wire.startedAt() != null
                                && wire.startedAt().isAfter(Instant.EPOCH)
                                && wire.startedAt().isBefore(LATEST)));
    }

    private static boolean is(Pattern form, @Nullable String text) {
        return text != null && form.matcher(text).matches();
    }

    private static Exchange in(String zone, Exchange exchange) {
        Exchange.Wire wire = exchange.wire();
        return wire == null
                ? exchange
                : new Exchange(
                        exchange.what(),
                        exchange.outcome(),
                        exchange.status(),
                        exchange.bytesOut(),
                        exchange.bytesRead(),
                        exchange.millis(),
                        new Exchange.Wire(
                                zone,
                                wire.transport(),
                                wire.startedAt(),
                                wire.localAddress(),
                                wire.localPort(),
                                wire.remoteAddress(),
                                wire.remotePort()));
    }
}
