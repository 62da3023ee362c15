package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.Exchange;
import dev.ronde.testing.Needs;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TLS probe against OpenSSL, one protocol version at a time. */
@Tag("service")
@Needs("openssl")
class TlsServiceTest {
    private static final String CHECK = "tls-protocol-and-certificate";

    @ParameterizedTest
    @CsvSource({"-tls1, tls10", "-tls1_1, tls11", "-tls1_2, tls12", "-tls1_3, tls13"})
    void seesEachVersionByItself(String option, String accepted) {
        try (Service server = halfway(Services.tls(Certificates.GOOD, option, "-cipher", "ALL:@SECLEVEL=0"))) {
            Map<?, ?> tls =
                    ServiceProbes.check(CHECK, server, "www.example.org").facts("tls");
            assertThat(tls.get("outcome")).isEqualTo("response");
            for (String version : List.of("tls10", "tls11", "tls12", "tls13")) {
                assertThat(tls.get(version)).as(version).isEqualTo(version.equals(accepted) ? "accepted" : "refused");
            }
        }
    }

    @Test
    void seesAllVersionsTogether() {
        List<String> options = new ArrayList<>(List.of("-min_protocol", "TLSv1", "-cipher", "ALL:@SECLEVEL=0"));
        try (Service server = halfway(Services.tls(Certificates.GOOD, options.toArray(String[]::new)))) {
            Map<?, ?> tls = ServiceProbes.check(CHECK, server).facts("tls");
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
        try (Service server = halfway(Services.tls(Certificates.GOOD))) {
            Verdict named = ServiceProbes.check(CHECK, server, "www.example.org");
            Map<?, ?> certificate = named.facts("certificate");
            assertThat(certificate.get("nameMatches")).isEqualTo(true);
            assertThat(certificate.get("selfSigned")).isEqualTo(true);
            assertThat(certificate.get("chainTrusted")).isEqualTo(false);
            assertThat(certificate.get("keyType")).isEqualTo("RSA");
            assertThat(certificate.get("keyBits")).isEqualTo(2048L);
            assertThat(certificate.get("signatureHash")).isEqualTo("SHA256");
            assertThat((String) certificate.get("notAfter")).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z");
            assertThat(named.result().exchanges())
                    .as(
                            "the answer of 1.2 shows the certificate and tells of 1.3, and 1.0 is not asked where 1.1 was too old")
                    .extracting(Exchange::what)
                    .containsExactly("TLS12 ClientHello", "TLS11 ClientHello");
            assertThat(named.word()).isEqualTo("fail [certificate-trusted]");
            Map<?, ?> other = ServiceProbes.check(CHECK, server, "example.org").facts("certificate");
            assertThat(other.get("nameMatches")).isEqualTo(false);
        }
    }

    @Test
    void passesWithACertificateItTrusts() throws IOException, GeneralSecurityException {
        RunningService trusted = (RunningService) Services.tls(Certificates.GOOD);
        Path folder = trusted.setup().folder();
        try (Service server = guarded(trusted)) {
            assertThat(trusting(
                            folder,
                            () -> ServiceProbes.check(CHECK, server, "www.example.org")
                                    .word()))
                    .isEqualTo("pass");
        }
    }

    /** What comes out where this Java trusts the certificate of the folder. */
    private static String trusting(Path folder, Supplier<String> check) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(folder.resolve("cert.pem"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        Path stored = folder.resolve("trust.p12");
        try (OutputStream file = Files.newOutputStream(stored)) {
            store.store(file, "changeit".toCharArray());
        }
        Map<String, String> trust =
                Map.of("javax.net.ssl.trustStore", stored.toString(), "javax.net.ssl.trustStorePassword", "changeit");
        trust.forEach(System::setProperty);
        try {
            return check.get();
        } finally {
            trust.keySet().forEach(System::clearProperty);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1, 'TLS12 ClientHello,TLS11 ClientHello,TLS10 ClientHello,TLS13 ClientHello,TLS13 ClientHello with key share'",
        "-tls1_2, 'TLS12 ClientHello,TLS11 ClientHello,TLS13 ClientHello,TLS13 ClientHello with key share'",
        "-tls1_3, 'TLS12 ClientHello,TLS13 ClientHello,certificate'"
    })
    void readsTheCertificateOfAnyVersion(String option, String exchanges) {
        try (Service server = halfway(Services.tls(Certificates.GOOD, option, "-cipher", "ALL:@SECLEVEL=0"))) {
            Verdict verdict = ServiceProbes.check(CHECK, server, "www.example.org");
            Map<String, Object> seen = new HashMap<>();
            verdict.facts("certificate").forEach((key, value) -> seen.put(String.valueOf(key), value));
            assertThat(seen)
                    .containsEntry("keyType", "RSA")
                    .containsEntry("keyBits", 2048L)
                    .containsEntry("signatureHash", "SHA256")
                    .containsEntry("nameMatches", true);
            assertThat(verdict.result().exchanges()).extracting(Exchange::what).containsExactly(exchanges.split(","));
        }
    }

    @Test
    void readsTheCertificateOfAServerThatWantsOneToo() {
        try (Service server = halfway(Services.tls(Certificates.GOOD, "-tls1_2", "-Verify", "1"))) {
            assertThat(ServiceProbes.check(CHECK, server).facts("certificate").get("keyBits"))
                    .isEqualTo(2048L);
        }
    }

    @Test
    void judgesOldVersionsAndWeakKeys() {
        try (Service old =
                exposed(Services.tls(Certificates.WEAK, "-min_protocol", "TLSv1", "-cipher", "ALL:@SECLEVEL=0"))) {
            assertThat(ServiceProbes.check(CHECK, old, "www.example.org")
                            .judgement()
                            .failed())
                    .contains("old-versions-off", "key-strong-enough", "certificate-not-about-to-expire");
        }
    }

    @Test
    void readsWeakKeysAndCurves() {
        try (Service weak = exposed(Services.tls(Certificates.WEAK, "-cipher", "ALL:@SECLEVEL=0"));
                Service curve = halfway(Services.tls(Certificates.CURVE))) {
            Map<?, ?> old = ServiceProbes.check(CHECK, weak).facts("certificate");
            assertThat(old.get("keyBits")).isEqualTo(1024L);
            assertThat(old.get("signatureHash")).isEqualTo("SHA1");
            Map<?, ?> modern = ServiceProbes.check(CHECK, curve).facts("certificate");
            assertThat(modern.get("keyType")).isEqualTo("EC");
            assertThat(modern.get("keyBits")).isEqualTo(256L);
            assertThat(modern.get("nameMatches")).as("by its address").isEqualTo(true);
        }
    }

    @Test
    void readsModernSignatures() {
        try (Service pss = halfway(Services.tls(Certificates.PSS));
                Service edwards = halfway(Services.tls(Certificates.EDWARDS))) {
            Map<?, ?> padded = ServiceProbes.check(CHECK, pss).facts("certificate");
            assertThat(padded.get("signatureHash")).isEqualTo("SHA384");
            assertThat(padded.get("keyBits")).isEqualTo(3072L);
            Map<?, ?> twisted = ServiceProbes.check(CHECK, edwards).facts("certificate");
            assertThat(twisted.get("keyType")).isEqualTo("EdDSA");
            assertThat(twisted.get("keyBits")).isEqualTo(256L);
            assertThat(twisted.get("signatureHash")).isEqualTo("SHA512");
        }
    }

    @Test
    void otherProbesSpeakTlsWhereTheServerWantsIt() {
        try (Service server = halfway(Services.tls(Certificates.GOOD, "-www"))) {
            Map<?, ?> root = ServiceProbes.check("elasticsearch-anonymous-access", another(server))
                    .facts("root");
            assertThat(root.get("overTls")).isEqualTo(true);
            assertThat(root.get("status")).isEqualTo(200L);
            assertThat(root.get("product")).isEqualTo("other");
        }
    }
}
