package dev.ronde.review.plan;

import dev.ronde.platform.yaml.YamlNode;
import dev.ronde.platform.yaml.YamlNode.Mapping;
import dev.ronde.platform.yaml.YamlNode.Sequence;
import dev.ronde.platform.yaml.YamlReader;
import dev.ronde.platform.yaml.YamlSyntaxException;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /** The same for a change of this plan: words that it has stay allowed, also where they have left the files since. */
    public PlanReader changing(PlanDefinition plan) {
        return new PlanReader(defaultZone, vocabulary.keeping(plan));
    }

    /** The plans are usable only if there are no faults. */
    public record Result(List<PlanDefinition> plans, List<PlanFault> faults) {}

    /** Reads a plan file: a mapping whose key {@code plans} holds a list. Never throws for bad content. */
    public Result readFile(String text) {
        List<PlanFault> faults = new ArrayList<>();
        List<PlanDefinition> plans = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        parse(text, faults).ifPresent(root -> {
            Optional<FieldReader> reader = FieldReader.over(root, "", faults, "plans");
            YamlNode list = reader.flatMap(fields -> fields.node("plans")).orElse(null);
            if (list instanceof Sequence sequence && !sequence.items().isEmpty()) {
                for (int index = 0; index < sequence.items().size(); index++) {
                    YamlNode item = sequence.items().get(index);
                    String pointer = "/plans/" + index;
                    readPlan(item, pointer, faults).ifPresent(plan -> {
                        if (!seen.add(plan.id())) {
                            faults.add(twice(item.line(), pointer, plan.id()));
                        }
                        plans.add(plan);
                    });
                }
            } else if (reader.isPresent()) {
                faults.add(new PlanFault(
                        root.line(),
                        "/plans",
                        "required",
                        Reason.of("plans_required", "write 'plans:' and below it one list entry a plan")));
            }
        });
        return new Result(List.copyOf(plans), List.copyOf(faults));
    }

    private static PlanFault twice(int line, String pointer, String id) {
        String english = "the plan id '" + id + "' stands twice in this file";
        return new PlanFault(line, pointer + "/id", "duplicate_id", Reason.of("duplicate_plan", english, id));
    }

    /** Reads one plan, JSON or YAML, without the list around it. Never throws for bad content. */
    public Result readOne(String text) {
        List<PlanFault> faults = new ArrayList<>();
        Optional<PlanDefinition> plan = parse(text, faults).flatMap(root -> readPlan(root, "", faults));
        return new Result(plan.stream().toList(), List.copyOf(faults));
    }

    private static Optional<YamlNode> parse(String text, List<PlanFault> faults) {
        try {
            return Optional.of(YamlReader.read(text));
        } catch (YamlSyntaxException broken) {
            Reason reason = new Reason("yaml_" + broken.word(), broken.reason(), broken.values(), "");
            faults.add(new PlanFault(broken.line(), "", PlanFault.SYNTAX, reason));
            return Optional.empty();
        }
    }

    private Optional<PlanDefinition> readPlan(YamlNode node, String pointer, List<PlanFault> faults) {
        int before = faults.size();
        Optional<FieldReader> over = FieldReader.over(node, pointer, faults, KEYS);
        if (over.isEmpty()) {
            return Optional.empty();
        }
        FieldReader fields = over.get();
        Optional<String> id = fields.parsed("id", "quarterly-critical", text -> vocabulary.id(id(text)));
        Optional<String> title =
                fields.parsed("title", "Quarterly review", text -> shorter(vocabulary.line(text), 200));
        Optional<String> instructions =
                fields.parsed("instructions", null, text -> shorter(vocabulary.lines(text), 4000));
        Optional<PlanScope> scope = required(fields, "scope", "{kinds: [\"service.*\"]}")
                .flatMap(inner -> scope(inner, fields.pointer("scope"), faults));
        Optional<CadenceRule> cadence = required(fields, "cadence", "{every: P3M, anchor: 2026-01-31}")
                .flatMap(inner -> new CadenceReader(faults).read(inner, fields.pointer("cadence")));
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
        RuleReader rules = new RuleReader(fields, faults);
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

    private static Optional<YamlNode> required(FieldReader fields, String name, String example) {
        Optional<YamlNode> node = fields.node(name);
        if (node.isEmpty()) {
            fields.require(name, example);
        }
        return node;
    }

    private Optional<PlanScope> scope(YamlNode node, String pointer, List<PlanFault> faults) {
        return FieldReader.over(
                        node, pointer, faults, "criticality", "kinds", "tags", "environments", "units", "assets")
                .map(fields -> new PlanScope(
                        fields.words("criticality", text -> Reason.oneOf(text, CRITICALITIES)),
                        fields.words("kinds", text -> vocabulary.kind(kind(text))),
                        fields.words("tags", text -> shorter(vocabulary.line(text), 100)),
                        fields.words("environments", text -> shorter(vocabulary.line(text), 100)),
                        fields.words("units", text -> shorter(vocabulary.line(text), 200)),
                        fields.words("assets", PlanReader::ref)));
    }

    private List<ChecklistItem> checklist(FieldReader fields, List<PlanFault> faults) {
        List<ChecklistItem> items = new ArrayList<>();
        Optional<YamlNode> node = fields.node("checklist");
        if (node.isEmpty()) {
            return items;
        }
        if (!(node.get() instanceof Sequence sequence)) {
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
            YamlNode entry = sequence.items().get(index);
            String pointer = fields.pointer("checklist") + "/" + index;
            item(entry, pointer, faults).ifPresent(item -> {
                if (!seen.add(item.id())) {
                    faults.add(new PlanFault(
                            entry.line(),
                            pointer + "/id",
                            "duplicate_id",
                            Reason.of("duplicate_item", "the id '" + item.id() + "' stands twice", item.id())));
                }
                items.add(item);
            });
        }
        return items;
    }

    private Optional<ChecklistItem> item(YamlNode node, String pointer, List<PlanFault> faults) {
        return FieldReader.over(node, pointer, faults, "id", "text", "answer", "evidence", "required")
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

    /** True when the text holds a list of plans rather than one. */
    public static boolean isFile(String text) {
        try {
            return YamlReader.read(text) instanceof Mapping mapping
                    && mapping.fields().containsKey("plans");
        } catch (YamlSyntaxException broken) {
            return false;
        }
    }
}
