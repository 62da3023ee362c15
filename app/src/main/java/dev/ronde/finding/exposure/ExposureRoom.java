package dev.ronde.finding.exposure;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** What this room shows; it only reads. */
public final class ExposureRoom {
    private ExposureRoom() {}

    public static List<Routes> routes(Database database, InstantSource clock, PageRenderer pages) {
        return List.of(new ExposurePages(database, new ExposureLedger(clock), pages));
    }
}
