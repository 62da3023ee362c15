package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was to be done and what was done, added up from the tables of a bundle: by check or plan and asset, and by control. */
final class Assessment {
    /** As the table of plans tells a cadence. */
    private static final Pattern EVERY = Pattern.compile("\\bevery=(P[0-9A-Z]{1,20})|\\bevery_months=([0-9]{1,4})\\b");

    final ExportScope scope;
    final TableFiles tables;
    /** Of the assets of the bundle. */
    final Map<String, String> assetNames = new HashMap<>();

    private final Map<String, String> intervals;
    private final Map<String, Activity> checks = new TreeMap<>();
    private final Map<String, Activity> plans = new TreeMap<>();
    private final Map<String, Tally> controls = new TreeMap<>();

    /** A control of a definition, as it was when that definition judged. */
    private record Definition(Set<String> controls, Tally tally) {}

    /**
     * Reads the tables.
     *
     * @param intervals of each check, as an ISO 8601 duration
     */
    Assessment(TableFiles tables, ExportScope scope, Map<String, String> intervals) {
        this.tables = tables;
        this.scope = scope;
        this.intervals = intervals;
        tables.each("population/assets.csv", row -> assetNames.put(row.get("ref"), row.get("name")));
        readChecks();
        readPlans();
        readReviews();
    }

    private void readChecks() {
        Map<String, Definition> definitions = new HashMap<>();
        tables.each("population/checks.csv", row -> {
            Activity check = check(row.get("check"));
            check.title = row.get("title").isBlank() ? check.title : row.get("title");
            check.attested |= row.get("attested").equals("true");
            Set<String> named = new TreeSet<>(ReportFigures.named(row.get("controls")));
            named.removeIf(control -> !isAsked(control));
            check.controls.addAll(named);
            definitions.put(check.id + "\n" + row.get("check_sha256"), new Definition(named, new Tally()));
        });
        tables.each("population/expected_vs_actual.csv", row -> {
            check(row.get("check")).on(row.get("asset")).run(row);
            Definition definition = definitions.get(row.get("check") + "\n" + row.get("check_sha256"));
            if (definition != null) {
                definition.tally.run(row);
            }
        });
        for (Definition definition : definitions.values()) {
            definition.controls.forEach(control -> control(control).add(definition.tally));
        }
    }

    private Activity check(String id) {
        return checks.computeIfAbsent(id, key -> {
            Activity check = new Activity(true, key);
            check.interval = intervals.getOrDefault(key, "");
            return check;
        });
    }

    private Tally control(String name) {
        return controls.computeIfAbsent(name, key -> new Tally());
    }

    private void readPlans() {
        tables.each("population/plans.csv", row -> {
            Activity plan = plans.computeIfAbsent(row.get("plan"), id -> new Activity(false, id));
            plan.title = row.get("title");
            plan.interval = interval(row.get("cadence"));
        });
    }

    private static String interval(String cadence) {
        Matcher every = EVERY.matcher(cadence);
        if (!every.find()) {
            return "";
        }
        return every.group(1) == null ? "P" + every.group(2) + "M" : every.group(1);
    }

    private void readReviews() {
        eachReview(row -> {
            String standing = ReportFigures.standing(row);
            if (standing.equals("cancelled") || standing.equals("waiting")) {
                return;
            }
            boolean undone = standing.equals("missed") || standing.equals("overdue");
            Activity plan = plans.computeIfAbsent(row.get("plan"), id -> new Activity(false, id));
            plan.on(row.get("asset_ref")).review(row, undone);
            for (String name : ReportFigures.named(row.get("controls"))) {
                if (isAsked(name)) {
                    plan.controls.add(name);
                    control(name).review(row, undone);
                }
            }
        });
    }

    /** Passes on the reviews that were due in the period. */
    void eachReview(Consumer<TableFiles.Row> rows) {
        tables.each("population/reviews.csv", row -> {
            String due = row.get("due_on");
            if (due.compareTo(scope.from().toString()) >= 0
                    && due.compareTo(scope.to().toString()) <= 0) {
                rows.accept(row);
            }
        });
    }

    private boolean isAsked(String control) {
        return scope.frameworks().isEmpty()
                || scope.frameworks().stream()
                        .anyMatch(wanted -> control.equals(wanted) || control.startsWith(wanted + ":"));
    }

    /** The frameworks that were asked for, or one without a name that stands for all. */
    List<String> frameworks() {
        return scope.frameworks().isEmpty()
                ? List.of("")
                : scope.frameworks().stream()
                        .map(name -> name.substring(0, (name + ":").indexOf(':')))
                        .distinct()
                        .sorted()
                        .toList();
    }

    static boolean isOf(String framework, String control) {
        return framework.isEmpty() || control.startsWith(framework + ":");
    }

    boolean isOf(String framework, Activity activity) {
        return framework.isEmpty() || activity.controls.stream().anyMatch(control -> isOf(framework, control));
    }

    /** The controls of a framework with what was due of each. */
    Map<String, Tally> controls(String framework) {
        Map<String, Tally> chosen = new TreeMap<>(controls);
        chosen.entrySet()
                .removeIf(entry ->
                        !isOf(framework, entry.getKey()) || entry.getValue().get(Tally.Count.EXPECTED) == 0);
        return chosen;
    }

    Collection<Activity> checks() {
        return checks.values();
    }

    /** Checks by their id, then plans by theirs. */
    List<Activity> activities() {
        return Stream.concat(checks.values().stream(), plans.values().stream()).toList();
    }

    /** Those of which something was due. */
    List<Activity> due() {
        return activities().stream()
                .filter(activity -> !activity.assets.isEmpty())
                .toList();
    }

    List<Activity> activities(String framework) {
        return activities().stream()
                .filter(activity -> isOf(framework, activity))
                .toList();
    }
}
