package dev.ronde.account;

import dev.ronde.platform.http.Limits;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor was engaged for, from a first to a last day in UTC, both included. It is also the body of
 * {@code PUT /api/v1/people/{id}/engagement}.
 *
 * @param frameworks whose evidence they may take; none for all
 * @param units whose assets they see, beside the named ones; with neither they see all
 */
record Engagement(
        @Nullable String firm,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable List<String> frameworks,
        @Nullable List<String> units,
        @Nullable List<String> assets) {
    private static final int MOST = 200;

    /** What this person is engaged for, whether or not it has begun; empty for everybody else, and for an auditor of everything. */
    static Optional<Engagement> find(Handle handle, Person person) {
        EngagementDao dao = handle.attach(EngagementDao.class);
        return person.role() != Role.AUDITOR
                ? Optional.empty()
                : dao.find(person.id()).map(row -> {
                    List<EngagementDao.Name> names = dao.listNames(row.id());
                    return new Engagement(
                            row.firm(),
                            row.fromOn(),
                            row.untilOn(),
                            named(names, "framework"),
                            named(names, "unit"),
                            named(names, "asset"));
                });
    }

    private static List<String> named(List<EngagementDao.Name> names, String kind) {
        return names.stream()
                .filter(name -> name.kind().equals(kind))
                .map(EngagementDao.Name::name)
                .toList();
    }

    /** Whether the account may be used now: an engagement has not begun before its first day, and is over after its last one. */
    static boolean admits(Handle handle, Person person, Instant now) {
        LocalDate today = day(now);
        return find(handle, person)
                .map(engagement -> engagement.from != null
                        && engagement.until != null
                        && !today.isBefore(engagement.from)
                        && !today.isAfter(engagement.until))
                .orElse(true);
    }

    static LocalDate day(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** The row of it; 422 with a pointer for each field that cannot be accepted. */
    EngagementDao.Stored stored(UUID id, UUID personId, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        String called = firm == null ? "" : Names.spaced(firm);
        if (called.isEmpty() || called.length() > MOST) {
            errors.add(new FieldError("/firm", "required", "Name the firm, in at most 200 characters."));
        }
        if (from == null) {
            errors.add(new FieldError("/from", "required", "Say the first day, such as 2026-12-01."));
        }
        if (until == null || until.isBefore(today) || (from != null && until.isBefore(from))) {
            errors.add(new FieldError(
                    "/until", "bad_end", "Say the last day: not before the first day, and not in the past."));
        }
        requireNames(errors, "/frameworks", frameworks);
        requireNames(errors, "/units", units);
        requireNames(errors, "/assets", assets);
        if (!errors.isEmpty() || from == null || until == null) {
            throw Problem.invalid(errors);
        }
        return new EngagementDao.Stored(id, personId, called, from, until);
    }

    private static void requireNames(List<FieldError> errors, String pointer, @Nullable List<String> names) {
        List<String> given = Objects.requireNonNullElse(names, List.of());
        if (given.size() > MOST
                || given.stream().anyMatch(name -> name == null || name.isBlank() || name.length() > 100)
                || given.stream().distinct().count() < given.size()) {
            errors.add(new FieldError(
                    pointer, "bad_names", "Name at most " + MOST + ", each once and in at most 100 characters."));
        }
    }

    Limits limits() {
        return new Limits(
                Objects.requireNonNullElse(frameworks, List.of()),
                Objects.requireNonNullElse(units, List.of()).isEmpty()
                        && Objects.requireNonNullElse(assets, List.of()).isEmpty());
    }
}
