package dev.ronde.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.lang.management.ManagementFactory;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Reviews over a year: three plans, holidays, both DST days of two zones, an outage of three days, somebody who leaves, a plan that
 * changes. After every step each mail that arrived at the SMTP server is compared with what the model says must be told: to whom, about which
 * reviews, in how many mails. In CI three months of 28 assets; {@code -Dronde.scale=full} a year of 400 assets and 60 owners.
 */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
@Tag("long")
class ReplayTest {
    private static final boolean FULL = "full".equals(System.getProperty("ronde.scale"));
    private static final int ASSETS = FULL ? 400 : 28;
    private static final int OWNERS = FULL ? 60 : 8;
    private static final LocalDate FIRST = LocalDate.parse("2026-01-05");
    private static final LocalDate LAST = LocalDate.parse(FULL ? "2027-01-05" : "2026-04-12");
    private static final LocalDate LEAVES = LocalDate.parse("2026-03-10");
    private static final LocalDate CHANGES = LocalDate.parse("2026-04-02");
    private static final Instant OUT_FROM = Instant.parse("2026-02-02T10:30:00Z");
    private static final Instant OUT_UNTIL = Instant.parse("2026-02-05T10:30:00Z");
    private static final LocalTime ANSWERS = LocalTime.of(11, 0);
    private static final String LEAD = "lead@corp.example";
    private static final String LEAVER = "owner7@corp.example";
    private static final List<String> CRITICALITIES = List.of("critical", "high", "medium", "low");

    private final ReplayPlan monthly = new ReplayPlan(
            "monthly",
            Office.PARIS,
            Rhythm.months(1, LocalDate.parse("2026-01-08")),
            10,
            20,
            null,
            false,
            List.of("critical"));
    private final ReplayPlan quarterly = new ReplayPlan(
            "quarterly",
            Office.PARIS,
            Rhythm.months(3, LocalDate.parse("2026-02-17")),
            14,
            30,
            92,
            false,
            List.of("critical", "high"));
    private final ReplayPlan halfYearly = new ReplayPlan(
            "half-yearly",
            Office.MONTREAL,
            Rhythm.months(6, LocalDate.parse("2026-03-29")),
            21,
            30,
            null,
            false,
            CRITICALITIES);
    private final ReplayWorld world;
    private final Model model = new Model(LEAD);
    private final Map<String, Integer> ownerNumbers = new HashMap<>();

    ReplayTest(DatabaseKind kind) {
        world = new ReplayWorld(kind, Instant.parse("2026-01-05T06:00:00Z"));
        System.out.println("replay on " + kind);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyMailOfTheYearIsTheOneThatIsExpected() {
        long started = System.nanoTime();
        double before = cpuSeconds();
        people();
        assets();
        List<Long> heap = new ArrayList<>();
        for (LocalDate day = FIRST; day.isBefore(LAST); day = day.plusDays(1)) {
            for (Instant step : steps(day)) {
                if (step.isBefore(OUT_FROM) || !step.isBefore(OUT_UNTIL)) {
                    live(day, step);
                }
            }
            if (day.getDayOfMonth() == 1 && (!FULL || day.getMonthValue() % 3 == 1)) {
                heap.add(usedHeap());
                System.out.printf(
                        "%s: %d mails, %d MB, %.1f s, %.1f s CPU%n",
                        day,
                        world.received,
                        usedHeap() >> 20,
                        (System.nanoTime() - started) / 1e9,
                        cpuSeconds() - before);
            }
        }
        everySlotIsThereOnceAndStandsAsExpected();
        world.everyRowFollowsFromItsRecords();
        assertThat(world.count("select count(*) from outbox where state <> 'accepted'"))
                .as("mails that never left")
                .isZero();
        assertThat(world.count("select count(*) from evidence_record where rec_type = 'mail.accepted'"))
                .isEqualTo(world.received);
        assertThat(heap.get(heap.size() - 1)).as("heap in use").isLessThan(heap.get(0) + (64L << 20));
        System.out.printf(
                "{\"replay\":\"%d assets, %d owners, %s to %s\",\"mails\":%d,\"slots\":%d,\"seconds\":%.1f,\"cpu_seconds\":%.1f}%n",
                ASSETS,
                OWNERS,
                FIRST,
                LAST,
                world.received,
                model.slots.size(),
                (System.nanoTime() - started) / 1e9,
                cpuSeconds() - before);
    }

    private void people() {
        person(LEAD, Office.PARIS, "compliance");
        for (int i = 0; i < 4; i++) {
            person("manager" + i + "@corp.example", Office.PARIS, null);
        }
        for (int i = 0; i < OWNERS; i++) {
            ownerNumbers.put(owner(i), i);
            person(owner(i), i % 5 == 4 ? Office.MONTREAL : Office.PARIS, null);
        }
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
        world.post("/api/v1/people", body);
        model.offices.put(email, office);
    }

    private static String owner(int number) {
        return "owner" + number % OWNERS + "@corp.example";
    }

    private void assets() {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,backup_email,manager_email,criticality\n");
        for (int i = 0; i < ASSETS; i++) {
            Model.Duty duty = new Model.Duty(owner(i / 4), owner(i / 4 + 1), "manager" + i % 4 + "@corp.example");
            csv.append("asset-%03d,Asset %d,service.ntp,%s,%s,%s,%s%n"
                    .formatted(i, i, duty.owner(), duty.backup(), duty.manager(), CRITICALITIES.get(i % 4)));
            model.duties.put("asset-%03d".formatted(i), duty);
        }
        world.importCsv(csv.toString());
    }

    /** The times at which something may have to be told, and an hour before some of them: without it every step would end an outage. */
    private static List<Instant> steps(LocalDate day) {
        List<Instant> steps = new ArrayList<>();
        boolean weekend = day.getDayOfWeek().getValue() > 5;
        List<Integer> hours = day.equals(FIRST)
                ? List.of(8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 22)
                : weekend ? List.of(11) : List.of(8, 9, 11, 15, 16, 22);
        hours.forEach(hour ->
                steps.add(day.atTime(hour, 0).atZone(Office.PARIS.zone()).toInstant()));
        return steps;
    }

    private void live(LocalDate day, Instant step) {
        world.at(step);
        boolean noon = step.atZone(Office.PARIS.zone()).toLocalTime().equals(ANSWERS);
        if (step.equals(steps(FIRST).get(0))) {
            plans(step);
        }
        if (noon) {
            answers(step);
        }
        if (noon && day.equals(LEAVES)) {
            leave(step);
        }
        if (noon && day.equals(CHANGES)) {
            changePlan(day, step);
        }
        boolean all = day.getDayOfWeek() == DayOfWeek.MONDAY || day.equals(LEAVES) || day.equals(CHANGES);
        if (FULL || (noon && all)) {
            world.settle();
        } else {
            world.settleReviews();
        }
        model.sweep(step);
        assertThat(world.mails(model.offices)).as("mails of " + step).isEqualTo(model.mails(step));
        if (day.equals(FIRST) && step.equals(steps(FIRST).get(10))) {
            assertThat(world.received)
                    .as("mails of the first day, as the preview said")
                    .isEqualTo(foreseen);
        }
    }

    private int foreseen;

    /** Plans are applied in the morning; what opens at once is told as a person's doing. The forecast is the model's. */
    private void plans(Instant now) {
        for (ReplayPlan plan : List.of(monthly, quarterly, halfYearly)) {
            JsonNode preview = world.post("/api/v1/plans/" + plan.id() + "/preview", plan.json());
            JsonNode applied = world.post("/api/v1/plans", plan.json());
            applied.path("effect")
                    .properties()
                    .forEach(field -> assertThat(preview.path(field.getKey()))
                            .as(field.getKey())
                            .isEqualTo(field.getValue()));
            foreseen += preview.path("mails").asInt();
            model.duties.keySet().stream()
                    .filter(asset -> plan.scope().contains(criticality(asset)))
                    .forEach(asset -> model.expect(asset, plan, FIRST, LAST.plusMonths(14)));
        }
        model.sweep(now);
        forecastIsTheModels();
    }

    private static String criticality(String asset) {
        return CRITICALITIES.get(Integer.parseInt(asset.substring(6)) % 4);
    }

    private void forecastIsTheModels() {
        JsonNode forecast = world.get("/api/v1/forecast?weeks=52");
        for (JsonNode load : forecast.path("items")) {
            for (int week = 0; week < 52; week++) {
                LocalDate monday =
                        LocalDate.parse(forecast.path("weeks").get(week).asString());
                long due = model.slots.stream()
                        .filter(slot -> model.duties
                                .get(slot.asset)
                                .owner()
                                .equals(load.path("owner").asString()))
                        .filter(slot -> !slot.on.isBefore(monday) && slot.on.isBefore(monday.plusWeeks(1)))
                        .count();
                assertThat(load.path("due").get(week).asLong())
                        .as(load.path("owner") + " in the week of " + monday)
                        .isEqualTo(due);
            }
        }
    }

    /** Some answer at once, some on the day, some late, one never; the lead says of each that was missed why. */
    private void answers(Instant now) {
        for (Slot slot : model.slots) {
            if (slot.missed && !slot.explained) {
                slot.explained = true;
                world.act(
                        slot.key(),
                        "missed",
                        Map.of("cause", "Nobody did it.", "action", "Said so.", "recovery", "back_on_schedule"));
            }
            if (slot.waits() && now.isBefore(slot.closesAt()) && wants(slot, now)) {
                world.attest(slot.key());
                slot.perform(slot.plan.office().day(now));
            }
        }
    }

    private boolean wants(Slot slot, Instant now) {
        int number = ownerNumbers.get(slot.owner);
        LocalDate today = Office.PARIS.day(now);
        boolean told = slot.told.stream().anyMatch(rung -> rung.startsWith(slot.owner));
        LocalDate wanted = switch (number % 6) {
            case 0 -> today;
            case 1 -> slot.due();
            case 2 -> slot.due().minusDays(2);
            case 3 -> slot.due().plusDays(5);
            case 4 -> slot.due().minusDays(1);
            default -> slot.due().plusDays(12);
        };
        return number != 5 && told && !today.isBefore(wanted);
    }

    private void leave(Instant now) {
        String id = world.get("/api/v1/people?q=" + LEAVER).at("/items/0/id").asString();
        world.post("/api/v1/people/" + id + "/handover", Map.of("way", "backup", "deactivate", true));
        model.leave(LEAVER, now);
        model.offices.remove(LEAVER);
    }

    private void changePlan(LocalDate today, Instant now) {
        ReplayPlan faster = quarterly.at(Rhythm.months(2, LocalDate.parse("2026-02-17")));
        JsonNode preview = world.post("/api/v1/plans/quarterly/preview", faster.json());
        world.change("/api/v1/plans/quarterly", faster.json());
        assertThat(preview.path("moved").asInt()).isPositive();
        model.sweep(now);
        Set.copyOf(model.duties.keySet()).stream()
                .filter(asset -> faster.scope().contains(criticality(asset)))
                .forEach(asset -> model.expect(asset, faster, today, LAST.plusMonths(14)));
        model.sweep(now);
    }

    private void everySlotIsThereOnceAndStandsAsExpected() {
        Map<String, String> stands = new LinkedHashMap<>();
        world.rows("").forEach((key, row) -> stands.put(key, row.state()));
        LocalDate horizon = LAST.plusMonths(13);
        for (Slot slot : model.slots) {
            String state =
                    slot.missed ? "missed" : slot.performedOn != null ? "attested" : slot.opened ? "open" : "scheduled";
            if (!slot.on.isAfter(horizon)) {
                assertThat(stands.remove(slot.key())).as(slot.key()).isEqualTo(state);
            }
        }
        assertThat(stands.values()).as("rows beyond the horizon").containsOnly("scheduled");
        assertThat(stands.keySet())
                .allMatch(key -> key.substring(key.length() - 10).compareTo(horizon.toString()) > 0);
    }

    /** CPU time of this whole process, product, model and all: others on the machine do not count. */
    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
