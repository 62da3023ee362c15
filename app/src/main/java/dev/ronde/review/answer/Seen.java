package dev.ronde.review.answer;

import dev.ronde.platform.problem.Problem;
import dev.ronde.review.estate.CheckState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The results somebody was shown, as a form carries them: the ids of their runs, those that were too old marked. What they say is read
 * from the runs again, so that nobody can bring results that never were.
 */
final class Seen {

    private static final int LONGEST = 100_000;
    private static final Set<String> GOOD = Set.of("pass", "not_applicable");

    private Seen() {}

    enum From {
        /** A page of ours carries it: what it does not name was not there yet. */
        FORM,
        /** A mail of ours kept it: some of the runs may not be known any more. */
        MAIL,
        /** A program sent it: it must name a result of every check that has one. */
        PROGRAM
    }

    /**
     * What was seen, where the request says that; else what there is now.
     *
     * @param runs reads the states of runs of the asset
     * @throws Problem 409 {@code checks_changed} where a check is worse now than it was shown, {@code checks_missing} where a program leaves
     *     checks out, 422 for what no form of ours carried
     */
    static Situation by(
            AttestRequest request, Situation present, From from, Function<Collection<String>, List<CheckState>> runs) {
        String text = request.seen();
        if (text == null) {
            return present;
        }
        List<CheckState> seen = read(text, present, from, runs);
        Map<String, CheckState> before =
                seen.stream().collect(Collectors.toMap(CheckState::check, check -> check, (first, second) -> second));
        if (from == From.PROGRAM) {
            requireAll(before, present);
        }
        List<CheckState> worse = present.checks().stream()
                .filter(check -> bad(check) > (before.containsKey(check.check()) ? bad(before.get(check.check())) : 1))
                .toList();
        if (!worse.isEmpty()) {
            throw Problem.conflict(
                            "checks_changed",
                            "After you looked these checks turned: "
                                    + worse.stream()
                                            .map(check -> check.check() + " ("
                                                    + (check.stale() ? "stale" : check.outcome()) + ")")
                                            .collect(Collectors.joining(", "))
                                    + ". Look at them and attest again.")
                    .with("checks", worse)
                    .with("seen", present.seen())
                    .values(worse.stream().map(CheckState::check).toArray(String[]::new));
        }
        return new Situation(present.digest(), present.baseline(), present.changes(), seen, present.over());
    }

    /** Who leaves a check out has not seen it, or hides that they have. */
    private static void requireAll(Map<String, CheckState> seen, Situation present) {
        List<CheckState> missing = present.checks().stream()
                .filter(check -> check.run() != null && !seen.containsKey(check.check()))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.conflict(
                            "checks_missing",
                            "seen names no result of these checks: "
                                    + missing.stream().map(CheckState::check).collect(Collectors.joining(", "))
                                    + ". Look at them and send seen whole, as the review has it now.")
                    .with("checks", missing)
                    .with("seen", present.seen())
                    .values(missing.stream().map(CheckState::check).toArray(String[]::new));
        }
    }

    private static List<CheckState> read(
            String text, Situation present, From from, Function<Collection<String>, List<CheckState>> runs) {
        if (text.equals(Shown.NOTHING.seen())) {
            return List.of();
        }
        Map<String, Boolean> asked = new LinkedHashMap<>();
        if (text.length() <= LONGEST) {
            for (String one : text.split(",", -1)) {
                boolean stale = one.endsWith(Situation.STALE);
                asked.put(stale ? one.substring(0, one.length() - 1) : one, stale);
            }
        }
        Map<String, CheckState> known = present.checks().stream()
                .filter(check -> check.run() != null)
                .collect(Collectors.toMap(
                        check -> Objects.requireNonNull(check.run()), check -> check, (first, second) -> first));
        Set<String> older = new LinkedHashSet<>(asked.keySet());
        older.removeAll(known.keySet());
        if (!older.isEmpty()) {
            runs.apply(older).forEach(check -> known.put(Objects.requireNonNull(check.run()), check));
        }
        List<CheckState> seen = new ArrayList<>();
        asked.forEach((run, stale) -> {
            CheckState state = known.get(run);
            if (state == null && from == From.MAIL) {
                return;
            }
            if (state == null) {
                throw Problem.invalid("/seen", "bad_value", "Send seen as the review that was looked at has it.");
            }
            seen.add(new CheckState(
                    state.check(), state.outcome(), stale, state.severity(), state.run(), state.record()));
        });
        if (seen.isEmpty() && from != From.MAIL) {
            throw Problem.invalid("/seen", "bad_value", "Send seen as the review that was looked at has it.");
        }
        return seen;
    }

    /** 0 for what counts as good, 1 where nothing is known, 2 for a failure. */
    private static int bad(CheckState check) {
        if (check.stale()) {
            return 1;
        }
        return GOOD.contains(check.outcome()) ? 0 : check.outcome().equals("fail") ? 2 : 1;
    }
}
