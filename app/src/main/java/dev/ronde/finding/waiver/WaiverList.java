package dev.ronde.finding.waiver;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the waivers somebody states in one document, one entry per check and asset, in its order. */
final class WaiverList {
    private static final int MOST = 500;
    private static final Set<String> OF_THE_SERVER = Set.of("id", "ref", "requested_by", "approved_by", "renewals");

    /**
     * One acceptance that is wanted.
     *
     * @param pointer where it stands in the document
     * @param assetPointer where its asset stands
     * @param boundTo the failure meant, null for what fails now
     */
    record Wanted(
            String pointer,
            String assetPointer,
            String check,
            String asset,
            @Nullable String boundTo,
            Waiver.Draft draft) {}

    private final List<Fault> faults = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();

    private WaiverList() {}

    /**
     * Reads {@code {"waivers":[…]}}.
     *
     * @throws Problem 422 with everything that is wrong with the form of the document
     */
    static List<Wanted> read(JsonNode document) {
        WaiverList list = new WaiverList();
        Fields.over(Node.of(document).filled(), "", list.faults, "waivers").ifPresent(fields -> {
            fields.require("waivers", "[{check: redis-anonymous-access, assets: [web-01]}]");
            if (fields.node("waivers").orElse(null) instanceof Node.Sequence items
                    && items.items().isEmpty()) {
                fields.fault("waivers", "required", Reason.of("required", "Write the list of waivers."));
            }
            fields.children("waivers").forEach(list::entry);
        });
        if (list.wanted.size() > MOST) {
            String english = "At most " + MOST + " waivers at once; send them in parts.";
            list.faults.add(new Fault(0, "/waivers", "too_many", Reason.of("too_many", english)));
        }
        if (!list.faults.isEmpty()) {
            throw Problem.invalid(list.faults.stream().map(Fault::error).toList());
        }
        return list.wanted;
    }

    private void entry(Fields fields) {
        String check = fields.scalar("check", "redis-anonymous-access").orElse("");
        List<String> assets = fields.words("assets", asset -> asset);
        if (assets.isEmpty()) {
            String english = "list the refs of the assets, for example assets: [web-01]; there are no patterns";
            fields.fault("assets", "required", Reason.of("required", english));
        }
        Waiver.Draft draft = new Waiver.Draft(
                fields.has("assertions") ? fields.words("assertions", id -> id) : null,
                fields.scalar("category", null).orElse(null),
                fields.scalar("reason", null).orElse(null),
                fields.date("from").orElse(null),
                fields.date("until").orElse(null),
                fields.scalar("compensating_check", null).orElse(null),
                fields.scalar("ticket", null).orElse(null));
        String boundTo = fields.scalar("bound_to", null).orElse(null);
        OF_THE_SERVER.stream()
                .filter(fields::has)
                .forEach(name -> fields.fault(
                        name,
                        "not_stated",
                        Reason.of(
                                "not_stated",
                                "Remove " + name + ": Ronde sets it when the waiver is requested or approved.")));
        fields.noOthers(OF_THE_SERVER);
        for (int i = 0; !check.isEmpty() && i < assets.size(); i++) {
            String asset = assets.get(i);
            String place = fields.pointer("assets") + "/" + i;
            if (seen.add(List.of(check, asset))) {
                wanted.add(new Wanted(fields.pointer(), place, check, asset, boundTo, draft));
            } else {
                String english = "The check " + check + " of " + asset + " stands twice; keep one.";
                faults.add(new Fault(0, place, "twice", Reason.of("twice", english)));
            }
        }
    }
}
