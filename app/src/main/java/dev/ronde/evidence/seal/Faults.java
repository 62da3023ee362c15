package dev.ronde.evidence.seal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects what a pass finds, up to a readable number. */
final class Faults {
    private static final int SHOWN = 100;

    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long more;

    void add(String fault) {
        if (faults.size() < SHOWN) {
            faults.add(fault);
        } else {
            more++;
        }
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    LedgerReport report(long size, long records, Instant at) {
        return new LedgerReport(size, records, at, faults, more, warnings);
    }
}
