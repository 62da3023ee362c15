package dev.ronde.check.statement;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On a page and over HTTP, a person states whether a protection of an asset is in place, and reads what was stated before. */
public record StatementPages(Database database, Catalogue catalogue, StatementRequests requests, PageRenderer pages)
        implements Routes {
    private static final Map<String, Boolean> ANSWERS = Map.of("true", true, "false", false);
    private static final String PATH = "/assets/{ref}/checks/{check}/attestation";
    private static final String API = "/api/v1" + PATH;

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
}
