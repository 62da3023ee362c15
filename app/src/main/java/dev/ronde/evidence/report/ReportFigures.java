package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What the papers show of the tables of a bundle: figures, and rows with the worst first and equal ones folded into one with their count. */
final class ReportFigures {
    /** Rows that the report shows of a table; the bundle has them all. */
    static final int ROWS = 100;

    /** Controls that page one has room for. */
    private static final int PAGE_ONE = 6;

    /** Rows told apart; further ones are only counted, so that memory stays bounded. */
    private static final int TOLD_APART = 20_000;

    private static final String ROLES = "population/users_and_roles.csv";
    private static final Set<String> WAITING = Set.of("scheduled", "open", "acknowledged");
    private static final List<String> STANDINGS =
            List.of("missed", "overdue", "late", "pending", "waiver", "waiting", "on_time", "cancelled");
    private static final Set<String> TOLD =
            Set.of("missed_review", "overdue_review", "late_attestation", "missed_runs", "unknown_runs");
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low", "info");
    private static final List<String> WAIVER_STATES =
            List.of("active", "upcoming", "suspended", "requested", "expired", "revoked", "denied");
    private static final List<String> OUTCOMES =
            List.of("pass", "fail", "error", "unknown", "not_applicable", "missed");

    private final TableFiles tables;
    private final ExportScope scope;
    private final UnaryOperator<String> words;
    private final Map<String, String> assetNames = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> checkTitles = new HashMap<>();
    private final Map<String, ControlFigures> controls = new TreeMap<>();
    private final TreeMap<String, Long> figures = new TreeMap<>();
    private final Map<String, Object> model = new HashMap<>();

    /** @param words the word of the language for a key such as {@code check.severity.high}, or what follows the last dot */
    ReportFigures(TableFiles tables, ExportScope scope, UnaryOperator<String> words) {
        this.tables = tables;
        this.scope = scope;
        this.words = words;
    }

    /** Reads every table once. */
    Map<String, Object> model() {
        people();
        assets();
        checks();
        reviews();
        controls();
        exposures();
        waivers();
        plans();
        changes();
        others();
        gaps();
        figures.put("seals", tables.each("ledger/checkpoints.csv", row -> {}));
        model.put("figures", figures);
        return model;
    }

    private void count(String figure, boolean counted) {
        figures.merge(figure, counted ? 1L : 0L, Long::sum);
    }

    private void assets() {
        for (String figure : List.of("assets_start", "assets_end", "assets_added", "assets_retired")) {
            count(figure, false);
        }
        tables.each("population/assets.csv", row -> {
            boolean start = row.get("state_at_start").equals("active");
            boolean end = row.get("state_at_end").equals("active");
            count("assets_start", start);
            count("assets_end", end);
            count(
                    "assets_added",
                    !start && row.get("in_scope_from").compareTo(scope.from().toString()) >= 0);
            count("assets_retired", start && !end);
            assetNames.put(row.get("ref"), row.get("name"));
        });
    }

    private void checks() {
        OUTCOMES.forEach(outcome -> count("runs_" + outcome, false));
        figures.put("runs_due", 0L);
        Set<String> judged = new TreeSet<>();
        tables.each("population/checks.csv", row -> {
            String check = row.get("check");
            checkTitles.put(check, row.get("title").isEmpty() ? check : row.get("title"));
            for (String outcome : OUTCOMES) {
                long runs = row.number(outcome);
                figures.merge("runs_" + outcome, runs, Long::sum);
                figures.merge("runs_due", runs, Long::sum);
                if (runs > 0) {
                    judged.add(check);
                }
                for (String name : ControlFigures.named(row.get("controls"))) {
                    ControlFigures control = controls.computeIfAbsent(name, key -> new ControlFigures());
                    control.checks.add(check);
                    control.runs.merge(outcome, runs, Long::sum);
                }
            }
        });
        figures.put("checks", (long) judged.size());
    }

    /** Those that were due in the period, however late in it or after it they were done. */
    private void reviews() {
        STANDINGS.forEach(standing -> count("reviews_" + standing, false));
        count("reviews_due", false);
        count("reviews_gap", false);
        Folds folds = new Folds();
        tables.each("population/reviews.csv", row -> {
            String due = row.get("due_on");
            if (due.compareTo(scope.from().toString()) < 0
                    || due.compareTo(scope.to().toString()) > 0) {
                return;
            }
            String standing = standing(row);
            count("reviews_" + standing, true);
            count("reviews_due", !standing.equals("cancelled"));
            count("reviews_gap", row.get("gap_ok").equals("false"));
            for (String name : ControlFigures.named(row.get("controls"))) {
                ControlFigures control = controls.computeIfAbsent(name, key -> new ControlFigures());
                control.reviewsDue += standing.equals("cancelled") || standing.equals("waiting") ? 0 : 1;
                control.reviewsOnTime += standing.equals("on_time") ? 1 : 0;
            }
            folds.add(due, reviewRow(row, standing), "ref");
        });
        rows(
                "reviews",
                folds,
                Comparator.comparing((Map<String, Object> row) -> STANDINGS.indexOf(row.get("standing")))
                        .thenComparing(row -> (Long) row.get("days_late"), Comparator.reverseOrder())
                        .thenComparing(row -> String.valueOf(row.get("first"))));
    }

    static String standing(TableFiles.Row row) {
        String outcome = row.get("outcome");
        boolean late = row.number("days_late") > 0;
        if (outcome.equals("missed") || outcome.equals("cancelled")) {
            return outcome;
        }
        if (WAITING.contains(outcome)) {
            return late ? "overdue" : "waiting";
        }
        String done = row.get("waiver").isEmpty() ? "on_time" : "waiver";
        return row.get("approval").equals("pending") ? "pending" : late ? "late" : done;
    }

    private Map<String, Object> reviewRow(TableFiles.Row row, String standing) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("standing", standing);
        told.put("state", words.apply("paper.standing." + standing));
        told.put("asset", row.get("asset_ref"));
        told.put("name", row.get("asset_name").isEmpty() ? name(row.get("asset_ref")) : row.get("asset_name"));
        told.put("owner", row.get("owner"));
        told.put("plan", row.get("plan"));
        told.put("days_late", row.number("days_late"));
        told.put("done", day(row.get("performed_at")));
        told.put("by", row.get("performed_by"));
        boolean noted = standing.equals("late") && row.get("why_late").isEmpty();
        told.put("cause", row.get(noted ? "note" : "why_late"));
        told.put("action", row.get("corrective_action"));
        told.put(
                "recovery", row.get("recovery").isEmpty() ? "" : words.apply("review.recovery." + row.get("recovery")));
        told.put("ref", row.get("ref"));
        return told;
    }

    private String name(String asset) {
        return assetNames.getOrDefault(asset, asset);
    }

    private String person(String reference) {
        return names.getOrDefault(reference, reference);
    }

    private static String day(String instant) {
        return instant.isEmpty() ? "" : instant.substring(0, 10);
    }

    private void rows(String name, Folds folds, Comparator<Map<String, Object>> worst) {
        model.put(name, folds.rows(worst).limit(ROWS).toList());
        figures.put("rows_" + name, folds.count());
    }

    private void controls() {
        figures.put(
                "controls",
                controls.values().stream().filter(ControlFigures::isTested).count());
        figures.put(
                "controls_covered",
                controls.values().stream().filter(ControlFigures::isClean).count());
        Comparator<Map<String, Object>> worst =
                Comparator.comparing(row -> (Long) row.get("open"), Comparator.reverseOrder());
        List<Map<String, Object>> rows = controls.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(worst.thenComparing(row -> (Long) row.get("coverage")))
                .toList();
        model.put("controls", rows);
        model.put("worst", rows.subList(0, Math.min(PAGE_ONE, rows.size())));
    }

    private void exposures() {
        count("exposures", false);
        count("exposures_open", false);
        List<Map<String, Object>> all = new ArrayList<>();
        tables.each("population/exposure.csv", row -> {
            count("exposures", true);
            count("exposures_open", row.get("state").equals("open"));
            if (all.size() < TOLD_APART) {
                Map<String, Object> told = new HashMap<>();
                told.put("asset", row.get("asset"));
                told.put("name", name(row.get("asset")));
                told.put("check", checkTitles.getOrDefault(row.get("check"), row.get("check")));
                told.put("severity", row.get("severity"));
                told.put("severity_word", words.apply("check.severity." + row.get("severity")));
                told.put("open", row.get("state").equals("open"));
                told.put("first", minute(row.get("first_bad_at")));
                told.put("fixed", minute(row.get("fixed_at")));
                told.put("shortest", row.number("in_period_min_seconds"));
                told.put("longest", row.number("in_period_max_seconds"));
                all.add(told);
            }
        });
        all.sort(Comparator.comparing((Map<String, Object> row) -> !Boolean.TRUE.equals(row.get("open")))
                .thenComparing(row -> place(SEVERITIES, String.valueOf(row.get("severity"))))
                .thenComparing(row -> (Long) row.get("longest"), Comparator.reverseOrder()));
        model.put("exposures", all.subList(0, Math.min(ROWS, all.size())));
    }

    private static int place(List<String> order, Object word) {
        int place = order.indexOf(word);
        return place < 0 ? order.size() : place;
    }

    private static String minute(String instant) {
        return instant.length() < 16 ? instant : instant.substring(0, 16).replace('T', ' ');
    }

    private void waivers() {
        count("waivers", false);
        count("waivers_in_force", false);
        shown(
                "waivers",
                "population/waivers.csv",
                row -> {
                    boolean inForce = row.get("state").equals("active");
                    count("waivers", true);
                    count("waivers_in_force", inForce);
                    Map<String, Object> told = new HashMap<>();
                    told.put("waiver", row.get("waiver"));
                    told.put("asset", row.get("asset"));
                    told.put("name", name(row.get("asset")));
                    told.put("check", checkTitles.getOrDefault(row.get("check"), row.get("check")));
                    told.put("rank", place(WAIVER_STATES, row.get("state")));
                    told.put("state", words.apply("finding.waiver.state." + row.get("state")));
                    told.put("reason", row.get("reason"));
                    told.put("until", row.get("until"));
                    told.put("requested_by", row.get("requested_by"));
                    told.put("approved_by", row.get("approved_by"));
                    return told;
                },
                Comparator.comparing(row -> (Integer) row.get("rank")));
    }

    private void shown(
            String name,
            String path,
            Function<TableFiles.Row, Map<String, Object>> told,
            Comparator<Map<String, Object>> order) {
        List<Map<String, Object>> all = new ArrayList<>();
        long rows = tables.each(path, row -> {
            Map<String, Object> one = told.apply(row);
            if (all.size() < TOLD_APART) {
                all.add(one);
            }
        });
        figures.put("rows_" + name, rows);
        all.sort(order);
        model.put(name, all.subList(0, Math.min(ROWS, all.size())));
    }

    private void plans() {
        Set<String> inForce = new TreeSet<>();
        shown(
                "plans",
                "population/plans.csv",
                row -> {
                    if (row.get("to").isEmpty()) {
                        inForce.add(row.get("plan"));
                    }
                    Map<String, Object> told = new HashMap<>();
                    for (String column : List.of("plan", "version", "title", "cadence", "max_gap_days")) {
                        told.put(column, row.get(column));
                    }
                    told.put("from", day(row.get("from")));
                    told.put("to", day(row.get("to")));
                    told.put("by", person(row.get("by")));
                    return told;
                },
                Comparator.comparing(row -> String.valueOf(row.get("plan"))));
        figures.put("plans", (long) inForce.size());
    }

    private void people() {
        tables.each(
                ROLES,
                row -> names.put(
                        row.get("actor_ref"), row.get("name").isEmpty() ? row.get("actor_ref") : row.get("name")));
        shown(
                "people",
                ROLES,
                row -> {
                    Map<String, Object> told = new HashMap<>();
                    told.put("name", person(row.get("actor_ref")));
                    told.put("role", row.get("role").isEmpty() ? "" : words.apply("common.role." + row.get("role")));
                    told.put("from", day(row.get("from")));
                    told.put("to", day(row.get("to")));
                    told.put("appointed_by", person(row.get("appointed_by")));
                    return told;
                },
                Comparator.comparing(row -> String.valueOf(row.get("name"))));
        figures.put("people", (long) names.size());
    }

    /** What was one way and is another now; what was said for the first time is counted. */
    private void changes() {
        Folds folds = new Folds();
        figures.put("first_said", 0L);
        long all = tables.each("population/changes.csv", row -> {
            boolean opening = row.get("at").compareTo(scope.from().toString()) < 0;
            if (opening || (row.get("before_index") + row.get("before")).isEmpty()) {
                figures.merge("first_said", 1L, Long::sum);
                return;
            }
            Map<String, Object> told = new LinkedHashMap<>();
            for (String column : List.of("type", "field", "before", "after")) {
                told.put(column, person(row.get(column)));
            }
            told.put("id", person(row.get("id")));
            told.put("by", person(row.get("by")));
            folds.add(minute(row.get("at")), told);
        });
        figures.put("changes", all - Objects.requireNonNull(figures.get("first_said")));
        rows("changes", folds, Comparator.comparing(row -> String.valueOf(row.get("first"))));
    }

    /** Exceptions that no other table of the report tells. */
    private void others() {
        List<Map<String, Object>> all = new ArrayList<>();
        figures.put("rows_others", 0L);
        figures.put("exceptions", tables.each("population/exceptions.csv", row -> {
            if (!TOLD.contains(row.get("kind"))) {
                figures.merge("rows_others", 1L, Long::sum);
                if (all.size() < ROWS) {
                    all.add(Map.of(
                            "kind", words.apply("paper.exception." + row.get("kind")),
                            "subject", row.get("subject"),
                            "due", row.get("due"),
                            "at", minute(row.get("at")),
                            "owner", row.get("owner"),
                            "detail", row.get("detail")));
                }
            }
        }));
        model.put("others", all);
    }

    private void gaps() {
        shown(
                "gaps",
                "population/gaps.csv",
                row -> {
                    Map<String, Object> told = new HashMap<>();
                    told.put("cause", words.apply("paper.gap." + row.get("cause")));
                    told.put("from", minute(row.get("from")));
                    told.put("to", minute(row.get("to")));
                    told.put("length", row.get("seconds").isEmpty() ? Long.MAX_VALUE : row.number("seconds"));
                    told.put("runs", row.number("runs"));
                    told.put("detail", row.get("detail"));
                    return told;
                },
                Comparator.comparing(row -> (Long) row.get("length"), Comparator.reverseOrder()));
        figures.put("gaps", Objects.requireNonNull(figures.get("rows_gaps")));
    }
}
