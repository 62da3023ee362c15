package dev.ronde.check.statement;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.RunQuota;
import dev.ronde.check.statement.Statements.StatementDao;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** On a page and over HTTP, a person states whether a protection of an asset is in place, and reads what was stated before. */
public final class StatementPages implements Routes {
    private static final Map<String, Boolean> ANSWERS = Map.of("true", true, "false", false);
    private static final String PATH = "/assets/{ref}/checks/{check}/attestation";
    private static final String API = "/api/v1" + PATH;

    private final Database database;
    private final Catalogue catalogue;
    private final StatementRequests requests;
    private final PageRenderer pages;

    public StatementPages(Database database, Catalogue catalogue, StatementRequests requests, PageRenderer pages) {
        this.database = database;
        this.catalogue = catalogue;
        this.requests = requests;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.READERS, context -> show(context, "", ""));
        router.post(PATH, Access.ANSWERERS, this::stateByForm);
        router.get(API, Access.READERS, this::list);
        router.post(API, Access.ANSWERERS, this::state);
    }

    private Statements.Question question(Context context) {
        return database.read(handle -> requests.question(
                handle, context.pathParam("ref"), context.pathParam("check"), Requests.principal(context)));
    }

    private Map<String, @Nullable Object> state(Context context, StatementRequests.Word word) {
        return requests.state(context.pathParam("ref"), context.pathParam("check"), word, Requests.principal(context));
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Statements.Question question = question(context);
        Requests.list(context, query, asked -> requests.list(question, asked));
    }

    private void state(Context context) {
        Requests.query(context);
        context.json(state(context, Requests.body(context, StatementRequests.Word.class)));
    }

    private void show(Context context, String note, String error) {
        Query query = Requests.query(context, "limit", "cursor");
        Statements.Question question = question(context);
        PageOf<Map<String, @Nullable Object>> page = requests.list(question, query);
        CheckTexts texts =
                catalogue.texts(question.entry(), pages.reader(context).locale());
        Map<String, Object> model = new HashMap<>();
        model.put("asset", question.asset());
        model.put("check", question.check().id());
        model.put("texts", texts);
        model.put("frequency", question.frequency());
        model.put("statements", page.items());
        model.put("count", page.count());
        model.put("next", page.nextCursor() == null ? "" : page.nextCursor());
        model.put("mayState", StatementRequests.may(question, Requests.principal(context)));
        model.put("retired", !question.asset().active());
        model.put("note", note);
        model.put("error", error);
        pages.render(context, "web/check/attestation.peb", model);
    }

    private void stateByForm(Context context) {
        Map<String, String> form = Requests.form(context);
        String note = form.getOrDefault("note", "");
        String answer = form.getOrDefault("attested", "");
        try {
            state(context, new StatementRequests.Word(ANSWERS.get(answer), note, null));
            context.redirect(context.path(), HttpStatus.SEE_OTHER);
        } catch (Problem refused) {
            String code =
                    refused.errors().isEmpty() ? "" : refused.errors().get(0).code();
            if (!code.equals("required") && !code.equals("too_long")) {
                throw refused;
            }
            context.status(refused.status());
            show(context, note, code);
        }
    }

    /** What people ask and state about protections that no probe sees. */
    public static final class StatementRequests {
        static final int LONGEST = 2_000;

        private final Database database;
        private final Assets assets;
        private final CheckLookup lookup;
        private final Statements statements;
        private final RunQuota quota;
        private final BiConsumer<UUID, String> judge;

        public StatementRequests(
                Database database,
                Assets assets,
                CheckLookup lookup,
                Statements statements,
                RunQuota quota,
                BiConsumer<UUID, String> judge) {
            this.database = database;
            this.assets = assets;
            this.lookup = lookup;
            this.statements = statements;
            this.quota = quota;
            this.judge = judge;
        }

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
                Statements.Speaker speaker =
                        new Statements.Speaker(speaker(tx, asked, word.by(), principal), principal);
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
            UUID newest = before == null && !page.items().isEmpty()
                    ? page.items().get(0).id()
                    : null;
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

    /** Puts what people state of protections that no probe sees on the timeline of the asset, with a link while the check still asks for it. */
    public static final class StatementTimeline implements TimelineSource {
        private static final String STATED = "check.attested";

        private final Catalogue catalogue;

        public StatementTimeline(Catalogue catalogue) {
            this.catalogue = catalogue;
        }

        @Override
        public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
            return handle.attach(StatementDao.class).listUntil(asset.id(), atOrBefore, limit).stream()
                    .map(statement -> entry(asset, statement))
                    .toList();
        }

        private TimelineEntry entry(Asset asset, Statement statement) {
            return new TimelineEntry(
                    statement.statedAt(),
                    statement.id().toString(),
                    STATED,
                    statement.attested() ? "check.timeline.in_place" : "check.timeline.not_in_place",
                    List.of(statement.checkId()),
                    statement.statedBy(),
                    catalogue
                            .find(statement.checkId())
                            .filter(CatalogueEntry::asksPerson)
                            .map(check -> "/assets/" + asset.ref() + "/checks/" + check.id() + "/attestation")
                            .orElse(null),
                    Map.of(
                            "check",
                            statement.checkId(),
                            "attested",
                            statement.attested(),
                            "channel",
                            statement.channel()));
        }

        @Override
        public List<TimelineEntry> translated(Handle handle, List<TimelineEntry> entries, Locale language) {
            return entries.stream()
                    .map(entry -> entry.type().equals(STATED)
                            ? entry.saying(
                                    List.of(catalogue.title(entry.arguments().get(0), language)))
                            : entry)
                    .toList();
        }
    }
}
