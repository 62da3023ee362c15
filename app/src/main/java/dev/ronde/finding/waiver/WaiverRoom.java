package dev.ronde.finding.waiver;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.finding.AcceptanceLookup;
import dev.ronde.finding.FindingReader;
import dev.ronde.finding.FindingRoom;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** The services around waivers, wired once. */
public record WaiverRoom(
        Database database,
        InstantSource clock,
        Waivers waivers,
        WaiverReader reader,
        WaiverApplication application,
        FindingReader findings) {
    /** Wires them on top of the findings; add {@link #waivers} to the ticks. */
    public static WaiverRoom open(
            FindingRoom room, InstantSource clock, EvidenceLog evidence, Assets assets, People people) {
        Waivers waivers = new Waivers(room.database(), clock, evidence, assets, people);
        WaiverReader reader = new WaiverReader(room.findings(), assets, people, clock);
        return new WaiverRoom(
                room.database(),
                clock,
                waivers,
                reader,
                new WaiverApplication(waivers, reader, room.findings(), assets, room.catalogue()),
                room.reader());
    }

    /** Tells pages of findings by what they are accepted. */
    public AcceptanceLookup acceptances() {
        return new Acceptances(reader);
    }

    /** Every route of waivers. */
    public List<Routes> routes(PageRenderer pages) {
        return List.of(new WaiverApi(database, waivers, reader), new WaiverListApi(this), new WaiverPages(this, pages));
    }
}
