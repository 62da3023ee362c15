package dev.ronde.finding.waiver;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The waivers somebody states in one document, each for one asset.
 *
 * @param wanted one entry per check and asset, in the order of the document, as far as they could be read
 * @param drafts what each entry says beside its check and assets, by where it stands
 * @param faults what is wrong with the form of the document; what is wanted is worth a look then, and nothing more
 */
record WaiverList(List<Wanted> wanted, Map<String, WaiverDraft> drafts, List<FieldError> faults) {
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
            WaiverDraft draft) {}

    /**
     * Reads {@code {"waivers":[…]}}.
     *
     * @throws Problem 422 where nobody could look at all that is wanted
     */
    static WaiverList of(JsonNode document) {
        Reading reading = new Reading();
        Fields.over(Node.of(document).filled(), "", reading.faults, "waivers").ifPresent(fields -> {
            fields.require("waivers", "[{check: redis-anonymous-access, assets: [web-01]}]");
            if (fields.node("waivers").orElse(null) instanceof Node.Sequence list
                    && list.items().isEmpty()) {
                fields.fault("waivers", "required", Reason.of("required", "Write the list of waivers."));
            }
            fields.children("waivers").forEach(reading::entry);
        });
        List<FieldError> faults = reading.faults.stream().map(Fault::error).toList();
        if (reading.wanted.size() > MOST) {
            throw Problem.invalid(Stream.concat(
                            faults.stream(),
                            Stream.of(new FieldError(
                                    "/waivers",
                                    "too_many",
                                    "At most " + MOST + " waivers at once; send them in parts.")))
                    .toList());
        }
        return new WaiverList(List.copyOf(reading.wanted), reading.drafts, faults);
    }

    private static final class Reading {
        private final List<Fault> faults = new ArrayList<>();
        private final List<Wanted> wanted = new ArrayList<>();
        private final Map<String, WaiverDraft> drafts = new LinkedHashMap<>();
        private final Set<List<String>> seen = new HashSet<>();

        void entry(Fields fields) {
            String check = fields.scalar("check", "redis-anonymous-access").orElse("");
            List<String> assets = fields.words("assets", asset -> asset);
            if (assets.isEmpty()) {
                String english = "list the refs of the assets, for example assets: [web-01]; there are no patterns";
                fields.fault("assets", "required", Reason.of("required", english));
            }
            WaiverDraft draft = new WaiverDraft(
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
            drafts.put(fields.pointer(), draft);
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
}
