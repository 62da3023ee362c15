package dev.ronde.retention;

import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.util.List;

/** What is kept for how long, and what goes, wired. */
public record RetentionRoom(List<Routes> routes, Tick tick) {
    public static RetentionRoom of(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog evidence,
            Ledger ledger,
            People people,
            PageRenderer pages) {
        Purge purge = new Purge(
                database, evidence, ledger, settings.oneOf(Setting.RETENTION_RESULTS, Purge.KEEP, "13m", "3y", "7y"));
        Holds holds = new Holds(database, clock, evidence, people);
        Erasures erasures = new Erasures(database, clock, evidence, people);
        return new RetentionRoom(
                List.of(new RetentionPages(database, clock, holds, erasures, purge, people, pages)),
                purge.tick(settings.zone()));
    }
}
