package dev.ronde.check.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An operator's own kinds and protections: packaged checks that stand on what he took away are not used, and none is broken. */
final class HouseVocabularyAppTest {
    private static final String OWN = """
            protections:
              patch-level: {en: Patches are in place, fr: Les correctifs sont en place}
              encryption-at-rest: {en: Disks are encrypted, fr: Les disques sont chiffrés}
              host-firewall: {en: A firewall runs, fr: Un pare-feu est actif}
            kinds:
              host.server: [patch-level, encryption-at-rest]
              host.laptop: [patch-level]
            """;

    @TempDir
    Path folder;

    private static List<String> ids(List<CatalogueEntry> entries) {
        return entries.stream().map(CatalogueEntry::id).toList();
    }

    @Test
    void whatHisVocabularyLacksIsLeftOutAndNotBroken() throws IOException {
        Files.writeString(folder.resolve("protections.yaml"), OWN);
        Files.createDirectories(folder.resolve("frameworks"));
        Files.writeString(folder.resolve("frameworks/nist.yaml"), """
                id: nist
                name: Ours
                version: "1"
                basis: Ours
                controls: {SC-28: At rest}
                """);
        Catalogue catalogue = TestChecks.load(folder);
        assertThat(catalogue.entries())
                .allSatisfy(entry -> assertThat(entry.problems()).as(entry.id()).isEmpty());
        assertThat(ids(catalogue.entries())).contains("host-patch-level", "host-disk-encryption");
        assertThat(ids(catalogue.notUsed())).contains("host-firewall", "redis-anonymous-access");
        assertThat(catalogue
                        .find("host-disk-encryption")
                        .orElseThrow()
                        .outline()
                        .kinds())
                .as("only the kind that can have it is left")
                .containsExactly("host.server");
        assertThat(catalogue
                        .find("host-disk-encryption")
                        .orElseThrow()
                        .outline()
                        .controls())
                .contains("nist:SC-28")
                .noneMatch(control -> control.startsWith("nist:") && !control.equals("nist:SC-28"));

        try (TestApp app = TestApp.start(new TestClock(), Map.of(Setting.CHECKS, folder.toString()))) {
            JsonNode redis = null;
            for (JsonNode check : app.get("/api/v1/checks?limit=200").json().path("items")) {
                redis = check.path("id").asString().equals("redis-anonymous-access") ? check : redis;
                assertThat(check.path("state").asString()).isIn("sound", "not-used");
            }
            assertThat(redis).isNotNull();
            assertThat(redis.path("state").asString()).isEqualTo("not-used");
            assertThat(redis.path("problems").toString()).contains("has no protection 'anonymous-access-blocked'");
            assertThat(app.get("/api/v1/checks/redis-anonymous-access").json()).isEqualTo(redis);
            app.get("/api/v1/checks/no-such-check").is(404);
            assertThat(app.get("/api/v1/doctor").body()).contains("packaged checks are not used", "host-firewall");
        }
    }

    @Test
    void hisOwnCheckIsStillHeldToHisVocabulary() throws IOException {
        Files.writeString(folder.resolve("protections.yaml"), OWN);
        Catalogue catalogue = TestChecks.withDoor(folder);
        CatalogueEntry door = catalogue.find("door-closed").orElseThrow();
        assertThat(door.problems().toString()).contains("unknown protection 'anonymous-access-blocked'");
    }
}
