package dev.ronde.finding.waiver;

import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "check",
            "assets",
            "assertions",
            "bound_to",
            "category",
            "compensating_check",
            "reason",
            "from",
            "until",
            "ticket"));
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
        JsonNode entries = document.path("waivers");
        document.properties().stream()
                .filter(field -> !field.getKey().equals("waivers"))
                .forEach(field -> reading.fault(
                        "/" + field.getKey(),
                        Problem.UNKNOWN_FIELD,
                        "The field " + field.getKey() + " is unknown. Known: waivers."));
        if (!entries.isArray() || entries.isEmpty()) {
            reading.fault("/waivers", "required", "Write the list of waivers.");
        }
        for (int i = 0; i < entries.size(); i++) {
            reading.entry(entries.get(i), "/waivers/" + i);
        }
        if (reading.wanted.size() > MOST) {
            reading.fault("/waivers", "too_many", "At most " + MOST + " waivers at once; send them in parts.");
            throw Problem.invalid(reading.faults);
        }
        return new WaiverList(List.copyOf(reading.wanted), reading.drafts, List.copyOf(reading.faults));
    }

    private static final class Reading {
        private final List<FieldError> faults = new ArrayList<>();
        private final List<Wanted> wanted = new ArrayList<>();
        private final Map<String, WaiverDraft> drafts = new LinkedHashMap<>();
        private final Set<List<String>> seen = new HashSet<>();

        void fault(String pointer, String code, String message) {
            faults.add(new FieldError(pointer, code, message));
        }

        void entry(JsonNode entry, String pointer) {
            if (!entry.isObject()) {
                fault(pointer, "bad_value", "A waiver is a set of fields: " + String.join(", ", KNOWN) + ".");
                return;
            }
            entry.properties().forEach(field -> known(field.getKey(), pointer));
            String check = text(entry, pointer, "check");
            if (check == null) {
                fault(pointer + "/check", "required", "Name the check that fails.");
            }
            List<String> assets = texts(entry, pointer, "assets");
            if (assets == null || assets.isEmpty()) {
                fault(pointer + "/assets", "required", "List the refs of the assets; there are no patterns.");
            }
            WaiverDraft draft = new WaiverDraft(
                    texts(entry, pointer, "assertions"),
                    text(entry, pointer, "category"),
                    text(entry, pointer, "reason"),
                    date(entry, pointer, "from"),
                    date(entry, pointer, "until"),
                    text(entry, pointer, "compensating_check"),
                    text(entry, pointer, "ticket"));
            drafts.put(pointer, draft);
            String boundTo = text(entry, pointer, "bound_to");
            for (int i = 0; check != null && assets != null && i < assets.size(); i++) {
                String place = pointer + "/assets/" + i;
                if (!seen.add(List.of(check, assets.get(i)))) {
                    fault(place, "twice", "The check " + check + " of " + assets.get(i) + " stands twice; keep one.");
                    continue;
                }
                wanted.add(new Wanted(pointer, place, check, assets.get(i), boundTo, draft));
            }
        }

        private void known(String field, String pointer) {
            if (OF_THE_SERVER.contains(field)) {
                fault(
                        pointer + "/" + field,
                        "not_stated",
                        "Leave " + field + " out: a list asks, whoever sends it has asked, and another lead approves.");
            } else if (!KNOWN.contains(field)) {
                fault(
                        pointer + "/" + field,
                        Problem.UNKNOWN_FIELD,
                        "The field " + field + " is unknown. Known: " + String.join(", ", KNOWN) + ".");
            }
        }

        private @Nullable String text(JsonNode entry, String pointer, String field) {
            JsonNode node = entry.path(field);
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            if (!node.isValueNode()) {
                fault(pointer + "/" + field, "bad_value", "Write one text.");
                return null;
            }
            String text = node.asString("").strip();
            return text.isEmpty() ? null : text;
        }

        private @Nullable List<String> texts(JsonNode entry, String pointer, String field) {
            JsonNode node = entry.path(field);
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            if (!node.isArray() || node.valueStream().anyMatch(item -> !item.isValueNode())) {
                fault(pointer + "/" + field, "bad_value", "Write a list of texts.");
                return null;
            }
            return node.valueStream().map(item -> item.asString("").strip()).collect(Collectors.toList());
        }

        private @Nullable LocalDate date(JsonNode entry, String pointer, String field) {
            String text = text(entry, pointer, field);
            try {
                return text == null ? null : IsoDates.date(text);
            } catch (DateTimeException e) {
                fault(pointer + "/" + field, "bad_value", "\"" + text + "\" is not a date: write YYYY-MM-DD.");
                return null;
            }
        }
    }
}
