package dev.ronde.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What must hold whatever people do. */
final class LifeRules {
    /** What a reminder leaves has the same type as what a person does, so that these are not counted. */
    private static final Set<String> UNCOUNTED =
            Set.of("review.scheduled", "review.rescheduled", "review.assigned", "review.reminded", "review.escalated");

    private final ReplayWorld world;
    private final Model model;
    private final Demands demands;

    LifeRules(Life life) {
        this.world = life.world;
        this.model = life.model;
        this.demands = new Demands(life);
    }

    /** No mail to anybody without a duty, and one about each duty that has come; that none comes twice is held by {@link ReplayWorld#mails}. */
    void mailsGoToThoseWithADuty() {
        Instant now = world.now();
        Map<String, List<Set<String>>> arrived = world.mails(model.offices);
        arrived.forEach((person, mails) -> mails.forEach(about -> about.forEach(key -> judge(person, key, now))));
        demands.areMetBy(arrived, now);
        world.lapses.forEach(this::judgeLapse);
        world.receipts.forEach(receipt -> assertThat(model.receipts.remove(receipt))
                .as("a receipt for " + receipt)
                .isTrue());
        world.receipts.clear();
    }

    /** Whoever hears that a request lapsed was asked and did not accept, and is not asked or the owner now. */
    private void judgeLapse(String told) {
        String person = told.substring(0, told.indexOf(' '));
        Slot slot = slot(person, told.substring(told.indexOf(' ') + 1));
        boolean wanted = slot.waits() && (person.equals(slot.asked) || person.equals(slot.owner));
        assertThat(!wanted && slot.requests.remove(person))
                .as("a lapse for " + told)
                .isTrue();
    }

    private void judge(String person, String key, Instant now) {
        Slot slot = slot(person, key);
        if (!hasADuty(person, slot, now)) {
            throw new AssertionError("%s was written to at %s about %s, which is %s;%n%s"
                    .formatted(person, now, slot, world.review(key), world.arrivedFor(person)));
        }
    }

    private Slot slot(String person, String key) {
        return model.slots.stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a mail to " + person + " about " + key));
    }

    private boolean hasADuty(String person, Slot slot, Instant now) {
        Model.Duty duty = model.duties.get(slot.asset);
        return mustDoIt(person, slot, now)
                || mustDecide(person, slot)
                || (slot.waits()
                        && (isAbove(person, duty.backup(), 3, slot, now)
                                || isAbove(person, duty.manager(), 7, slot, now)
                                || isAbove(person, Life.LEAD, 14, slot, now)));
    }

    /** The owner, but where they asked for silence; and whoever was asked to take over. */
    private boolean mustDoIt(String person, Slot slot, Instant now) {
        boolean silent = slot.snoozedUntil != null
                && model.offices.get(person).day(now).isBefore(slot.snoozedUntil)
                && !slot.refused;
        return slot.waits() && ((person.equals(slot.owner) && !silent) || person.equals(slot.asked));
    }

    private static boolean mustDecide(String person, Slot slot) {
        boolean unexplained = slot.missed && !slot.explained;
        return person.equals(Life.LEAD)
                && (unexplained || slot.pending || slot.asks() || (slot.waits() && slot.notMine));
    }

    private boolean isAbove(String person, String level, int workdays, Slot slot, Instant now) {
        return person.equals(level)
                && !Ladder.above(slot, model.offices.get(person), workdays, false, now)
                        .isEmpty();
    }

    /** Each slot is there once, stands as the model says and is due when it says. */
    void everySlotOnce() {
        Map<String, ReplayWorld.Row> rows = world.rows("");
        LocalDate horizon = Office.PARIS.day(world.now()).plusMonths(13);
        for (Slot slot : model.slots) {
            if (!slot.on.isAfter(horizon)) {
                ReplayWorld.Row row = rows.remove(slot.key());
                assertThat(row).as(slot.key()).isNotNull();
                assertThat(row.state()).as(slot.key()).isEqualTo(slot.state());
                assertThat(row.dueOn()).as("due date of " + slot.key()).isEqualTo(slot.due());
            }
        }
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.key().substring(row.key().length() - 10))
                        .as("a row beyond the horizon: " + row)
                        .isGreaterThan(horizon.toString()));
    }

    /** Every step of every review left its record, and no other. */
    void everyStepHasItsRecord(Map<String, Long> others) {
        Map<Long, String> keys = new HashMap<>();
        world.rows("").values().forEach(row -> keys.put(row.number(), row.key()));
        Map<String, Long> records = new TreeMap<>();
        world.records().forEach((step, count) -> {
            String type = step.substring(step.indexOf(' ') + 1);
            String key = keys.get(Long.parseLong(step.substring("REV-".length(), step.indexOf(' '))));
            if (key != null && !UNCOUNTED.contains(type)) {
                records.put(key + " " + type, count);
            }
        });
        Map<String, Long> expected = new TreeMap<>();
        for (Slot slot : model.slots) {
            slot.steps.forEach((type, count) -> expected.put(slot.key() + " " + type, (long) count));
        }
        assertThat(records).isEqualTo(expected);
        others.forEach(
                (type, count) -> assertThat(world.countRecords(type)).as(type).isEqualTo(count));
    }

    /** Each mail that left is recorded, and was received once. */
    void everyMailOnce() {
        assertThat(model.receipts).as("receipts that never came").isEmpty();
        assertThat(world.count("select count(*) from outbox where state = 'accepted'"))
                .isEqualTo(world.received);
        assertThat(world.countRecords("mail.accepted")).isEqualTo(world.received);
    }

    /** Each row says how long it was since the performance before it, and whether its limit held; what was missed never did. */
    void noGapInSilence() {
        for (Slot slot : model.slots) {
            LocalDate before = performedBefore(slot);
            if (slot.missed) {
                JsonNode row = world.review(slot.key());
                JsonNode verdict = row.path("gap_ok");
                JsonNode days = row.path("gap_days");
                assertThat(verdict.isNull() ? null : verdict.asBoolean())
                        .as("verdict of " + slot.key())
                        .isEqualTo(
                                slot.plan.gap() == null
                                        ? null
                                        : !days.isNull()
                                                && days.asLong()
                                                        <= row.path("max_gap_days")
                                                                .asLong());
            }
            if (slot.performedOn != null && before != null) {
                JsonNode row = world.review(slot.key());
                long days = ChronoUnit.DAYS.between(before, slot.performedOn);
                assertThat(row.path("gap_days").asLong())
                        .as("gap of " + slot.key())
                        .isEqualTo(days);
                JsonNode limit = row.path("max_gap_days");
                assertThat(row.path("gap_ok").asBoolean(true))
                        .as("verdict of " + slot.key())
                        .isEqualTo(limit.isNull() || days <= limit.asLong());
                assertThat(limit.isNull()).isEqualTo(slot.plan.gap() == null);
            }
        }
    }

    /** The newest performance of those that came before, whatever slot they were for. */
    private LocalDate performedBefore(Slot slot) {
        return model.slots.stream()
                .filter(one -> one.asset.equals(slot.asset) && one.plan.id().equals(slot.plan.id()))
                .filter(one -> one.performedOn != null && one.turn < slot.turn)
                .map(one -> one.performedOn)
                .max(LocalDate::compareTo)
                .orElse(null);
    }
}
