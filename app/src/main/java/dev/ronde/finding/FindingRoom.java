package dev.ronde.finding;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.page.AssetColumn;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.WaiverLookup;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** What fails, since when, and what is said of it; add {@link #findings} to the listeners of results. */
public final class FindingRoom {
    private final Assets assets;
    private final Catalogue catalogue;
    private final Findings findings;
    private final FindingTexts texts;
    private final FindingReader reader;

    public FindingRoom(
            InstantSource clock,
            EvidenceLog evidence,
            Catalogue catalogue,
            Assets assets,
            People people,
            FindingTexts texts,
            WaiverLookup waivers) {
        this.assets = assets;
        this.catalogue = catalogue;
        this.findings = new Findings(clock, evidence);
        this.texts = texts;
        this.reader = new FindingReader(findings, texts, assets, people, waivers, clock);
    }

    public Findings findings() {
        return findings;
    }

    public FindingTexts texts() {
        return texts;
    }

    public FindingReader reader() {
        return reader;
    }

    public List<Routes> routes(
            Database database, PageRenderer pages, NoticeLookup notices, AcceptanceLookup acceptances) {
        FindingPageModel model = new FindingPageModel(findings, texts, reader, assets, catalogue, notices, acceptances);
        return List.of(new FindingPages(database, reader, catalogue, model, pages));
    }

    public AssetColumn column(AssetStates states) {
        FindingsColumn.describe(states);
        return new FindingsColumn();
    }

    public AssetPanel panel(AcceptanceLookup acceptances) {
        return new FindingsPanel(findings, reader, catalogue, acceptances);
    }
}
