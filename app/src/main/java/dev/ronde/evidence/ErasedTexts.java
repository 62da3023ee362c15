package dev.ronde.evidence;

import static java.util.Objects.requireNonNull;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The private texts that were erased, each with the sealed record that says so. */
public final class ErasedTexts {
    public static final String TYPE = "erasure.executed";

    private final Map<String, Erasure> texts = new HashMap<>();

    /**
     * One erasure.
     *
     * @param index of its record
     * @param day when, in UTC
     * @param basis on which legal basis
     */
    public record Erasure(long index, String day, String basis) {
        /** What exports show in the place of a text. */
        public String mark() {
            return "[erased " + day + ", " + basis + "]";
        }

        /** What a sealed {@link #TYPE} says. */
        public static Erasure of(long index, Map<String, Object> record) {
            String at = String.valueOf(record.get("recordedAt"));
            Map<?, ?> data = (Map<?, ?>) requireNonNull(record.get("data"));
            return new Erasure(index, at.substring(0, 10), String.valueOf(data.get("basis")));
        }
    }

    private ErasedTexts() {}

    /** Of the log up to this size. */
    public static ErasedTexts of(RecordParts dao, long size) {
        ErasedTexts erased = new ErasedTexts();
        for (RecordParts.Sealed sealed : dao.listSealed(TYPE, size)) {
            Map<String, Object> record = Canonical.parse(sealed.payload());
            Erasure erasure = Erasure.of(sealed.idx(), record);
            Map<?, ?> data = (Map<?, ?>) requireNonNull(record.get("data"));
            Object listed = data.get("texts");
            if (data.get("textsRef") instanceof String sha256) {
                byte[] content = dao.findBlob(Hash.ofHex(sha256).bytes()).orElseThrow();
                listed = Canonical.parse(content);
            }
            if (listed instanceof Map<?, ?> map && map.get("named") instanceof List<?> names) {
                names.forEach(name -> erased.texts.put(String.valueOf(name), erasure));
            }
        }
        return erased;
    }

    /** How an erasure names a text. */
    public static String name(UUID record, String field) {
        return record + " " + field;
    }

    public Optional<Erasure> find(UUID record, String field) {
        return Optional.ofNullable(texts.get(name(record, field)));
    }
}
