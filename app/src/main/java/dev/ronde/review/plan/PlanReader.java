package dev.ronde.review.plan;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.json.Json;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads plan files and the plans of the API: nothing unknown is passed over and every fault is told at once. */
public final class PlanReader {

    private static final String[] KEYS = {
        "id",
        "title",
        "instructions",
        "scope",
        "cadence",
        "zone",
        "max_gap_days",
        "lead_time",
        "grace",
        "missed_after",
        "frameworks",
        "assurance",
        "approval",
        "self_approval",
        "drift",
        "required_protections",
        "checklist",
        "reminders"
    };
    private static final int MOST_QUESTIONS = 100;

    private static final List<String> CRITICALITIES = List.of("low", "medium", "high", "critical");

    private final Supplier<ZoneId> defaultZone;
    private final PlanVocabulary vocabulary;

    /** The zone is that of plans which name none; any word is taken for a kind, a protection or a control. */
    public PlanReader(ZoneId defaultZone) {
        this(defaultZone, PlanVocabulary.ANY);
    }

    public PlanReader(ZoneId defaultZone, PlanVocabulary vocabulary) {
        this(() -> defaultZone, vocabulary);
    }

    /** @param defaultZone asked each time: it is the installation's, which people may set */
    public PlanReader(Supplier<ZoneId> defaultZone, PlanVocabulary vocabulary) {
        this.defaultZone = defaultZone;
        this.vocabulary = vocabulary;
    }

    /** The zone of plans that name none. */
    public ZoneId zone() {
        return defaultZone.get();
    }

    public PlanVocabulary vocabulary() {
        return vocabulary;
    }

    /** The plans are usable only if there are no faults. */
    public record Result(List<PlanDefinition> plans, List<Fault> faults) {}

    /** Reads a plan file, a mapping whose key {@code plans} holds a list, or one plan without it. Never throws for bad content. */
    public Result read(String text) {
        return read(text, this::read);
    }

    /** Reads plans that are parsed already, as {@link #read(String)} does. */
    public Result read(Node root) {
        return root instanceof Node.Mapping mapping && mapping.entries().containsKey("plans") ? file(root) : one(root);
    }

    public Result readFile(String text) {
        return read(text, this::file);
    }

    private static Result read(String text, Function<Node, Result> reader) {
        try {
            return reader.apply(Document.read(text));
        } catch (DocumentException broken) {
            return new Result(List.of(), List.of(broken.fault()));
        }
    }

    public Result one(Map<String, Object> tree) {
        return one(Node.of(Json.MAPPER.valueToTree(tree)));
    }

    public Result one(Node root) {
        List<Fault> faults = new ArrayList<>();
        Optional<PlanDefinition> plan = readPlan(root, "", faults);
        return new Result(plan.stream().toList(), List.copyOf(faults));
    }

    public Result file(Node root) {
        List<Fault> faults = new ArrayList<>();
        List<PlanDefinition> plans = new ArrayList<>();
        Fields.over(root, "", faults, "plans").ifPresent(fields -> {
            List<Node> items =
                    fields.node("plans").orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
            if (items.isEmpty()) {
                Reason reason = Reason.of("plans_required", "write 'plans:' and below it one list entry a plan");
                fields.fault("plans", "required", reason);
            }
            Set<String> seen = new HashSet<>();
            for (int index = 0; index < items.size(); index++) {
                Node item = items.get(index);
                String pointer = "/plans/" + index;
                readPlan(item, pointer, faults).ifPresent(plan -> {
                    if (!seen.add(plan.id())) {
                        faults.add(twice(
                                item,
                                pointer,
                                "duplicate_plan",
                                "the plan id '%s' stands twice in this file",
                                plan.id()));
                    }
                    plans.add(plan);
                });
            }
        });
        return new Result(List.copyOf(plans), List.copyOf(faults));
    }

    private static Fault twice(Node item, String pointer, String key, String english, String id) {
        return new Fault(item.line("/id"), pointer + "/id", "duplicate_id", Reason.of(key, english.formatted(id), id));
    }

    private Optional<PlanDefinition> readPlan(Node node, String pointer, List<Fault> faults) {
        int before = faults.size();
        Optional<Fields> over = Fields.over(node, pointer, faults, KEYS);
        if (over.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = over.get();
        Optional<String> id = fields.parsed("id", "quarterly-critical", text -> vocabulary.id(id(text)));
        Optional<String> title =
                fields.parsed("title", "Quarterly review", text -> shorter(vocabulary.line(text), 200));
        Optional<String> instructions =
                fields.parsed("instructions", null, text -> shorter(vocabulary.lines(text), 4000));
        fields.require("scope", "{kinds: [\"service.*\"]}");
        Optional<PlanScope> scope = scope(fields);
        fields.require("cadence", "{every: P3M, anchor: 2026-01-31}");
        Optional<CadenceRule> cadence = CadenceReader.read(fields);
        Optional<ZoneId> zone = fields.parsed("zone", null, PlanReader::zone);
        Optional<Integer> gap = fields.parsed("max_gap_days", null, text -> CadenceReader.number(text, 1, 3660));
        if (gap.isPresent()
                && cadence.filter(CadenceRule.OneDate.class::isInstance).isPresent()) {
            fields.refuse("max_gap_days", Reason.of("no_gap", "a single date has no gap to the next; leave it out"));
        }
        Optional<Period> lead = fields.parsed("lead_time", null, CadenceReader::period);
        Optional<Period> grace = fields.parsed("grace", null, CadenceReader::period);
        Optional<Period> missed = fields.parsed("missed_after", null, CadenceReader::period);
        List<String> frameworks =
                fields.words("frameworks", text -> vocabulary.control(control(vocabulary.line(text))));
        List<String> required = fields.words("required_protections", text -> shorter(vocabulary.protection(text), 100));
        RuleReader rules = new RuleReader(fields, vocabulary.equals(PlanVocabulary.ANY));
        AssuranceRule assurance = rules.assurance();
        ApprovalRule approval = rules.approval();
        DriftRule drift = rules.drift();
        List<ChecklistItem> checklist = checklist(fields, faults);
        String reminders = fields.parsed("reminders", null, PlanReader::ladder).orElse("default");
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new PlanDefinition(
                id.orElseThrow(),
                title.orElseThrow(),
                instructions.orElse(""),
                scope.orElseThrow(),
                cadence.orElseThrow(),
                zone.orElseGet(defaultZone),
                gap.orElse(null),
                lead.orElse(Period.ofDays(14)),
                grace.orElse(Period.ZERO),
                missed.orElse(Period.ofDays(30)),
                frameworks,
                assurance,
                approval,
                drift,
                required,
                checklist,
                reminders));
    }

    private Optional<PlanScope> scope(Fields plan) {
        return plan.child("scope", "criticality", "kinds", "tags", "environments", "units", "assets")
                .map(fields -> new PlanScope(
                        fields.words("criticality", text -> Reason.oneOf(text, CRITICALITIES)),
                        fields.words("kinds", text -> vocabulary.kind(kind(text))),
                        fields.words("tags", text -> shorter(vocabulary.line(text), 100)),
                        fields.words("environments", text -> shorter(vocabulary.line(text), 100)),
                        fields.words("units", text -> shorter(vocabulary.line(text), 200)),
                        fields.words("assets", PlanReader::ref)));
    }

    private List<ChecklistItem> checklist(Fields fields, List<Fault> faults) {
        List<ChecklistItem> items = new ArrayList<>();
        Optional<Node> node = fields.node("checklist");
        if (node.isEmpty()) {
            return items;
        }
        if (!(node.get() instanceof Node.Sequence sequence)) {
            String form = "{id, text, answer, evidence}";
            fields.fault(
                    "checklist", "not_a_list", Reason.of("checklist", "'checklist' must be a list of " + form, form));
            return items;
        }
        if (sequence.items().size() > MOST_QUESTIONS && !vocabulary.equals(PlanVocabulary.ANY)) {
            String most = String.valueOf(MOST_QUESTIONS);
            fields.fault(
                    "checklist",
                    "too_many",
                    Reason.of("too_many_items", "a checklist has at most " + most + " questions", most));
            return items;
        }
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            Node entry = sequence.items().get(index);
            String pointer = fields.pointer("checklist") + "/" + index;
            item(entry, pointer, faults).ifPresent(item -> {
                if (!seen.add(item.id())) {
                    faults.add(twice(entry, pointer, "duplicate_item", "the id '%s' stands twice", item.id()));
                }
                items.add(item);
            });
        }
        return items;
    }

    private Optional<ChecklistItem> item(Node node, String pointer, List<Fault> faults) {
        return Fields.over(node, pointer, faults, "id", "text", "answer", "evidence", "required")
                .flatMap(fields -> {
                    Optional<String> id = fields.parsed("id", "admins", PlanReader::id);
                    Optional<String> text =
                            fields.parsed("text", "\"Still right?\"", word -> shorter(vocabulary.lines(word), 1000));
                    String answer = fields.parsed("answer", null, word -> Reason.oneOf(word, List.of("yes_no", "text")))
                            .orElse("yes_no");
                    String evidence = fields.parsed(
                                    "evidence",
                                    null,
                                    word -> Reason.oneOf(word, List.of("none", "optional", "required")))
                            .orElse("optional");
                    String required = fields.parsed(
                                    "required", null, word -> Reason.oneOf(word, List.of("true", "false")))
                            .orElse("false");
                    if (id.isEmpty() || text.isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(new ChecklistItem(
                            id.get(),
                            text.get(),
                            ChecklistItem.Answer.valueOf(answer.toUpperCase(Locale.ROOT)),
                            ChecklistItem.Proof.valueOf(evidence.toUpperCase(Locale.ROOT)),
                            required.equals("true")));
                });
    }

    private static String id(String text) {
        return matching(
                text,
                "form_id",
                "[a-z0-9][a-z0-9._-]{0,63}",
                "lower-case letters, digits, '.', '_' and '-', at most 64");
    }

    private static String ref(String text) {
        return matching(text, "form_ref", "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}", "an asset's ref, for example web-01");
    }

    private static String kind(String text) {
        return matching(
                text,
                "form_kind",
                "\\*|[a-z0-9_.-]+(\\.\\*)?",
                "a kind such as service.redis, or a prefix such as service.*");
    }

    private static String control(String text) {
        return matching(
                text, "form_control", "[a-z0-9][a-z0-9-]*:\\S{1,60}", "framework:control, for example iso27001:A.8.9");
    }

    private static String matching(String text, String key, String pattern, String form) {
        if (!text.matches(pattern)) {
            throw Reason.of(key, "'" + text + "' does not fit; write " + form, text)
                    .refusal();
        }
        return text;
    }

    private static String shorter(String text, int most) {
        if (text.length() > most) {
            throw Reason.of("too_long", "longer than " + most + " characters; shorten it", String.valueOf(most))
                    .refusal();
        }
        return text;
    }

    private static String ladder(String text) {
        return Reason.oneOf(text, List.of("default"));
    }

    private static ZoneId zone(String text) {
        if (text.matches("[+-].*|UTC[+-].*|GMT[+-].*")
                || !ZoneId.getAvailableZoneIds().contains(text)) {
            throw Reason.of(
                            "zone",
                            "'" + text
                                    + "' is not a time zone; write its id, for example Europe/Paris, never an offset",
                            text)
                    .refusal();
        }
        return ZoneId.of(text);
    }
}
