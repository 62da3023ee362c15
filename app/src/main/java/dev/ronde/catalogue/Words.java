package dev.ronde.catalogue;

import java.util.Arrays;
import java.util.List;

/** Closed word lists of check files, for messages and suggestions. */
final class Words {
    static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Severity::code).toList();
    static final List<String> OUTCOMES =
            Arrays.stream(Outcome.values()).map(Outcome::code).toList();
    static final List<String> VANTAGES = List.of("any", "external");
    static final List<String> SAFETY = List.of("passive", "read-only");

    private Words() {}
}
