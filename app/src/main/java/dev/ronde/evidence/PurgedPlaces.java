package dev.ronde.evidence;

import static java.util.Objects.requireNonNull;

import dev.ronde.evidence.ledger.Canonical;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The places of the log whose payload retention took, each with the sealed record that says so. */
public final class PurgedPlaces {
    public static final String TYPE = "retention.purged";

    private final TreeMap<Long, Span> spans = new TreeMap<>();

    private record Span(long until, long by) {}

    private PurgedPlaces() {}

    /** Of the log up to this size. */
    public static PurgedPlaces of(RecordParts dao, long size) {
        PurgedPlaces places = new PurgedPlaces();
        for (RecordParts.Sealed record : dao.listSealed(TYPE, size)) {
            Map<?, ?> data =
                    (Map<?, ?>) requireNonNull(Canonical.parse(record.payload()).get("data"));
            for (Object item : (List<?>) requireNonNull(data.get("spans"))) {
                List<?> span = (List<?>) item;
                places.spans.put(number(span.get(0)), new Span(number(span.get(1)), record.idx()));
            }
        }
        return places;
    }

    private static long number(Object item) {
        return ((Number) item).longValue();
    }

    /** The index of the record that says so; empty where nothing sealed says that this place was purged. */
    public OptionalLong by(long index) {
        Map.Entry<Long, Span> span = spans.floorEntry(index);
        return span == null || index >= span.getValue().until()
                ? OptionalLong.empty()
                : OptionalLong.of(span.getValue().by());
    }
}
