package dev.ronde.evidence.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was due for one control in the period. */
final class ControlFigures {
    final Set<String> checks = new TreeSet<>();
    final Map<String, Long> runs = new HashMap<>();
    long reviewsDue;
    long reviewsOnTime;

    static List<String> named(String controls) {
        return controls.isEmpty() ? List.of() : List.of(controls.split("\\|"));
    }

    long due() {
        return runs.values().stream().mapToLong(Long::longValue).sum();
    }

    long runs(String outcome) {
        return runs.getOrDefault(outcome, 0L);
    }

    /** Of the runs that were due, those that told how it is, in whole percent rounded down; -1 where none was due. */
    long coverage() {
        long told = runs("pass") + runs("fail") + runs("not_applicable");
        return due() == 0 ? -1 : 100 * told / due();
    }

    long promises() {
        return runs("fail") + runs("missed") + reviewsDue - reviewsOnTime;
    }

    boolean isTested() {
        return due() > 0 || reviewsDue > 0;
    }

    boolean isClean() {
        return isTested() && promises() == 0 && (coverage() == 100 || due() == 0);
    }

    Map<String, Object> row(String name) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("control", name);
        row.put("checks", (long) checks.size());
        row.put("due", due());
        row.put("pass", runs("pass"));
        row.put("fail", runs("fail"));
        row.put("doubt", runs("error") + runs("unknown"));
        row.put("missed", runs("missed"));
        row.put("coverage", coverage());
        row.put("reviews_due", reviewsDue);
        row.put("reviews_on_time", reviewsOnTime);
        row.put("open", promises());
        return row;
    }
}
