package dev.ronde.asset.page;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.field.CellRefused;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Messages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the writable facts of an asset from a JSON body or a form, by the same rules as a CSV row. */
public record AssetReader(Assets assets, AssetWords words, Messages messages, InstantSource clock) {
    /** A client may send these fields back; they have no effect. */
    private static final Set<String> READ_ONLY = Set.of("created_at", "updated_at", "retired_at", "version");

    AssetFacts whole(JsonNode body) {
        Reading reading = new Reading(Locale.ENGLISH);
        reading.json(body);
        reading.absent();
        return reading.facts();
    }

    AssetFacts merged(AssetFacts present, JsonNode body) {
        Reading reading = new Reading(Locale.ENGLISH);
        reading.json(body);
        return present.with(reading.facts(), reading.given);
    }

    /** The facts are complete only if no field has an error. */
    Form form(Map<String, String> fields, Locale locale) {
        Reading reading = new Reading(locale);
        for (AssetField field : AssetField.values()) {
            reading.take(field, fields.getOrDefault(field.json(), ""));
        }
        return new Form(new AssetFacts(reading.values), List.copyOf(reading.errors));
    }

    record Form(AssetFacts facts, List<FieldError> errors) {}

    /** Why an asset cannot be given these facts; {@code before} is null for a new one. */
    List<FieldError> breaches(Handle handle, @Nullable Asset before, AssetFacts after, Locale locale) {
        return assets.breaches(handle, words, before, after).stream()
                .map(breach -> error(breach.field(), breach.why(), locale))
                .toList();
    }

    FieldError error(AssetField field, AssetWords.Refusal why, Locale locale) {
        return new FieldError(pointer(field.json()), why.code(), why.text(messages, locale));
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private final class Reading {
        private final CellParser parser = new CellParser(words, clock.instant());
        private final Locale locale;
        private final EnumMap<AssetField, Object> values = new EnumMap<>(AssetField.class);
        private final EnumSet<AssetField> given = EnumSet.noneOf(AssetField.class);
        private final List<FieldError> errors = new ArrayList<>();

        Reading(Locale locale) {
            this.locale = locale;
        }

        private void json(JsonNode body) {
            if (!body.isObject()) {
                throw Problem.badRequest("bad_json", "The body is not a JSON object. Send the fields of an asset.");
            }
            body.properties().forEach(entry -> {
                Optional<AssetField> field = AssetField.ofJson(entry.getKey());
                if (field.isPresent()) {
                    String text = text(field.get(), entry.getValue());
                    if (text != null) {
                        take(field.get(), text);
                    }
                } else if (!READ_ONLY.contains(entry.getKey())) {
                    unknown(entry.getKey());
                }
            });
        }

        private void unknown(String name) {
            String near = DidYouMean.nearest(name, AssetField.jsonNames())
                    .or(() -> AssetField.ofColumn(name).map(AssetField::json))
                    .map(word -> " Did you mean " + word + "?")
                    .orElse(" Known: " + String.join(", ", AssetField.jsonNames()) + ".");
            errors.add(new FieldError(pointer(name), Problem.UNKNOWN_FIELD, "This field is unknown." + near));
        }

        private @Nullable String text(AssetField field, JsonNode value) {
            boolean several = field == AssetField.TAGS || field == AssetField.DECLARED_PORTS;
            if (value.isNull()) {
                return "";
            }
            if (value.isArray() && several) {
                List<String> parts = new ArrayList<>();
                for (JsonNode element : value) {
                    boolean fits =
                            element.isString() || (element.isIntegralNumber() && field == AssetField.DECLARED_PORTS);
                    String part = element.asString("");
                    if (!fits || part.contains("|")) {
                        return wrong(field);
                    }
                    parts.add(part);
                }
                return String.join("|", parts);
            }
            if (value.isString() && !several) {
                return value.stringValue();
            }
            if (value.isBoolean() && field == AssetField.EXPECTED_CLOSED) {
                return value.asString("");
            }
            return value.isIntegralNumber() && field == AssetField.PORT ? value.asString("") : wrong(field);
        }

        private @Nullable String wrong(AssetField field) {
            given.add(field);
            String wanted = switch (field) {
                case TAGS -> "an array of texts";
                case DECLARED_PORTS -> "an array of port numbers";
                case PORT -> "a port number";
                case EXPECTED_CLOSED -> "true or false";
                default -> "a text";
            };
            errors.add(new FieldError(pointer(field.json()), "wrong_type", "Write " + wanted + " here, or null."));
            return null;
        }

        private void take(AssetField field, String text) {
            given.add(field);
            try {
                Object value = parser.parse(field, text);
                if (value != null) {
                    values.put(field, value);
                }
            } catch (CellRefused refused) {
                errors.add(error(field, refused.why(), locale));
            }
        }

        private void absent() {
            for (AssetField field : AssetField.values()) {
                if (!given.contains(field)) {
                    take(field, "");
                }
            }
        }

        private AssetFacts facts() {
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
            return new AssetFacts(values);
        }
    }
}
