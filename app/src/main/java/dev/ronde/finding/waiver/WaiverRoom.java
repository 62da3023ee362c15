package dev.ronde.finding.waiver;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.finding.AcceptanceLookup;
import dev.ronde.finding.FindingReader;
import dev.ronde.finding.Findings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** Who accepts what for how long; add {@link #waivers} to the ticks. */
public final class WaiverRoom {
    private final Database database;
    private final InstantSource clock;
    private final Waivers waivers;
    private final WaiverReader reader;
    private final WaiverApplication application;

    public WaiverRoom(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            Assets assets,
            People people,
            Findings findings,
            Catalogue catalogue) {
        this.database = database;
        this.clock = clock;
        this.waivers = new Waivers(database, clock, evidence, assets, people);
        this.reader = new WaiverReader(findings, assets, people, clock);
        this.application = new WaiverApplication(waivers, reader, findings, assets, catalogue);
    }

    public Waivers waivers() {
        return waivers;
    }

    public AcceptanceLookup acceptances() {
        return new Acceptances(reader);
    }

    public List<Routes> routes(FindingReader findings, PageRenderer pages) {
        return List.of(new WaiverPages(database, clock, waivers, reader, findings, application, pages));
    }
}
