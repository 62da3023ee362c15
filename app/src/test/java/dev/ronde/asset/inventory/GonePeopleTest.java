package dev.ronde.asset.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.AssetServer;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who has left is given nothing, by whatever way; where they are named already, that stays as it is and holds nothing up. */
final class GonePeopleTest {
    private static final String LEAD = "page COMPLIANCE";
    private static final String API = "/api/v1/assets";
    private static final String HEADER = "ref,name,kind,owner_email,backup_email,manager_email\n";

    private final TestDatabase database = TestDatabase.open(DatabaseKind.H2);
    private final AssetServer server = new AssetServer(database.database(), new TestClock(), Set.of("service.redis"));

    @BeforeEach
    void start() {
        server.inventory.asset("old", "service.redis", "gone@x.y");
        server.inventory.asset("other", "service.redis", "team@x.y");
        server.inventory.asset("web", "service.redis", "ann@x.y");
        server.inventory.asset("app", "service.redis", "last@x.y");
        execute("update person set active = false where email in ('gone@x.y', 'last@x.y')");
        execute(
                "insert into team_member (team_id, member_id) select t.id, m.id from person t join person m on m.email = 'last@x.y'"
                        + " where t.email = 'team@x.y'");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void theApiRefusesToNameThem() {
        for (String gone : new String[] {"gone@x.y", "Team@x.y"}) {
            for (String field : new String[] {"owner", "backup", "manager"}) {
                JsonNode error = patch("web", "{'%s':'%s'}".formatted(field, gone))
                        .is(422)
                        .json()
                        .at("/errors/0");
                assertThat(error.path("pointer").asString()).isEqualTo("/" + field);
                assertThat(error.path("code").asString()).isEqualTo("person_left");
                assertThat(error.path("message").asString())
                        .contains(gone.toLowerCase(java.util.Locale.ROOT), "Name somebody");
            }
        }
        String made = json("{'ref':'n1','name':'N','kind':'service.redis','owner':'gone@x.y','backup':'last@x.y'}");
        AssetServer.Answer refused =
                server.send("POST", "token COMPLIANCE", API, made).is(422);
        assertThat(refused.json().get("errors")).hasSize(2);
        server.get(LEAD, API + "/n1").is(404);
    }

    @Test
    void whatIsSaidAlreadyHoldsNothingUp() {
        patch("old", "{'name':'New name','owner':'gone@x.y'}").is(200);
        assertThat(patch("old", "{'backup':'gone@x.y'}").status())
                .as("named otherwise")
                .isEqualTo(422);
        patch("old", "{'owner':'ann@x.y'}").is(200);
        assertThat(patch("old", "{'owner':'gone@x.y'}").status()).as("again").isEqualTo(422);
    }

    @Test
    void anImportSaysSoByCell() {
        String csv = HEADER + "web,Web,service.redis,gone@x.y,,\n" + "n1,New,service.redis,ann@x.y,team@x.y,gone@x.y\n"
                + "n2,New,service.redis,new@x.y,,\n";
        for (String query : new String[] {"?dry_run=true", ""}) {
            JsonNode answer = imported(query, csv);
            assertThat(answer.path("created").asInt()).as(query).isEqualTo(1);
            assertThat(answer.path("updated").asInt()).isZero();
            assertThat(answer.path("refused").asInt()).isEqualTo(2);
            assertThat(answer.path("new_people").toString()).isEqualTo("[\"new@x.y\"]");
            assertThat(answer.path("errors").toString())
                    .contains(
                            "\"line\":2,\"column\":\"owner_email\",\"code\":\"person_left\"",
                            "\"line\":3,\"column\":\"backup_email\",\"code\":\"person_left\"",
                            "\"line\":3,\"column\":\"manager_email\",\"code\":\"person_left\"",
                            "team@x.y");
        }
        assertThat(owner("web")).isEqualTo("ann@x.y");
        assertThat(owner("n2")).isEqualTo("new@x.y");
        server.get(LEAD, API + "/n1").is(404);
        JsonNode left = imported("?on_conflict=skip", HEADER + "web,Web,service.redis,gone@x.y,,\n");
        assertThat(left.path("skipped").asInt()).isEqualTo(1);
        assertThat(left.path("errors")).isEmpty();
    }

    @Test
    void anImportThatSaysWhatIsThereChangesNothingAndKeepsTheRest() {
        String csv =
                "ref,name,kind,owner_email\nold,Asset old,service.redis,gone@x.y\nother,Asset other,service.redis,Team@x.y\n";
        JsonNode same = imported("", csv);
        assertThat(same.path("unchanged").asInt()).isEqualTo(2);
        assertThat(same.path("errors")).isEmpty();
        JsonNode renamed = imported("", csv.replace("Asset old", "Renamed"));
        assertThat(renamed.path("updated").asInt()).isEqualTo(1);
        assertThat(renamed.path("errors")).isEmpty();
        assertThat(server.get(LEAD, API + "/old").text("/name")).isEqualTo("Renamed");
        long active =
                Sql.number(database.database(), "select count(*) from person where email = 'gone@x.y' and active");
        assertThat(active).as("an import brings nobody back").isZero();
    }

    @Test
    void theFormsSayItInTheReadersLanguage() {
        assertThat(server.form(LEAD, "/assets", "ref=r1&name=Cache&kind=service.redis&owner=gone@x.y&criticality=high")
                        .is(422)
                        .body())
                .contains("gone@x.y has left", "href=\"#owner\"", "value=\"Cache\"");
        AssetServer.Answer changed = server.send(
                        "POST",
                        LEAD,
                        "/assets/web/edit",
                        "_csrf=" + AssetServer.CSRF
                                + "&name=Web&kind=service.redis&owner=ann@x.y&backup=team@x.y&criticality=high&version=1",
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept-Language",
                        "fr")
                .is(422);
        assertThat(changed.body()).contains("team@x.y ne répond plus de rien", "href=\"#backup\"");
        AssetServer.Answer bulk =
                server.form(LEAD, "/assets/bulk", "action=owner&value=gone@x.y&which=picked&ref=web&ref=app");
        assertThat(bulk.body()).contains("2 cannot be changed", "gone@x.y has left");
        AssetServer.Answer done = server.form(
                LEAD, "/assets/bulk/apply", "action=owner&value=gone@x.y&which=picked&ref=web&ref=old&expected=0");
        assertThat(done.body()).contains("One cannot be changed", "One is so already");
        assertThat(owner("web")).isEqualTo("ann@x.y");
    }

    private AssetServer.Answer patch(String ref, String body) {
        return server.send("PATCH", "token COMPLIANCE", API + "/" + ref, json(body), "If-Match", "*");
    }

    private JsonNode imported(String query, String csv) {
        return server.send("POST", "token COMPLIANCE", API + "/import" + query, csv, "Content-Type", "text/csv")
                .is(200)
                .json();
    }

    private String owner(String ref) {
        return server.get(LEAD, API + "/" + ref).text("/owner");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private void execute(String sql) {
        database.database().useTransaction(tx -> tx.execute(sql));
    }
}
