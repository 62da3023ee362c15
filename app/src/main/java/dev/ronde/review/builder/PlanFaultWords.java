package dev.ronde.review.builder;

import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.plan.PlanFault;
import dev.ronde.review.plan.Reason;
import java.util.List;

/** What is wrong with a plan, in the reader's language. */
final class PlanFaultWords {
    private static final String KEYS = "review.plan.fault.";
    private static final String FORM = "builder.fault.";

    List<String> of(ReaderWords words, List<PlanFault> faults) {
        return faults.stream()
                .map(fault -> words.text(KEYS + "line", String.valueOf(fault.line()), sentence(words, fault)))
                .toList();
    }

    /** What is wrong with one field of a form, whose name stands beside it; not in the words of files where there are others. */
    String inForm(ReaderWords words, PlanFault fault) {
        Reason reason = fault.reason();
        String own = FORM + reason.key();
        String key = words.messages().has(own) ? own : KEYS + reason.key();
        String meant = reason.meant().isEmpty() ? "" : words.text(KEYS + "meant", reason.meant());
        return words.text(key, reason.values().toArray()) + meant;
    }

    private static String sentence(ReaderWords words, PlanFault fault) {
        Reason reason = fault.reason();
        String text = words.text(KEYS + reason.key(), reason.values().toArray());
        String meant = reason.meant().isEmpty() ? "" : words.text(KEYS + "meant", reason.meant());
        return fault.field().isEmpty() ? text + meant : words.text(KEYS + "of", fault.field(), text + meant);
    }
}
