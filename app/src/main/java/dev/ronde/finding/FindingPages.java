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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The list of findings, what is wrong now and what was, and the page of one. */
final class FindingPages implements Routes {
    private final Database database;
    private final FindingReader reader;
    private final Catalogue catalogue;
    private final FindingPageModel model;
    private final PageRenderer pages;

    FindingPages(
            Database database, FindingReader reader, Catalogue catalogue, FindingPageModel model, PageRenderer pages) {
        this.database = database;
        this.reader = reader;
        this.catalogue = catalogue;
        this.model = model;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/findings", Access.READERS, this::list);
        router.get("/findings/{id}", Access.READERS, context -> show(context, false));
        router.post("/findings/{id}/acknowledge", Access.ANSWERERS, this::acknowledge);
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

    private void acknowledge(Context context) {
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
        PageOf<FindingJson> page =
                database.read(handle -> reader.list(handle, query, principal, FindingReader.State.OPEN, language));
        Map<String, Object> model =
                ListPage.of(query, page, "/findings", List.of("state", "asset", "check", "severity", "owner"));
        model.put("mayAsk", principal.role() != Role.AUDITOR);
        model.put("asked", database.read(handle -> this.model.asked(handle, page.items())));
        model.put("state", query.text("state").orElse("open"));
        model.put(
                "severities",
                Arrays.stream(Severity.values())
                        .sorted(Comparator.reverseOrder())
                        .map(Severity::code)
                        .toList());
        model.put("checks", catalogue.entries().stream().map(CatalogueEntry::id).toList());
        pages.render(context, "web/finding/list.peb", model);
    }
}
