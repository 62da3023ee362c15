package dev.ronde.review.builder;

import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.plan.PlanFault;
import java.util.List;
import java.util.Map;

/** The faults of a plan beside the fields of its form, with the names the form gives them. */
final class PlanFieldWords {
    private static final String LABEL = "builder.label.";

    private final PlanFaultWords faults = new PlanFaultWords();

    /** @param tree what the reader was given, in which the pointers of the faults point */
    List<FormFault> of(ReaderWords words, List<PlanFault> found, Typed typed, Map<String, Object> tree) {
        return found.stream()
                .map(fault -> {
                    String field = FormFault.field(fault.pointer(), typed);
                    String word = FormFault.word(fault.pointer(), tree);
                    return new FormFault(field, word, label(words, field), faults.inForm(words, fault));
                })
                .toList();
    }

    /** One fault that was found later than by reading. */
    FormFault of(ReaderWords words, String pointer, String sentence, Typed typed) {
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
}
