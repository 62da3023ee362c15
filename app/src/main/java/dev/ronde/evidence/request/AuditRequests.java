package dev.ronde.evidence.request;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.export.EvidenceExport;
import dev.ronde.evidence.export.Exports;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.GivenFile;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Sha256;
import dev.ronde.platform.time.Ids;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Asks, answers and closes; each is a record, and an engaged auditor sees what they asked themselves. */
record AuditRequests(Database database, EvidenceLog evidence, InstantSource clock, Exports exports) {
    private static final int LONGEST = 2_000;
    private static final int MOST_STEPS = 20;

    /**
     * A question as somebody asks it; the body of a request over the API.
     *
     * @param due by which day an answer is hoped for, in UTC
     */
    record Question(@Nullable String text, @Nullable LocalDate due) {}

    /** An answer, with one file or one export or neither. */
    record Answer(
            @Nullable String text,
            @Nullable UUID export,
            @Nullable GivenFile file) {}

    /** A page, newest first; an engaged auditor gets their own. */
    PageOf<AuditRequest> list(Query query, Principal by) {
        String state = query.text("state").orElse(null);
        if (state != null && !List.of("open", "answered", "closed").contains(state)) {
            throw Problem.badRequest("bad_parameter", "The parameter state is open, answered or closed.");
        }
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        return database.read(handle -> {
            RequestDao dao = handle.attach(RequestDao.class);
            List<AuditRequest> found = new ArrayList<>();
            for (RequestDao.First first : dao.list(by.onlyAskedBy(), state, before, query.limit() + 1)) {
                found.add(find(handle, UUID.fromString(first.subjectId()), by));
            }
            return PageOf.of(
                    found,
                    query.limit(),
                    dao.count(by.onlyAskedBy(), state),
                    last -> Cursor.of(last.steps().get(0).record()));
        });
    }

    /** {@link Problem} 404 where there is none that they may see. */
    AuditRequest get(UUID id, Principal by) {
        return database.read(handle -> find(handle, id, by));
    }

    private static AuditRequest find(Handle handle, UUID id, Principal by) {
        List<AuditRequest.Step> steps = handle.attach(RequestDao.class).listSteps(id.toString()).stream()
                .map(AuditRequests::step)
                .toList();
        String only = by.onlyAskedBy();
        if (steps.isEmpty() || (only != null && !only.equals(steps.get(0).by()))) {
            throw Problem.notFound("request", id);
        }
        return AuditRequest.of(id, steps);
    }

    private static AuditRequest.Step step(RequestDao.Row row) {
        Map<String, String> texts = new HashMap<>();
        if (row.said() != null) {
            texts.put("text", row.said());
        }
        if (row.fileName() != null) {
            texts.put("file_name", row.fileName());
        }
        return AuditRequest.Step.of(row.recId(), new Leaf(0, Canonical.parse(row.payload()), texts));
    }

    /** {@link Problem} 422 without a text, for one too long, or for a day that is over. */
    AuditRequest ask(Question question, Principal by) {
        UUID id = Ids.next(clock);
        return database.inTransaction(tx -> {
            evidence.append(tx, asked("request.asked", id, question, by));
            return find(tx, id, by);
        });
    }

    /** Asks more, which reopens it; {@link Problem} as {@link #ask}, and 403 for those who neither asked nor are auditors. */
    AuditRequest askAgain(UUID id, Question question, Principal by) {
        return follow(id, by, request -> {
            requireAsking(request, by);
            requireRoom(request);
            return asked("request.reopened", id, question, by);
        });
    }

    /** {@link Problem} 409 for one that is closed, 422 for an answer without a text, with two things, or with an export that does not exist. */
    AuditRequest answer(UUID id, Answer answer, Principal by) {
        Evidence record = of("request.answered", id, answer.text(), by);
        GivenFile file = answer.file();
        UUID export = answer.export();
        if (file != null && export != null) {
            throw Problem.invalid(
                    "/export", "one_of_both", "Give a file or an export, and the other in an answer of its own.");
        }
        if (file != null) {
            record.attach("answer." + file.ending(), file.kind().mediaType(), file.content())
                    .data("sha256", Sha256.hex(file.content()))
                    .data("media_type", file.kind().mediaType())
                    .data("size", file.content().length)
                    .priv("file_name", file.name());
        } else if (export != null) {
            EvidenceExport made = exports.find(export)
                    .orElseThrow(() ->
                            Problem.invalid("/export", "unknown_export", "There is no finished export with this id."));
            record.data("export", export).data("exportSha256", made.sha256());
        }
        return follow(id, by, request -> {
            requireNotClosed(request);
            requireRoom(request);
            return record;
        });
    }

    /** {@link Problem} 409 for one that is closed, 403 for those who neither asked nor are auditors. */
    AuditRequest close(UUID id, Principal by) {
        return follow(id, by, request -> {
            requireAsking(request, by);
            requireNotClosed(request);
            return Evidence.of("request.closed", Actor.of(by), Subject.of("request", id));
        });
    }

    /** Steps stand in the order of their ids, which is that of the clock: one that would stand before the last is refused. */
    private AuditRequest follow(UUID id, Principal by, Function<AuditRequest, Evidence> next) {
        return database.inTransaction(tx -> {
            tx.attach(RequestDao.class).lock(id.toString());
            AuditRequest request = find(tx, id, by);
            AuditRequest.Step last = request.steps().get(request.steps().size() - 1);
            UUID made = evidence.append(tx, next.apply(request).cause(last.record()));
            if (made.compareTo(last.record()) < 0) {
                throw Problem.conflict(
                        "clock_behind",
                        "The clock of this server is behind the last step of this request, of " + last.at()
                                + ". Set it right and try again, or make a new request.");
            }
            return find(tx, id, by);
        });
    }

    private static void requireRoom(AuditRequest request) {
        if (request.steps().size() >= MOST_STEPS) {
            throw Problem.conflict(
                    "too_many_steps", "This request has " + MOST_STEPS + " steps. Close it and make a new one.");
        }
    }

    static boolean mayAsk(AuditRequest request, Principal by) {
        return by.role() == Role.AUDITOR || by.actorRef().equals(request.askedBy());
    }

    private static void requireAsking(AuditRequest request, Principal by) {
        if (!mayAsk(request, by)) {
            throw Problem.forbidden("An auditor, or whoever asked, closes a request or asks again.");
        }
    }

    private static void requireNotClosed(AuditRequest request) {
        if (request.state().equals("closed")) {
            throw Problem.conflict("closed", "This request is closed. Who asked may ask again.");
        }
    }

    private Evidence asked(String type, UUID id, Question question, Principal by) {
        LocalDate due = question.due();
        if (due != null && due.isBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
            throw Problem.invalid("/due", "bad_due", "Name today or a later day, or none.");
        }
        return of(type, id, question.text(), by).data("due", due);
    }

    private static Evidence of(String type, UUID id, @Nullable String given, Principal by) {
        String text = Objects.requireNonNullElse(given, "").strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw Problem.invalid("/text", "bad_text", "Write it in at most 2,000 characters.");
        }
        return Evidence.of(type, Actor.of(by), Subject.of("request", id)).priv("text", text);
    }

    /** The step with this record that brought something; {@link Problem} 404 where none did. */
    AuditRequest.Step brought(UUID id, UUID record, Principal by) {
        return get(id, by).steps().stream()
                .filter(step -> step.record().equals(record) && (step.file() != null || step.export() != null))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("file", record));
    }

    byte[] content(AuditRequest.AnswerFile file) {
        return database.read(handle -> evidence.content(handle, file.sha256()))
                .orElseThrow(() -> Problem.notFound("file", file.sha256()));
    }
}
