package dev.ronde.catalogue;

import dev.ronde.platform.problem.DidYouMean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters one run works with.
 *
 * @param values value by name: {@code Long}, {@code String}, {@code Boolean}, {@code Duration} or a list
 * @param origins where each value comes from: {@code default} or the tag that overrides it
 */
public record EffectiveParams(Map<String, Object> values, Map<String, String> origins) {
    private static final String TAG_PREFIX = "param:";
    private static final String ASSET_TAG = "asset tag";

    public static EffectiveParams defaults(CheckDefinition check) {
        return of(check, List.of());
    }

    /**
     * Returns the parameters for an asset with these tags; {@code param:<check>.<name>=<value>} overrides one. Overrides that
     * {@link #problem} refuses cannot be saved and are not applied; {@link #unusable} names those that were saved before a check changed.
     */
    public static EffectiveParams of(CheckDefinition check, List<String> tags) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        check.params().forEach((name, param) -> {
            values.put(name, param.standard());
            origins.put(name, "default");
            String start = TAG_PREFIX + check.id() + "." + name + "=";
            tags.stream()
                    .filter(tag -> tag.startsWith(start))
                    .forEach(tag -> param.type()
                            .parse(tag.substring(start.length()))
                            .map(param::merged)
                            .filter(value -> param.outOfBounds(value).isEmpty())
                            .ifPresent(value -> {
                                values.put(name, value);
                                origins.put(name, ASSET_TAG);
                            }));
        });
        return new EffectiveParams(values, origins);
    }

    /** Returns whether the probe looks at a port that the asset names, as its own or by a tag, rather than at one of the check's. */
    public boolean givePort(ProbeSpec probe) {
        return ProbeSpec.PLACE
                .matcher(probe.target().getOrDefault("port", ""))
                .results()
                .anyMatch(place -> place.group(1).equals("params")
                        ? ASSET_TAG.equals(origins.get(place.group(2)))
                        : place.group(1).equals("asset") && place.group(2).equals("port"));
    }

    /** Returns the parameters of an earlier run from their {@link #stored} form; what is missing there has its default. */
    public static EffectiveParams restored(CheckDefinition check, Map<String, Object> stored) {
        EffectiveParams restored = defaults(check);
        check.params()
                .forEach((name, param) -> Optional.ofNullable(stored.get(name))
                        .flatMap(param.type()::convert)
                        .ifPresent(value -> restored.values().put(name, value)));
        return restored;
    }

    /** Returns why a tag that overrides a parameter cannot be saved; empty for valid ones and for all other tags. */
    public static Optional<ParamRefusal> problem(String tag, Catalogue catalogue) {
        if (!tag.startsWith(TAG_PREFIX)) {
            return Optional.empty();
        }
        String[] parts = tag.substring(TAG_PREFIX.length()).split("[.=]", 3);
        Optional<CheckDefinition> check =
                parts.length == 3 ? catalogue.find(parts[0]).flatMap(CatalogueEntry::sound) : Optional.empty();
        if (check.isEmpty()) {
            return Optional.of(ParamRefusal.form(tag));
        }
        return problem(check.get(), parts[1], parts[2]);
    }

    /** Returns the first tag with an invalid value for a parameter of the check, and why; the check must not be judged with it. */
    public static Optional<Said> unusable(CheckDefinition check, List<String> tags) {
        String start = TAG_PREFIX + check.id() + ".";
        for (String tag : tags) {
            String[] parts =
                    tag.startsWith(start) ? tag.substring(start.length()).split("=", 2) : new String[0];
            Optional<ParamRefusal> problem = parts.length == 2 ? problem(check, parts[0], parts[1]) : Optional.empty();
            if (problem.isPresent()) {
                return Optional.of(problem.get().of(tag));
            }
        }
        return Optional.empty();
    }

    private static Optional<ParamRefusal> problem(CheckDefinition check, String name, String text) {
        Param param = check.params().get(name);
        if (param == null) {
            return Optional.of(DidYouMean.nearest(name, check.params().keySet())
                    .map(near -> ParamRefusal.near(check.id(), name, near))
                    .orElseGet(() -> ParamRefusal.unknown(check.id(), name)));
        }
        Optional<Object> value = param.type().parse(text);
        if (value.isEmpty()) {
            return Optional.of(ParamRefusal.type(name, param.type().word()));
        }
        return param.outOfBounds(param.merged(value.get())).map(bound -> bound.of(name));
    }

    /** Returns the values in the form of evidence: durations as ISO 8601 text. */
    public Map<String, Object> stored() {
        Map<String, Object> stored = new LinkedHashMap<>();
        values.forEach((name, value) -> stored.put(name, value instanceof Duration span ? span.toString() : value));
        return stored;
    }

    /** Returns the controls a check is credited for: those without a guard, and those whose guard holds for these values. */
    public List<String> controls(CheckDefinition check) {
        return check.about().mappings().stream()
                .filter(mapping -> mapping.needs() == null
                        || mapping.needs().evaluate(Map.of("params", values)).holds())
                .map(CheckDefinition.Mapping::key)
                .toList();
    }
}
