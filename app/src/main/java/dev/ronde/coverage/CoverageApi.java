package dev.ronde.coverage;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;

/** Coverage and its gaps over HTTP ({@code contract.md}). */
final class CoverageApi implements Routes {
    private final Coverages coverages;

    CoverageApi(Coverages coverages) {
        this.coverages = coverages;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/coverage", Access.READERS, this::estate);
        router.get("/api/v1/coverage/assets", Access.READERS, this::assets);
        router.get("/api/v1/coverage/gaps", Access.READERS, this::gaps);
        router.get("/api/v1/coverage/frameworks/{id}", Access.READERS, this::framework);
    }

    private void estate(Context context) {
        Requests.query(context);
        context.json(coverages.estate(Requests.principal(context).confinedTo()));
    }

    private void assets(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofAssets("limit", "cursor"));
        String after = query.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
        Requests.list(
                context,
                coverages.assets(
                        CoverageQuestions.assetFilter(query, Requests.principal(context)), after, query.limit()));
    }

    private void gaps(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofGaps("limit", "cursor"));
        Requests.list(
                context,
                coverages.gaps(
                        CoverageQuestions.gapFilter(query, Requests.principal(context)),
                        query.cursor(3),
                        query.limit()));
    }

    private void framework(Context context) {
        Requests.query(context);
        context.json(coverages.framework(
                context.pathParam("id"), Requests.principal(context).confinedTo()));
    }
}
