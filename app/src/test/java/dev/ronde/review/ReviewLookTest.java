package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reviewer sees of a configuration, and how much one has to answer. */
@OnBothDatabases
class ReviewLookTest {

    private static final String STORAGE = """
            {"public_access": %s, "https_only": %s, "encrypted": true, "versioning": true}""";

    private final ReviewServer server;

    ReviewLookTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void oneAssetUnderAPlan() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-01,Web one,service.redis,alice@corp.example,high
                """);
        assertThat(server.post("/api/v1/plans", TestReviews.QUARTERLY).statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theFirstReviewShowsEverySettingAndSaysThatThereIsNothingToCompareWith() {
        push(false, true);
        assertThat(page())
                .contains("There is no earlier attestation to compare with", "all 4 settings", "HTTPS only")
                .doesNotContain("Attest: nothing changed");
    }

    @Test
    void whatIsUnchangedAndPassingIsOneClick() {
        push(false, true);
        attestFirst();
        secondSlot();
        assertThat(page()).contains("Nothing changed.", "4 settings did not change", "Attest: nothing changed");
        String digest = Json.tree(server.get("/api/v1/reviews/" + second()).body())
                .get("snapshot_digest")
                .asString();
        assertThat(server.as(server.base.alice, Role.OWNER)
                        .form(
                                "/reviews/" + second() + "/attest",
                                Map.of("outcome", "no_change", "snapshot_digest", digest))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void whatChangedIsShownWorstFirstAndAnsweredItemByItem() {
        push(false, false);
        attestFirst();
        push(true, true);
        secondSlot();
        String page = page();
        assertThat(page)
                .contains("2 of 4 settings changed", "Compared with the attestation of", "2 settings did not change")
                .doesNotContain("Attest: nothing changed");
        assertThat(page.indexOf("Public access possible")).isLessThan(page.indexOf("HTTPS only"));
        String digest = Json.tree(server.get("/api/v1/reviews/" + second()).body())
                .get("snapshot_digest")
                .asString();
        HttpResponse<String> half = server.form(
                "/reviews/" + second() + "/attest",
                Map.of("outcome", "changed_and_accepted", "snapshot_digest", digest, "answer.public_access", "accept"));
        assertThat(half.statusCode()).isEqualTo(422);
        assertThat(half.body()).contains("A question or a change is not answered yet");
        push(true, false);
        HttpResponse<String> old = server.form(
                "/reviews/" + second() + "/attest",
                Map.of(
                        "outcome",
                        "changed_and_accepted",
                        "snapshot_digest",
                        digest,
                        "answer.public_access",
                        "accept",
                        "answer.https_only",
                        "accept"));
        assertThat(old.statusCode()).isEqualTo(409);
        assertThat(old.body()).contains("The newer changes are shown below", "One of 4 settings changed");
    }

    private void push(boolean open, boolean https) {
        server.base.clock.advance(java.time.Duration.ofSeconds(1));
        String body = STORAGE.formatted(open, https);
        server.base.database.useTransaction(tx -> server.snapshots.push(
                tx,
                server.assets.get(tx, "web-01"),
                "storage.v1",
                body.getBytes(StandardCharsets.UTF_8),
                new PushHeaders(null, null),
                Actor.SYSTEM));
    }

    private void attestFirst() {
        String ref = server.first("web-01");
        String digest = Json.tree(server.get("/api/v1/reviews/" + ref).body())
                .get("snapshot_digest")
                .asString();
        String body = "{\"outcome\":\"no_change\",\"snapshot_digest\":\"" + digest + "\"}";
        assertThat(server.post("/api/v1/reviews/" + ref + "/attest", body).statusCode())
                .isEqualTo(200);
    }

    private void secondSlot() {
        server.base.at("2026-05-30T08:00:00Z");
        server.sweep();
    }

    private String second() {
        return server.base.database.read(handle -> server.room
                .reviews()
                .ofAsset(handle, server.assets.get(handle, "web-01").id())
                .get(1)
                .ref());
    }

    private String page() {
        String ref = server.base.clock.instant().isAfter(java.time.Instant.parse("2026-05-01T00:00:00Z"))
                ? second()
                : server.first("web-01");
        return server.get("/reviews/" + ref).body();
    }
}
