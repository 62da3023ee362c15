package dev.ronde.evidence.request;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.NameBook;
import dev.ronde.evidence.export.Exports;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** The request list, wired. */
public final class RequestRoom {
    private RequestRoom() {}

    /** Its API and its pages, which say by {@code names} who stands behind an actor reference. */
    public static List<Routes> routes(
            Database database,
            EvidenceLog evidence,
            InstantSource clock,
            Exports exports,
            NameBook names,
            PageRenderer pages) {
        AuditRequests requests = new AuditRequests(database, evidence, clock, exports);
        return List.of(new AuditRequestApi(requests, exports), new AuditRequestPages(requests, exports, names, pages));
    }
}
