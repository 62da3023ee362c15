package dev.ronde.replay;

import dev.ronde.replay.Ladder.Rung;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must happen, by the words of reviews.md alone: which review opens when, and who gets which mail about which reviews. */
final class Model {
    /** Who answers for an asset. */
    record Duty(String owner, String backup, String manager) {}

    /** Days on which somebody is away. */
    record Leave(String person, LocalDate from, LocalDate until) {}

    /**
     * What somebody is told.
     *
     * @param rungs those that a mail about it tells, the last is what it is for
     * @param escalates whether it does not wait for the mail of the next day
     */
    private record Item(Slot slot, List<Rung> rungs, boolean escalates) {
        void tell(String person) {
            rungs.forEach(rung -> slot.told.add(person + rung.name()));
        }
    }

    final Map<String, Duty> duties = new TreeMap<>();
    final Map<String, Office> offices = new HashMap<>();
    final List<Leave> leaves = new ArrayList<>();
    final List<Slot> slots = new ArrayList<>();
    /** Who answered by a link about what: each gets one receipt, whatever became of the review meanwhile. */
    final List<String> receipts = new ArrayList<>();

    private final String lead;
    private final Set<String> digests = new HashSet<>();

    Model(String lead) {
        this.lead = lead;
        offices.put(lead, Office.PARIS);
    }

    /** Everything expected of an asset under a plan from a day on; what has opened before stays as it is. */
    void expect(String asset, ReplayPlan plan, LocalDate today, LocalDate until) {
        Slot before = null;
        LocalDate from = today;
        LocalDate next = nextOf(asset, plan);
        slots.removeIf(
                slot -> slot.asset.equals(asset) && slot.plan.id().equals(plan.id()) && !slot.opened && !slot.missed);
        for (Slot slot : slots) {
            if (slot.asset.equals(asset) && slot.plan.id().equals(plan.id())) {
                before = slot;
                from = slot.on.isBefore(from) ? from : slot.on.plusDays(1);
            }
        }
        LocalDate first = plan.slotFrom(from);
        while (isThere(asset, plan, next, first)) {
            first = plan.slotFrom(first.plusDays(1));
        }
        for (LocalDate on = first; !on.isAfter(until); on = plan.slotFrom(on.plusDays(1))) {
            Slot slot = new Slot(asset, plan, on, before);
            slots.add(slot);
            before = slot;
        }
    }

    /** What was expected next of an asset; null where nothing was. */
    private LocalDate nextOf(String asset, ReplayPlan plan) {
        return slots.stream()
                .filter(slot -> slot.asset.equals(asset) && slot.plan.id().equals(plan.id()))
                .filter(slot -> !slot.opened && !slot.missed)
                .map(slot -> slot.on)
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    /** A slot of another row whose period was opened already, while what was expected next is nearer to the one after it. */
    private boolean isThere(String asset, ReplayPlan plan, LocalDate expected, LocalDate slot) {
        LocalDate after = plan.slotFrom(slot.plusDays(1));
        LocalDate opened = slots.stream()
                .filter(one -> one.asset.equals(asset) && one.plan.id().equals(plan.id()) && one.opened)
                .map(one -> one.on)
                .max(LocalDate::compareTo)
                .orElse(null);
        boolean half = opened != null && 2 * opened.until(slot, ChronoUnit.DAYS) < slot.until(after, ChronoUnit.DAYS);
        return half
                && (expected == null
                        || Math.abs(expected.until(after, ChronoUnit.DAYS))
                                < Math.abs(expected.until(slot, ChronoUnit.DAYS)));
    }

    /** Says who does the work of somebody who is away: the backup owner, unless away as well, or else the owner, if it was taken over. */
    private String present(String asset, String person, Instant now) {
        Duty duty = duties.get(asset);
        return !away(person, now)
                ? person
                : Stream.of(Optional.ofNullable(duty.backup()), Optional.of(duty.owner()))
                        .flatMap(Optional::stream)
                        .filter(other -> !other.equals(person) && !away(other, now))
                        .findFirst()
                        .orElse(person);
    }

    private boolean away(String person, Instant now) {
        LocalDate today = offices.get(person).day(now);
        return leaves.stream()
                .anyMatch(leave -> leave.person().equals(person)
                        && !today.isBefore(leave.from())
                        && !today.isAfter(leave.until()));
    }

    /** What waits for somebody on leave goes to whoever steps in. */
    void standIn(Instant now) {
        for (Slot slot : slots) {
            if (slot.waits()) {
                String present = present(slot.asset, slot.owner, now);
                if (!present.equals(slot.owner)) {
                    give(slot, present, now);
                }
            }
        }
    }

    /** Opens what is due to open and closes what nobody did in time. */
    void sweep(Instant now) {
        for (Slot slot : slots) {
            if (slot.ended()) {
                continue;
            }
            if (!now.isBefore(slot.closesAt())) {
                slot.miss(now);
            } else if (!slot.opened && !now.isBefore(slot.opensAt())) {
                slot.opened = true;
                slot.step("review.opened");
                give(slot, present(slot.asset, duties.get(slot.asset).owner(), now), now);
            }
        }
    }

    /** What has opened stays with the owner it opened with. */
    void changeOwner(String asset, String owner) {
        Duty was = duties.get(asset);
        duties.put(asset, new Duty(owner, was.backup(), was.manager()));
    }

    /** Somebody leaves: their assets and open reviews are the backup owner's, and they back up nobody. */
    void leave(String person, Instant now) {
        for (Map.Entry<String, Duty> duty : duties.entrySet()) {
            Duty was = duty.getValue();
            if (was.owner().equals(person)) {
                duty.setValue(new Duty(was.backup(), null, was.manager()));
            } else if (person.equals(was.backup())) {
                duty.setValue(new Duty(was.owner(), null, was.manager()));
            }
        }
        slots.stream()
                .filter(slot -> slot.waits() && slot.owner.equals(person))
                .forEach(slot -> give(slot, duties.get(slot.asset).owner(), now));
        slots.stream().filter(slot -> slot.waits() && person.equals(slot.asked)).forEach(slot -> {
            slot.asked = null;
            slot.since.put(slot.owner, offices.get(slot.owner).fromMorning(now));
        });
    }

    void give(Slot slot, String person, Instant now) {
        Office office = offices.get(person);
        slot.owner = person;
        slot.changesHands();
        slot.since.put(person, office.fromMorning(now));
    }

    /** The mails of this instant: for each address one set of reviews a mail. */
    Map<String, List<Set<String>>> mails(Instant now) {
        Map<String, List<Set<String>>> mails = new TreeMap<>();
        Set<String> closed = new TreeSet<>();
        Map<String, List<Item>> items = new LinkedHashMap<>();
        for (Slot slot : slots) {
            if (slot.missed && !slot.missedTold) {
                slot.missedTold = true;
                closed.add(slot.key());
            } else if (slot.waits()) {
                Duty duty = duties.get(slot.asset);
                add(items, slot, slot.owner, now, "owner", 0);
                if (!now.isBefore(slot.overdueAt())) {
                    add(items, slot, duty.backup(), now, "backup", 3);
                    add(items, slot, duty.manager(), now, "manager", 7);
                    add(items, slot, lead, now, "lead", 14);
                }
            }
        }
        if (!closed.isEmpty()) {
            send(mails, lead, closed);
        }
        items.forEach((person, all) -> gather(mails, person, all, now));
        return mails;
    }

    private void add(Map<String, List<Item>> items, Slot slot, String person, Instant now, String role, int workdays) {
        boolean self = !role.equals("owner") && slot.owner.equals(person);
        Office office = offices.get(person);
        if (office == null || self || !office.afterMorning(now)) {
            return;
        }
        boolean owner = role.equals("owner");
        List<Rung> come = owner
                ? Ladder.owner(slot, office, slot.since.get(person), now)
                : Ladder.above(slot, office, workdays, role.equals("lead"), now);
        if (!come.isEmpty()
                && !slot.told.contains(person + come.get(come.size() - 1).name())) {
            items.computeIfAbsent(person, key -> new ArrayList<>()).add(new Item(slot, come, !owner));
        }
    }

    /** One mail a day with all there is; what comes one level up does not wait for it, the rest does. */
    private void gather(Map<String, List<Set<String>>> mails, String person, List<Item> items, Instant now) {
        String day = person + offices.get(person).day(now);
        boolean free = !digests.contains(day);
        List<Item> leaving =
                items.stream().filter(item -> free || item.escalates()).toList();
        if (leaving.stream().anyMatch(item -> !item.escalates())) {
            digests.add(day);
        }
        if (!leaving.isEmpty()) {
            leaving.forEach(item -> item.tell(person));
            send(mails, person, leaving.stream().map(item -> item.slot().key()).collect(Collectors.toSet()));
        }
    }

    private static void send(Map<String, List<Set<String>>> mails, String person, Set<String> about) {
        List<Set<String>> all = mails.computeIfAbsent(person, key -> new ArrayList<>());
        all.add(new TreeSet<>(about));
        all.sort(Comparator.comparing(Object::toString));
    }
}
