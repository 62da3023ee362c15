package dev.ronde.evidence.report;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** {@code oscal/assessment-plan.json}: each check and plan of which something was due with its interval and its assets, and all assets. */
final class AssessmentPlan {
    private final OscalParts parts;
    private final Assessment assessment;
    private final OscalIds ids;

    AssessmentPlan(OscalParts parts) {
        this.parts = parts;
        this.assessment = parts.assessment;
        this.ids = parts.installation;
    }

    void write(OscalFile out) {
        TreeSet<String> controls = new TreeSet<>();
        assessment.due().forEach(activity -> controls.addAll(activity.controls));
        OscalObject noSsp = new OscalObject()
                .with("uuid", ids.of("no ssp"))
                .with("title", "There is no system security plan in OSCAL");
        out.open("assessment-plan")
                .with(parts.head("Assessment plan")
                        .with("import-ssp", new OscalObject().with("href", "#" + ids.of("no ssp"))))
                .open("local-definitions")
                .list("inventory-items", this::assets)
                .list("activities", items -> assessment.due().forEach(each -> items.accept(activity(each))))
                .shut()
                .with(new OscalObject()
                        .with("reviewed-controls", OscalParts.reviewed(controls))
                        .list("assessment-subjects", everyAsset())
                        .with("assessment-assets", program()))
                .list("tasks", items -> assessment.due().forEach(each -> items.accept(task(each))))
                .with(new OscalObject().with("back-matter", new OscalObject().list("resources", noSsp)))
                .shut();
    }

    private static OscalObject everyAsset() {
        return new OscalObject().with("type", "inventory-item").empty("include-all");
    }

    private void assets(Consumer<OscalObject> items) {
        assessment.tables.each("population/assets.csv", row -> {
            OscalObject asset = new OscalObject()
                    .with("uuid", ids.of("asset", row.get("ref")))
                    .text("description", row.get("name"), row.get("ref"))
                    .prop("asset-id", "", row.get("ref"));
            for (String name : new String[] {"kind", "environment", "criticality", "owner", "state_at_end"}) {
                asset.prop(name.replace('_', '-'), row.get(name));
            }
            items.accept(asset);
        });
    }

    private OscalObject activity(Activity activity) {
        OscalObject object = new OscalObject()
                .with("uuid", ids.of(activity.key()))
                .text("title", activity.title(), "")
                .text("description", activity.id, activity.key())
                .prop("method", "", activity.method())
                .prop("interval", activity.interval);
        return activity.controls.isEmpty()
                ? object
                : object.with("related-controls", OscalParts.reviewed(activity.controls));
    }

    private OscalObject program() {
        OscalObject component = new OscalObject()
                .with("uuid", ids.of("program"))
                .with("type", "software")
                .with("title", "Ronde")
                .with("description", "Checks assets, asks their owners for reviews, and keeps the records.")
                .with("status", new OscalObject().with("state", "operational"));
        OscalObject platform = new OscalObject()
                .with("uuid", ids.of("platform"))
                .text("title", parts.origin, "Ronde")
                .list("uses-components", new OscalObject().with("component-uuid", ids.of("program")));
        return new OscalObject().list("components", component).list("assessment-platforms", platform);
    }

    private OscalObject task(Activity activity) {
        List<OscalObject> assets = activity.assets.keySet().stream()
                .filter(assessment.assetNames::containsKey)
                .map(ref -> new OscalObject()
                        .with("subject-uuid", ids.of("asset", ref))
                        .with("type", "inventory-item"))
                .toList();
        OscalObject subjects = new OscalObject().with("type", "inventory-item").list("include-subjects", assets);
        OscalObject associated =
                new OscalObject().with("activity-uuid", ids.of(activity.key())).list("subjects", subjects);
        return new OscalObject()
                .with("uuid", parts.bundle.of("task", activity.key()))
                .with("type", "action")
                .text("title", activity.title(), "")
                .with("timing", activity.frequency())
                .list("associated-activities", assets.isEmpty() ? List.of() : List.of(associated));
    }
}
