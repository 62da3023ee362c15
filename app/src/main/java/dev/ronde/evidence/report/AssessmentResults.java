package dev.ronde.evidence.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code oscal/assessment-results.json}: one result for each framework that was asked for, or one of all. */
final class AssessmentResults {
    private static final String EXCEPTIONS = "population/exceptions.csv";
    private static final String WAIVERS = "population/waivers.csv";

    private final OscalFiles files;
    private final Assessment assessment;
    private final Map<String, String> assetNames = new HashMap<>();
    /** Of what is an exception: the check or plan it is of. */
    private final Map<String, Activity> subjects = new HashMap<>();

    private final Map<String, String> leafHashes = new HashMap<>();

    AssessmentResults(OscalFiles files) {
        this.files = files;
        this.assessment = files.assessment;
        assessment.tables.each("population/assets.csv", row -> assetNames.put(row.get("ref"), row.get("name")));
        exceptions();
    }

    private void exceptions() {
        Map<String, Activity> checks = new HashMap<>();
        Map<String, Activity> plans = new HashMap<>();
        assessment.activities().forEach(one -> (one.check ? checks : plans).put(one.id, one));
        subjects.putAll(checks);
        assessment.tables.each(WAIVERS, row -> put(row.get("waiver"), checks.get(row.get("check"))));
        assessment.tables.each("population/reviews.csv", row -> put(row.get("ref"), plans.get(row.get("plan"))));
        assessment.tables.each(EXCEPTIONS, row -> leafHashes.put(row.get("index"), ""));
        assessment.tables.each(
                "ledger/index.csv",
                row -> leafHashes.computeIfPresent(row.get("index"), (index, hash) -> row.get("leaf_hash")));
    }

    private void put(String subject, @org.jspecify.annotations.Nullable Activity activity) {
        if (activity != null) {
            subjects.put(subject, activity);
        }
    }

    void write(OscalFile out) {
        List<Consumer<OscalFile>> results = new ArrayList<>();
        assessment.frameworks().forEach(framework -> results.add(result -> write(framework, result)));
        out.with(files.head("Assessment results")
                        .with("import-ap", new OscalObject().with("href", "assessment-plan.json")))
                .objects("results", results);
        out.list("back-matter", "resources", files::files);
    }

    private void write(String framework, OscalFile out) {
        Map<String, Tally> controls = assessment.controls(framework);
        out.with(new OscalObject()
                        .with("uuid", files.bundle.of("result", framework))
                        .text("title", framework.isEmpty() ? "All that was recorded" : "Framework " + framework)
                        .text(
                                "description",
                                "Check runs and reviews that were due in the period, and what became of them.")
                        .with("start", assessment.scope.from() + "T00:00:00Z")
                        .with("end", assessment.scope.to() + "T23:59:59Z"))
                .with("reviewed-controls", OscalFiles.reviewed(controls.keySet()))
                .list("assessment-log", "entries", entries -> attestations(framework, entries))
                .list("observations", items -> {
                    assessment.activities(framework).forEach(activity -> observations(framework, activity, items));
                    exceptions(framework, items);
                })
                .list("risks", items -> risks(framework, items))
                .list(
                        "findings",
                        items ->
                                controls.forEach((control, tally) -> items.accept(finding(framework, control, tally))));
    }

    private void attestations(String framework, Consumer<OscalObject> entries) {
        assessment.eachReview(row -> {
            if (!row.get("performed_at").isEmpty() && isOf(framework, row.get("ref"))) {
                entries.accept(new OscalObject()
                        .with("uuid", files.bundle.of("attestation", framework, row.get("ref")))
                        .text("title", row.get("ref") + " " + row.get("outcome").replace('_', ' '))
                        .text("description", "Review of " + name(row.get("asset_ref")) + ", plan " + row.get("plan"))
                        .with("start", row.get("performed_at"))
                        .prop("due-on", row.get("due_on"))
                        .prop("outcome", row.get("outcome"))
                        .prop("channel", row.get("channel"))
                        .prop("assurance", row.get("assurance"))
                        .prop("approver", row.get("approver"))
                        .prop("ledger-index", row.get("index"))
                        .with("logged-by", files.loggedBy(row.get("performer_ref"))));
            }
        });
    }

    /** What is of nothing known here is of every framework: it is shown rather than lost. */
    private boolean isOf(String framework, String subject) {
        Activity activity = subjects.get(subject);
        return activity == null || assessment.isOf(framework, activity);
    }

    private String name(String asset) {
        String name = assetNames.getOrDefault(asset, "");
        return name.isBlank() ? asset : name;
    }

    private String observationId(String framework, Activity activity, String asset) {
        return files.bundle.of("observation", framework, activity.key(), asset);
    }

    private void observations(String framework, Activity activity, Consumer<OscalObject> items) {
        activity.assets.forEach((asset, tally) -> items.accept(new OscalObject()
                .with("uuid", observationId(framework, activity, asset))
                .text("title", activity.id + " on " + asset)
                .text("description", activity.title.isBlank() ? activity.id : activity.title)
                .tally(tally)
                .with("methods", List.of(activity.method()))
                .with("types", List.of("control-objective"))
                .with("subjects", asset.isEmpty() ? List.of() : List.of(subject(asset)))
                .with("relevant-evidence", evidence(activity.table()))
                .with("collected", time(tally.last()))));
    }

    private Object subject(String asset) {
        return new OscalObject()
                .with("subject-uuid", files.installation.of("asset", asset))
                .with("type", "inventory-item")
                .text("title", name(asset))
                .members();
    }

    private List<Object> evidence(String table) {
        return List.of(new OscalObject()
                .with("href", "#" + files.fileId(table))
                .with("description", table)
                .members());
    }

    /** The time of a table; that of the last seal where it has none. */
    private String time(String text) {
        return text.matches("[0-9]{4}-[0-9-]{5}T[0-9:.]+Z") ? text : files.sealedAt;
    }

    private void exceptions(String framework, Consumer<OscalObject> items) {
        long[] count = {0};
        assessment.tables.each(EXCEPTIONS, row -> {
            String subject = row.get("subject");
            long number = ++count[0];
            if (isOf(framework, subject)) {
                items.accept(new OscalObject()
                        .with("uuid", files.bundle.of("exception", framework, Long.toString(number)))
                        .text("title", row.get("kind").replace('_', ' ') + ": " + subject)
                        .text("description", row.get("detail").isBlank() ? subject : row.get("detail"))
                        .prop("outcome", row.get("kind"))
                        .prop("subject", subject)
                        .prop("owner", row.get("owner"))
                        .prop("ledger-index", row.get("index"))
                        .prop("leaf-hash", leafHashes.getOrDefault(row.get("index"), ""))
                        .with("methods", List.of(row.get("kind").equals("missed_runs") ? "TEST" : "EXAMINE"))
                        .with("types", List.of("finding"))
                        .with("relevant-evidence", evidence(EXCEPTIONS))
                        .with("collected", time(row.get("at").isEmpty() ? row.get("due") : row.get("at"))));
            }
        });
    }

    private void risks(String framework, Consumer<OscalObject> items) {
        assessment.tables.each(WAIVERS, row -> {
            Activity check = subjects.get(row.get("waiver"));
            if (!isOf(framework, row.get("waiver"))) {
                return;
            }
            String asset = row.get("asset");
            boolean observed = check != null && check.assets.containsKey(asset);
            String until = row.get("until");
            OscalObject risk = new OscalObject()
                    .with("uuid", riskId(framework, row))
                    .text("title", row.get("waiver") + ": " + row.get("check") + " on " + name(asset))
                    .text("description", "A failure of " + row.get("check") + " that somebody asked to accept.")
                    .text("statement", row.get("reason").isBlank() ? "No reason is recorded." : row.get("reason"))
                    .prop("state", row.get("state"))
                    .prop("category", row.get("category"))
                    .prop("ticket", row.get("ticket"))
                    .prop("ledger-index", row.get("index"))
                    .with("status", status(row.get("state")))
                    .with("deadline", until.isEmpty() ? "" : time(until + "T23:59:59Z"));
            List<Object> log = new ArrayList<>();
            log(log, framework, row, "requested_at", "deviation-requested");
            log(log, framework, row, "decided_at", row.get("denied_by").isEmpty() ? "deviation-approved" : "open");
            log(log, framework, row, "revoked_at", "open");
            log(log, framework, row, "expired_at", "open");
            if (!log.isEmpty()) {
                risk.with("risk-log", new OscalObject().with("entries", log));
            }
            if (check != null && observed) {
                risk.with("related-observations", List.of(related(observationId(framework, check, asset))));
            }
            items.accept(risk);
        });
    }

    private String riskId(String framework, TableFiles.Row row) {
        return files.bundle.of("waiver", framework, row.get("waiver"));
    }

    /** An acceptance that is over leaves the risk open, whatever became of the failure: OSCAL would read "closed" as mended. */
    private static String status(String state) {
        return switch (state) {
            case "active", "upcoming" -> "deviation-approved";
            case "requested", "suspended" -> "deviation-requested";
            default -> "open";
        };
    }

    private void log(List<Object> log, String framework, TableFiles.Row row, String column, String status) {
        if (!row.get(column).isEmpty()) {
            log.add(new OscalObject()
                    .with("uuid", files.bundle.of("waiver", framework, row.get("waiver"), column))
                    .with("title", column.substring(0, column.indexOf('_')))
                    .with("start", time(row.get(column)))
                    .with("status-change", status)
                    .members());
        }
    }

    private static Object related(String observation) {
        return new OscalObject().with("observation-uuid", observation).members();
    }

    private OscalObject finding(String framework, String control, Tally tally) {
        List<Object> observations = new ArrayList<>();
        List<Object> risks = new ArrayList<>();
        for (Activity activity : assessment.activities(framework)) {
            if (activity.controls.contains(control)) {
                activity.assets
                        .keySet()
                        .forEach(asset -> observations.add(related(observationId(framework, activity, asset))));
            }
        }
        assessment.tables.each(WAIVERS, row -> {
            Activity check = subjects.get(row.get("waiver"));
            if (check != null && check.controls.contains(control)) {
                risks.add(new OscalObject()
                        .with("risk-uuid", riskId(framework, row))
                        .members());
            }
        });
        return new OscalObject()
                .with("uuid", files.bundle.of("finding", framework, control))
                .text("title", control)
                .text("description", "What was due for " + control + " in the period, and what became of it.")
                .tally(tally)
                .with(
                        "target",
                        new OscalObject()
                                .with("type", "objective-id")
                                .with("target-id", OscalObject.controlId(control) + "_obj")
                                .with(
                                        "status",
                                        new OscalObject()
                                                .with("state", tally.isSatisfied() ? "satisfied" : "not-satisfied")
                                                .with(
                                                        "reason",
                                                        tally.isSatisfied()
                                                                ? "pass"
                                                                : tally.isFailed() ? "fail" : "other")))
                .with("related-observations", observations)
                .with("related-risks", risks);
    }
}
