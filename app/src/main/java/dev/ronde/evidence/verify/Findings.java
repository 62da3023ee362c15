package dev.ronde.evidence.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What went wrong or deserves a look, by step. */
final class Findings {
    private static final int SHOWN = 5;

    private final Map<Step, List<String>> failures = new EnumMap<>(Step.class);
    private final Map<Step, List<String>> warnings = new EnumMap<>(Step.class);
    private final List<Step> skipped = new ArrayList<>();

    void fail(Step step, String message) {
        failures.computeIfAbsent(step, key -> new ArrayList<>()).add(message);
    }

    void warn(Step step, String message) {
        warnings.computeIfAbsent(step, key -> new ArrayList<>()).add(message);
    }

    /** The step could not be tried because of an earlier failure. */
    void skip(Step step) {
        skipped.add(step);
    }

    void skipAllBut(Step... tried) {
        skipped.addAll(EnumSet.complementOf(EnumSet.copyOf(List.of(tried))));
    }

    boolean failed(Step step) {
        return failures.containsKey(step);
    }

    /** 0, or the code of the first failing step; under strict a warning counts as a failure of its step. */
    int code(boolean strict) {
        for (Step step : Step.values()) {
            if (failures.containsKey(step) || (strict && warnings.containsKey(step))) {
                return step.code();
            }
        }
        return 0;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Step step : Step.values()) {
            List<String> bad = failures.getOrDefault(step, List.of());
            String state = !bad.isEmpty() ? "FAIL" : skipped.contains(step) ? "skip" : "ok  ";
            lines.add(state + "  " + String.format(java.util.Locale.ROOT, "%-4s", step) + step.claim());
            first(bad).forEach(message -> lines.add("        " + message));
            first(warnings.getOrDefault(step, List.of())).forEach(message -> lines.add("      WARNING " + message));
        }
        return lines;
    }

    List<StepResult> results() {
        List<StepResult> results = new ArrayList<>();
        for (Step step : Step.values()) {
            String state = failures.containsKey(step) ? "failed" : skipped.contains(step) ? "skipped" : "ok";
            results.add(new StepResult(
                    step.name(),
                    state,
                    step.claim(),
                    failures.getOrDefault(step, List.of()),
                    warnings.getOrDefault(step, List.of())));
        }
        return results;
    }

    private static List<String> first(List<String> messages) {
        List<String> shown = new ArrayList<>(messages.subList(0, Math.min(SHOWN, messages.size())));
        if (messages.size() > SHOWN) {
            shown.add("… and " + (messages.size() - SHOWN) + " more");
        }
        return shown;
    }

    Optional<String> firstFailure() {
        return failures.values().stream().findFirst().map(list -> list.get(0));
    }
}
