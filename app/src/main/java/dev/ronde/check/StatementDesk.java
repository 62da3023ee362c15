package dev.ronde.check;

import dev.ronde.asset.Asset;
import dev.ronde.control.CatalogueEntry;
import dev.ronde.control.CheckDefinition;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What API and page do alike about the statements of people. */
final class StatementDesk {
    /** Longest note, in characters. */
    static final int LONGEST = 2_000;

    private final CheckRoom room;
    private final CheckDesk desk;

    StatementDesk(CheckRoom room) {
        this.room = room;
        this.desk = new CheckDesk(room);
    }

    /**
     * A check that a person answers, on an asset that has it.
     *
     * @param frequency how long a statement counts
     */
    record Question(Asset asset, CatalogueEntry entry, CheckDefinition check, Duration frequency) {}

    /**
     * Returns what is asked.
     *
     * @throws Problem 404 for what there is not or an owner does not answer for, 422 for a check that a probe answers or that the asset
     *     does not have
     */
    Question question(Handle handle, String ref, String id, Principal principal) {
        Asset asset = desk.asset(handle, ref, principal);
        CatalogueEntry entry = desk.check(id);
        CheckDefinition check = entry.definition();
        Duration frequency = check == null ? null : check.probe().frequency();
        if (check == null || frequency == null) {
            throw Problem.invalid(
                    "/check",
                    "not_asked",
                    entry.problems().isEmpty()
                            ? "The check " + id + " looks by itself; nobody states what it finds."
                            : "The file of the check " + id + " is broken; correct it first.");
        }
        if (asset.active()) {
            Applies.require(room.catalogue(), entry, asset);
        }
        return new Question(asset, entry, check, frequency);
    }

    /** Whether they may state it: owner, backup owner and leads. What an owner does not answer for, they do not see. */
    static boolean may(Question question, Principal principal) {
        return question.asset().active() && (principal.lead() || principal.role() == Role.OWNER);
    }

    /**
     * Keeps a statement and judges it.
     *
     * @param attested whether the protection is in place; null is refused
     * @throws Problem 409 for a retired asset or where this process has not the check as the server has it, 422 without an
     *     answer or with a note that is too long, 429 after many, and as {@link #question}
     */
    StatementJson state(String ref, String id, @Nullable Boolean attested, @Nullable String note, Principal principal) {
        desk.refuseTooMany(principal);
        String words = note == null || note.isBlank() ? null : note.strip();
        Kept kept = room.database().inTransaction(tx -> {
            Question asked = statable(tx, ref, id, principal);
            if (attested == null) {
                throw Problem.invalid("/attested", "required", "Say whether it is in place: true or false.");
            }
            if (words != null && words.length() > LONGEST) {
                throw Problem.invalid("/note", "too_long", "Shorten the note to " + LONGEST + " characters.");
            }
            Statement statement =
                    room.statements().add(tx, asked.asset(), asked.entry(), asked.check(), attested, words, principal);
            return new Kept(statement, asked);
        });
        Statement statement = kept.statement();
        room.sweep().judge(statement.assetId(), statement.checkId());
        return json(statement, kept.question(), room.assets().actorName(statement.statedBy()), true);
    }

    private record Kept(Statement statement, Question question) {}

    /** What is asked, where they may answer it now. */
    private Question statable(Handle tx, String ref, String id, Principal principal) {
        Question asked = question(tx, ref, id, principal);
        room.schedule().others().refuseUnlessHad(asked.check().id());
        if (!asked.asset().active()) {
            throw Problem.conflict("retired", "The asset " + ref + " is retired. Restore it before you change it.");
        }
        return asked;
    }

    /** The statements on it, newest first. */
    PageOf<StatementJson> list(Question question, Query query) {
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        UUID asset = question.asset().id();
        String check = question.check().id();
        PageOf<Statement> page = room.database().read(handle -> {
            StatementDao dao = handle.attach(StatementDao.class);
            List<Statement> rows = dao.list(asset, check, before, limit + 1);
            return PageOf.of(rows, limit, dao.count(asset, check), statement -> Cursor.of(statement.id()));
        });
        Map<String, String> names = new HashMap<>();
        page.items().forEach(statement -> names.computeIfAbsent(statement.statedBy(), room.assets()::actorName));
        UUID newest =
                before == null && !page.items().isEmpty() ? page.items().get(0).id() : null;
        return page.map(statement -> json(
                statement,
                question,
                names.getOrDefault(statement.statedBy(), statement.statedBy()),
                statement.id().equals(newest)));
    }

    private StatementJson json(Statement statement, Question question, String name, boolean newest) {
        return StatementJson.of(
                statement,
                question.asset().ref(),
                name,
                question.frequency(),
                newest ? room.statements().standing(statement, question) : "replaced");
    }
}
