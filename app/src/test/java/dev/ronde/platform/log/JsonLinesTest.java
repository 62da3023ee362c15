package dev.ronde.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The log for a collector: one object a line, whatever is in it. */
final class JsonLinesTest {
    private static JsonNode line(String message, Throwable failure) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("dev.ronde.Test");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, failure, null);
        event.setMDCPropertyMap(Map.of("request_id", "r-1"));
        String text = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        return Json.tree(text);
    }

    @Test
    void aLineHoldsWhatWasSaidAndWhatItWasAbout() {
        JsonNode line = line("it said \"no\"\nfor é and \u0007", null);
        assertThat(line.path("event").asString("")).isEqualTo("it said \"no\"\nfor é and \u0007");
        assertThat(line.path("level").asString("")).isEqualTo("WARN");
        assertThat(line.path("request_id").asString("")).isEqualTo("r-1");
        assertThat(Instant.parse(line.path("ts").asString(""))).isAfter(Instant.EPOCH);
        assertThat(line.has("error")).isFalse();
    }

    @Test
    void aFailureKeepsItsStackOnTheSameLine() {
        JsonNode line = line("failed", new IllegalStateException("broken", new IOException("disk")));
        assertThat(line.path("error").asString(""))
                .contains("IllegalStateException: broken", "Caused by: java.io.IOException: disk", "JsonLinesTest");
    }
}
