package dev.ronde.coverage;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.protection.CheckFigures;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.planning.Plans;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The views of coverage, wired once over checks and plans. */
public final class CoverageRoom {
    private final Coverages coverages;
    private final OrphanPages.Orphans orphans;
    private final LastingErrors lastingErrors;

    public CoverageRoom(
            Database database,
            InstantSource clock,
            Catalogue catalogue,
            Assets assets,
            CoverageReader coverage,
            CheckFigures figures,
            CheckMessages messages,
            WaiverLookup waivers,
            Plans plans) {
        FrameworkReader frameworks = new FrameworkReader(catalogue, assets, waivers, plans);
        coverages = new Coverages(database, clock, assets, frameworks, coverage, figures, messages);
        orphans = new OrphanPages.Orphans(database, clock);
        lastingErrors = new LastingErrors(check -> catalogue
                .find(check)
                .map(entry -> entry.outline().schedule().freshFor())
                .orElse(Duration.ZERO));
    }

    public List<Routes> routes(PageRenderer pages) {
        return List.of(new CoveragePages(coverages, pages), new OrphanPages(orphans, pages));
    }

    public LastingErrors lastingErrors() {
        return lastingErrors;
    }

    public List<Tick> ticks() {
        return coverages.ticks();
    }
}
