package dev.ronde.asset.page;

import static dev.ronde.asset.AssetServer.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.AssetServer;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.evidence.Actor;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssetPagesTest {
    private static final String LEAD = "page COMPLIANCE";
    private final TestClock clock = new TestClock();
    private final TestDatabase database = TestDatabase.open(DatabaseKind.H2);
    private final AssetServer server =
            new AssetServer(database.database(), clock, Set.of("service.redis", "host.server"));

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private AssetServer.Answer upload(String fileName, String content) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + AssetServer.CSRF
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--b--\r\n";
        return server.send("POST", LEAD, "/assets/import", body, "Content-Type", "multipart/form-data; boundary=b");
    }

    @Test
    void everyPageRendersInBothLanguages() {
        Asset asset = server.inventory.asset(
                "r1",
                "host.server",
                "ann@x.y",
                Map.of(
                        AssetField.NAME,
                        "<b>Bold</b>",
                        AssetField.TAGS,
                        java.util.List.of("a&b"),
                        AssetField.NOTES,
                        "line"));
        push(asset, "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":true}]}");
        push(asset, "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}]}");
        for (String language : new String[] {"en", "fr"}) {
            for (String path : new String[] {
                "/assets",
                "/assets?q=nothing",
                "/assets/new",
                "/assets/import",
                "/assets/r1",
                "/assets/r1/edit",
                "/assets/r1/diff"
            }) {
                AssetServer.Answer page = server.get(LEAD, path, "Accept-Language", language);
                check(200, page);
                assertThat(page.body())
                        .contains("lang=\"" + language + "\"")
                        .doesNotContain("<b>Bold")
                        .doesNotContain("style=");
            }
        }
        assertThat(server.get(LEAD, "/assets/r1").body()).contains("weaker", "Disk sda, encryption", "&lt;b&gt;Bold");
        assertThat(server.get(LEAD, "/assets/r1", "Accept-Language", "fr").body())
                .contains("plus faible", "Disque sda, chiffrement");
        check(404, server.get("page OWNER", "/assets/r1"));
        assertThat(server.get("page OWNER", "/assets").body()).doesNotContain("/assets/new");
        check(403, server.get("page OWNER", "/assets/new"));
        assertThat(server.get("page AUDITOR", "/assets.csv").body()).startsWith("\uFEFFref,");
        assertThat(server.get("page AUDITOR", "/assets.csv", "Accept-Language", "fr")
                        .body())
                .startsWith("\uFEFFref;");
    }

    @Test
    void aConfigurationThatWentBackCanBeComparedWithEachTimeItWasSo() {
        Asset asset = server.inventory.asset("r1", "host.server", "ann@x.y", Map.of());
        for (boolean encrypted : new boolean[] {true, false, true}) {
            push(
                    asset,
                    "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":" + encrypted + "}]}");
        }
        List<String> ids = options(server.get(LEAD, "/assets/r1/diff").body(), "");
        assertThat(ids).as("newest first, once in each list").hasSize(6);
        assertThat(Set.copyOf(ids)).hasSize(3);
        String now = ids.get(0);
        String between = ids.get(1);
        String first = ids.get(2);

        String turned = server.get(LEAD, "/assets/r1/diff?from=" + first + "&to=" + between)
                .body();
        assertThat(options(turned, " selected")).containsExactly(first, between);
        assertThat(turned).contains("weaker").containsPattern(">since [^<]+ · [0-9a-f]{12}</option>");
        assertThat(turned).containsPattern(">[^<]+ – [^<]+ · [0-9a-f]{12}</option>");
        String back = server.get(LEAD, "/assets/r1/diff?from=" + between + "&to=" + now)
                .body();
        assertThat(options(back, " selected")).containsExactly(between, now);
        assertThat(back).contains("stronger");
        assertThat(server.get(LEAD, "/assets/r1/diff?from=" + first + "&to=" + now)
                        .body())
                .contains("Nothing differs between the two.");

        List<String> told = new ArrayList<>();
        server.get(LEAD, "/api/v1/assets/r1/snapshots")
                .json()
                .get("items")
                .forEach(item -> told.add(item.get("id").stringValue()));
        assertThat(server.get(LEAD, "/assets/r1").body()).contains("/assets/r1/diff?to=" + told.get(2));
        String oldest = server.get(LEAD, "/assets/r1/diff?to=" + told.get(2)).body();
        assertThat(options(oldest, " selected")).as("nothing was before it").containsExactly(first);
        assertThat(server.get(LEAD, "/api/v1/assets/r1/diff?to=" + told.get(1))
                        .json()
                        .at("/changes/0/effect")
                        .stringValue())
                .isEqualTo("weaker");
        check(404, server.get(LEAD, "/assets/r1/diff?to=" + UUID.randomUUID()));
    }

    private static List<String> options(String page, String mark) {
        return Pattern.compile("<option value=\"([^\"]+)\"" + mark + ">?")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private void push(Asset asset, String json) {
        clock.advance(java.time.Duration.ofMinutes(5));
        database.database()
                .useTransaction(tx -> server.snapshots.push(
                        tx,
                        asset,
                        server.snapshots.read(database.database(), "host.v1", json.getBytes(StandardCharsets.UTF_8)),
                        PushHeaders.NONE,
                        Actor.SYSTEM));
    }

    @Test
    void theEmptyListSaysWhatToDo() {
        assertThat(server.get(LEAD, "/assets").body()).contains("No assets yet", "/assets/import", "curl");
        assertThat(server.get(LEAD, "/assets?q=x").body()).contains("No asset matches", "Clear filters");
    }

    @Test
    void aFormKeepsWhatWasTypedAndSaysWhatIsWrong() {
        AssetServer.Answer refused =
                server.form(LEAD, "/assets", "ref=r1&name=Cache&kind=service.redis&owner=nobody&port=7x");
        check(422, refused);
        assertThat(refused.body())
                .contains("value=\"nobody\"", "value=\"7x\"", "is no e-mail address", "href=\"#owner\"");
        AssetServer.Answer added =
                server.form(LEAD, "/assets", "ref=r1&name=Cache&kind=service.redis&owner=ann@x.y&criticality=high");
        check(303, added);
        assertThat(added.header("Location")).isEqualTo("/assets/r1?saved=1");
        assertThat(server.form(LEAD, "/assets", "ref=r1&name=Cache&kind=service.redis&owner=ann@x.y")
                        .body())
                .contains("is taken");
        check(403, server.send("POST", LEAD, "/assets", "ref=r2", "Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void aConflictShowsBothValues() {
        server.inventory.asset("r1", "service.redis", "ann@x.y");
        String form = "kind=service.redis&owner=ann@x.y&criticality=medium&address=127.0.0.1";
        check(303, server.form(LEAD, "/assets/r1/edit", form + "&name=Theirs&version=1"));
        AssetServer.Answer conflict = server.form(LEAD, "/assets/r1/edit", form + "&name=Mine&version=1");
        check(412, conflict);
        assertThat(conflict.body()).contains("value=\"Mine\"", "Present value: Theirs", "name=\"version\" value=\"2\"");
        check(303, server.form(LEAD, "/assets/r1/edit", form + "&name=Mine&version=2"));
        assertThat(server.get(LEAD, "/assets/r1").body()).contains("<h1>Mine</h1>", "Theirs");
        check(303, server.form(LEAD, "/assets/r1/retire", "x=1"));
        assertThat(server.get(LEAD, "/assets/r1").body()).contains("left the inventory");
        check(303, server.form(LEAD, "/assets/r1/restore", "x=1"));
    }

    @Test
    void importsInTwoSteps() {
        AssetServer.Answer sent =
                upload("liste é.csv", "ref;name;kind;owner_email\nr1;Cache;service.redis;a@b.c\nr2;x;toaster;a@b.c\n");
        check(303, sent);
        String place = sent.header("Location");
        AssetServer.Answer preview = server.get(LEAD, place);
        assertThat(preview.body())
                .contains("Nothing was changed yet", "Import one row", "toaster", "1 people".substring(0, 1));
        check(404, server.get("page ADMIN", "/assets/r1"));
        assertThat(server.get(LEAD, place + "/errors.csv").body()).contains("3,kind,unknown_kind");
        AssetServer.Answer done = server.form(LEAD, place, "on_conflict=update");
        check(200, done);
        assertThat(done.body()).contains("one asset was added or changed");
        check(200, server.get(LEAD, "/assets/r1"));
        check(404, server.get(LEAD, place));
        String again = upload("l.csv", "ref;name;kind;owner_email\nr1;Cache;service.redis;a@b.c\n")
                .header("Location");
        assertThat(server.form(LEAD, again, "on_conflict=update").body()).contains("0 changes");
        check(422, upload("empty.csv", ""));
    }
}
