package dev.ronde.evidence.state;

import java.util.List;

/**
 * What a comparison of the tables with the records found.
 *
 * @param rows how many were compared
 * @param differences a sentence for each row that differs, a thousand at most; empty is good
 * @param more rows that differ beyond those
 */
public record StateReport(long rows, List<String> differences, long more) {
    public StateReport {
        differences = List.copyOf(differences);
    }

    public boolean good() {
        return differences.isEmpty();
    }

    public long count() {
        return differences.size() + more;
    }
}
