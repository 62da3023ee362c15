package dev.ronde.evidence.population;

import dev.ronde.platform.Lazy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One record at its place in the log, with the questions the tables ask. */
public final class Leaf {
    /** The type of the record that ends each batch of the log. */
    public static final String SEAL = "ledger.seal";

    /** The type of the record of a run that was due and did not happen, written once that is noticed. */
    public static final String MISSED = "run.missed";

    private final long index;
    private final Map<String, Object> document;
    private final Map<String, String> texts;
    private final String type;
    private final Lazy<Instant> occurredAt = Lazy.of(() -> Instant.parse(text(document(), "occurredAt")));
    private final Lazy<Optional<Instant>> dueAt = Lazy.of(this::due);

    public Leaf(long index, Map<String, Object> document) {
        this(index, document, Map.of());
    }

    /** @param texts the private texts, by their field */
    public Leaf(long index, Map<String, Object> document, Map<String, String> texts) {
        this.index = index;
        this.document = document;
        this.texts = texts;
        this.type = text(document, "type");
    }

    public long index() {
        return index;
    }

    public Map<String, Object> document() {
        return document;
    }

    public Map<String, String> texts() {
        return texts;
    }

    public Leaf with(Map<String, String> privateTexts) {
        return privateTexts.equals(texts) ? this : new Leaf(index, document, privateTexts);
    }

    /** Empty if there is none. */
    public String privateText(String field) {
        return texts.getOrDefault(field, "");
    }

    public String type() {
        return type;
    }

    public Instant occurredAt() {
        return occurredAt.get();
    }

    public Instant recordedAt() {
        return Instant.parse(text(document, "recordedAt"));
    }

    boolean isRun() {
        return type().equals(MISSED) || type().equals("check.result");
    }

    /** When a run was due; empty for anything else. */
    Optional<Instant> dueAt() {
        return dueAt.get();
    }

    private Optional<Instant> due() {
        try {
            return isRun() ? Optional.of(Instant.parse(field("due"))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The day on which a review is due after the record; empty for anything else. */
    Optional<LocalDate> dueOn() {
        String day = type().startsWith("review.") ? text(after(), "due_on") : "";
        return day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day));
    }

    public Map<?, ?> data() {
        return map(document.get("data"));
    }

    /** The full state after a change; empty if the record does not carry it. */
    public Map<?, ?> after() {
        return map(data().get("after"));
    }

    public String subjectKind() {
        return text(map(document.get("on")), "kind");
    }

    public String subjectId() {
        return text(map(document.get("on")), "id");
    }

    public String actorRef() {
        return text(map(document.get("actor")), "ref");
    }

    public @Nullable String asset() {
        if (data().get("asset") instanceof String ref) {
            return ref;
        }
        return subjectKind().equals("asset") ? subjectId() : null;
    }

    public List<String> controls() {
        return data().get("controls") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    public Stream<Map<?, ?>> items(String name) {
        return data().get(name) instanceof List<?> list ? list.stream().map(Leaf::map) : Stream.empty();
    }

    /** The check's id, from {@code data.check.id}, {@code data.check} or the subject. */
    public String check() {
        Object check = data().get("check");
        if (check instanceof Map<?, ?> object) {
            return text(object, "id");
        }
        return check instanceof String id ? id : subjectKind().equals("check") ? subjectId() : "";
    }

    /** The hash of the definition that judged; empty where the record does not say. */
    public String checkSha256() {
        return data().get("check") instanceof Map<?, ?> object ? text(object, "sha256") : "";
    }

    /** A field of {@code data} as text; empty where absent. */
    public String field(String name) {
        return text(data(), name);
    }

    public static Map<?, ?> map(@Nullable Object item) {
        return item instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Each member as text: {@code a=1; b=(c=2)} for maps, {@code a|b} for lists. */
    static Map<String, String> flat(Map<?, ?> map) {
        Map<String, String> flat = new TreeMap<>();
        map.forEach((name, item) ->
                flat.put(String.valueOf(name), item instanceof Map<?, ?> inner ? members(inner) : inside(item)));
        return flat;
    }

    private static String members(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(member -> member.getKey() + "=" + inside(member.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String inside(@Nullable Object item) {
        return item instanceof Map<?, ?> map
                ? "(" + members(map) + ")"
                : item instanceof List<?> list
                        ? list.stream().map(Leaf::inside).collect(Collectors.joining("|"))
                        : String.valueOf(item);
    }

    /** Lists become {@code a|b}, as in the product's CSV. */
    public static String text(Map<?, ?> map, String name) {
        Object item = map.get(name);
        if (item instanceof List<?> list) {
            return String.join("|", list.stream().map(String::valueOf).toList());
        }
        return item == null || item instanceof Map<?, ?> ? "" : item.toString();
    }
}
