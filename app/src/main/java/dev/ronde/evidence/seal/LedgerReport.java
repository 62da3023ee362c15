package dev.ronde.evidence.seal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a full pass found.
 *
 * @param size leaves of the log
 * @param records leaves whose record is there
 * @param at when the pass began, UTC
 * @param faults what does not fit, about 100 sentences that name the index or record; empty is good
 * @param more faults beyond those
 * @param warnings what should be looked at but contradicts nothing
 */
public record LedgerReport(long size, long records, Instant at, List<String> faults, long more, List<String> warnings) {
    public LedgerReport {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** The same pass with one more fault, before the others. */
    LedgerReport with(String fault) {
        List<String> all = new ArrayList<>(List.of(fault));
        all.addAll(faults);
        return new LedgerReport(size, records, at, all, more, warnings);
    }

    public boolean good() {
        return faults.isEmpty();
    }
}
