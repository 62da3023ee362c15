package dev.ronde.demo;

import dev.ronde.account.Person;
import dev.ronde.asset.snapshot.Change;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.plan.ChecklistItem;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How the invented owners answer: most in time from their mail, some late, a few never, one says “not mine”. */
final class DemoOwners {
    private static final Set<String> SILENT = Set.of("logi-gates-mqtt", "sup-status", "fin-cache", "fin-payroll-db");

    private final DemoParts parts;
    private final DemoClock clock;

    DemoOwners(DemoParts parts, DemoClock clock) {
        this.parts = parts;
        this.clock = clock;
    }

    void answer(int day) {
        LocalDate today = clock.instant().atZone(Story.ZONE).toLocalDate();
        List<Review> waiting = parts.database().read(parts.reviews()::waiting);
        for (Review review : waiting) {
            UUID ownerId = review.ownerId();
            if (ownerId != null) {
                parts.database().useTransaction(tx -> {
                    Person owner = parts.people().get(tx, ownerId);
                    act(tx, review, owner, today, day);
                });
            }
        }
    }

    private void act(Handle tx, Review review, Person owner, LocalDate today, int day) {
        long daysToDue = ChronoUnit.DAYS.between(today, review.dates().dueOn());
        String asset = parts.assets().byId(tx, review.assetId()).ref();
        int habit = Math.floorMod(asset.hashCode() * 31 + review.slotNo() * 17, 100);
        Visitor by = Visitor.of(owner, Set.of(), new Actor("link", owner.actorRef(), "link"), Channel.LINK);
        boolean lately = day > Story.DAYS - 24;
        if (lately && SILENT.contains(asset)) {
            return; // never answers: these become overdue, then missed
        }
        if (lately && asset.equals("sup-kb-cache")) {
            if (review.handling().notMineAt() == null) {
                parts.reviews().act(tx, review, new ReviewAct.NotMine("This moved to the platform team."), by);
            }
        } else if (lately && asset.equals("logi-depot-pc")) {
            if (review.handling().problemAt() == null) {
                parts.reviews()
                        .act(tx, review, new ReviewAct.ReportProblem("Somebody else administers this machine."), by);
            }
        } else if (habit < 12) {
            return;
        } else if (daysToDue <= answersAt(habit)) {
            attest(tx, review, by);
        } else if (habit % 4 == 0 && review.handling().acknowledgedAt() == null) {
            parts.reviews().act(tx, review, new ReviewAct.Acknowledge(), by);
        }
    }

    /** How many days before (positive) or after (negative) the due date this habit answers. */
    private static long answersAt(int habit) {
        return habit < 24 ? -(habit - 10L) / 2 : (habit - 20) / 8L;
    }

    private void attest(Handle tx, Review review, Visitor by) {
        Situation situation = parts.reviews().situation(tx, review);
        Map<String, AttestRequest.Answer> answers = new LinkedHashMap<>();
        for (Change change : situation.toAnswer()) {
            answers.put(change.path(), new AttestRequest.Answer("accept", null));
        }
        for (ChecklistItem item : Checklist.items(review.opening().checklist())) {
            answers.put(item.id(), new AttestRequest.Answer("yes", null));
        }
        String outcome = situation.toAnswer().isEmpty() ? "no_change" : "changed_and_accepted";
        boolean failing = situation.checks().stream().anyMatch(CheckState::failing);
        String note = situation.over()
                ? "A change of the vendor, taken back."
                : failing ? "Known; it is being repaired." : null;
        AttestRequest request = new AttestRequest(outcome, note, situation.digest(), answers, null, null);
        parts.reviews().act(tx, review, new ReviewAct.Attest(request), by);
    }
}
