package dev.ronde.check.run;

import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.probe.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run that looked at several addresses: the worst of it. A failure beats an error, an error what is not known, and that a
 * pass; facts are those of the address it was seen at, and every exchange is there. The words of a failure name every address that fails and
 * what fails there, since whoever accepts it accepts all of it.
 */
final class WorstExecution {
    private static final List<Outcome> BETTER_TO_WORSE =
            List.of(Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.UNKNOWN, Outcome.ERROR, Outcome.FAIL);

    private WorstExecution() {}

    static Execution of(List<Execution> all) {
        Execution worst = all.get(0);
        List<Exchange> exchanges = new ArrayList<>();
        for (Execution ran : all) {
            worst = worse(ran, worst) ? ran : worst;
            exchanges.addAll(ran.exchanges());
        }
        Judgement judgement = worst.judgement();
        boolean fails = judgement.outcome() == Outcome.FAIL;
        boolean undecided =
                all.stream().anyMatch(ran -> !ran.judgement().outcome().isDecided());
        List<Execution> failing = all.stream()
                .filter(ran -> ran.judgement().outcome() == Outcome.FAIL)
                .toList();
        Judgement told = failing.size() > 1 ? FailedEverywhere.told(worst, failing) : judgement;
        return new Execution(
                fails && undecided ? told.withPartUnknown() : told,
                all.get(0).startedAt(),
                all.get(all.size() - 1).finishedAt(),
                worst.kept(),
                worst.params(),
                worst.vantage(),
                fails ? everywhere(failing) : judgement.outcome() == Outcome.PASS ? everywhere(all) : worst.resolved(),
                exchanges,
                fails ? fingerprint(all) : null,
                worst.redactions(),
                worst.seenAt());
    }

    private static boolean worse(Execution one, Execution other) {
        int rank = BETTER_TO_WORSE.indexOf(one.judgement().outcome())
                - BETTER_TO_WORSE.indexOf(other.judgement().outcome());
        boolean same = rank == 0 && one.judgement().outcome() == Outcome.FAIL;
        return rank > 0
                || (same
                        && one.judgement()
                                        .severity()
                                        .compareTo(other.judgement().severity())
                                > 0);
    }

    private static @Nullable String everywhere(List<Execution> all) {
        String resolved =
                all.stream().map(Execution::resolved).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return resolved.isEmpty() ? null : resolved;
    }

    /** A waiver for the failure of one address does not cover another failure beside it. */
    private static @Nullable String fingerprint(List<Execution> all) {
        List<String> fingerprints = all.stream()
                .map(Execution::fingerprint)
                .filter(Objects::nonNull)
                .toList();
        return fingerprints.isEmpty() ? null : KeptFacts.together(fingerprints);
    }
}
