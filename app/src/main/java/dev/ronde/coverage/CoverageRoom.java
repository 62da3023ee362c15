package dev.ronde.coverage;

import dev.ronde.check.CheckRoom;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.planning.Plans;
import java.time.Duration;
import java.util.List;

/** The views of coverage, wired once over checks and plans. */
public final class CoverageRoom {
    private final Coverages coverages;
    private final Orphans orphans;
    private final LastingErrors lastingErrors;

    private CoverageRoom(Coverages coverages, Orphans orphans, LastingErrors lastingErrors) {
        this.coverages = coverages;
        this.orphans = orphans;
        this.lastingErrors = lastingErrors;
    }

    public static CoverageRoom of(CheckRoom checks, Plans plans) {
        return new CoverageRoom(
                new Coverages(checks, plans),
                new Orphans(checks.database(), checks.clock()),
                new LastingErrors(check -> checks.catalogue()
                        .find(check)
                        .map(entry -> entry.outline().schedule().freshFor())
                        .orElse(Duration.ZERO)));
    }

    public List<Routes> routes(PageRenderer pages) {
        return List.of(
                new CoverageApi(coverages),
                new CoveragePages(coverages, pages),
                new OrphanApi(orphans),
                new OrphanPages(orphans, pages));
    }

    /** The checks that do not see any more. */
    public LastingErrors lastingErrors() {
        return lastingErrors;
    }

    /** What keeps the figures of a large estate fresh. */
    public List<Tick> ticks() {
        return coverages.ticks();
    }
}
