package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.ProbeResult;
import dev.ronde.testing.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TLS probe against OpenSSL, one protocol version at a time. */
@Tag("service")
@Needs("openssl")
class TlsServiceTest {
    private static final String TYPE = "tls.endpoint";

    @ParameterizedTest
    @CsvSource({"-tls1, tls10", "-tls1_1, tls11", "-tls1_2, tls12", "-tls1_3, tls13"})
    void seesEachVersionByItself(String option, String accepted) {
        try (Service server = Services.tls(Certificates.GOOD, option, "-cipher", "ALL:@SECLEVEL=0")) {
            Map<?, ?> tls = ServiceProbes.facts(ServiceProbes.collect(TYPE, server, "www.example.org"), "tls");
            assertThat(tls.get("outcome")).isEqualTo("response");
            for (String version : List.of("tls10", "tls11", "tls12", "tls13")) {
                assertThat(tls.get(version)).as(version).isEqualTo(version.equals(accepted) ? "accepted" : "refused");
            }
        }
    }

    @Test
    void seesAllVersionsTogether() {
        List<String> options = new ArrayList<>(List.of("-min_protocol", "TLSv1", "-cipher", "ALL:@SECLEVEL=0"));
        try (Service server = Services.tls(Certificates.GOOD, options.toArray(String[]::new))) {
            Map<?, ?> tls = ServiceProbes.facts(ServiceProbes.collect(TYPE, server), "tls");
            assertThat(tls)
                    .isEqualTo(Map.of(
                            "outcome",
                            "response",
                            "tls10",
                            "accepted",
                            "tls11",
                            "accepted",
                            "tls12",
                            "accepted",
                            "tls13",
                            "accepted"));
        }
    }

    @Test
    void readsTheCertificate() {
        try (Service server = Services.tls(Certificates.GOOD)) {
            ProbeResult.Collected named = ServiceProbes.collect(TYPE, server, "www.example.org");
            Map<?, ?> certificate = ServiceProbes.facts(named, "certificate");
            assertThat(certificate.get("nameMatches")).isEqualTo(true);
            assertThat(certificate.get("selfSigned")).isEqualTo(true);
            assertThat(certificate.get("chainTrusted")).isEqualTo(false);
            assertThat(certificate.get("keyType")).isEqualTo("RSA");
            assertThat(certificate.get("keyBits")).isEqualTo(2048L);
            assertThat(certificate.get("signatureHash")).isEqualTo("SHA256");
            assertThat((String) certificate.get("notAfter")).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z");
            assertThat(named.exchanges()).hasSize(5);
            Map<?, ?> other = ServiceProbes.facts(ServiceProbes.collect(TYPE, server, "example.org"), "certificate");
            assertThat(other.get("nameMatches")).isEqualTo(false);
        }
    }

    @Test
    void readsWeakKeysAndCurves() {
        try (Service weak = Services.tls(Certificates.WEAK, "-cipher", "ALL:@SECLEVEL=0");
                Service curve = Services.tls(Certificates.CURVE)) {
            Map<?, ?> old = ServiceProbes.facts(ServiceProbes.collect(TYPE, weak), "certificate");
            assertThat(old.get("keyBits")).isEqualTo(1024L);
            assertThat(old.get("signatureHash")).isEqualTo("SHA1");
            Map<?, ?> modern = ServiceProbes.facts(ServiceProbes.collect(TYPE, curve), "certificate");
            assertThat(modern.get("keyType")).isEqualTo("EC");
            assertThat(modern.get("keyBits")).isEqualTo(256L);
            assertThat(modern.get("nameMatches")).as("by its address").isEqualTo(true);
        }
    }

    @Test
    void otherProbesSpeakTlsWhereTheServerWantsIt() {
        try (Service server = Services.tls(Certificates.GOOD, "-www")) {
            Map<?, ?> root = ServiceProbes.facts(ServiceProbes.collect("elasticsearch.anonymous", server), "root");
            assertThat(root.get("overTls")).isEqualTo(true);
            assertThat(root.get("status")).isEqualTo(200L);
            assertThat(root.get("product")).isEqualTo("other");
        }
    }
}
