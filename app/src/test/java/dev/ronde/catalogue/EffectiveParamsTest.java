package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Overlay;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters of one run: the check's own, and what tags of the asset make of them. */
class EffectiveParamsTest {
    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).load();

    /** Who names a port more must not silence the others. */
    @Test
    void aTagAddsToWhatCanOnlyBeAddedTo() {
        CheckDefinition check = check("azure-nsg-internet-to-sensitive-ports");
        List<Object> standard = sensitivePorts(EffectiveParams.defaults(check));
        EffectiveParams more = EffectiveParams.of(
                check, List.of("param:azure-nsg-internet-to-sensitive-ports.sensitivePorts=12345/tcp"));
        assertThat(sensitivePorts(more))
                .hasSize(standard.size() + 1)
                .containsAll(standard)
                .contains("12345/tcp");
        assertThat(more.origins()).containsEntry("sensitivePorts", "asset tag");
    }

    @Test
    void aTagReplacesAnyOtherAndOneOutOfBoundsIsNotTaken() {
        CheckDefinition check = check("tls-protocol-and-certificate");
        String tag = "param:tls-protocol-and-certificate.minRsaBits=";
        assertThat(EffectiveParams.of(check, List.of(tag + "4096")).values()).containsEntry("minRsaBits", 4096L);
        EffectiveParams refused = EffectiveParams.of(check, List.of(tag + "512"));
        assertThat(refused.values()).containsEntry("minRsaBits", 2048L);
        assertThat(refused.origins()).containsEntry("minRsaBits", "default");
    }

    private static List<Object> sensitivePorts(EffectiveParams params) {
        return List.copyOf((List<?>) params.values().get("sensitivePorts"));
    }

    private static CheckDefinition check(String id) {
        return CATALOGUE.find(id).orElseThrow().sound().orElseThrow();
    }
}
