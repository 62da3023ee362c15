package dev.ronde.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An estate under plans that a seed chose, in the product and in the model. */
final class Life implements AutoCloseable {
    static final String LEAD = "lead@corp.example";
    private static final String MANAGER = "manager@corp.example";

    final Random random;
    final ReplayWorld world;
    final Model model = new Model(LEAD);
    final Map<String, ReplayPlan> plans = new TreeMap<>();
    /** Whoever has not left, of those who own something. */
    final List<String> owners = new ArrayList<>();

    private final Map<String, String> ids = new HashMap<>();
    private final LocalDate last;

    /** @param last the day up to which it is lived */
    Life(ReplayWorld world, long seed, LocalDate last) {
        this.world = world;
        this.random = new Random(seed);
        this.last = last;
    }

    void begin(int assets, int people) {
        person(LEAD, Office.PARIS, "compliance");
        person(MANAGER, Office.PARIS, null);
        for (int i = 0; i < people; i++) {
            String email = "owner" + i + "@corp.example";
            person(email, i % 3 == 2 ? Office.MONTREAL : Office.PARIS, null);
            owners.add(email);
        }
        inventory(assets);
        List<ReplayPlan> chosen = new RandomPlans(random, Office.PARIS.day(world.now())).three();
        for (ReplayPlan plan : chosen) {
            plans.put(plan.id(), plan);
            world.post("/api/v1/plans", plan.json());
            expect(plan);
        }
        model.sweep(world.now());
    }

    private void person(String email, Office office, String role) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "email",
                email,
                "name",
                email.substring(0, email.indexOf('@')),
                "zone",
                office.zone().getId()));
        if (role != null) {
            body.put("role", role);
        }
        ids.put(email, world.post("/api/v1/people", body).path("id").asString());
        model.offices.put(email, office);
    }

    private void inventory(int assets) {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,backup_email,manager_email,criticality\n");
        for (int i = 0; i < assets; i++) {
            String ref = "asset-%03d".formatted(i);
            String owner = owners.get(i % owners.size());
            String backup = owners.get((i + 1) % owners.size());
            model.duties.put(ref, new Model.Duty(owner, backup, MANAGER));
            csv.append("%s,Asset %d,service.ntp,%s,%s,%s,high%n".formatted(ref, i, owner, backup, MANAGER));
        }
        world.importCsv(csv.toString());
        world.settle();
    }

    /** What a plan asks of every asset from today on, as far ahead as the product may look. */
    void expect(ReplayPlan plan) {
        LocalDate today = plan.office().day(world.now());
        model.duties.keySet().forEach(asset -> model.expect(asset, plan, today, last.plusMonths(15)));
    }

    /** The address of a person in the API. */
    String path(String email) {
        return "/api/v1/people/" + ids.get(email);
    }

    String anybody() {
        return owners.get(random.nextInt(owners.size()));
    }

    /** Product and model both do what is due. */
    void settle() {
        world.settleReviews();
        for (int pass = 0; pass < 3; pass++) {
            model.sweep(world.now());
            model.standIn(world.now());
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
