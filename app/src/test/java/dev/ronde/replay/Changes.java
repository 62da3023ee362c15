package dev.ronde.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What happens to people, assets and plans meanwhile. */
final class Changes {
    private final Life life;
    private final ReplayWorld world;
    private final Model model;
    private final Random random;
    private final RandomPlans plans;
    private final int mayLeave;
    /** How many records of which type they must have left. */
    final Map<String, Long> records = new TreeMap<>();

    Changes(Life life) {
        this.life = life;
        this.world = life.world;
        this.model = life.model;
        this.random = life.random;
        this.plans = new RandomPlans(random, Office.PARIS.day(world.now()));
        this.mayLeave = life.owners.size() / 3;
    }

    void one(Instant now) {
        switch (random.nextInt(5)) {
            case 0 -> plan(now);
            case 1 -> leaves(now);
            case 2 -> owner();
            default -> goesOnLeave(now);
        }
    }

    private void plan(Instant now) {
        List<ReplayPlan> all = List.copyOf(life.plans.values());
        ReplayPlan to = plans.change(all.get(random.nextInt(all.size())));
        world.change("/api/v1/plans/" + to.id(), to.json());
        life.plans.put(to.id(), to);
        model.sweep(now);
        life.expect(to);
        model.sweep(now);
        left("plan.changed");
    }

    private void owner() {
        List<String> assets = List.copyOf(model.duties.keySet());
        String asset = assets.get(random.nextInt(assets.size()));
        Model.Duty was = model.duties.get(asset);
        String owner = life.anybody();
        if (!owner.equals(was.owner()) && !owner.equals(was.backup())) {
            world.patch("/api/v1/assets/" + asset, Map.of("owner", owner));
            model.changeOwner(asset, owner);
            left("asset.updated");
        }
    }

    private void goesOnLeave(Instant now) {
        String person = life.anybody();
        LocalDate from = model.offices.get(person).day(now).plusDays(random.nextInt(5));
        LocalDate until = from.plusDays(1 + random.nextInt(20));
        boolean overlaps = model.leaves.stream()
                .anyMatch(
                        leave -> leave.person().equals(person) && !leave.until().isBefore(from.minusDays(1)));
        if (!overlaps) {
            world.post(life.path(person) + "/absences", Map.of("from", from.toString(), "until", until.toString()));
            model.leaves.add(new Model.Leave(person, from, until));
            left("person.absence-planned");
        }
    }

    /** At most a third of the people leave; what was theirs is the backup owner's. */
    private void leaves(Instant now) {
        String person = life.anybody();
        boolean backedUp = model.duties.values().stream()
                .filter(duty -> duty.owner().equals(person))
                .allMatch(duty -> duty.backup() != null && life.owners.contains(duty.backup()));
        if (records.getOrDefault("person.deactivated", 0L) < mayLeave && backedUp) {
            world.post(life.path(person) + "/handover", Map.of("way", "backup", "deactivate", true));
            model.duties.values().stream()
                    .filter(duty -> person.equals(duty.owner()) || person.equals(duty.backup()))
                    .forEach(duty -> left("asset.updated"));
            model.leave(person, now);
            model.offices.remove(person);
            life.owners.remove(person);
            left("person.deactivated");
        }
    }

    private void left(String record) {
        records.merge(record, 1L, Long::sum);
    }
}
