package dev.ronde.demo;

import dev.ronde.account.Accounts;
import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.file.ImportResult;
import dev.ronde.asset.file.OnConflict;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Change;
import dev.ronde.asset.snapshot.Document;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.schedule.DueKey;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.plan.ChecklistItem;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.planning.Plans;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the estate and lives through its twelve weeks, from the first morning until now. */
public final class DemoSeed {
    private static final String LEAD = "lea.martin@example.org";
    private static final Logger log = LoggerFactory.getLogger(DemoSeed.class);
    private static final Map<String, String> NAMES = Map.of(
            "nadia.cherif@example.org", "Nadia Cherif",
            "marc.olivier@example.org", "Marc Olivier",
            "ines.faure@example.org", "Inès Faure",
            "tom.berger@example.org", "Tom Berger",
            "yuki.tanaka@example.org", "Yuki Tanaka",
            "sam.okoro@example.org", "Sam Okoro");

    private final DemoParts parts;
    private final DemoClock clock;
    private final Story story;
    private final DemoOwners owners;

    public DemoSeed(DemoParts parts, DemoClock clock) {
        this.parts = parts;
        this.clock = clock;
        this.story = new Story(clock.instant());
        this.owners = new DemoOwners(parts, clock);
    }

    public static Instant startBefore(Instant now) {
        return Story.startBefore(now);
    }

    public void run(Instant until) {
        Actor lead = people();
        estate(lead);
        LocalDate first = clock.instant().atZone(Story.ZONE).toLocalDate();
        for (int day = 0; day <= Story.DAYS; day++) {
            for (int hour : hours(day)) {
                Instant at =
                        first.plusDays(day).atTime(hour, 0).atZone(Story.ZONE).toInstant();
                if (at.isAfter(until)) {
                    break;
                }
                if (at.isAfter(clock.instant())) {
                    clock.moveTo(at);
                }
                live(day, hour);
            }
        }
        clock.moveTo(until);
        parts.settle().run();
        log.info("demonstration estate ready, {} days of history", Story.DAYS);
    }

    /** Morning and evening; hourly around the rule change, as a check with a cadence of an hour would look. */
    private int[] hours(int day) {
        return switch (story.daysAfterChange(day)) {
            case 0 -> IntStream.rangeClosed(9, 23).toArray();
            case 1 -> IntStream.rangeClosed(0, 18).toArray();
            default -> new int[] {9, 18};
        };
    }

    private void live(int day, int hour) {
        if (hour == 9) {
            hosts(day);
            owners.answer(day);
        }
        if (hour == story.rulesLookedAt(day)) {
            rules(day);
        }
        if (story.daysAfterChange(day) == 0 || story.daysAfterChange(day) == 1) {
            lookAgain();
        }
        step("checks", "reviews", "reminders");
        if (hour == 18) {
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(2)));
            step("reminders", "seal");
        }
    }

    private void lookAgain() {
        parts.database().useTransaction(tx -> {
            Asset december = parts.assets().get(tx, Story.DECEMBER);
            DueKey key = new DueKey(december.id(), CheckSchedule.KIND, Story.DECEMBER_CHECK);
            new DueTable(parts.database(), clock).schedule(tx, key, clock.instant());
        });
    }

    /** Ticks that make history; those that only read it, such as the nightly verification, run once at the end. */
    private void step(String... ticks) {
        for (String tick : ticks) {
            parts.run().accept(tick);
        }
    }

    private Actor people() {
        parts.database().useTransaction(tx -> {
            parts.accounts().add(tx, LEAD, "Léa Martin", Role.COMPLIANCE, null, Actor.SYSTEM);
            parts.accounts().add(tx, "audit@example.org", "Ada Wright", Role.AUDITOR, null, Actor.SYSTEM);
            NAMES.forEach((email, name) -> french(tx, parts.people().findOrCreate(tx, email, name, Actor.SYSTEM)));
        });
        return parts.database()
                .read(handle -> parts.people().findByEmail(handle, LEAD))
                .map(person -> new Actor("user", person.actorRef(), "password"))
                .orElseThrow();
    }

    private void french(Handle tx, Person person) {
        if (person.name().startsWith("Nadia") || person.name().startsWith("Inès")) {
            Person change = person.with(person.name(), null, person.zone(), Locale.FRENCH, person.week(), true);
            parts.accounts().change(tx, person, change, Actor.SYSTEM);
        }
    }

    private void estate(Actor lead) {
        LocalDate today = clock.instant().atZone(Story.ZONE).toLocalDate();
        String csv = text("assets.csv").replace("{start}", today.minusDays(60).toString());
        ImportResult result = parts.imports().run(csv.getBytes(StandardCharsets.UTF_8), false, OnConflict.UPDATE, lead);
        if (result.refused() > 0) {
            throw new IllegalStateException("demo/assets.csv has refused rows: " + result.errors());
        }
        hosts(0);
        rules(0);
        String plans = text("plans.yaml")
                .replace("{quarterly}", today.plusDays(28).toString())
                .replace("{half-yearly}", today.plusDays(75).toString());
        PlanReader.Result read = new PlanReader(Story.ZONE).readFile(plans);
        if (!read.faults().isEmpty()) {
            throw new IllegalStateException("demo/plans.yaml has faults: " + read.faults());
        }
        read.plans().forEach(plan -> parts.plans().add(plan, lead, Channel.PAGE));
    }

    /** The agents push what they see: most hosts are fine, one forgets its updates now and then, one has a plain disk. */
    private void hosts(int day) {
        push(List.of("host.linux", "host.windows"), "host.v1", asset -> host(asset, day));
    }

    private static String host(Asset asset, int day) {
        boolean plainDisk = asset.ref().equals("fin-laptop-cfo") && day > 50;
        boolean behind = (asset.ref().equals("logi-scan-02") && day % 30 > 24)
                || (asset.ref().equals("sup-mail-01") && day > 78);
        String facts = text(asset.kind().equals("host.windows") ? "host-windows.json" : "host-linux.json")
                .replace("{version}", day < 40 ? "13.1" : "13.2")
                .replace("{pending_security}", behind ? "4" : "0")
                .replace("{pending_critical}", behind ? "1" : "0");
        return plainDisk
                ? facts.replaceFirst(
                        "\"encrypted\": true, \"method\": \"\\w+\"", "\"encrypted\": false, \"method\": \"none\"")
                : facts;
    }

    private void rules(int day) {
        push(
                List.of("cloud.azure.nsg"),
                "azure.nsg.v1",
                asset -> nsg(asset.ref(), asset.ref().equals("sup-nsg-edge") && story.rulesOpen(day)));
        parts.database().useTransaction(tx -> {
            Asset december = parts.assets().get(tx, Story.DECEMBER);
            pushTo(tx, december, "azure.nsg.v1", nsg(december.ref(), story.rulesOpen(day)));
        });
    }

    private static String nsg(String name, boolean open) {
        return text(open ? "nsg-open.json" : "nsg-before.json").replace("{name}", name);
    }

    private void push(List<String> kinds, String source, Function<Asset, String> content) {
        parts.database()
                .useTransaction(tx -> parts.assets().listActive(tx, null, 500).stream()
                        .filter(asset -> kinds.contains(asset.kind()))
                        .forEach(asset -> pushTo(tx, asset, source, content.apply(asset))));
    }

    private void pushTo(Handle tx, Asset asset, String source, String body) {
        PushHeaders headers = new PushHeaders(null, clock.instant().minus(Duration.ofMinutes(2)));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Document document = parts.snapshots().read(parts.database(), source, bytes);
        parts.snapshots().push(tx, asset, document, headers, Actor.SYSTEM);
    }

    private static String text(String name) {
        try (InputStream in = DemoSeed.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the file demo/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The services through which the history is made.
     *
     * @param run runs one lane or tick by its name
     * @param settle runs every lane and tick until nothing is due
     */
    public record DemoParts(
            Database database,
            People people,
            Accounts accounts,
            AssetImport imports,
            Assets assets,
            Snapshots snapshots,
            Plans plans,
            Reviews reviews,
            Consumer<String> run,
            Runnable settle) {}

    /** How the invented owners answer: most in time from their mail, some late, a few never, one says “not mine”. */
    static final class DemoOwners {
        private static final Set<String> SILENT =
                Set.of("logi-gates-mqtt", "sup-status", "fin-cache", "fin-payroll-db");

        private final DemoSeed.DemoParts parts;
        private final DemoClock clock;

        DemoOwners(DemoSeed.DemoParts parts, DemoClock clock) {
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
                            .act(
                                    tx,
                                    review,
                                    new ReviewAct.ReportProblem("Somebody else administers this machine."),
                                    by);
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
}
