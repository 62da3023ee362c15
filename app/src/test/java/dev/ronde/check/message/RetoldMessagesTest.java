package dev.ronde.check.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.TestChecks;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed at several addresses in several ways is told in the language of who reads, all of it. */
final class RetoldMessagesTest {
    private static final String OWN = "Open ({{facts.door.status}}), proven: {{facts.vantage.canaryOk}}.";
    private static final String FRENCH = """
            title: La porte est fermée
            rationale: Une porte ouverte laisse entrer des inconnus.
            remediation: {summary: Fermez-la., steps: [Poussez.], verify: Tirez.}
            messages: {closed: "Prouvé : {{facts.vantage.canaryOk}}. Ouverte ({{facts.door.status}})."}
            """;

    @TempDir
    Path folder;

    private CheckMessages texts;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("texts/fr"));
        Files.writeString(folder.resolve("texts/fr/door-closed.yaml"), FRENCH);
        TestChecks.writeDoor(folder, TestChecks.doorText().replace("Open ({{facts.door.status}}).", OWN));
        texts = new CheckMessages(TestChecks.load(folder), new Messages(Overlay.of("templates", null)));
    }

    private String told(String stored, Locale language) {
        Map<String, Object> details = Map.of(
                "assertions",
                List.of(Map.of("id", "closed", "result", "fail", "message", stored)),
                "facts",
                Map.of(
                        "vantage",
                        Map.of("zone", "internal", "canaryOk", true),
                        "door",
                        Map.of("state", "open", "status", 200)));
        return texts.messages("door-closed", Json.tree(Json.write(details)), language)
                .get(0)
                .told();
    }

    @Test
    void everyPartIsToldNotTheRecordedOneAlone() {
        String stored = "Open (200), proven: true. Seen at 192.0.2.1:80, 192.0.2.3:80."
                + " Open (204), proven: false. Seen at [2001:db8::1]:80.";
        assertThat(told(stored, Locale.FRENCH))
                .isEqualTo("Prouvé : oui. Ouverte (200). Constaté à 192.0.2.1:80, 192.0.2.3:80."
                        + " Prouvé : non. Ouverte (204). Constaté à [2001:db8::1]:80.");
        assertThat(told(stored, Locale.ENGLISH)).isEqualTo(stored);
    }

    /** Half of a sentence in another language would be neither. */
    @Test
    void whatAnOlderFileWordedStaysAsItIs() {
        String stored = "Open (200), proven: true. Seen at 192.0.2.1:80. Ajar (204). Seen at 192.0.2.2:80.";
        assertThat(told(stored, Locale.FRENCH)).isEqualTo(stored);
    }

    @Test
    void whatOnlyAnotherAddressFailedIsToldToo() {
        assertThat(told("Open (204), proven: true. Seen at 192.0.2.2:80.", Locale.FRENCH))
                .isEqualTo("Prouvé : oui. Ouverte (204). Constaté à 192.0.2.2:80.");
    }
}
