package dev.ronde.review.answer;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.plan.ChecklistItem;
import dev.ronde.review.plan.ChecklistItem.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions of one review: its checklist as it was when it opened, and every change that is shown. */
public final class Checklist {

    private static final String ACCEPT = "accept";
    private static final String PROBLEM = "problem";

    private Checklist() {}

    public static List<ChecklistItem> items(@Nullable String stored) {
        return stored == null ? List.of() : List.of(Json.read(stored, ChecklistItem[].class));
    }

    /** What is missing or does not fit, each with its pointer; empty when everything asked is answered. */
    static List<FieldError> faults(List<Change> changes, List<ChecklistItem> items, Map<String, Answer> answers) {
        List<FieldError> faults = new ArrayList<>();
        Map<String, Answer> left = new LinkedHashMap<>(answers);
        for (Change change : changes) {
            Answer answer = left.remove(change.path());
            String pointer = pointer(change.path());
            if (answer == null) {
                faults.add(new FieldError(
                        pointer, "answer_required", "Answer the change “" + change.title() + "”: accept or problem."));
            } else if (answer.answer().equals(PROBLEM)) {
                faults.add(new FieldError(
                        pointer,
                        "change_is_a_problem",
                        "“" + change.title() + "” is answered with problem: report the problem instead of attesting."));
            } else if (!answer.answer().equals(ACCEPT)) {
                faults.add(new FieldError(pointer, "bad_answer", "A change is answered with accept or problem."));
            }
        }
        for (ChecklistItem item : items) {
            item(item, left.remove(item.id()), faults);
        }
        left.keySet()
                .forEach(unknown -> faults.add(new FieldError(
                        pointer(unknown),
                        "unknown_question",
                        "Nothing is asked under “" + unknown + "”. Leave it out.")));
        return faults;
    }

    private static void item(ChecklistItem item, @Nullable Answer answer, List<FieldError> faults) {
        String pointer = pointer(item.id());
        if (answer == null || answer.answer().isBlank()) {
            if (item.required()) {
                faults.add(new FieldError(pointer, "answer_required", "Answer the question “" + item.text() + "”."));
            }
            return;
        }
        boolean yesOrNo = answer.answer().equals("yes") || answer.answer().equals("no");
        if (item.answer() == ChecklistItem.Answer.YES_NO && !yesOrNo) {
            faults.add(new FieldError(pointer, "bad_answer", "“" + item.text() + "” is answered with yes or no."));
        }
        String evidence = answer.evidence();
        if (item.evidence() == Proof.REQUIRED && (evidence == null || evidence.isBlank())) {
            faults.add(new FieldError(
                    pointer, "evidence_required", "“" + item.text() + "” needs a reference to its evidence."));
        }
    }

    private static String pointer(String key) {
        return "/answers/" + key.replace("~", "~0").replace("/", "~1");
    }
}
