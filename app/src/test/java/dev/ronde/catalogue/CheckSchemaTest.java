package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema for editors takes every packaged check, and underlines what the loader would refuse. */
final class CheckSchemaTest {
    private static final Schema SCHEMA = schema();
    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).load();

    private static Schema schema() {
        try (InputStream in = CheckSchemaTest.class.getResourceAsStream("/checks/check.schema.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<CatalogueEntry> everyCheck() {
        return CATALOGUE.entries();
    }

    private static List<Error> errors(String yaml) {
        return errors(SCHEMA, yaml);
    }

    private static List<Error> errors(Schema schema, String yaml) {
        try {
            Object plain = Document.read(yaml).plain();
            return schema.validate(Json.write(plain), InputFormat.JSON);
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void takesEveryPackagedCheck(CatalogueEntry entry) {
        assertThat(errors(entry.text())).as(entry.id()).isEmpty();
    }

    /** With the names of the installation in it; still every packaged check fits, and a misspelt control does not. */
    @Test
    void theSchemaThatIsPrintedKnowsTheVocabulary() {
        Terminal.Run run = Terminal.run(Map.of(), "", "check", "schema");
        assertThat(run.code()).as(run.err()).isZero();
        Schema printed = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(run.out(), InputFormat.JSON);
        for (CatalogueEntry entry : CATALOGUE.entries()) {
            assertThat(errors(printed, entry.text())).as(entry.id()).isEmpty();
        }
        String sound = CATALOGUE.find("host-patch-level").orElseThrow().text();
        for (Map.Entry<String, String> mistake : Map.of(
                        "A.8.19", "A.88.19",
                        "protection: patch-level", "protection: patches",
                        "nist:", "nits:",
                        "host.\\*", "hots.*")
                .entrySet()) {
            assertThat(errors(printed, sound.replaceFirst(mistake.getKey(), mistake.getValue())))
                    .as(mistake.getValue())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void takesTheTextsOfEveryPackagedCheck(CatalogueEntry entry) {
        Terminal.Run run = Terminal.run(Map.of(), "", "check", "schema", "--texts");
        Schema texts = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(run.out(), InputFormat.JSON);
        String french = CATALOGUE.translations().files(entry).get("fr");
        assertThat(errors(texts, french)).as(entry.id()).isEmpty();
        assertThat(errors(texts, french.replaceFirst("rationale:", "rational:")))
                .as(entry.id())
                .isNotEmpty();
    }

    @Test
    void underlinesWhatTheLoaderRefuses() {
        String sound = CATALOGUE.find("redis-anonymous-access").orElseThrow().text();
        for (Map.Entry<String, String> mistake : Map.of(
                        "severity: critical", "severity: urgent",
                        "safety: read-only", "safety: intrusive",
                        "vantage: any", "vantage: outside",
                        "rationale:", "rational:",
                        "freshFor:", "freshfor:",
                        "apiVersion: checks/v1", "apiVersion: checks/v2",
                        "schedule: .*", "schedule: {onChange: false, freshFor: P2D}",
                        "facts: \\{.*", "params: {}}",
                        "evidence:", "evidences:")
                .entrySet()) {
            assertThat(sound).containsPattern(mistake.getKey());
            assertThat(errors(sound.replaceFirst(mistake.getKey(), mistake.getValue())))
                    .as(mistake.getValue())
                    .isNotEmpty();
        }
    }

    @Test
    void underlinesAQuestionToAPersonThatIsNone() {
        String sound = CATALOGUE.find("registrar-lock-attested").orElseThrow().text();
        for (String wrong : List.of(
                "{type: attestation}",
                "{type: attestation, frequency: yearly}",
                "{type: attestation, frequency: P365D, target: {host: a, port: 1}}",
                "{type: attestation, frequency: P365D, vantage: any}",
                "{type: attestation, frequency: P365D, safety: read-only}",
                "{type: snapshot, source: host.v1, frequency: P365D}")) {
            assertThat(errors(sound.replaceFirst("probe: .*", "probe: " + wrong)))
                    .as(wrong)
                    .isNotEmpty();
        }
    }
}
