package dev.ronde.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** What people do about reviews, in no order: whatever the product lets them, each told to the model as well. */
final class Answers {

    private final Life life;
    private final ReplayWorld world;
    private final Model model;
    private final Random random;
    /** How many there were. */
    int given;

    /** How many performances. */
    private int turns;

    Answers(Life life) {
        this.life = life;
        this.world = life.world;
        this.model = life.model;
        this.random = life.random;
    }

    /** Somebody does something about a review that is open, waits for a signature or was missed. */
    void one(Instant now) {
        List<Slot> missed = some(slot -> slot.missed && (!slot.explained || slot.performedOn == null));
        // refused by the second person after its window, a review is missed from then on
        List<Slot> open = some(slot -> slot.pending || (slot.waits() && now.isBefore(slot.closesAt())));
        if (!missed.isEmpty() && random.nextInt(3) == 0) {
            late(any(missed), now);
        } else if (!open.isEmpty()) {
            Slot slot = any(open);
            if (slot.pending) {
                secondPerson(slot, now);
            } else {
                answer(slot, now);
            }
        }
    }

    private List<Slot> some(Predicate<Slot> which) {
        return model.slots.stream().filter(which).toList();
    }

    private Slot any(List<Slot> slots) {
        return slots.get(random.nextInt(slots.size()));
    }

    private void answer(Slot slot, Instant now) {
        switch (random.nextInt(14)) {
            case 0 -> acknowledge(slot, now);
            case 1 -> problem(slot, now);
            case 2 -> {
                act(slot, "not-mine", Map.of("note", "Not me, " + given + "."));
                slot.step("review.not-mine");
                slot.happens("not-mine", now);
                slot.notMine = true;
            }
            case 3 -> snooze(slot, now);
            case 4 -> extend(slot, now);
            case 5 -> assign(slot, now);
            case 6, 7 -> delegate(slot, now);
            case 8, 9 -> accept(slot);
            default -> {
                if (slot.problem && given % 3 == 0) {
                    decideProblem(slot);
                } else {
                    attest(slot, now);
                }
            }
        }
    }

    private void problem(Slot slot, Instant now) {
        act(slot, "problem", Map.of("text", "Oddity " + given + "."));
        slot.step("review.problem");
        slot.happens("problem", now);
        slot.problem = true;
    }

    private void decideProblem(Slot slot) {
        act(
                slot,
                "decide-problem",
                Map.of(
                        "reported_at",
                        world.review(slot.key()).at("/problem/at").asString(),
                        "decision",
                        "As it was before, " + given + "."));
        slot.decideProblem();
    }

    /** By the link in a mail where there is one, otherwise over the API. */
    private void attest(Slot slot, Instant now) {
        String link = world.links.get(slot.owner + " " + slot.key());
        boolean byLink = link != null && !slot.acknowledged && random.nextBoolean();
        if (byLink) {
            answerByLink(link, slot.owner, slot, "attest&outcome=no_change");
        } else {
            act(slot, "attest", Map.of("outcome", "no_change"));
        }
        slot.perform(slot.plan.office().day(now));
        slot.turn = ++turns;
        slot.pending = slot.plan.secondPerson();
        slot.happens("approval", world.now());
        if (!byLink && !slot.pending && random.nextInt(8) == 0) {
            act(slot, "withdraw", Map.of());
            slot.takeBack();
            slot.step("review.withdrawn");
        }
    }

    private void secondPerson(Slot slot, Instant now) {
        if (random.nextInt(3) == 0) {
            act(slot, "reject", Map.of("reason", "Look again, " + given + "."));
            slot.takeBack();
            slot.refused = true;
            slot.happens("refused", now);
            slot.step("review.rejected");
        } else {
            act(slot, "approve", Map.of("note", "Seen."));
            slot.step("review.approved");
        }
        slot.pending = false;
    }

    /** The lead says why it was missed, or somebody does it all the same: it stays missed. */
    private void late(Slot slot, Instant now) {
        if (!slot.explained) {
            slot.explained = true;
            act(
                    slot,
                    "missed",
                    Map.of("cause", "Nobody did it.", "action", "Said so.", "recovery", "back_on_schedule"));
            slot.step("review.recovered");
        } else if (slot.opened && !slot.plan.secondPerson()) {
            act(slot, "attest", Map.of("outcome", "no_change"));
            slot.performLate(slot.plan.office().day(now));
            slot.turn = ++turns;
        }
    }

    private void acknowledge(Slot slot, Instant now) {
        act(slot, "acknowledge", Map.of());
        if (!slot.acknowledged) {
            slot.acknowledged = true;
            slot.happens("acknowledged", now);
            slot.step("review.acknowledged");
        }
    }

    private void snooze(Slot slot, Instant now) {
        LocalDate until = slot.plan.office().day(now).plusDays(1 + random.nextInt(30));
        if (slot.snoozes < 3) {
            act(slot, "snooze", Map.of("until", until.toString()));
            slot.step("review.snoozed");
            slot.snoozes++;
            slot.snoozedUntil = until;
        }
    }

    private void extend(Slot slot, Instant now) {
        LocalDate until = slot.due().plusDays(1 + random.nextInt(8));
        act(slot, "extend", Map.of("until", until.toString(), "reason", "The data centre moves."));
        slot.extendedTo = until;
        slot.extendedAt = now;
        slot.step("review.extended");
    }

    private void assign(Slot slot, Instant now) {
        String to = life.anybody();
        boolean settles = slot.asked != null || slot.problem || slot.notMine;
        if (!to.equals(slot.owner) || settles) {
            act(slot, "assign", Map.of("to", to));
            model.give(slot, to, now);
        }
    }

    private void delegate(Slot slot, Instant now) {
        String to = life.anybody();
        if (!to.equals(slot.owner) && slot.passedOn < 3) {
            act(slot, "delegate", Map.of("to", to));
            slot.asked = to;
            slot.requests.add(to);
            slot.happens("asked", now);
            slot.step("review.delegated");
        }
    }

    /** Only who was asked, and has the mail that says so, can accept. */
    private void accept(Slot slot) {
        String to = slot.asked;
        String link = world.links.get(to + " " + slot.key());
        if (to != null && link != null) {
            answerByLink(link, to, slot, "accept-delegation");
            slot.requests.remove(to);
            model.give(slot, to, world.now());
            slot.acceptedBy = to;
            slot.passedOn++;
            slot.step("review.delegation-accepted");
        }
    }

    private void answerByLink(String link, String person, Slot slot, String form) {
        given++;
        TestApp.Answer answer = world.answer(link, form);
        assertThat(answer.status())
                .as("%s by %s about %s: %s%n%s", form, person, slot, world.review(slot.key()), answer.body())
                .isEqualTo(303);
        model.receipts.add(person + " " + slot.key());
    }

    /** One after the other: which of two performances came first is said by their times alone. */
    private void act(Slot slot, String action, Map<String, ?> body) {
        given++;
        world.at(world.now().plusSeconds(1));
        try {
            world.act(slot.key(), action, body);
        } catch (AssertionError refused) {
            throw new AssertionError(slot + ": " + world.review(slot.key()), refused);
        }
    }
}
