package dev.ronde.check.statement;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.RunQuota;
import dev.ronde.check.statement.Statements.StatementDao;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.table.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people ask and state about protections that no probe sees. */
public record StatementRequests(
        Database database,
        Assets assets,
        CheckLookup lookup,
        Statements statements,
        RunQuota quota,
        BiConsumer<UUID, String> judge) {
    static final int LONGEST = 2_000;

    /**
     * Returns what is asked.
     *
     * @throws Problem 404 for what there is not or an owner does not answer for, 422 for a check that a probe answers or that the asset
     *     does not have
     */
    Statements.Question question(Handle handle, String ref, String id, Principal principal) {
        Asset asset = lookup.asset(handle, ref, principal);
        CatalogueEntry entry = lookup.check(id);
        CheckDefinition check = entry.definition();
        Duration frequency = check == null ? null : check.probe().frequency();
        if (check == null || frequency == null) {
            throw Problem.invalid(
                    "/check",
                    "not_asked",
                    check != null
                            ? "The check " + id + " looks by itself; nobody states what it finds."
                            : "The file of the check " + id + " is broken; correct it first.");
        }
        if (asset.active()) {
            lookup.requireApplies(entry, asset);
        }
        return new Statements.Question(asset, entry, check, frequency);
    }

    /** Owner, backup owner and leads may state it; owners see only what they answer for. */
    static boolean may(Statements.Question question, Principal principal) {
        return question.asset().active() && (principal.lead() || principal.role() == Role.OWNER);
    }

    /**
     * What somebody says.
     *
     * @param attested whether the protection is in place; null is refused
     * @param by e-mail address of whose word it is, on the command line, where nobody is signed in; else null
     */
    record Word(
            @Nullable Boolean attested,
            @Nullable String note,
            @Nullable String by) {}

    /**
     * Keeps a statement and judges it.
     *
     * @throws Problem 409 for a retired asset or where this process has not the check as the server has it, 422 without an answer, with a note
     *     that is too long, or where it is not said whose word it is, 429 after many, and as {@link #question}
     */
    Map<String, @Nullable Object> state(String ref, String id, Word word, Principal principal) {
        quota.take(principal);
        String words = word.note() == null || word.note().isBlank()
                ? null
                : word.note().strip();
        Boolean attested = word.attested();
        Kept kept = database.inTransaction(tx -> {
            Statements.Question asked = statable(tx, ref, id, principal);
            if (attested == null) {
                throw Problem.invalid("/attested", "required", "Say whether it is in place: true or false.");
            }
            if (words != null && words.length() > LONGEST) {
                throw Problem.invalid("/note", "too_long", "Shorten the note to " + LONGEST + " characters.");
            }
            Statements.Speaker speaker = new Statements.Speaker(speaker(tx, asked, word.by(), principal), principal);
            Statement statement = statements.add(tx, asked, attested, words, speaker);
            return new Kept(statement, asked);
        });
        Statement statement = kept.statement();
        judge.accept(statement.assetId(), statement.checkId());
        return json(statement, kept.question(), assets.actorName(statement.statedBy()), true);
    }

    private record Kept(Statement statement, Statements.Question question) {}

    private Statements.Question statable(Handle tx, String ref, String id, Principal principal) {
        Statements.Question asked = question(tx, ref, id, principal);
        if (!asked.asset().active()) {
            throw Problem.conflict("retired", "The asset " + ref + " is retired. Restore it before you change it.");
        }
        return asked;
    }

    /** A command line names a person who may state it; everybody else speaks for themselves. */
    private String speaker(Handle tx, Statements.Question asked, @Nullable String email, Principal principal) {
        boolean named = email != null && !email.isBlank();
        if (principal.channel() != Channel.COMMAND) {
            if (named) {
                throw Problem.invalid(
                        "/by",
                        "not_yours",
                        "State what you know yourself; leave this out. Only the command line of Ronde's own machine names another person.");
            }
            return principal.actorRef();
        }
        if (!named) {
            throw Problem.invalid(
                    "/by",
                    "required",
                    "Say whose word it is: the e-mail address of the owner, the backup owner or a compliance lead (--by EMAIL).");
        }
        return assets.mayAnswer(tx, asked.asset(), String.valueOf(email).strip())
                .orElseThrow(() -> Problem.invalid(
                        "/by",
                        "not_theirs",
                        String.valueOf(email).strip() + " neither answers for "
                                + asked.asset().ref()
                                + " nor is a compliance lead. Name the owner, the backup owner or a lead."));
    }

    PageOf<Map<String, @Nullable Object>> list(Statements.Question question, Query query) {
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        UUID asset = question.asset().id();
        String check = question.check().id();
        PageOf<Statement> page = database.read(handle -> {
            StatementDao dao = handle.attach(StatementDao.class);
            List<Statement> rows = dao.list(asset, check, before, limit + 1);
            return PageOf.of(rows, limit, dao.count(asset, check), statement -> Cursor.of(statement.id()));
        });
        Map<String, String> names = new HashMap<>();
        page.items().forEach(statement -> names.computeIfAbsent(statement.statedBy(), assets::actorName));
        UUID newest =
                before == null && !page.items().isEmpty() ? page.items().get(0).id() : null;
        return page.map(statement -> json(
                statement,
                question,
                names.getOrDefault(statement.statedBy(), statement.statedBy()),
                statement.id().equals(newest)));
    }

    private Map<String, @Nullable Object> json(
            Statement statement, Statements.Question question, String name, boolean newest) {
        String standing = newest ? statements.standing(statement, question) : "replaced";
        return new StatementJson(statement, question.asset().ref(), name, standing, question.frequency()).json();
    }

    /**
     * What a person stated, as the API and the page show it.
     *
     * @param name of who stated it; a random reference where nobody knows it any more
     * @param standing what it is worth now: {@code counts}; {@code overdue}; {@code outdated} where the check file, or how the asset is reached, is
     *     another one since; {@code replaced} by a newer one
     * @param frequency how long it counts, whatever came after it
     */
    record StatementJson(Statement statement, String asset, String name, String standing, Duration frequency) {
        private static final Table<StatementJson> JSON = Table.<StatementJson>empty()
                .with("id", said -> said.statement.id())
                .with("asset", StatementJson::asset)
                .with("check", said -> said.statement.checkId())
                .with("attested", said -> said.statement.attested())
                .with("note", said -> said.statement.note())
                .with("stated_at", said -> said.statement.statedAt())
                .with("stated_by", StatementJson::name)
                .with("channel", said -> said.statement.channel())
                .with("standing", StatementJson::standing)
                .with("overdue_at", said -> said.statement.statedAt().plus(said.frequency))
                .with("record", said -> said.statement.recordId());

        Map<String, @Nullable Object> json() {
            return JSON.json(this);
        }
    }
}
