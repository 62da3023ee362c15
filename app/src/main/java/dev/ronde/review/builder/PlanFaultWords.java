package dev.ronde.review.builder;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.resource.ReaderWords;
import java.util.List;
import java.util.Map;

/** What is wrong with a plan, in the reader's language and beside the fields of the form. */
final class PlanFaultWords {
    private PlanFaultWords() {}

    private static final String KEYS = "review.plan.fault.";
    private static final String FORM = "builder.fault.";
    private static final String LABEL = "builder.label.";

    static List<String> of(ReaderWords words, List<Fault> faults) {
        return faults.stream()
                .map(fault -> words.text(KEYS + "line", String.valueOf(fault.line()), sentence(words, fault)))
                .toList();
    }

    /** @param tree what the reader was given, in which the pointers of the faults point */
    static List<FormFault> inForm(ReaderWords words, List<Fault> found, Typed typed, Map<String, Object> tree) {
        return found.stream()
                .map(fault -> {
                    String field = FormFault.field(fault.pointer(), typed);
                    String word = FormFault.word(fault.pointer(), tree);
                    return new FormFault(field, word, label(words, field), sentenceInForm(words, fault));
                })
                .toList();
    }

    static FormFault inForm(ReaderWords words, String pointer, String sentence, Typed typed) {
        String field = FormFault.field(pointer, typed);
        return new FormFault(field, "", label(words, field), sentence);
    }

    private static String label(ReaderWords words, String field) {
        String[] steps = field.split("\\.");
        if (steps[0].equals("checklist") && steps.length == 3) {
            return words.text("builder.question", Integer.parseInt(steps[1]) + 1) + ", "
                    + words.text(LABEL + "checklist." + steps[2]);
        }
        boolean byCriticality = steps.length == 2 && (steps[0].equals("assurance") || steps[0].equals("approval"));
        if (byCriticality) {
            String rule = words.text(LABEL + steps[0]);
            return steps[1].equals("default") ? rule : rule + ", " + words.text("review.severity." + steps[1]);
        }
        return words.messages().has(LABEL + field) ? words.text(LABEL + field) : field;
    }

    /** What is wrong with one field of a form, whose name stands beside it; not in the words of files where there are others. */
    private static String sentenceInForm(ReaderWords words, Fault fault) {
        Reason reason = fault.reason();
        String own = FORM + reason.key();
        String key = words.messages().has(own) ? own : KEYS + reason.key();
        String meant = reason.meant().isEmpty() ? "" : words.text(KEYS + "meant", reason.meant());
        return words.text(key, reason.values().toArray()) + meant;
    }

    private static String sentence(ReaderWords words, Fault fault) {
        Reason reason = fault.reason();
        String text = words.text(KEYS + reason.key(), reason.values().toArray());
        String meant = reason.meant().isEmpty() ? "" : words.text(KEYS + "meant", reason.meant());
        return fault.field().isEmpty() ? text + meant : words.text(KEYS + "of", fault.field(), text + meant);
    }
}
