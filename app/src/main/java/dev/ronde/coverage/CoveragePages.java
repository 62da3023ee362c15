package dev.ronde.coverage;

import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.coverage.Coverages.AssetCoverage;
import dev.ronde.coverage.FrameworkCoverage.ControlCoverage;
import dev.ronde.coverage.FrameworkCoverage.Tally;
import dev.ronde.coverage.GapDao.Gap;
import dev.ronde.coverage.GapDao.GapFilter;
import dev.ronde.coverage.GapDao.GapRow;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Limits;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Coverage by unit, kind and framework, the assets and controls behind it, and what is not known: on pages, over HTTP ({@code contract.md})
 * and as files. Whoever sees only their own is answered about that.
 */
record CoveragePages(Coverages coverages, PageRenderer pages) implements Routes {
    enum By {
        /** One asset. */
        ASSET,
        /** One unit. */
        UNIT,
        /** One kind of asset. */
        KIND,
        /** One framework; its counts are of controls. */
        FRAMEWORK
    }

    private static final Table<AssetCoverage> ASSETS = counted(
            Table.<AssetCoverage>empty()
                    .with("asset_ref", AssetCoverage::asset)
                    .with("asset_name", AssetCoverage::assetName)
                    .with("kind", AssetCoverage::kind)
                    .with("unit", AssetCoverage::unit),
            AssetCoverage::counts);
    private static final Table<CoverageReader.OfUnit> UNITS = counted(
            Table.<CoverageReader.OfUnit>empty()
                    .with("unit", CoverageReader.OfUnit::unit)
                    .with("assets", CoverageReader.OfUnit::assets),
            CoverageReader.OfUnit::counts);
    private static final Table<Map.Entry<String, Coverage.Counts>> KINDS = counted(
            Table.<Map.Entry<String, Coverage.Counts>>empty().with("kind", Map.Entry::getKey), Map.Entry::getValue);
    private static final Table<FrameworkCoverage> FRAMEWORKS = counted(
            Table.<FrameworkCoverage>empty()
                    .with("framework", FrameworkCoverage::id)
                    .with("name", FrameworkCoverage::name)
                    .with("version", FrameworkCoverage::version),
            FrameworkCoverage::counts);
    private static final Table<GapRow> GAPS = Table.<GapRow>empty()
            .with("gap", row -> row.gap().word())
            .with("asset_ref", GapRow::asset)
            .with("asset_name", GapRow::assetName)
            .with("kind", GapRow::kind)
            .with("unit", GapRow::unit)
            .with("owner_email", GapRow::owner)
            .with("check", GapRow::check)
            .with("reason", GapRow::reason)
            .with("since", GapRow::since);
    private static final Table<Line> CONTROLS = Table.<Line>empty()
            .with("framework", Line::framework)
            .with("control", line -> line.control().control())
            .with("title", line -> line.control().title())
            .with("state", line -> line.control().stateWord())
            .with("source", Line::source)
            .with("source_id", Line::id)
            .with("assets", line -> line.tally().assets())
            .with("pass", line -> line.tally().pass())
            .with("fail", line -> line.tally().fail())
            .with("accepted_risk", line -> line.tally().acceptedRisk())
            .with("error", line -> line.tally().error())
            .with("unknown", line -> line.tally().unknown())
            .with("stale", line -> line.tally().stale())
            .with("not_credited", line -> line.tally().notCredited())
            .with("not_applicable", line -> line.tally().notApplicable());

    @Override
    public void register(Router router) {
        router.get("/coverage", Access.SCOPED, this::estate);
        router.get("/coverage/assets", Access.SCOPED, this::assets);
        router.get("/coverage/gaps", Access.SCOPED, this::gaps);
        router.get("/coverage/frameworks/{id}", Access.SCOPED, this::framework);
        router.get("/api/v1/coverage", Access.SCOPED, context -> context.json(estateOf(context)));
        router.get(
                "/api/v1/coverage/assets",
                Access.SCOPED,
                context -> Requests.list(context, assets(context, ofAssets(context))));
        router.get(
                "/api/v1/coverage/gaps",
                Access.SCOPED,
                context -> Requests.list(context, gaps(context, ofGaps(context))));
        router.get("/api/v1/coverage/frameworks/{id}", Access.SCOPED, context -> context.json(frameworkOf(context)));
        for (String root : List.of("/coverage", "/api/v1/coverage")) {
            router.get(root + ".csv", Access.SCOPED, this::countsFile);
            router.get(root + "/gaps.csv", Access.SCOPED, this::gapsFile);
            router.get(root + "/frameworks/{id}/controls.csv", Access.SCOPED, this::controlsFile);
        }
    }

    private static Query ofAssets(Context context) {
        return Requests.query(context, "kind", "unit", "sort", "limit", "cursor");
    }

    private static Query ofGaps(Context context) {
        return Requests.query(context, "gap", "asset", "unit", "owner", "sort", "limit", "cursor");
    }

    private Coverages.Estate estateOf(Context context) {
        Requests.query(context);
        return coverages.estate(Requests.principal(context).confinedTo());
    }

    /** {@link Problem} 404 for one that is not there, or not part of an engagement. */
    private FrameworkCoverage frameworkOf(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Limits limits = principal.limits();
        if (limits != null && !limits.covers(id)) {
            throw Problem.notFound("framework", id);
        }
        return coverages.framework(id, principal.confinedTo());
    }

    private PageOf<AssetCoverage> assets(Context context, Query query) {
        AssetFilter filter = AssetParameters.filter(query, Requests.principal(context));
        return PageOf.listed(query, asked -> {
            String after = asked.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
            return coverages.assets(filter, after, asked.limit());
        });
    }

    private PageOf<GapRow> gaps(Context context, Query query) {
        Principal principal = Requests.principal(context);
        GapFilter filter = gapFilter(query, principal);
        return PageOf.listed(query, asked -> coverages.gaps(filter, asked.cursor(3), asked.limit()))
                .map(row -> row.shownTo(principal));
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

    private static GapFilter gapFilter(Query query, Principal principal) {
        return new GapFilter(
                query.oneOf("gap", Gap.class).orElse(null),
                query.text("asset").orElse(null),
                query.text("unit").orElse(null),
                query.text("owner").orElse(null),
                principal.confinedTo());
    }

    /** One check or plan of one control, or a control that has none. */
    private record Line(String framework, ControlCoverage control, String source, String id, Tally tally) {
        static Stream<Line> of(String framework, ControlCoverage control) {
            if (control.checks().isEmpty() && control.plans().isEmpty()) {
                return Stream.of(new Line(framework, control, "", "", Tally.NONE));
            }
            return Stream.concat(
                    control.checks().stream()
                            .map(check -> new Line(framework, control, "check", check.check(), check.counts())),
                    control.plans().stream()
                            .map(plan -> new Line(framework, control, "plan", plan.plan(), plan.tally())));
        }
    }

    private static <R> Table<R> counted(Table<R> head, Function<R, Coverage.Counts> counts) {
        return head.with("available", row -> counts.apply(row).available())
                .with("enabled", row -> counts.apply(row).enabled())
                .with("partly", row -> counts.apply(row).partly())
                .with("off", row -> counts.apply(row).off())
                .with("not_verifiable", row -> counts.apply(row).notVerifiable())
                .with("accepted_risk", row -> counts.apply(row).acceptedRisk())
                .with("no_check_yet", row -> counts.apply(row).noCheckYet());
    }

    /** The filter narrows assets only. */
    private void countsFile(Context context) {
        Query query = Requests.query(context, "kind", "unit", "by");
        Principal principal = Requests.principal(context);
        UUID own = principal.confinedTo();
        switch (query.oneOf("by", By.class).orElse(By.ASSET)) {
            case ASSET ->
                send(context, ASSETS, to -> coverages.eachAsset(AssetParameters.filter(query, principal), to));
            case UNIT -> send(context, UNITS, coverages.estate(own).byUnit()::forEach);
            case KIND -> send(context, KINDS, coverages.estate(own).byKind().entrySet()::forEach);
            case FRAMEWORK ->
                send(context, FRAMEWORKS, coverages.frameworks(own).values()::forEach);
        }
    }

    private <R> void send(Context context, Table<R> table, Consumer<Consumer<R>> rows) {
        Download.table(context, pages, "coverage.csv", table, rows);
    }

    private void gapsFile(Context context) {
        Query query = Requests.query(context, "gap", "asset", "unit", "owner");
        Principal principal = Requests.principal(context);
        GapFilter filter = gapFilter(query, principal);
        Download.table(
                context,
                pages,
                "gaps.csv",
                GAPS,
                to -> coverages.eachGap(filter, row -> to.accept(row.shownTo(principal))));
    }

    private void controlsFile(Context context) {
        FrameworkCoverage framework = frameworkOf(context);
        Download.table(
                context,
                pages,
                framework.id() + "-controls.csv",
                CONTROLS,
                to -> framework.controls().stream()
                        .flatMap(control -> Line.of(framework.id(), control))
                        .forEach(to));
    }
}
