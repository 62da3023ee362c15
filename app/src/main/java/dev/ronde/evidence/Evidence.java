package dev.ronde.evidence;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, on its way into the log. Values may be strings, integers, booleans, times, dates, UUIDs,
 * enums (lower-cased), records and maps (snake_case keys), lists and JSON trees; null means absent, fractions become
 * strings. A value over 16 KiB moves to an attachment and leaves {@code <key>Ref} with its SHA-256.
 *
 * <p>What the tables of an export are computed from: every change of a mutable object carries {@code after} (its full
 * state, field names as in {@code contract.md}); {@code check.result} and {@code run.missed} carry {@code check} (an
 * object with {@code id} and {@code sha256}), {@code due}, {@code outcome} and an {@link #asset}; free text of people
 * goes through {@link #priv}, behind a commitment, and never into the sealed record.
 */
public final class Evidence {
    /** Longest private text in characters. */
    public static final int MAX_PRIVATE = 8_000;

    private static final Pattern TYPE = Pattern.compile("[a-z]+\\.[a-z]+(-[a-z]+)*");

    private final String type;
    private final Actor actor;
    private final Subject on;
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final Map<String, String> privates = new LinkedHashMap<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable UUID cause;
    private @Nullable Instant occurredAt;

    private Evidence(String type, Actor actor, Subject on) {
        this.type = type;
        this.actor = actor;
        this.on = on;
    }

    /** A record of {@code type} (see {@link RecordTypes}) caused by {@code actor} about {@code on}. */
    public static Evidence of(String type, Actor actor, Subject on) {
        if (!TYPE.matcher(type).matches() || type.length() > 64) {
            throw new IllegalArgumentException("not a record type: " + type);
        }
        return new Evidence(type, actor, on);
    }

    /** A null value leaves the field out. */
    public Evidence data(String key, @Nullable Object item) {
        Object canonical = Values.of(item);
        if (canonical == null) {
            data.remove(key);
        } else {
            data.put(key, canonical);
        }
        return this;
    }

    public Evidence changed(List<String> fields) {
        return data("changed", fields);
    }

    /** The outside requirements this record counts for, as {@code framework:id}. */
    public Evidence controls(List<String> controls) {
        return controls.isEmpty() ? this : data("controls", controls);
    }

    /** The asset the record belongs to, where the subject is not the asset itself. */
    public Evidence asset(String ref) {
        return data("asset", ref);
    }

    public Evidence cause(@Nullable UUID recordId) {
        this.cause = recordId;
        return this;
    }

    /** When it happened by its source's clock; without it, the time of the append. */
    public Evidence occurredAt(Instant instant) {
        this.occurredAt = instant;
        return this;
    }

    /** A text that stays outside the sealed record behind a salted commitment; null or empty leaves it out. */
    public Evidence priv(String field, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            if (text.length() > MAX_PRIVATE || field.length() > 32) {
                throw new IllegalArgumentException(field + " is longer than " + MAX_PRIVATE + " characters");
            }
            privates.put(field, Normalizer.normalize(text, Normalizer.Form.NFC));
        }
        return this;
    }

    /** The record holds only the hash of this content. */
    public Evidence attach(String name, String mediaType, byte[] bytes) {
        attachments.add(new Attachment(name, mediaType, bytes));
        return this;
    }

    String type() {
        return type;
    }

    Actor actor() {
        return actor;
    }

    Subject on() {
        return on;
    }

    Map<String, Object> data() {
        return data;
    }

    Map<String, String> privates() {
        return privates;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    @Nullable
    UUID cause() {
        return cause;
    }

    @Nullable
    Instant occurredAt() {
        return occurredAt;
    }
}
