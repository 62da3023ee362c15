package dev.ronde.evidence.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code oscal/assessment-results.json}: one result for each framework that was asked for, or one of all. */
final class AssessmentResults {
    private static final String EXCEPTIONS = "population/exceptions.csv";
    private static final String WAIVERS = "population/waivers.csv";
    /** The last day of a waiver at the end of its reason. */
    private static final Pattern UNTIL = Pattern.compile("\\(([0-9]{4}-[0-9]{2}-[0-9]{2})\\)$");

    private final OscalParts parts;
    private final Assessment assessment;
    /** The check or plan that a check, waiver or review is of. */
    private final Map<String, Activity> subjects = new HashMap<>();

    /** The risks of each check and plan: its waivers, and its reviews that were done with one. */
    private final Map<String, List<String>> waivers = new HashMap<>();

    private final Map<String, String> leafHashes = new HashMap<>();

    AssessmentResults(OscalParts parts) {
        this.parts = parts;
        this.assessment = parts.assessment;
        TableFiles tables = assessment.tables;
        Map<String, Activity> activities = new HashMap<>();
        assessment.activities().forEach(activity -> activities.put(activity.key(), activity));
        tables.each(
                "population/checks.csv", row -> put(row.get("check"), activities.get("check\n" + row.get("check"))));
        tables.each(WAIVERS, row -> {
            put(row.get("waiver"), activities.get("check\n" + row.get("check")));
            waivers.computeIfAbsent("check\n" + row.get("check"), check -> new ArrayList<>())
                    .add(row.get("waiver"));
        });
        tables.each("population/reviews.csv", row -> put(row.get("ref"), activities.get("plan\n" + row.get("plan"))));
        assessment.eachReview(row -> {
            if (!row.get("waiver").isEmpty()) {
                waivers.computeIfAbsent("plan\n" + row.get("plan"), plan -> new ArrayList<>())
                        .add(row.get("ref"));
            }
        });
        tables.each(EXCEPTIONS, row -> leafHashes.put(row.get("index"), ""));
        tables.each(
                "ledger/index.csv",
                row -> leafHashes.computeIfPresent(row.get("index"), (index, hash) -> row.get("leaf_hash")));
    }

    private void put(String subject, @Nullable Activity activity) {
        if (activity != null) {
            subjects.put(subject, activity);
        }
    }

    void write(OscalFile out) {
        out.open("assessment-results")
                .with(parts.head("Assessment results")
                        .with("import-ap", new OscalObject().with("href", "assessment-plan.json")))
                .objects("results", assessment.frameworks(), framework -> write(framework, out))
                .list("back-matter", "resources", parts::files)
                .shut();
    }

    private void write(String framework, OscalFile out) {
        Map<String, Assessment.Control> controls = assessment.controls(framework);
        out.with(new OscalObject()
                        .with("uuid", parts.bundle.of("result", framework))
                        .with("title", framework.isEmpty() ? "All that was recorded" : "Framework " + framework)
                        .with("description", "What was due in the period, and what became of it.")
                        .with("start", assessment.scope.from() + "T00:00:00Z")
                        .with("end", assessment.scope.to() + "T23:59:59Z")
                        .with("reviewed-controls", OscalParts.reviewed(controls.keySet())))
                .list("assessment-log", "entries", entries -> attestations(framework, entries))
                .list("observations", items -> {
                    assessment.activities(framework).forEach(activity -> observations(framework, activity, items));
                    exceptions(framework, items);
                })
                .list("risks", items -> risks(framework, items))
                .list(
                        "findings",
                        items -> controls.forEach((name, control) -> items.accept(finding(framework, name, control))));
    }

    private void attestations(String framework, Consumer<OscalObject> entries) {
        assessment.eachReview(row -> {
            if (!row.get("performed_at").isEmpty() && isOf(framework, row.get("ref"))) {
                OscalObject entry = new OscalObject()
                        .with("uuid", parts.bundle.of("attestation", framework, row.get("ref")))
                        .text("title", row.get("ref") + " of " + name(row.get("asset_ref")), row.get("ref"))
                        .with("start", row.get("performed_at"))
                        .prop("ledger-index", row.get("index"));
                for (String name :
                        new String[] {"performed_by", "outcome", "plan", "due_on", "channel", "assurance", "approver"
                        }) {
                    entry.prop(name.replace('_', '-'), row.get(name));
                }
                entries.accept(entry);
            }
        });
    }

    /** What is of nothing known here is of every framework: it is shown rather than lost. */
    private boolean isOf(String framework, String subject) {
        Activity activity = subjects.get(subject);
        return activity == null || assessment.isOf(framework, activity);
    }

    private String name(String asset) {
        String name = assessment.assetNames.getOrDefault(asset, "");
        return name.isBlank() ? asset : name;
    }

    private String observationId(String framework, Activity activity, String asset) {
        return parts.bundle.of("observation", framework, activity.key(), asset);
    }

    private void observations(String framework, Activity activity, Consumer<OscalObject> items) {
        activity.assets.forEach((asset, tally) -> {
            OscalObject subject = new OscalObject()
                    .with("subject-uuid", parts.installation.of("asset", asset))
                    .with("type", "inventory-item")
                    .text("title", name(asset), asset);
            items.accept(new OscalObject()
                    .with("uuid", observationId(framework, activity, asset))
                    .text("title", activity.id + " on " + asset, activity.id)
                    .text("description", activity.title(), "")
                    .tally("", tally)
                    .with("methods", List.of(activity.method()))
                    .with("types", List.of("control-objective"))
                    .list("subjects", assessment.assetNames.containsKey(asset) ? List.of(subject) : List.of())
                    .list("relevant-evidence", evidence(activity.table()))
                    .with("collected", time(tally.last())));
        });
    }

    private OscalObject evidence(String table) {
        return new OscalObject().with("href", "#" + parts.fileId(table)).with("description", table);
    }

    /** The time of a table; that of the last seal where it has none. */
    private String time(String text) {
        return text.matches("[0-9]{4}-[0-9-]{5}T[0-9:.]+Z") ? text : parts.sealedAt;
    }

    private void exceptions(String framework, Consumer<OscalObject> items) {
        long[] number = {0};
        assessment.tables.each(EXCEPTIONS, row -> {
            String subject = row.get("subject");
            String key = Long.toString(number[0]++);
            if (isOf(framework, subject)) {
                items.accept(new OscalObject()
                        .with("uuid", parts.bundle.of("exception", framework, key))
                        .text("title", row.get("kind").replace('_', ' ') + ": " + subject, subject)
                        .text("description", row.get("detail"), subject)
                        .prop("outcome", row.get("kind"))
                        .prop("owner", row.get("owner"))
                        .prop("ledger-index", row.get("index"))
                        .prop("leaf-hash", leafHashes.getOrDefault(row.get("index"), ""))
                        .with("methods", List.of(row.get("kind").endsWith("_runs") ? "TEST" : "EXAMINE"))
                        .with("types", List.of("finding"))
                        .list("relevant-evidence", evidence(EXCEPTIONS))
                        .with("collected", time(row.get("at").isEmpty() ? row.get("due") : row.get("at"))));
            }
        });
    }

    private void risks(String framework, Consumer<OscalObject> items) {
        assessment.tables.each(WAIVERS, row -> {
            Activity check = subjects.get(row.get("waiver"));
            String asset = row.get("asset");
            if (!isOf(framework, row.get("waiver"))) {
                return;
            }
            List<OscalObject> log = new ArrayList<>();
            String waiver = row.get("waiver");
            log(log, framework, waiver, row, "requested_at", "deviation-requested");
            String decided = row.get("denied_by").isEmpty() ? "deviation-approved" : "open";
            log(log, framework, waiver, row, "decided_at", decided);
            log(log, framework, waiver, row, "revoked_at", "open");
            log(log, framework, waiver, row, "expired_at", "open");
            items.accept(new OscalObject()
                    .with("uuid", riskId(framework, row.get("waiver")))
                    .text("title", row.get("waiver") + ": " + row.get("check") + " on " + name(asset), "")
                    .text("description", "A failure of " + row.get("check") + " that somebody asked to accept.", "")
                    .text("statement", row.get("reason"), "No reason is recorded.")
                    .prop("state", row.get("state"))
                    .prop("category", row.get("category"))
                    .prop("ticket", row.get("ticket"))
                    .prop("ledger-index", row.get("index"))
                    .with("status", status(row.get("state")))
                    .with("deadline", row.get("until").isEmpty() ? "" : time(row.get("until") + "T23:59:59Z"))
                    .with("risk-log", new OscalObject().list("entries", log))
                    .list("related-observations", related(framework, check, asset)));
        });
        assessment.eachReview(row -> {
            if (!row.get("waiver").isEmpty() && isOf(framework, row.get("ref"))) {
                items.accept(withinReview(framework, row));
            }
        });
    }

    /** A waiver that is no record of its own: who attested while a required protection was off gave the reason and a last day. */
    private OscalObject withinReview(String framework, TableFiles.Row row) {
        Matcher until = UNTIL.matcher(row.get("waiver"));
        String day = until.find() ? until.group(1) : "";
        boolean over = day.compareTo(assessment.scope.to().toString()) < 0;
        String state = row.get("approval").equals("pending") ? "requested" : over ? "expired" : "active";
        List<OscalObject> log = new ArrayList<>();
        log(log, framework, row.get("ref"), row, "performed_at", "deviation-approved");
        Activity plan = subjects.get(row.get("ref"));
        return new OscalObject()
                .with("uuid", riskId(framework, row.get("ref")))
                .text("title", row.get("ref") + ": attested with a waiver on " + name(row.get("asset_ref")), "")
                .text("description", "A protection that the plan requires was off when the review was attested.", "")
                .text("statement", row.get("waiver"), "No reason is recorded.")
                .prop("state", state)
                .prop("ledger-index", row.get("index"))
                .with("status", status(state))
                .with("deadline", day.isEmpty() ? "" : time(day + "T23:59:59Z"))
                .with("risk-log", new OscalObject().list("entries", log))
                .list("related-observations", related(framework, plan, row.get("asset_ref")));
    }

    private String riskId(String framework, String waiver) {
        return parts.bundle.of("waiver", framework, waiver);
    }

    /** An acceptance that is over leaves the risk open, whatever became of the failure: OSCAL would read "closed" as mended. */
    private static String status(String state) {
        return switch (state) {
            case "active", "upcoming" -> "deviation-approved";
            case "requested", "suspended" -> "deviation-requested";
            default -> "open";
        };
    }

    private void log(
            List<OscalObject> log, String framework, String risk, TableFiles.Row row, String column, String status) {
        if (!row.get(column).isEmpty()) {
            log.add(new OscalObject()
                    .with("uuid", parts.bundle.of("waiver", framework, risk, column))
                    .with("title", column.replace("_at", ""))
                    .with("start", row.get(column))
                    .with("status-change", status));
        }
    }

    private List<OscalObject> related(String framework, @Nullable Activity activity, String asset) {
        return activity == null || !activity.assets.containsKey(asset)
                ? List.of()
                : List.of(observed(framework, activity, asset));
    }

    private OscalObject observed(String framework, Activity activity, String asset) {
        return new OscalObject().with("observation-uuid", observationId(framework, activity, asset));
    }

    private OscalObject finding(String framework, String control, Assessment.Control due) {
        Tally tally = due.total();
        List<OscalObject> observations = new ArrayList<>();
        List<OscalObject> risks = new ArrayList<>();
        for (Activity activity : assessment.activities(framework)) {
            if (activity.controls.contains(control)) {
                activity.assets.keySet().forEach(asset -> observations.add(observed(framework, activity, asset)));
                for (String waiver : waivers.getOrDefault(activity.key(), List.of())) {
                    risks.add(new OscalObject().with("risk-uuid", riskId(framework, waiver)));
                }
            }
        }
        OscalObject status = new OscalObject()
                .with("state", tally.isSatisfied() ? "satisfied" : "not-satisfied")
                .with("reason", tally.reason())
                .with("remarks", tally.remark());
        OscalObject target = new OscalObject()
                .with("type", "objective-id")
                .with("target-id", OscalObject.controlId(control) + "_obj")
                .with("status", status);
        return new OscalObject()
                .with("uuid", parts.bundle.of("finding", framework, control))
                .text("title", control, "")
                .text("description", "What was due for " + control + " in the period.", "")
                .tally("runs-", due.runs())
                .tally("reviews-", due.reviews())
                .with("target", target)
                .list("related-observations", observations)
                .list("related-risks", risks);
    }
}
