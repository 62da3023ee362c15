package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.asset.snapshot.Change;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.ReviewErrors;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.plan.ChecklistItem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The action page behind a personal link. A GET shows, whoever or whatever opens it; one deliberate POST acts. */
final class ReplyPages implements Routes {
    private static final String TEMPLATE = "web/reply/action.peb";

    private static final String NAMED = "ronde.reply.checks";
    private static final String FAILING = "checks_fail";
    /** Refusals whose values are checks. */
    private static final Set<String> CHECKS = Set.of("checks_changed", "checks_missing", FAILING);

    private static final Map<String, String> CHANGED =
            Map.of("configuration_changed", "changed", "checks_changed", "checks", "checks_missing", "checks");

    /** What the page may be asked to say was done, beside the words of what can be. */
    private static final Set<String> DONE = Set.of("already", Verb.REOPENED, Verb.ANEW, Verb.REFUSED, Verb.TIME_ASKED);

    /** Refusals for which this page has a closer sentence than the pages behind a login. */
    private static final Set<String> WORDED = Set.of(
            "there_are_changes",
            "answer_required",
            "change_is_a_problem",
            "evidence_required",
            "waiver_required",
            "waiver_too_long");

    private final LinkPages door;
    private final Database database;
    private final Reviews reviews;
    private final ActionView view;
    private final Answers answers;
    private final StepUp codes;
    private final Receipts receipts;
    private final Requested requests;
    private final DeadPages dead;
    private final PageRenderer pages;
    private final AddressHealth health = new AddressHealth();

    ReplyPages(
            LinkPages door,
            Database database,
            Answers answers,
            ActionView view,
            StepUp codes,
            Receipts receipts,
            Requested requests,
            DeadPages dead,
            PageRenderer pages) {
        this.door = door;
        this.database = database;
        this.reviews = answers.reviews();
        this.view = view;
        this.answers = answers;
        this.codes = codes;
        this.receipts = receipts;
        this.requests = requests;
        this.dead = dead;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.link("/r/{handle}", Access.ANYONE, this::show);
        router.post("/r/{handle}", Access.ANYONE, this::act);
    }

    private void show(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.LINK);
        if (!visit.live()) {
            dead.show(context, visit);
            return;
        }
        String done = Optional.ofNullable(context.queryParam("ok"))
                .filter(word -> byLink(word).isPresent() || DONE.contains(word))
                .orElse("");
        String open = Optional.ofNullable(context.queryParam("a"))
                .flatMap(ReplyPages::byLink)
                .map(Verb::word)
                .orElse("");
        page(context, visit, 200, new Shown(done, open, "", List.of(), Map.of()));
    }

    /** What the page says beside the review itself.
     *
     * @param notice key of a sentence above everything: conflict, changed, expired, assurance; or empty
     * @param errors of the fields, their messages as keys or sentences
     * @param form what was entered, to be kept */
    private record Shown(String done, String open, String notice, List<FieldError> errors, Map<String, String> form) {}

    private void act(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.LINK);
        Map<String, String> form = Requests.form(context);
        if (!visit.live()) {
            dead.act(context, visit, form);
            return;
        }
        LinkPages.Asked asked = door.judge(visit, form);
        if (asked == LinkPages.Asked.REFUSED) {
            page(context, visit, 403, new Shown("", "", "expired", List.of(), form));
            return;
        }
        Optional<Verb> action = byLink(form.getOrDefault("action", ""));
        List<FieldError> missing = action.map(known -> Answers.missing(known, form))
                .orElseGet(() -> List.of(new FieldError("/action", "required", "reply.error.action")));
        if (action.isEmpty() || !missing.isEmpty()) {
            String open = action.map(Verb::word).orElse("");
            page(context, visit, 422, new Shown("", open, "", missing, form));
            return;
        }
        if (asked == LinkPages.Asked.CONFIRM) {
            door.confirm(context, pages, visit, HandlePurpose.LINK, action.get().word(), door.again(visit, form));
            return;
        }
        perform(context, visit, action.get(), form);
    }

    /** What a form led to: the action that is done, or what is missing for it. */
    private record Performed(String done, StepUp.Standing standing) {}

    /** What can be done by link, by its word. */
    private static Optional<Verb> byLink(String word) {
        return Verb.of(word.replace('_', '-')).filter(verb -> verb.byMail() != Verb.ByMail.NO);
    }

    private static Visitor as(LinkPages.Visit visit, Set<UUID> teams, StepUp.Standing standing) {
        Person person = visit.person();
        return Visitor.of(person, teams, standing.actor(person.actorRef()), Channel.LINK);
    }

    private void perform(Context context, LinkPages.Visit visit, Verb action, Map<String, String> form) {
        try {
            Performed performed = database.inTransaction(tx -> {
                Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
                if (already(review, action, visit)) {
                    return new Performed("already", StepUp.Standing.NOT_NEEDED);
                }
                requireSame(tx, review, form.getOrDefault("v", ""));
                Set<UUID> teams = view.teams(tx, visit.person());
                if (codes.needed(tx, action, review)) {
                    answers.rehearse(tx, action, review, form, as(visit, teams, StepUp.Standing.PROVED));
                }
                StepUp.Standing standing = codes.judge(tx, visit, review, action, form);
                String done = action.word();
                if (standing.open()) {
                    Visitor who = as(visit, teams, standing);
                    Review after = answers.act(tx, action, review, form, who);
                    requests.note(tx, visit, after, action, form, who.actor());
                    UUID as = reviews.duties().ties(tx, who, review).answeringAs(who.person(), review, action);
                    done = action.outcome(review, after, as);
                    receipts.queue(tx, after, visit.person(), done, visit.now());
                }
                door.grants().notePost(tx, visit.grant());
                // whoever holds the link got the mail
                health.ok(tx, visit.person().email(), visit.now());
                return new Performed(done, standing);
            });
            if (performed.standing().open()) {
                String done = "?ok=" + performed.done() + LinkPages.asked(context);
                context.redirect(visit.path(HandlePurpose.LINK) + done, HttpStatus.SEE_OTHER);
            } else {
                askForCode(context, visit, form, performed.standing());
            }
        } catch (Problem problem) {
            refused(context, visit, action, form, problem);
        }
    }

    private void refused(
            Context context, LinkPages.Visit visit, Verb action, Map<String, String> form, Problem problem) {
        Review review = database.read(
                        handle -> reviews.find(handle, visit.grant().subjectId()))
                .orElseThrow();
        if (problem.status() == 409 && already(review, action, visit)) {
            context.redirect(
                    visit.path(HandlePurpose.LINK) + "?ok=already" + LinkPages.asked(context), HttpStatus.SEE_OTHER);
            return;
        }
        String notice = switch (problem.status()) {
            case 422 -> problem.code().equals(FAILING) ? "failing" : "";
            case 409 -> CHANGED.getOrDefault(problem.code(), "conflict");
            case 403 -> problem.code().equals("assurance_too_low") ? "assurance" : "not_yours";
            default -> "";
        };
        List<FieldError> errors = notice.isEmpty() && problem.errors().isEmpty()
                ? List.of(new FieldError("/action", problem.code(), problem.text()))
                : problem.errors();
        context.attribute(
                NAMED,
                CHECKS.contains(problem.code())
                        ? view.titles(problem.values(), visit.reader().locale())
                        : null);
        page(context, visit, problem.status(), new Shown("", action.word(), notice, errors, form));
    }

    /** The same person did the same before, such as by a double click. */
    private static boolean already(Review review, Verb action, LinkPages.Visit visit) {
        return switch (action) {
            case ATTEST -> visit.person().actorRef().equals(review.attestation().performedBy());
            case ACKNOWLEDGE ->
                review.handling().acknowledgedAt() != null
                        && review.stateAt(visit.now()).waiting();
            case ACCEPT_DELEGATION -> visit.person().id().equals(review.ownerId());
            default -> false;
        };
    }

    private void requireSame(Handle tx, Review review, String shown) {
        if (!String.valueOf(review.version()).equals(ActionView.reviewVersion(shown))) {
            throw Problem.conflict("changed_meanwhile", "It changed while the page was open.");
        }
        if (!reviews.look().stillAsShown(tx, review, reviews.situation(tx, review), ActionView.digest(shown))) {
            throw Problem.conflict("configuration_changed", "It changed while the page was open.");
        }
    }

    /** One more page for an answer that needs the code in the mail. */
    private void askForCode(
            Context context, LinkPages.Visit visit, Map<String, String> form, StepUp.Standing standing) {
        Map<String, Object> model = new HashMap<>();
        model.put("action", visit.path(HandlePurpose.LINK));
        model.put("fields", door.again(visit, form));
        model.put("what", form.getOrDefault("action", ""));
        model.put("standing", standing.word());
        model.put("address", ActionView.masked(visit.person().email()));
        context.status(
                switch (standing) {
                    case WRONG, LATE -> 422;
                    case LOCKED, TOO_MANY -> 429;
                    default -> 200;
                });
        pages.render(context, "web/reply/code.peb", visit.reader(), model);
    }

    private void page(Context context, LinkPages.Visit visit, int status, Shown shown) {
        Map<String, Object> model = database.inTransaction(tx -> {
            Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
            Situation situation = reviews.situation(tx, review, visit.reader().locale());
            Map<String, Object> all = view.of(tx, visit, review, situation);
            String version = ActionView.version(review, situation);
            all.put("v", version);
            all.put("n", door.nonce(visit, version));
            all.put("pending", review.approval().pending());
            boolean asked = context.queryParam("asked") != null || Requested.in(shown.form());
            all.putAll(requests.of(tx, visit, review, asked));
            return all;
        });
        model.put("done", shown.done());
        model.put("open", shown.open());
        model.put("notice", shown.notice());
        model.put("checks", context.attribute(NAMED) instanceof String checks ? checks : "");
        model.put(
                "errors",
                shown.errors().stream()
                        .map(error -> message(visit, error, model))
                        .toList());
        model.put("waiver", !List.of().equals(model.get("off")));
        model.put("form", kept(shown.form(), model));
        model.put(
                "file",
                Optional.ofNullable(context.queryParam("file"))
                        .filter(FilePages.WORDS::contains)
                        .orElse(""));
        context.status(status);
        pages.render(context, TEMPLATE, visit.reader(), model);
    }

    /** What was entered, with every field the page may ask for. */
    private static Map<String, String> kept(Map<String, String> form, Map<String, Object> model) {
        Map<String, String> kept = new HashMap<>();
        List.of("action", "outcome", "note", "text", "to", "until", "waiver_reason", "waiver_until")
                .forEach(field -> kept.put(field, ""));
        if (model.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof ChecklistItem question) {
                    kept.put("answer." + question.id(), "");
                    kept.put("evidence." + question.id(), "");
                }
            }
        }
        if (model.get("changes") instanceof List<?> changes) {
            for (Object item : changes) {
                if (item instanceof Change change) {
                    kept.put("answer." + change.path(), "");
                }
            }
        }
        kept.putAll(form);
        return kept;
    }

    private Map<String, String> message(LinkPages.Visit visit, FieldError error, Map<String, Object> model) {
        String key = WORDED.contains(error.code())
                ? "reply.error." + error.code()
                : ReviewErrors.find(error.code(), error.pointer())
                        .filter(found -> !error.message().startsWith("reply."))
                        .orElse(error.message());
        Object word = asked(error.pointer(), model).orElseGet(() -> (String) model.getOrDefault("waiver_latest", ""));
        String text = key.startsWith("reply.") || key.startsWith("review.")
                ? view.text(visit.reader().locale(), key, word)
                : key;
        return Map.of("field", error.pointer().replaceFirst("^/", ""), "text", text);
    }

    /** The question or the change that this is the pointer of, in words. */
    private static Optional<String> asked(String pointer, Map<String, Object> model) {
        String id = pointer.replaceFirst("^/answers/", "").replace("~1", "/").replace("~0", "~");
        List<Object> all = new ArrayList<>();
        List.of("items", "changes").forEach(name -> {
            if (model.get(name) instanceof List<?> some) {
                all.addAll(some);
            }
        });
        for (Object one : all) {
            if (one instanceof ChecklistItem question && question.id().equals(id)) {
                return Optional.of(question.text());
            }
            if (one instanceof Change change && change.path().equals(id)) {
                return Optional.of(change.title());
            }
        }
        return Optional.empty();
    }
}
