package dev.ronde.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One expected review as the model sees it. */
final class Slot {
    final String asset;
    final ReplayPlan plan;
    final LocalDate on;
    private final Slot before;
    boolean opened;
    boolean missed;
    boolean missedTold;
    boolean explained;
    String owner;
    LocalDate performedOn;
    LocalDate extendedTo;
    Instant extendedAt;
    /** The due date when it ended; nothing moves it any more. */
    private LocalDate endedDue;
    /** Which performance it was, over all slots. */
    int turn;

    /** Who was asked to take over and has not accepted. */
    String asked;
    /** Who was asked and did not accept; each hears at most once that this lapsed. */
    final List<String> requests = new ArrayList<>();
    /** Whose it is because they said yes to that. */
    String acceptedBy;

    int passedOn;
    boolean acknowledged;
    int snoozes;
    LocalDate snoozedUntil;
    boolean problem;
    boolean notMine;
    /** Attested, and waiting for a second person. */
    boolean pending;

    boolean refused;
    /** The steps that must have left a record each. */
    final Map<String, Integer> steps = new TreeMap<>();
    /** From when each owner may be told that it is theirs. */
    final Map<String, Instant> since = new HashMap<>();
    /** Who has it because a person gave it to them. */
    /** When somebody last did something about it, or something last happened to it. */
    private final Map<String, Instant> happened = new HashMap<>();

    /** Who was told which rung. */
    final Set<String> told = new HashSet<>();

    Slot(String asset, ReplayPlan plan, LocalDate on, Slot before) {
        this.asset = asset;
        this.plan = plan;
        this.on = on;
        this.before = before;
    }

    String key() {
        return asset + "/" + plan.id() + "/" + on;
    }

    /** The slot, or earlier where the maximum gap since the slot before asks for it. */
    LocalDate due() {
        if (endedDue != null || extendedTo != null) {
            return endedDue != null ? endedDue : extendedTo;
        }
        LocalDate last = before == null ? null : before.performedOn;
        boolean pulled =
                last != null && plan.gap() != null && last.plusDays(plan.gap()).isBefore(on);
        return pulled ? last.plusDays(plan.gap()) : on;
    }

    /** What was told towards an earlier due date is told again towards a later one. */
    String towards() {
        return extendedTo == null ? "" : " towards " + extendedTo;
    }

    /** Whether a notice of that instant counts from the due date as it is now. */
    boolean counts(Instant at) {
        return extendedAt == null || at.isAfter(extendedAt);
    }

    Instant opensAt() {
        return plan.office().startOf(due().minusDays(plan.lead()));
    }

    Instant overdueAt() {
        return plan.office().startOf(due().plusDays(1));
    }

    Instant closesAt() {
        return plan.office().startOf(due().plusDays(plan.window() + 1L));
    }

    boolean ended() {
        return missed || performedOn != null;
    }

    /** When that last happened; null where it never did. */
    Instant at(String what) {
        return happened.get(what);
    }

    void happens(String what, Instant at) {
        happened.put(what, at);
    }

    /** Whether its problem is a decision: not done, missed or not. */
    boolean asks() {
        return problem && (waits() || (missed && performedOn == null));
    }

    /** A lead said what follows of it. */
    void decideProblem() {
        happened.remove("problem");
        problem = false;
        step("review.problem-decided");
    }

    void miss(Instant at) {
        happens("missed", at);
        endedDue = due();
        missed = true;
        step("review.missed");
    }

    void perform(LocalDate on) {
        asked = null;
        endedDue = due();
        performedOn = on;
        step("review.attested");
    }

    /** Done after its window: it stays missed. */
    void performLate(LocalDate on) {
        performedOn = on;
        step("review.attested");
    }

    void takeBack() {
        endedDue = null;
        performedOn = null;
    }

    /** What somebody asked for ends with them. */
    void changesHands() {
        asked = null;
        acceptedBy = null;
        happened.remove("not-mine");
        acknowledged = false;
        notMine = false;
        snoozedUntil = null;
    }

    String state() {
        if (missed) {
            return "missed";
        }
        return performedOn != null ? "attested" : opened ? "open" : "scheduled";
    }

    void step(String record) {
        steps.merge(record, 1, Integer::sum);
    }

    boolean waits() {
        return opened && !ended();
    }

    @Override
    public String toString() {
        return "%s (%s, due %s, with %s, asked %s, silent until %s, %s)"
                .formatted(key(), state(), due(), owner, asked, snoozedUntil, steps);
    }
}
