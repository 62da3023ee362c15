package dev.ronde.asset.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.AssetServer;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of many assets: nothing before the preview was seen, and every one its own change. */
class AssetBulkPagesTest {
    private static final String LEAD = "page COMPLIANCE";
    private TestDatabase database;
    private AssetServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.open(DatabaseKind.H2);
        server = new AssetServer(database.database(), new TestClock(), Set.of("service.redis"));
        server.inventory.asset("a1", "service.redis", "ann@x.y");
        server.inventory.asset("a2", "service.redis", "bob@x.y", Map.of(AssetField.TAGS, List.of("edge")));
        server.inventory.asset("a3", "service.redis", "bob@x.y");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void showsWhatWouldChangeAndThenDoesIt() {
        String order = "action=owner&value=bob@x.y&which=picked&ref=a1&ref=a2";
        assertThat(server.form(LEAD, "/assets/bulk", order).is(200).body())
                .contains("One asset would change.", "One is so already.", "ann@x.y", "/assets/bulk/apply")
                .doesNotContain(">a3<");
        assertThat(owner("a1")).isEqualTo("ann@x.y");

        AssetServer.Answer done = server.form(LEAD, "/assets/bulk/apply", order + "&expected=1");
        assertThat(done.body()).contains("One asset was changed.");
        assertThat(owner("a1")).isEqualTo("bob@x.y");
        assertThat(versions("a1")).isEqualTo(2);
        assertThat(versions("a2")).isEqualTo(1);
    }

    @Test
    void reachesAllThatMatchAndNotOnlyThePage() {
        String order = "action=add_tag&value=vpn&which=all&matching=owner%3Dbob%2540x.y";
        assertThat(server.form(LEAD, "/assets/bulk", order).body()).contains("2 assets would change.");
        server.form(LEAD, "/assets/bulk/apply", order + "&expected=2");
        assertThat(tags("a1")).isEmpty();
        assertThat(tags("a2")).containsExactly("edge", "vpn");
        assertThat(tags("a3")).containsExactly("vpn");
        String remove = "action=remove_tag&value=vpn&which=all&matching=tag%3Dvpn";
        server.form(LEAD, "/assets/bulk/apply", remove + "&expected=2");
        assertThat(tags("a2")).containsExactly("edge");
        assertThat(tags("a3")).isEmpty();
    }

    @Test
    void anythingThatMovedMeanwhileIsShownAgain() {
        String order = "action=add_tag&value=vpn&which=all&matching=&expected=2";
        AssetServer.Answer again =
                server.form(LEAD, "/assets/bulk/apply", order).is(409);
        assertThat(again.body()).contains("look again", "3 assets would change.");
        assertThat(tags("a1")).isEmpty();
    }

    @Test
    void whatCannotBeChangedIsSaidAndHoldsNothingUp() {
        server.form(LEAD, "/assets/a1/retire", "x=1");
        String order = "action=owner&value=new@x.y&which=picked&ref=a1&ref=a3";
        AssetServer.Answer done = server.form(LEAD, "/assets/bulk/apply", order + "&expected=1");
        assertThat(done.body()).contains("One asset was changed.", "One cannot be changed", "It is retired.");
        assertThat(owner("a3")).isEqualTo("new@x.y");
    }

    @Test
    void aWrongOrderIsRefusedInWords() {
        assertThat(server.form(LEAD, "/assets/bulk", "action=owner&value=a@b.c&which=picked")
                        .body())
                .contains("No asset is picked");
        AssetServer.Answer address = server.form(LEAD, "/assets/bulk", "action=owner&value=nobody&which=picked&ref=a1")
                .is(422);
        assertThat(address.body()).contains("is no e-mail address", "value=\"nobody\"", "name=\"ref\" value=\"a1\"");
        assertThat(server.form(LEAD, "/assets/bulk", "action=explode&ref=a1").body())
                .contains("Choose what to do");
        server.form("page OWNER", "/assets/bulk", "action=owner&value=a@b.c&ref=a1")
                .is(403);
    }

    @Test
    void runsChecksAsAJobAndDownloadsWithoutChangingAnything() {
        assertThat(server.form(LEAD, "/assets/bulk", "action=checks&which=picked&ref=a1&ref=a2")
                        .is(303)
                        .header("Location"))
                .isEqualTo("/jobs/00000000-0000-0007-0000-000000000002");
        AssetServer.Answer file = server.form(LEAD, "/assets/bulk", "action=export&which=picked&ref=a2");
        assertThat(file.body()).startsWith("\uFEFFref,").contains("a2,").doesNotContain("a1,", "a3,");
        for (String action : List.of("export", "checks", "add_tag&value=x")) {
            AssetServer.Answer unknown =
                    server.form(LEAD, "/assets/bulk", "action=" + action + "&which=picked&ref=a2&ref=a9");
            assertThat(unknown.status()).as(action).isEqualTo(404);
            assertThat(unknown.body()).contains("a9");
        }
    }

    private Asset asset(String ref) {
        return database.database().read(handle -> server.inventory.assets.get(handle, ref));
    }

    private List<String> tags(String ref) {
        return asset(ref).tags();
    }

    private String owner(String ref) {
        return database.database()
                .read(handle ->
                        server.inventory.assets.facts(handle, asset(ref)).text(AssetField.OWNER));
    }

    private int versions(String ref) {
        return database.database()
                .read(handle -> server.inventory
                        .assets
                        .historyUntil(handle, asset(ref).id(), Instant.parse("9999-01-01T00:00:00Z"), 10)
                        .size());
    }
}
