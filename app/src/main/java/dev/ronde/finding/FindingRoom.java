package dev.ronde.finding;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.page.AssetColumn;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.CheckRoom;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The services of this room, wired once. */
public record FindingRoom(
        Database database,
        Catalogue catalogue,
        Assets assets,
        Findings findings,
        FindingTexts texts,
        FindingReader reader) {

    /** Wires the room and listens to results. */
    public static FindingRoom open(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            Catalogue catalogue,
            Assets assets,
            People people,
            CheckRoom checks) {
        Findings findings = new Findings(clock, evidence);
        checks.writer().addListener(findings);
        FindingTexts texts = new FindingTexts(checks.texts(), checks.runs());
        return new FindingRoom(
                database,
                catalogue,
                assets,
                findings,
                texts,
                new FindingReader(findings, texts, assets, people, checks.waivers(), clock));
    }

    /** Every route of this room. */
    public List<Routes> routes(PageRenderer pages, NoticeLookup notices, AcceptanceLookup acceptances) {
        return List.of(
                new FindingApi(this), new FindingPages(this, new FindingPageModel(this, notices, acceptances), pages));
    }

    /**
     * Somebody says that they received it: once is enough, and saying it again changes nothing.
     *
     * @throws Problem 404 where they may not see it, 409 {@code finding_over} where it was fixed before anybody did
     */
    Finding acknowledge(Handle tx, String id, Principal who) {
        Finding finding = reader.finding(tx, id, who);
        return findings.acknowledge(tx, finding, assets.byId(tx, finding.assetId()), Actor.of(who));
    }

    /** Its part of the list of assets. */
    public AssetColumn column(AssetStates states) {
        FindingsColumn.describe(states);
        return new FindingsColumn();
    }

    /** Its part of the asset page. */
    public AssetPanel panel(AcceptanceLookup acceptances) {
        return new FindingsPanel(findings, reader, catalogue, acceptances);
    }
}
