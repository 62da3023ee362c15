package dev.ronde.review.plan;

import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the rules of a plan that go by criticality, and the one about drift; of a stored plan also what is refused now. */
record RuleReader(Fields plan, boolean stored) {
    private static final String[] LEVELS = {"default", "low", "medium", "high", "critical"};
    private static final Duration LONGEST = Duration.ofDays(7);

    AssuranceRule assurance() {
        Map<String, Assurance> levels = levels("assurance", RuleReader::level);
        Assurance base = levels.getOrDefault("default", Assurance.MAIL_LINK);
        levels.remove("default");
        return new AssuranceRule(base, levels);
    }

    ApprovalRule approval() {
        Map<String, Boolean> needed = levels("approval", RuleReader::second);
        boolean base = needed.getOrDefault("default", false);
        needed.remove("default");
        return new ApprovalRule(base, needed, flag(plan, "self_approval", false));
    }

    private <T> Map<String, T> levels(String rule, Function<String, T> reader) {
        Map<String, T> levels = new LinkedHashMap<>();
        plan.child(rule, LEVELS).ifPresent(fields -> {
            for (String key : LEVELS) {
                fields.parsed(key, null, reader).ifPresent(level -> levels.put(key, level));
            }
        });
        return levels;
    }

    DriftRule drift() {
        DriftRule usual = DriftRule.USUAL;
        return plan.child("drift", "watch", "settle", "due")
                .map(fields -> new DriftRule(
                        flag(fields, "watch", usual.watched()),
                        fields.parsed("settle", null, this::settle).orElse(usual.settle()),
                        fields.parsed("due", null, RuleReader::days).orElse(usual.due())))
                .orElse(usual);
    }

    private static boolean flag(Fields fields, String name, boolean usual) {
        return fields.parsed(name, null, word -> Reason.oneOf(word, List.of("true", "false")))
                .map("true"::equals)
                .orElse(usual);
    }

    private static Assurance level(String text) {
        List<String> words = Stream.of(Assurance.MAIL_LINK, Assurance.MAIL_CODE, Assurance.SIGNED_IN)
                .map(Assurance::word)
                .toList();
        return Assurance.valueOf(Reason.oneOf(text, words).toUpperCase(java.util.Locale.ROOT));
    }

    private static boolean second(String text) {
        return Reason.oneOf(text, List.of("none", "second_person")).equals("second_person");
    }

    private Duration settle(String text) {
        Duration settle = duration(text);
        if (settle.isNegative() || settle.compareTo(LONGEST) > 0 || (!stored && settle.toNanosPart() != 0)) {
            throw Reason.of("settle", "'" + text + "' does not fit; write PT0S to P7D, for example PT10M", text)
                    .refusal();
        }
        return settle;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException none) {
            return LONGEST.plusDays(1);
        }
    }

    private static Period days(String text) {
        Period period = CadenceReader.period(text);
        if (period.isZero()) {
            throw Reason.of("no_time", "'" + text + "' leaves no time; write at least P1D", text)
                    .refusal();
        }
        return period;
    }
}
