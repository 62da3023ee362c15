package dev.ronde.evidence.report;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** {@code oscal/assessment-plan.json}: every check and plan with its interval, and the assets. */
final class AssessmentPlan {
    private static final String NO_SSP = "no system security plan";

    private final OscalFiles files;
    private final Assessment assessment;
    private final OscalIds ids;

    AssessmentPlan(OscalFiles files) {
        this.files = files;
        this.assessment = files.assessment;
        this.ids = files.installation;
    }

    void write(OscalFile out) {
        TreeSet<String> controls = new TreeSet<>();
        assessment.activities().forEach(activity -> controls.addAll(activity.controls));
        String noSsp = ids.of(NO_SSP);
        out.with(files.head("Assessment plan").with("import-ssp", new OscalObject().with("href", "#" + noSsp)))
                .open("local-definitions")
                .list("inventory-items", this::assets)
                .list(
                        "activities",
                        items -> assessment.activities().forEach(activity -> items.accept(activity(activity))))
                .shut()
                .with("reviewed-controls", OscalFiles.reviewed(controls))
                .with(new OscalObject()
                        .with("assessment-subjects", List.of(everyAsset()))
                        .with("assessment-assets", program()))
                .list("tasks", items -> assessment.activities().forEach(activity -> items.accept(task(activity))))
                .with(
                        "back-matter",
                        new OscalObject()
                                .with(
                                        "resources",
                                        List.of(new OscalObject()
                                                .with("uuid", noSsp)
                                                .text("title", "There is no system security plan in OSCAL")
                                                .members())));
    }

    private static Object everyAsset() {
        return new OscalObject()
                .with("type", "inventory-item")
                .empty("include-all")
                .members();
    }

    private void assets(Consumer<OscalObject> items) {
        assessment.tables.each(
                "population/assets.csv",
                row -> items.accept(new OscalObject()
                        .with("uuid", ids.of("asset", row.get("ref")))
                        .text("description", row.get("name").isBlank() ? row.get("ref") : row.get("name"))
                        .prop("asset-id", "", row.get("ref"))
                        .prop("kind", row.get("kind"))
                        .prop("environment", row.get("environment"))
                        .prop("criticality", row.get("criticality"))
                        .prop("owner", row.get("owner"))
                        .prop("state-at-start", row.get("state_at_start"))
                        .prop("state-at-end", row.get("state_at_end"))));
    }

    private OscalObject activity(Activity activity) {
        OscalObject object = new OscalObject()
                .with("uuid", ids.of(activity.key()))
                .text("title", activity.title.isBlank() ? activity.id : activity.title)
                .text("description", (activity.check ? "Check " : "Review plan ") + activity.id)
                .prop("method", "", activity.method())
                .prop(activity.check ? "check" : "plan", activity.id)
                .prop("interval", activity.interval);
        return activity.controls.isEmpty()
                ? object
                : object.with("related-controls", OscalFiles.reviewed(activity.controls));
    }

    private OscalObject program() {
        String component = ids.of("program");
        return new OscalObject()
                .with(
                        "components",
                        List.of(new OscalObject()
                                .with("uuid", component)
                                .with("type", "software")
                                .with("title", "Ronde")
                                .with(
                                        "description",
                                        "Checks assets, asks their owners for reviews, and keeps the records.")
                                .with("status", new OscalObject().with("state", "operational"))
                                .members()))
                .with(
                        "assessment-platforms",
                        List.of(new OscalObject()
                                .with("uuid", ids.of("platform"))
                                .text("title", files.stated("origin"))
                                .with(
                                        "uses-components",
                                        List.of(new OscalObject()
                                                .with("component-uuid", component)
                                                .members()))
                                .members()));
    }

    private OscalObject task(Activity activity) {
        return new OscalObject()
                .with("uuid", ids.of("task", activity.key()))
                .with("type", "action")
                .text("title", activity.title.isBlank() ? activity.id : activity.title)
                .with("timing", activity.frequency())
                .with(
                        "associated-activities",
                        List.of(new OscalObject()
                                .with("activity-uuid", ids.of(activity.key()))
                                .with("subjects", List.of(everyAsset()))
                                .members()));
    }
}
