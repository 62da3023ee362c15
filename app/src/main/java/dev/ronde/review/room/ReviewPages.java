package dev.ronde.review.room;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.RefusalWords;
import dev.ronde.review.answer.ReviewErrors;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.file.ReviewFiles;
import dev.ronde.review.plan.PlanDao;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The pages about reviews; every form works without script and keeps what was typed when it is refused. */
public final class ReviewPages implements Routes {

    private static final Set<String> SAID_ON_THE_PAGE =
            Set.of("assurance_too_low", "had_a_part", "accept_first", "attested_by_another", "not_yours");
    private static final String[] FILTERS = {"state", "overdue", "owner", "asset", "plan", "due_before"};

    private static final String FILE = "ronde.review.file";

    private final Database database;
    private final InstantSource clock;
    private final Reviews reviews;
    private final ReviewReader reader;
    private final ReviewCsv csv;
    private final ReviewFiles files;
    private final CheckWords checks;
    private final RefusalWords refusals;
    private final PageRenderer pages;

    public ReviewPages(Database database, InstantSource clock, ReviewRoom room, CheckWords checks, PageRenderer pages) {
        this.database = database;
        this.clock = clock;
        this.reviews = room.reviews();
        this.reader = room.reader();
        this.csv = room.csv();
        this.files = room.files();
        this.checks = checks;
        this.refusals = new RefusalWords(checks);
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/reviews", Access.READERS, this::list);
        router.get("/reviews.csv", Access.READERS, this::download);
        router.get("/reviews/{ref}", Access.READERS, this::show);
        router.post("/reviews/{ref}/{action}", Access.ANSWERERS, this::act);
    }

    private void list(Context context) {
        Query query =
                Requests.query(context, "state", "overdue", "owner", "asset", "plan", "due_before", "limit", "cursor");
        Principal principal = Requests.principal(context);
        PageOf<ReviewRow> page = reader.list(
                ReviewApi.filter(query, principal, reader),
                query.limit(),
                query.cursor(2).orElse(null));
        Map<String, Object> model = new HashMap<>();
        List<ReviewLine> lines = page.items().stream()
                .map(row -> ReviewLine.of(row, clock.instant()))
                .toList();
        boolean filtered = false;
        StringBuilder address = new StringBuilder();
        for (String name : FILTERS) {
            String value = query.text(name).orElse("");
            model.put("f_" + name, value);
            filtered |= !value.isEmpty();
            if (!value.isEmpty()) {
                address.append(address.length() == 0 ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        model.put("reviews", lines);
        model.put("count", page.count());
        model.put("exact", page.exact());
        model.put("filtered", filtered);
        model.put("filters", address.toString());
        String cursor = page.nextCursor();
        String joined = address.length() == 0 ? "?" : address + "&";
        model.put("next", cursor == null ? "" : "/reviews" + joined + "cursor=" + cursor);
        model.put(
                "states",
                Arrays.stream(ReviewState.values()).map(ReviewState::word).toList());
        model.put("lead", principal.lead());
        model.put("actor", Access.ANSWERERS.allows(principal.role()));
        model.put(
                "anyPlan",
                !database.read(handle -> handle.attach(PlanDao.class).listInForce())
                        .isEmpty());
        pages.render(context, "web/review/list.peb", model);
    }

    private void download(Context context) {
        Query query = Requests.query(context, FILTERS);
        ReviewFilter filter = ReviewApi.filter(query, Requests.principal(context), reader);
        // a spreadsheet needs the mark to read UTF-8; for a program the header is the first bytes, and its commas are
        // no matter of language
        boolean browser = Requests.principal(context).channel() == Channel.PAGE;
        boolean semicolon =
                browser && pages.reader(context).locale().getLanguage().equals("fr");
        csv.send(filter, semicolon ? ';' : ',', browser, () -> ReviewApi.file(context));
    }

    private void show(Context context) {
        Query query = Requests.query(context, "ok", "file");
        context.attribute(
                FILE, query.text("file").filter(ReviewErrors.FILES::contains).orElse(""));
        render(context, query.text("ok").orElse(""), List.of(), Map.of());
    }

    private void act(Context context) {
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        String action = context.pathParam("action");
        Map<String, String> form = Requests.form(context);
        String leads;
        try {
            leads = database.inTransaction(tx -> {
                Review review = reader.get(tx, ref, principal.confinedTo()).review();
                requireSeen(review, form);
                Verb verb = Verb.of(action).orElseThrow(() -> Problem.notFound("action", action));
                if (verb == Verb.ATTEST) {
                    requireCarried(form, "seen");
                }
                Visitor who = Visitor.of(principal);
                Review after = reviews.act(tx, review, verb.read(new CommandForm(review, form)), who);
                String done = verb.outcome(review, after, who.person());
                return sees(tx, principal, after.ref()) ? "/reviews/" + after.ref() + "?ok=" + done : "/reviews";
            });
        } catch (Problem refused) {
            if (refused.status() != 409 && refused.status() != 422 && !SAID_ON_THE_PAGE.contains(refused.code())) {
                throw refused;
            }
            context.status(refused.status());
            render(context, "", refusals.lines(pages.words(context), refused), form);
            return;
        }
        context.redirect(leads, HttpStatus.SEE_OTHER);
    }

    /** What was done may have taken the review from whoever did it. */
    private boolean sees(Handle tx, Principal principal, String ref) {
        try {
            reader.get(tx, ref, principal.confinedTo());
            return true;
        } catch (Problem gone) {
            return false;
        }
    }

    /** A page that shows an older version is shown again instead of acting on what its reader has not seen. */
    private static void requireSeen(Review review, Map<String, String> form) {
        requireCarried(form, "v");
        if (!String.valueOf(review.version()).equals(form.get("v"))) {
            throw Problem.conflict("review_changed", review.ref() + " was changed meanwhile.");
        }
    }

    /** Refuses a form without a field that every form of the page carries hidden: nothing then says what its reader has seen. */
    private static void requireCarried(Map<String, String> form, String field) {
        if (!form.containsKey(field)) {
            throw Problem.invalid(
                    "/" + field,
                    "not_carried",
                    "Send the hidden field " + field + " of the form: it says what the page showed.");
        }
    }

    private void render(Context context, String ok, List<RefusalWords.Line> errors, Map<String, String> form) {
        Principal principal = Requests.principal(context);
        ReviewPageModel.Maker maker = new ReviewPageModel.Maker(database, clock, reviews, reader, files, checks);
        Map<String, Object> model = maker.make(
                context.pathParam("ref"), principal, pages.reader(context).locale());
        model.put("ok", said(ok));
        model.put("errors", errors);
        model.put("form", form);
        String file = context.attribute(FILE);
        model.put("file", file == null ? "" : file);
        pages.render(context, "web/review/show.peb", model);
    }

    /** The word of what was done, where the page has a sentence for it. */
    private static String said(String ok) {
        return switch (ok) {
            case Verb.REOPENED, Verb.ANEW -> Verb.PROBLEM.word();
            case Verb.REFUSED -> Verb.NOT_MINE.word();
            case Verb.TIME_ASKED -> ok;
            default -> Verb.of(ok).map(Verb::word).orElse("");
        };
    }
}
