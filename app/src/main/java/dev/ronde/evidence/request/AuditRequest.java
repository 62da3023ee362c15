package dev.ronde.evidence.request;

import dev.ronde.evidence.population.Leaf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor asked for, and all that followed. It is also its JSON.
 *
 * @param state open, answered or closed
 * @param due the last day that was asked for
 * @param askedBy actor ref
 * @param text what was asked first; null once it is erased
 */
public record AuditRequest(
        UUID id,
        String state,
        @Nullable LocalDate due,
        String askedBy,
        Instant askedAt,
        @Nullable String text,
        List<Step> steps) {
    /**
     * One record of it.
     *
     * @param kind asked, answered, reopened or closed
     * @param text null where there was none or it is erased
     */
    public record Step(
            UUID record,
            String kind,
            String by,
            Instant at,
            @Nullable String text,
            @Nullable LocalDate due,
            @Nullable UUID export,
            @Nullable AnswerFile file) {
        static Step of(UUID record, Leaf leaf) {
            String due = leaf.field("due");
            String export = leaf.field("export");
            return new Step(
                    record,
                    leaf.type().substring("request.".length()),
                    leaf.actorRef(),
                    leaf.occurredAt(),
                    leaf.texts().get("text"),
                    due.isEmpty() ? null : LocalDate.parse(due),
                    export.isEmpty() ? null : UUID.fromString(export),
                    AnswerFile.of(leaf));
        }
    }

    /** A file beside an answer; its name is null once it is erased. */
    public record AnswerFile(@Nullable String name, String mediaType, long size, String sha256) {
        private static @Nullable AnswerFile of(Leaf leaf) {
            String sha256 = leaf.field("sha256");
            return sha256.isEmpty()
                    ? null
                    : new AnswerFile(
                            leaf.texts().get("file_name"),
                            leaf.field("media_type"),
                            Long.parseLong(leaf.field("size")),
                            sha256);
        }
    }

    static AuditRequest of(UUID id, List<Step> steps) {
        Step first = steps.get(0);
        LocalDate due = null;
        for (Step step : steps) {
            due = step.due() == null ? due : step.due();
        }
        String last = steps.get(steps.size() - 1).kind();
        return new AuditRequest(
                id,
                last.equals("answered") || last.equals("closed") ? last : "open",
                due,
                first.by(),
                first.at(),
                first.text(),
                List.copyOf(steps));
    }
}
