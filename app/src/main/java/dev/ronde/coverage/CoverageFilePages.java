package dev.ronde.coverage;

import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Coverage and its gaps as files, the same for pages and API. */
final class CoverageFilePages implements Routes {
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

    private final Coverages coverages;
    private final PageRenderer pages;

    CoverageFilePages(Coverages coverages, PageRenderer pages) {
        this.coverages = coverages;
        this.pages = pages;
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

    @Override
    public void register(Router router) {
        for (String root : List.of("/coverage", "/api/v1/coverage")) {
            router.get(root + ".csv", Access.READERS, this::counts);
            router.get(root + "/gaps.csv", Access.READERS, this::gaps);
            router.get(root + "/frameworks/{id}/controls.csv", Access.READERS, this::controls);
        }
    }

    /** The filter narrows assets only. */
    private void counts(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofAssets("by"));
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

    private void gaps(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofGaps());
        GapFilter filter = CoverageQuestions.gapFilter(query, Requests.principal(context));
        Download.table(context, pages, "gaps.csv", GAPS, to -> coverages.eachGap(filter, to));
    }

    private void controls(Context context) {
        Requests.query(context);
        FrameworkCoverage framework = coverages.framework(
                context.pathParam("id"), Requests.principal(context).confinedTo());
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
