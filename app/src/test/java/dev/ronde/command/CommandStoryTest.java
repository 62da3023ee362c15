package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One turn of the loop from the command line alone: an open Redis is found and explained, a plan opens a review, the review is attested. */
final class CommandStoryTest extends HomeTest {
    private static final String PLAN = """
            plans:
              - id: monthly
                title: Monthly look at the caches
                scope: {criticality: [high]}
                cadence: {every: P1M, anchor: 2026-03-10}
                zone: Europe/Paris
                lead_time: P14D
            """;

    @Override
    Map<String, String> settings() {
        return Map.of("RONDE_PROBE_ALLOW", "127.0.0.1/32", "RONDE_ZONE", "Europe/Paris");
    }

    private static void assertCode(Terminal.Run run, int code) {
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    }

    @Test
    void checksPlansReviewsAndExplains() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.answer("+PONG\r\n"))) {
            Path csv = Files.writeString(folder.resolve("assets.csv"), """
                    ref,name,kind,owner_email,criticality,address,port,probe_authorised_until
                    cache-1,Open cache,service.redis,nadia@example.org,high,127.0.0.1,%d,2027-01-31
                    cache-2,Closed to probes,service.redis,nadia@example.org,low,127.0.0.1,%d,
                    shop.example,The shop,domain,nadia@example.org,low,,,
                    """.formatted(open.port(), open.port()));
            assertThat(ended(0, "asset", "import", csv.toString()).err())
                    .as("no plan holds anything")
                    .isEmpty();
            assertThat(run("check list").out()).contains("redis-anonymous-access", "sound");

            Terminal.Run failing = ended(
                    CommandFailed.FINDINGS,
                    "check run --asset cache-1 --check redis-anonymous-access --wait --output json");
            JsonNode runs = Json.tree(failing.out());
            assertThat(runs.size()).isEqualTo(1);
            assertThat(runs.get(0).path("outcome").asString("")).isEqualTo("fail");
            Terminal.Run explained =
                    ended(0, "check", "explain", runs.get(0).path("id").asString(""));
            assertThat(explained.out()).contains("facts.");
            assertThat(explained.err()).contains("cache-1 redis-anonymous-access: fail");

            events(runs.get(0).path("id").asString(""));
            Terminal.Run closed = run("check run --asset cache-2 --wait -q --output json");
            assertThat(Json.tree(closed.out()).findValuesAsString("outcome")).containsOnly("error");
            assertCode(closed, CommandFailed.FAILED);
            assertThat(closed.err()).contains("1 check ended in error and says nothing about the protection");
            assertThat(ended(CommandFailed.FINDINGS, "check run --check redis-anonymous-access --wait")
                            .err())
                    .as("a failing check is more than one that could not say")
                    .contains("ended in error");
            Terminal.Run none = run("check run --asset cache-1 --check no-such --wait");
            assertThat(none.out() + none.err()).as(String.valueOf(none.code())).contains("no-such");
            ended(CommandFailed.FAILED, "check run --asset no-such --wait");
            states();
            plans();
            reviews();
            retires();
            ended(0, "ledger verify");
        }
    }

    private void states() {
        String[] question = {"check", "attest", "shop.example", "registrar-lock-attested"};
        assertThat(ended(CommandFailed.USAGE, question).err()).contains("--in-place", "--not-in-place");
        ended(CommandFailed.USAGE, with(question, "--in-place", "--not-in-place"));
        Terminal.Run nobodys = ended(CommandFailed.USAGE, with(question, "--in-place"));
        assertThat(nobodys.err()).contains("whose word it is", "--by EMAIL");
        assertThat(nobodys.err().split("whose word it is", -1)).as("said once").hasSize(2);
        Terminal.Run said = ended(
                0,
                with(
                        question,
                        "--not-in-place",
                        "--by",
                        "nadia@example.org",
                        "--note",
                        "It was lifted.",
                        "--output",
                        "json"));
        JsonNode statement = Json.tree(said.out()).get(0);
        assertThat(statement.path("attested").asBoolean(true)).isFalse();
        assertThat(statement.path("note").asString("")).isEqualTo("It was lifted.");
        assertThat(statement.path("stated_by").asString("")).isEqualTo("nadia@example.org");
    }

    private static String[] with(String[] command, String... flags) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(flags)).toArray(String[]::new);
    }

    private void events(String run) throws IOException {
        Terminal.Run events = ended(0, "check export --check redis-anonymous-access --outcome fail");
        assertThat(events.out().lines()).hasSize(1);
        assertThat(Json.tree(events.out()).at("/metadata/uid").asString("")).isEqualTo(run);
        Path file = folder.resolve("events.ndjson");
        ended(0, "check", "export", "--asset", "cache-1", "-o", file.toString());
        assertThat(Files.readAllLines(file)).anyMatch(line -> line.contains(run));
        assertThat(run("check export --to 2020-01-01T00:00:00Z").out()).isEmpty();
        assertThat(ended(CommandFailed.USAGE, "check export --from yesterday").err())
                .contains("an instant such as");
        ended(CommandFailed.USAGE, "check", "export", "--from", "yesterday", "-o", file.toString());
        assertThat(file).as("what was there stays").isNotEmptyFile();
    }

    private void plans() throws IOException {
        String file = Files.writeString(folder.resolve("plan.yaml"), PLAN).toString();
        Terminal.Run dry = ended(0, "plan", "apply", file, "--dry-run", "--output", "csv");
        assertThat(dry.out().lines().toList().get(1)).startsWith("monthly,created,1,1,0,14,0,0,0,");
        assertThat(dry.err()).as("one plan is all there is").doesNotContain("together");
        String one = PLAN.substring(PLAN.indexOf("  - id: monthly"));
        String two = Files.writeString(folder.resolve("two.yaml"), PLAN + one.replace("id: monthly", "id: monthly-too"))
                .toString();
        assertThat(ended(0, "plan", "apply", two, "--dry-run").err())
                .contains("All 2 together: 1 mail to 1 person, the first one 20");
        assertThat(run("plan list --output csv").out().lines()).hasSize(1);

        assertThat(ended(0, "plan", "apply", file, "--output", "csv")
                        .out()
                        .lines()
                        .toList()
                        .get(1))
                .startsWith("monthly,created,1,1,");
        assertThat(run("plan", "apply", file, "--output", "csv").out()).contains("monthly,unchanged,0,0,");
        Path late = Files.writeString(folder.resolve("late.csv"), """
                ref,name,kind,owner_email,criticality
                cache-3,Bought meanwhile,service.redis,nadia@example.org,high
                """);
        assertThat(run("asset", "import", late.toString()).err()).contains("wait until a lead announces them");
        assertThat(run("asset", "import", late.toString()).err())
                .as("nothing was new")
                .isEmpty();
        assertThat(ended(CommandFailed.FAILED, "plan", "add", file).err()).contains("exists already");

        String broken = Files.writeString(folder.resolve("broken.yaml"), PLAN.replace("P1M", "monthly"))
                .toString();
        assertThat(ended(CommandFailed.FAILED, "plan", "apply", broken).err()).contains("5");

        String unknown = Files.writeString(
                        folder.resolve("unknown.yaml"), PLAN + "    frameworks: [\"iso27001:A.99.9\"]\n")
                .toString();
        for (String[] command : new String[][] {{"apply"}, {"apply", "--dry-run"}}) {
            Terminal.Run named = command.length == 1
                    ? run("plan", command[0], unknown)
                    : run("plan", command[0], unknown, command[1]);
            assertCode(named, CommandFailed.FAILED);
            assertThat(named.err())
                    .contains("line " + (PLAN.lines().count() + 1) + ": ")
                    .contains("framework iso27001 has no control 'A.99.9'; did you mean 'A.5.9'?");
        }
    }

    private void retires() {
        String[] retire = {"plan", "retire", "monthly", "--reason", "Nobody runs caches any more"};
        ended(CommandFailed.USAGE, "plan retire monthly");
        ended(CommandFailed.USAGE, with(retire, "--open", "later"));
        assertThat(ended(0, with(retire, "--dry-run", "--output", "csv"))
                        .out()
                        .lines()
                        .toList()
                        .get(1))
                .startsWith("monthly,retired,finish,");
        Terminal.Run retired = ended(0, with(retire, "--open", "withdraw", "--output", "csv"));
        assertThat(retired.out().lines().toList().get(1)).startsWith("monthly,retired,withdraw,");
        assertThat(ended(0, retire).err()).contains("is retired already, since 20");
        assertThat(ended(
                                CommandFailed.FAILED,
                                "plan",
                                "apply",
                                folder.resolve("two.yaml").toString())
                        .err())
                .contains(
                        "The plan 'monthly' was retired on 20", "(Nobody runs caches any more)", "Nothing was changed");
        assertThat(run("plan list --output csv").out()).contains("retired_at").doesNotContain("monthly-too");
    }

    private void reviews() {
        Terminal.Run list = ended(0, "review list --state open --output json");
        JsonNode review = Json.tree(list.out()).get(0);
        assertThat(review.path("asset").asString("")).isEqualTo("cache-1");
        assertThat(review.path("due_on").asString("")).isEqualTo("2026-03-10");
        String ref = review.path("ref").asString("");
        ended(CommandFailed.USAGE, "review", "attest", ref);
        Terminal.Run attested = ended(0, "review", "attest", ref, "--outcome", "no_change", "--note", "Looked at it.");
        assertThat(attested.out()).contains(ref).contains("attested").contains("no_change");
        assertThat(run("review list --state attested").out()).contains(ref);
        ended(2, "review list --state done");
        assertThat(run("review list --owner nobody@example.org").out()).doesNotContain(ref);
    }
}
