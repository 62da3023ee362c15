package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import java.util.Locale;

/** {@code evidence_<instance>_<from>_<to>_<scope>_n<treesize>_<id8>}, of {@code [a-z0-9_-]}, at most 100 characters. */
final class BundleName {
    private BundleName() {}

    static String of(String origin, ExportScope scope, long treeSize, String sums) {
        return "evidence_" + part(origin, 24) + "_" + scope.from() + "_" + scope.to() + "_" + part(scope.label(), 24)
                + "_n" + treeSize + "_" + Hash.sha256(sums).hex().substring(0, 8);
    }

    private static String part(String text, int most) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(most, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "x" : cut;
    }
}
