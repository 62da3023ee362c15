package dev.ronde.asset.field;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The writable facts of one asset, people as e-mail addresses. A field without an entry is empty; values are String, Integer, Boolean,
 * LocalDate, ZoneId, {@link Criticality} or a list of String or Integer, as {@link CellParser} makes them.
 */
public record AssetFacts(Map<AssetField, Object> values) {
    public AssetFacts {
        EnumMap<AssetField, Object> copy = new EnumMap<>(AssetField.class);
        copy.putAll(values);
        values = copy;
    }

    public @Nullable Object get(AssetField field) {
        return values.get(field);
    }

    public @Nullable String text(AssetField field) {
        Object value = values.get(field);
        return value == null ? null : String.valueOf(value);
    }

    /** The texts of a field that holds several; none where it is empty. */
    public List<String> texts(AssetField field) {
        return get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Throws if the ref is missing; every complete asset has one. */
    public String ref() {
        return Objects.requireNonNull(text(AssetField.REF), "ref");
    }

    public AssetFacts with(AssetFacts other, Set<AssetField> fields) {
        EnumMap<AssetField, Object> merged = new EnumMap<>(AssetField.class);
        merged.putAll(values);
        for (AssetField field : fields) {
            Object value = other.get(field);
            if (value == null) {
                merged.remove(field);
            } else {
                merged.put(field, value);
            }
        }
        return new AssetFacts(merged);
    }

    /** These facts with another person, by address, in a field that names one; null leaves it empty. */
    public AssetFacts withPerson(AssetField field, @Nullable String address) {
        if (!field.person()) {
            throw new IllegalArgumentException(field + " names nobody");
        }
        return with(new AssetFacts(address == null ? Map.of() : Map.of(field, address)), Set.of(field));
    }

    public List<AssetField> changed(AssetFacts other) {
        List<AssetField> fields = new ArrayList<>();
        for (AssetField field : AssetField.values()) {
            if (!Objects.equals(get(field), other.get(field))) {
                fields.add(field);
            }
        }
        return fields;
    }

    public Set<String> addresses() {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().person())
                .map(entry -> String.valueOf(entry.getValue()))
                .collect(Collectors.toSet());
    }

    /** The text of the field as a CSV cell or form field holds it; empty where the field is. */
    public String cell(AssetField field) {
        Object value = values.get(field);
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining("|"));
        }
        if (value instanceof Criticality criticality) {
            return criticality.word();
        }
        return value instanceof ZoneId zone ? zone.getId() : String.valueOf(value);
    }
}
