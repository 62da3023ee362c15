package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.WalkWorld.Step;
import dev.ronde.evidence.RecordTypes;
import dev.ronde.platform.http.WebServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Walks every route of the real router that changes something, performs it, and finds its evidence. A route without a step
 * or a reason fails, so that nothing new goes unrecorded.
 */
@Tag("long")
class EvidenceWalkTest {
    /** Routes after which there is nothing to record, each with the reason why. */
    private static final Map<String, String> NOTHING_TO_RECORD = Map.ofEntries(
            Map.entry(
                    "POST /api/v1/checks/{id}/dry-run",
                    "It records no result; what went over the wire is in the probe log."),
            Map.entry("POST /checks/{id}/dry-run", "It is the same behind a form."),
            Map.entry("POST /api/v1/plans/preview", "It only counts what plans would set off and keeps nothing."),
            Map.entry("POST /api/v1/plans/{id}/preview", "It only computes what a plan would do and keeps nothing."),
            Map.entry(
                    "POST /api/v1/probe-agent/work",
                    "An agent takes work; what comes of it is the check.result record of the run."),
            Map.entry(
                    "POST /api/v1/probe-agent/work/{id}/answer",
                    "What an agent brings becomes the check.result record of the run that waits for it."),
            Map.entry(
                    "POST /assets/bulk",
                    "It shows what a change of many assets would do, or starts check runs and downloads with records of their own."),
            Map.entry(
                    "POST /api/v1/reviews/attest",
                    "It is POST /api/v1/reviews/{ref}/attest for each of several unchanged reviews; their tests find a record for each."),
            Map.entry(
                    "POST /api/v1/forecast/proposal",
                    "It only computes how the load would be levelled and keeps nothing."),
            Map.entry("POST /reviews/unchanged", "It is the code of POST /api/v1/reviews/attest behind a form."),
            Map.entry(
                    "POST /r/{handle}/files",
                    "It is the code of POST /api/v1/reviews/{ref}/files behind an upload by link; the test of the action page sends it."),
            Map.entry(
                    "POST /reviews/{ref}/files",
                    "It is the code of POST /api/v1/reviews/{ref}/files behind an upload of a browser; the browser tests send it."),
            Map.entry(
                    "POST /assets/import",
                    "It keeps the file for the second step of the page for a while; nothing of the estate changes before that."),
            Map.entry(
                    "POST /api/v1/reviews/{ref}/accept-delegation",
                    "A token stands for no person and can be asked to take nothing over; the same action of the page is walked."),
            Map.entry(
                    "POST /assets/import/{id}",
                    "It is the code of POST /api/v1/assets/import behind an upload of a browser; the browser tests send it."),
            Map.entry(
                    "POST /people/holidays",
                    "It is the code of POST /api/v1/holidays/import behind an upload of a browser; the browser tests send it."));

    private static WalkWorld world;

    @BeforeAll
    static void start() {
        world = new WalkWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void everyChangeLeavesItsRecord() {
        List<String> wrong = new ArrayList<>();
        Set<String> walked = new HashSet<>();
        for (Step step : new WalkSteps(world).all()) {
            walked.add(step.route());
            Set<String> before = world.recordIds();
            int status = attempt(step, wrong);
            Set<String> types = world.typesSince(before);
            if (status >= 400) {
                wrong.add(step.route() + " answered " + status + ": " + world.lastBody());
            } else if (!types.containsAll(step.types())) {
                wrong.add(step.route() + " left " + types + " instead of " + step.types());
            }
            types.stream()
                    .filter(type -> !RecordTypes.KNOWN.contains(type))
                    .forEach(type -> wrong.add(step.route() + " left a record of the unknown type " + type));
        }
        assertThat(wrong).isEmpty();

        TreeSet<String> unwalked = new TreeSet<>();
        for (WebServer.Declared route : world.app().declaredRoutes()) {
            boolean reads = Set.of("GET", "HEAD", "OPTIONS").contains(route.method());
            if (!reads) {
                unwalked.add(route.method() + " " + route.path());
            }
        }
        unwalked.removeAll(walked);
        assertThat(unwalked)
                .as("routes that change something need a step here, or a reason why they leave no record")
                .isEqualTo(new TreeSet<>(NOTHING_TO_RECORD.keySet()));
        assertThat(world.verifyLedger()).isEmpty();
        assertThat(world.verifyState()).isEmpty();
    }

    private static int attempt(Step step, List<String> wrong) {
        try {
            return step.act().getAsInt();
        } catch (RuntimeException e) {
            wrong.add(step.route() + " could not be tried: " + e);
            return 0;
        }
    }

    @Test
    void everyPageSaysThatItsTimeIsNotReal() {
        for (String page : List.of("/", "/assets", "/evidence", "/login")) {
            Map<String, String> who = page.equals("/login") ? Map.of() : world.operator();
            assertThat(world.call("GET", page, null, who).body()).as(page).contains("TEST CLOCK");
        }
    }

    @Test
    void everyLookOfAnAuditorIsRecordedAndNobodyElses() {
        String auditor = world.token("auditor");
        Set<String> before = world.recordIds();
        world.call("GET", "/api/v1/assets", null, Map.of("Authorization", "Bearer " + auditor));
        world.call("GET", "/api/v1/assets/no-such-asset", null, Map.of("Authorization", "Bearer " + auditor));
        world.call("HEAD", "/api/v1/assets", null, Map.of("Authorization", "Bearer " + auditor));
        world.get("/api/v1/assets");
        assertThat(world.typesSince(before)).containsExactly("evidence.viewed");
    }
}
