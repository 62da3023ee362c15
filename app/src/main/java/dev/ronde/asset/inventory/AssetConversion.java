package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.evidence.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between the stored asset, its writable facts and the state that evidence keeps. Pure. */
public final class AssetConversion {
    private AssetConversion() {}

    /** The writable facts, people by lower-case address. */
    public static AssetFacts facts(Asset asset, AssetPeople people) {
        EnumMap<AssetField, Object> values = new EnumMap<>(AssetField.class);
        for (AssetField field : AssetField.values()) {
            Object value = value(asset, field, people);
            if (value != null) {
                values.put(field, field.person() ? String.valueOf(value).toLowerCase(Locale.ROOT) : value);
            }
        }
        return new AssetFacts(values);
    }

    /** The facts as the API shows them, by the names of its fields: every field, people by address. */
    public static Map<String, @Nullable Object> json(Asset asset, AssetPeople people) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (AssetField field : AssetField.values()) {
            json.put(field.json(), value(asset, field, people));
        }
        json.put(AssetField.EXPECTED_CLOSED.json(), asset.expectedClosed());
        return json;
    }

    private static @Nullable Object value(Asset asset, AssetField field, AssetPeople people) {
        return switch (field) {
            case REF -> asset.ref();
            case NAME -> asset.name();
            case KIND -> asset.kind();
            case OWNER -> people.email(asset.ownerId());
            case BACKUP -> people.email(asset.backupId());
            case MANAGER -> people.email(asset.managerId());
            case ENVIRONMENT -> asset.environment();
            case CRITICALITY -> asset.criticality();
            case DATA_CLASS -> asset.dataClass();
            case UNIT -> asset.unit();
            case ADDRESS -> asset.address();
            case PORT -> asset.port();
            case HOSTNAME -> asset.hostname();
            case STARTTLS -> asset.starttls();
            case ZONE -> asset.zone();
            case TAGS -> asset.tags();
            case DECLARED_PORTS -> asset.declaredPorts();
            case EXPECTED_CLOSED -> asset.expectedClosed() ? Boolean.TRUE : null;
            case PROBE_AUTHORISED_UNTIL -> asset.probeAuthorisedUntil();
            case LAST_REVIEW_ON -> asset.lastReviewOn();
            case NOTES -> asset.notes();
        };
    }

    static Asset create(UUID id, AssetFacts facts, AssetPeople people, Instant now) {
        return build(id, facts, people, now, now, null, 1);
    }

    static Asset update(Asset before, AssetFacts facts, AssetPeople people, @Nullable Instant retiredAt, Instant now) {
        return build(before.id(), facts, people, before.createdAt(), now, retiredAt, before.version() + 1);
    }

    private static Asset build(
            UUID id,
            AssetFacts facts,
            AssetPeople people,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant retiredAt,
            long version) {
        return new Asset(
                id,
                facts.ref(),
                Objects.requireNonNull(facts.text(AssetField.NAME), "name"),
                Objects.requireNonNull(facts.text(AssetField.KIND), "kind"),
                people.idOf(facts.text(AssetField.OWNER)),
                people.idOf(facts.text(AssetField.BACKUP)),
                people.idOf(facts.text(AssetField.MANAGER)),
                facts.text(AssetField.ENVIRONMENT),
                facts.get(AssetField.CRITICALITY) instanceof Criticality word ? word : Criticality.MEDIUM,
                facts.text(AssetField.DATA_CLASS),
                facts.text(AssetField.UNIT),
                facts.text(AssetField.ADDRESS),
                facts.get(AssetField.PORT) instanceof Integer port ? port : null,
                facts.text(AssetField.HOSTNAME),
                facts.text(AssetField.STARTTLS),
                facts.get(AssetField.ZONE) instanceof ZoneId zone ? zone : null,
                facts.texts(AssetField.TAGS),
                integers(facts.get(AssetField.DECLARED_PORTS)),
                Boolean.TRUE.equals(facts.get(AssetField.EXPECTED_CLOSED)),
                facts.get(AssetField.PROBE_AUTHORISED_UNTIL) instanceof LocalDate until ? until : null,
                facts.get(AssetField.LAST_REVIEW_ON) instanceof LocalDate on ? on : null,
                facts.text(AssetField.NOTES),
                createdAt,
                updatedAt,
                retiredAt,
                version);
    }

    private static List<Integer> integers(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(number -> (Integer) number).toList()
                : List.of();
    }

    /** Field names of the API, people by random reference, no free text and no empty values. */
    static Map<String, Object> state(Asset asset, AssetPeople people) {
        Map<String, Object> state = new LinkedHashMap<>();
        for (AssetField field : AssetField.values()) {
            Object value = field.person() ? reference(asset, field, people) : value(asset, field, people);
            if (value != null && field != AssetField.NOTES && !List.of().equals(value)) {
                state.put(field.json(), recorded(value));
            }
        }
        if (asset.retiredAt() != null) {
            state.put("retired_at", Values.time(asset.retiredAt()));
        }
        return state;
    }

    private static @Nullable String reference(Asset asset, AssetField field, AssetPeople people) {
        UUID id = field == AssetField.OWNER
                ? asset.ownerId()
                : field == AssetField.BACKUP ? asset.backupId() : asset.managerId();
        PersonLabel person = people.label(id);
        return person == null ? null : person.actorRef();
    }

    private static Object recorded(Object value) {
        if (value instanceof Criticality criticality) {
            return criticality.word();
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof Integer number ? (Object) number.longValue() : item)
                    .collect(Collectors.toUnmodifiableList());
        }
        return value instanceof String || value instanceof Boolean ? value : value.toString();
    }
}
