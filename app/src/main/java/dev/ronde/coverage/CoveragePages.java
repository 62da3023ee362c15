package dev.ronde.coverage;

import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.KeptFigures;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Coverage by unit, kind and framework, the assets and controls behind it, and what is not known; the same over HTTP ({@code contract.md}). */
final class CoveragePages implements Routes {
    private final Coverages coverages;
    private final PageRenderer pages;

    CoveragePages(Coverages coverages, PageRenderer pages) {
        this.coverages = coverages;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/coverage", Access.READERS, this::estate);
        router.get("/coverage/assets", Access.READERS, this::assets);
        router.get("/coverage/gaps", Access.READERS, this::gaps);
        router.get("/coverage/frameworks/{id}", Access.READERS, this::framework);
        router.get("/api/v1/coverage", Access.READERS, context -> context.json(estateOf(context)));
        router.get(
                "/api/v1/coverage/assets",
                Access.READERS,
                context -> Requests.list(context, assets(context, ofAssets(context))));
        router.get(
                "/api/v1/coverage/gaps",
                Access.READERS,
                context -> Requests.list(context, gaps(context, ofGaps(context))));
        router.get("/api/v1/coverage/frameworks/{id}", Access.READERS, context -> context.json(frameworkOf(context)));
    }

    private static Query ofAssets(Context context) {
        return Requests.query(context, CoverageQuestions.ofAssets("sort", "limit", "cursor"));
    }

    private static Query ofGaps(Context context) {
        return Requests.query(context, CoverageQuestions.ofGaps("sort", "limit", "cursor"));
    }

    private Estate estateOf(Context context) {
        Requests.query(context);
        return coverages.estate(Requests.principal(context).confinedTo());
    }

    private FrameworkCoverage frameworkOf(Context context) {
        Requests.query(context);
        return coverages.framework(
                context.pathParam("id"), Requests.principal(context).confinedTo());
    }

    private PageOf<AssetCoverage> assets(Context context, Query query) {
        AssetFilter filter = AssetParameters.filter(query, Requests.principal(context));
        return PageOf.listed(query, asked -> {
            String after = asked.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
            return coverages.assets(filter, after, asked.limit());
        });
    }

    private PageOf<GapRow> gaps(Context context, Query query) {
        GapFilter filter = CoverageQuestions.gapFilter(query, Requests.principal(context));
        return PageOf.listed(query, asked -> coverages.gaps(filter, asked.cursor(3), asked.limit()));
    }

    private void estate(Context context) {
        pages.render(context, "web/coverage/estate.peb", Map.of("estate", estateOf(context)));
    }

    private void framework(Context context) {
        pages.render(context, "web/coverage/framework.peb", Map.of("framework", frameworkOf(context)));
    }

    private void assets(Context context) {
        Query query = ofAssets(context);
        pages.render(
                context,
                "web/coverage/assets.peb",
                ListPage.of(query, assets(context, query), "/coverage/assets", List.of("kind", "unit")));
    }

    private void gaps(Context context) {
        Query query = ofGaps(context);
        PageOf<GapRow> page = gaps(context, query);
        Map<String, Object> model =
                ListPage.of(query, page, "/coverage/gaps", List.of("gap", "asset", "unit", "owner"));
        KeptFigures.Read<Map<Gap, Long>> counts =
                coverages.gaps(Requests.principal(context).confinedTo());
        model.put("why", coverages.why(page.items(), pages.reader(context).locale()));
        model.put("counts", counts.value());
        model.put("asOf", counts.at());
        model.put("gaps", Arrays.stream(Gap.values()).map(Gap::word).toList());
        pages.render(context, "web/coverage/gaps.peb", model);
    }
}
