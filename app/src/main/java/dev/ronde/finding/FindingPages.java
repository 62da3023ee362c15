package dev.ronde.finding;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Severity;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The list of findings, what is wrong now and what was, and one of them; on pages and over HTTP ({@code contract.md}). */
record FindingPages(
        Database database, FindingReader reader, Catalogue catalogue, FindingPageModel model, PageRenderer pages)
        implements Routes {
    private static final String API = "/api/v1/findings";

    @Override
    public void register(Router router) {
        router.get("/findings", Access.SCOPED, this::list);
        router.get("/findings/{id}", Access.SCOPED, context -> show(context, false));
        router.post("/findings/{id}/acknowledge", Access.ANSWERERS, this::acknowledgeByForm);
        router.get(API, Access.SCOPED, this::listJson);
        router.get(API + "/{id}", Access.SCOPED, this::showJson);
        router.post(API + "/{id}/acknowledge", Access.ANSWERERS, this::acknowledge);
    }

    private void listJson(Context context) {
        Query query = Requests.query(context, FindingReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        Requests.list(
                context,
                query,
                asked -> database.read(handle -> reader.list(handle, asked, principal, FindingReader.State.ALL, null)));
    }

    private void showJson(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        context.json(database.read(handle -> reader.get(handle, context.pathParam("id"), principal, null)));
    }

    private void acknowledge(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        context.json(database.inTransaction(tx -> {
            Finding finding = reader.acknowledge(tx, context.pathParam("id"), principal);
            return reader.views(tx, List.of(finding), null).get(0);
        }));
    }

    private void show(Context context, boolean over) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Locale language = pages.reader(context).locale();
        Map<String, Object> shown =
                database.read(handle -> model.of(handle, context.pathParam("id"), principal, language));
        shown.put("over", over);
        pages.render(context, "web/finding/show.peb", shown);
    }

    private void acknowledgeByForm(Context context) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        try {
            database.useTransaction(tx -> reader.acknowledge(tx, id, principal));
        } catch (Problem refused) {
            if (refused.status() != 409) {
                throw refused;
            }
            context.status(refused.status());
            show(context, true);
            return;
        }
        context.redirect("/findings/" + id, HttpStatus.SEE_OTHER);
    }

    private void list(Context context) {
        Query query = Requests.query(context, FindingReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        Locale language = pages.reader(context).locale();
        PageOf<FindingJson> page = PageOf.listed(
                query,
                asked -> database.read(
                        handle -> reader.list(handle, asked, principal, FindingReader.State.OPEN, language)));
        Map<String, Object> model =
                ListPage.of(query, page, "/findings", List.of("state", "asset", "check", "severity", "owner"));
        model.put("mayAsk", principal.role() != Role.AUDITOR);
        model.put("asked", database.read(handle -> this.model.asked(handle, page.items())));
        model.put("state", query.text("state").orElse("open"));
        model.put("severities", Severity.codes());
        model.put("checks", catalogue.entries().stream().map(CatalogueEntry::id).toList());
        pages.render(context, "web/finding/list.peb", model);
    }
}
