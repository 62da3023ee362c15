package dev.ronde.evidence.verify;

import java.util.List;

/**
 * What became of one step of a verification.
 *
 * @param step name of the step, such as {@code V5}
 * @param state {@code ok}, {@code failed}, or {@code skipped} where an earlier failure left nothing to try it on
 * @param claim what is true when the step passes
 * @param failures what contradicts it, all of them
 * @param warnings what deserves a look; failures under {@code --strict}
 */
public record StepResult(String step, String state, String claim, List<String> failures, List<String> warnings) {
    public StepResult {
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }
}
