package dev.ronde.demo;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.Vantage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends no packet: answers with facts that were recorded as fixtures of the check itself, as the story wants them. The
 * judge and everything after it is the product's own.
 */
public final class RecordedProbe implements Probe {
    private final String type;
    private final Map<String, Recording> recordings;
    private final Story story;
    private final InstantSource clock;

    private record Recording(CheckDefinition.Fixture passing, CheckDefinition.Fixture failing) {}

    private RecordedProbe(String type, Map<String, Recording> recordings, Story story, InstantSource clock) {
        this.type = type;
        this.recordings = recordings;
        this.story = story;
        this.clock = clock;
    }

    /** One for every kind of probe of the catalogue that would send packets. */
    public static List<Probe> of(Catalogue catalogue, Instant start, InstantSource clock) {
        Story story = new Story(start);
        Map<String, Map<String, Recording>> byType = new LinkedHashMap<>();
        catalogue.entries().stream()
                .map(CatalogueEntry::sound)
                .flatMap(Optional::stream)
                .filter(check -> !check.probe().passive())
                .forEach(check -> byType.computeIfAbsent(check.probe().type(), type -> new LinkedHashMap<>())
                        .put(
                                question(check.probe().target()),
                                new Recording(fixture(check, Outcome.PASS), fixture(check, Outcome.FAIL))));
        return byType.entrySet().stream()
                .<Probe>map(entry -> new RecordedProbe(entry.getKey(), entry.getValue(), story, clock))
                .toList();
    }

    /** The question that the options word tells checks of one kind of probe apart. */
    private static String question(Map<String, String> options) {
        return options.getOrDefault("path", "")
                + ' '
                + options.getOrDefault("header", "")
                + ' '
                + options.getOrDefault("marker", "");
    }

    private static CheckDefinition.Fixture fixture(CheckDefinition check, Outcome expected) {
        return check.tests().stream()
                .filter(test -> test.expect() == expected && test.params().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(check.id() + " has no fixture that is " + expected));
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean sendsPackets() {
        return false;
    }

    @Override
    public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
        Recording recording = recordings.getOrDefault(
                question(target.options()), recordings.values().iterator().next());
        return switch (story.answer(target.assetRef(), clock.instant())) {
            case PASS -> collected(recording.passing(), target);
            case FAIL -> collected(recording.failing(), target);
            case ERROR -> ProbeResult.failed(ProbeFailure.DNS_FAILURE, Saying.NAME_UNRESOLVED, target.host());
        };
    }

    private ProbeResult collected(CheckDefinition.Fixture fixture, ProbeTarget target) {
        Map<String, Object> facts = shifted(fixture.facts(), fixture.now());
        return new ProbeResult.Collected(
                facts, new Vantage("internal", true, "answer"), target.host() + ":" + target.port(), List.of());
    }

    /** Dates of a recording move with the time, so that a certificate recorded as valid stays so. */
    private Map<String, Object> shifted(Map<String, Object> facts, @Nullable Instant recordedAt) {
        if (recordedAt == null) {
            return facts;
        }
        Duration step = Duration.between(recordedAt, clock.instant());
        Map<String, Object> copy = new LinkedHashMap<>();
        facts.forEach((name, value) -> copy.put(name, shiftedValue(value, step)));
        return copy;
    }

    private static Object shiftedValue(Object value, Duration step) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), shiftedValue(inner, step)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(inner -> shiftedValue(inner, step)).toList();
        }
        if (value instanceof Instant instant) {
            return instant.plus(step);
        }
        if (value instanceof String text && text.matches("\\d{4}-\\d{2}-\\d{2}T.*Z")) {
            try {
                return Instant.parse(text).plus(step).toString();
            } catch (DateTimeException noInstant) {
                return text;
            }
        }
        return value;
    }
}
