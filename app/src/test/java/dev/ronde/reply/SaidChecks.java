package dev.ronde.reply;

import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.CheckWords;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Words for the checks of the tests: what fails has an open port, what is not known did not answer. */
record SaidChecks(List<Open> findings, List<CheckWords.Protected> protections) implements CheckWords {

    @Override
    public String of(String check, Locale language) {
        return "Title of " + check + " in " + language;
    }

    @Override
    public List<Told> told(Handle handle, List<CheckState> checks, Locale language) {
        return checks.stream().map(check -> told(check, language)).toList();
    }

    private Told told(CheckState check, Locale language) {
        Told bare = new Told(check, of(check.check(), language), "", "", "", null);
        if (bare.failing()) {
            return new Told(check, bare.title(), "port 22 is open", "", "", null);
        }
        if (!bare.unknown()) {
            return bare;
        }
        return check.stale()
                ? new Told(check, bare.title(), "", "stale", "", Instant.parse("2026-02-20T08:00:00Z"))
                : new Told(check, bare.title(), "", "told", "nobody answered", null);
    }

    @Override
    public List<Protected> byProtection(Handle handle, UUID assetId, List<Told> told, Locale language) {
        return protections.stream()
                .map(one -> new Protected(one.title() + " in " + language, one.state(), told))
                .toList();
    }

    @Override
    public List<Open> open(Handle handle, UUID assetId, Locale language) {
        return findings;
    }
}
