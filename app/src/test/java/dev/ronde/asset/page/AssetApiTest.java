package dev.ronde.asset.page;

import static dev.ronde.asset.AssetServer.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.AssetServer;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssetApiTest {
    private static final String LEAD = "token COMPLIANCE";
    private static final String API = "/api/v1/assets";
    private final TestClock clock = new TestClock();
    private final TestDatabase database = TestDatabase.open(DatabaseKind.H2);
    private final AssetServer server =
            new AssetServer(database.database(), clock, Set.of("service.redis", "host.server"));

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private AssetServer.Answer create(String ref) {
        return server.send(
                "POST",
                LEAD,
                API,
                json("{'ref':'%s','name':'Cache','kind':'service.redis','owner':'Ann@x.y'}".formatted(ref)));
    }

    private int status(String method, String path, String body, String... headers) {
        return server.send(method, LEAD, API + path, body, headers).status();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void createsReadsChangesAndRetires() {
        AssetServer.Answer created = create("r:1");
        check(201, created);
        assertThat(created.header("Location")).isEqualTo(API + "/r:1");
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().get("owner").stringValue()).isEqualTo("ann@x.y");
        assertThat(created.json().get("criticality").stringValue()).isEqualTo("medium");
        assertThat(created.json().get("tags").isArray()).isTrue();
        assertThat(created.json().get("backup").isNull()).isTrue();

        assertThat(status("PATCH", "/r:1", "{}")).isEqualTo(428);
        check(412, server.send("PATCH", LEAD, API + "/r:1", "{}", "If-Match", "\"7\""));
        AssetServer.Answer patched = server.send(
                "PATCH",
                LEAD,
                API + "/r:1",
                json(
                        "{'port':6379,'tags':['b','a'],'declared_ports':[22,'443'],'expected_closed':true,'zone':'Europe/Paris','notes':'n'}"),
                "If-Match",
                "\"1\"");
        check(200, patched);
        assertThat(patched.body())
                .contains(
                        "\"port\":6379",
                        "\"tags\":[\"a\",\"b\"]",
                        "\"declared_ports\":[22,443]",
                        "\"expected_closed\":true");
        assertThat(patched.header("ETag")).isEqualTo("\"2\"");

        AssetServer.Answer whole = server.send(
                "PUT", LEAD, API + "/r:1", server.get(LEAD, API + "/r:1").body(), "If-Match", "\"2\"");
        check(200, whole);
        assertThat(whole.header("ETag")).isEqualTo("\"2\"");
        AssetServer.Answer put = server.send(
                "PUT",
                LEAD,
                API + "/r:1",
                json("{'name':'Only','kind':'host.server','owner':'bob@x.y'}"),
                "If-Match",
                "\"2\"");
        assertThat(put.json().get("port").isNull()).isTrue();
        assertThat(put.json().get("name").stringValue()).isEqualTo("Only");

        check(428, server.send("DELETE", LEAD, API + "/r:1", (String) null));
        AssetServer.Answer gone = server.send("DELETE", LEAD, API + "/r:1", (String) null, "If-Match", "\"3\"");
        check(200, gone);
        assertThat(gone.json().get("retired_at").isNull()).isFalse();
        assertThat(server.get(LEAD, API).json().get("items")).isEmpty();
        assertThat(server.get(LEAD, API + "?retired=true").json().get("items")).hasSize(1);
        check(200, server.get(LEAD, API + "/r:1"));
        check(409, create("r:1"));
        assertThat(status("PATCH", "/r:1", "{}", "If-Match", "*")).isEqualTo(409);
        assertThat(server.send("POST", LEAD, API + "/r:1/restore", "{}")
                        .json()
                        .get("retired_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void namesEveryWrongFieldByPointer() {
        AssetServer.Answer answer = server.send(
                "POST",
                LEAD,
                API,
                json(
                        "{'ref':'-x','name':'','kind':'toaster','owner_email':'a@b.c','port':'99999','tags':'a','expected_closed':'maybe','zone':5,'colour':'red'}"));
        assertThat(answer.status()).as("colour is unknown").isEqualTo(400);
        assertThat(server.send("POST", LEAD, API, json("{'ref':'-x'}")).status())
                .as("understood, and not acceptable")
                .isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder(
                        "/ref",
                        "/name",
                        "/kind",
                        "/owner",
                        "/owner_email",
                        "/port",
                        "/tags",
                        "/expected_closed",
                        "/zone",
                        "/colour");
        assertThat(answer.body()).contains("Did you mean owner?");
        check(400, server.send("POST", LEAD, API, "{"));
        check(400, server.send("POST", LEAD, API, "[]"));
        check(400, server.send("POST", LEAD, API, json("{'ref':'a','ref':'b'}")));
        check(404, server.get(LEAD, API + "/nope"));
        assertThat(server.get(LEAD, API + "/%3Cscript%3E").body()).doesNotContain("script");
    }

    @Test
    void listsFiltersAndPagesNewestFirst() {
        for (int index = 0; index < 5; index++) {
            create("r" + index);
            clock.advance(Duration.ofSeconds(1));
        }
        AssetServer.Answer first = server.get(LEAD, API + "?limit=2&owner=ANN@x.y");
        assertThat(first.json().get("items").findValuesAsString("ref")).containsExactly("r4", "r3");
        assertThat(first.json().at("/total/count").intValue()).isEqualTo(5);
        assertThat(first.json().at("/total/type").stringValue()).isEqualTo("exact");
        String cursor = first.json().get("next_cursor").stringValue();
        assertThat(server.get(LEAD, API + "?limit=2&owner=ANN@x.y&cursor=" + cursor)
                        .json()
                        .get("items")
                        .findValuesAsString("ref"))
                .containsExactly("r2", "r1");
        assertThat(server.get(LEAD, API + "?q=r3&kind=service.*&criticality=medium")
                        .json()
                        .get("items"))
                .hasSize(1);
        check(400, server.get(LEAD, API + "?colour=red"));
        check(400, server.get(LEAD, API + "?criticality=huge"));
        check(400, server.get(LEAD, API + "?cursor=zzz"));
        check(400, server.get(LEAD, API + "?limit=501"));
    }

    @Test
    void ownersSeeWhatTheyAnswerForAndAgentsNothing() {
        Asset mine = server.inventory.asset("mine", "service.redis", "ann@x.y");
        server.inventory.asset("other", "service.redis", "bob@x.y");
        String owner = "token OWNER " + mine.ownerId();
        assertThat(server.get(owner, API).json().get("items").findValuesAsString("ref"))
                .containsExactly("mine");
        check(200, server.get(owner, API + "/mine"));
        check(404, server.get(owner, API + "/other"));
        check(404, server.get(owner, API + "/other/timeline"));
        assertThat(server.get(owner, API + ".csv").body()).contains("mine,").doesNotContain("other");
        check(403, server.send("POST", owner, API, "{}"));
        check(403, server.get("token AGENT", API));
        assertThat(server.get("token AUDITOR", API).json().get("items")).hasSize(2);
    }

    @Test
    void importsCsvAndExportsWhatImportsUnchanged() {
        String csv =
                "ref;name;kind;owner_email;notes;colour\nr1;=Café;service.redis;a@b.c;x;red\nr2;b;toaster;a@b.c;;\n";
        byte[] bytes = csv.getBytes(java.nio.charset.Charset.forName("windows-1252"));
        AssetServer.Answer dry =
                server.send("POST", LEAD, API + "/import?dry_run=true", bytes, "Content-Type", "text/csv");
        check(200, dry);
        assertThat(dry.json().get("created").intValue()).isEqualTo(1);
        assertThat(server.get(LEAD, API).json().get("items")).isEmpty();
        AssetServer.Answer done = server.send("POST", LEAD, API + "/import", bytes, "Content-Type", "text/csv");
        assertThat(done.json().get("created").intValue()).isEqualTo(1);
        assertThat(done.json().get("errors").get(0).get("column").stringValue()).isEqualTo("colour");
        assertThat(done.json().get("errors").get(1).get("line").intValue()).isEqualTo(3);
        assertThat(done.json().get("errors").get(1).get("message").stringValue())
                .contains("toaster")
                .endsWith(".");
        AssetServer.Answer export = server.get(LEAD, API + ".csv");
        assertThat(export.header("Content-Type")).startsWith("text/csv");
        assertThat(export.body()).startsWith("ref,name,kind,owner_email").contains("r1,'=Café,service.redis,a@b.c");
        AssetServer.Answer again = server.send("POST", LEAD, API + "/import", export.body());
        assertThat(again.json().get("unchanged").intValue()).as(again.body()).isEqualTo(1);
        assertThat(again.json().get("errors")).isEmpty();
        assertThat(status("POST", "/import?on_conflict=maybe", "x")).isEqualTo(400);
        assertThat(status("POST", "/import", "x", "Content-Type", "application/json"))
                .isEqualTo(415);
        check(413, server.send("POST", LEAD, API + "/import", new byte[25_000_001], "Content-Type", "text/csv"));
    }

    @Test
    void takesSnapshotsAndShowsWhatChanged() {
        create("srv");
        clock.advance(Duration.ofMinutes(1));
        String snapshots = API + "/srv/snapshots/host.v1";
        String json = "application/json";
        AssetServer.Answer first = server.send(
                "PUT",
                "token AGENT",
                snapshots,
                json("{'os':{'family':'linux'},'disks':[{'device':'sda','encrypted':true}]}"),
                "Content-Type",
                json);
        check(201, first);
        assertThat(first.json().get("changed").booleanValue()).isTrue();
        clock.advance(Duration.ofHours(1));
        AssetServer.Answer second = server.send(
                "PUT",
                "token AGENT",
                snapshots,
                json("{'disks':[{'device':'sda','encrypted':true}],'os':{'family':'Linux'}}"),
                "Content-Type",
                json);
        check(200, second);
        assertThat(second.json().get("changed").booleanValue()).isFalse();
        assertThat(second.json().get("digest")).isEqualTo(first.json().get("digest"));
        AssetServer.Answer third = server.send(
                "PUT",
                "token AGENT",
                snapshots,
                json("{'disks':[{'device':'sda','encrypted':false}],'os':{'family':'Linux'}}"),
                "Content-Type",
                json,
                "Ronde-Collected-At",
                "2026-03-02T09:00:30Z",
                "Ronde-Sequence",
                "2");
        check(201, third);
        assertThat(third.json().get("collected_at").stringValue()).isEqualTo("2026-03-02T09:00:30Z");
        assertThat(server.get(LEAD, API + "/srv/snapshots?source=host.v1")
                        .json()
                        .get("items"))
                .hasSize(2);
        assertThat(server.get(LEAD, snapshots).json().at("/content/os/family").stringValue())
                .isEqualTo("linux");
        AssetServer.Answer diff = server.get(LEAD, API + "/srv/diff");
        assertThat(diff.json().at("/changes/0/effect").stringValue()).isEqualTo("weaker");
        assertThat(diff.json().get("from")).isEqualTo(first.json().get("digest"));
        check(
                404,
                server.get(
                        LEAD,
                        API + "/srv/diff?from=sha256:00&to="
                                + third.json().get("digest").stringValue()));
        check(422, server.send("PUT", "token AGENT", snapshots, "{}", "Content-Type", json, "Ronde-Sequence", "2"));
        check(404, server.send("PUT", "token AGENT", API + "/srv/snapshots/x.v1", "{}", "Content-Type", json));
        check(403, server.send("PUT", "token OWNER", snapshots, "{}", "Content-Type", json));
        check(415, server.send("PUT", "token AGENT", snapshots, "a,b", "Content-Type", "text/csv"));
        AssetServer.Answer timeline = server.get(LEAD, API + "/srv/timeline?limit=2");
        assertThat(timeline.json().get("items").findValuesAsString("type"))
                .containsExactly("snapshot.received", "snapshot.received");
        AssetServer.Answer rest = server.get(
                LEAD,
                API + "/srv/timeline?limit=2&cursor="
                        + timeline.json().get("next_cursor").stringValue());
        assertThat(rest.json().get("items").findValuesAsString("type")).containsExactly("asset.created");
        assertThat(rest.json().get("next_cursor").isNull()).isTrue();
    }
}
