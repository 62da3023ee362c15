package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checks of domains against BIND: zones with everything, with nothing and with half of it, and resolvers of all kinds. */
@Tag("service")
@Needs({"/usr/sbin/named", "dnssec-signzone"})
class DomainServiceTest {
    private static NameServers names;
    private static Service resolver;

    @BeforeAll
    static void start() {
        names = NameServers.start();
        resolver = names.resolver("127.0.0.0/8", true);
    }

    @AfterAll
    static void stop() {
        resolver.close();
        names.close();
    }

    @Test
    void mail() {
        assertThat(word("domain-mail-authenticity", guarded(resolver), "good.example"))
                .isEqualTo("pass");
        assertThat(word("domain-mail-authenticity", guarded(resolver), "silent.example"))
                .as("it takes no mail and sends none")
                .isEqualTo("pass");
        assertThat(word("domain-mail-authenticity", exposed(resolver), "bare.example"))
                .isEqualTo("fail [dmarc-acts, mta-sts-announced, spf-closes]");
        assertThat(word("domain-mail-authenticity", halfway(resolver), "half.example"))
                .as("a fifth of the mail")
                .isEqualTo("fail [dmarc-covers-all, mta-sts-announced]");
        assertThat(word("domain-mail-authenticity", halfway(resolver), "shop.deep.good.example"))
                .as("it has the DMARC of the domain above it, and no SPF")
                .isEqualTo("fail [spf-closes]");
    }

    @Test
    void signaturesAndAuthorities() {
        assertThat(word("domain-dns-authenticity", guarded(resolver), "good.example"))
                .isEqualTo("pass");
        assertThat(word("domain-dns-authenticity", guarded(resolver), "shop.deep.good.example"))
                .as("a name inside the zone has what the zone has")
                .isEqualTo("pass");
        assertThat(word("domain-dns-authenticity", exposed(resolver), "bare.example"))
                .isEqualTo("fail [caa-restricts, dnssec-signed]");
        assertThat(word("domain-dns-authenticity", halfway(resolver), "half.example"))
                .as("signed, and the parent does not say so; CAA without an authority")
                .isEqualTo("fail [caa-restricts, dnssec-signed]");
        assertThat(facts("domain-dns-authenticity", halfway(resolver), "half.example", "zone"))
                .containsEntry("dnssec", "island")
                .containsEntry("caa", "unrestricted");
        assertThat(word("domain-dns-authenticity", halfway(resolver), "silent.example"))
                .isEqualTo("fail [caa-restricts]");
        assertThat(word("domain-dns-authenticity", exposed(resolver), "wrong.example"))
                .as("signatures that ended years ago")
                .isEqualTo("fail [dnssec-signed]");
        assertThat(facts("domain-dns-authenticity", exposed(resolver), "wrong.example", "zone"))
                .containsEntry("dnssec", "bogus");
    }

    @Test
    void targetsThatAreGone() {
        assertThat(word("dangling-dns", guarded(resolver), "good.example")).isEqualTo("pass");
        assertThat(facts("dangling-dns", guarded(resolver), "good.example", "records"))
                .as("www and the name server")
                .containsEntry("looked", 2L);
        assertThat(word("dangling-dns", exposed(resolver), "bare.example"))
                .isEqualTo("fail [no-alias-dangles, no-name-server-dangles]");
        assertThat(facts("dangling-dns", exposed(resolver), "bare.example", "records"))
                .containsEntry(
                        "dangling",
                        List.of(
                                Map.of("kind", "cname", "name", "www.bare.example", "target", "gone.other.example"),
                                Map.of("kind", "ns", "name", "bare.example", "target", "ns.gone.example")));
        assertThat(word("dangling-dns", halfway(resolver), "half.example", "www"))
                .as("only www is looked at")
                .isEqualTo("pass");
        assertThat(word("dangling-dns", exposed(resolver), "bare.example", "bare.example"))
                .as("www is looked at whatever is listed")
                .isEqualTo("fail [no-alias-dangles, no-name-server-dangles]");
        assertThat(word("dangling-dns", guarded(resolver), "good.example", "not-there"))
                .isEqualTo("unknown");
        assertThat(word("dangling-dns", halfway(resolver), "half.example", "www,old"))
                .isEqualTo("fail [no-alias-dangles]");
        assertThat(word("dangling-dns", another(resolver), "lost.example"))
                .as("nobody serves the zone of the target, which may come back")
                .isEqualTo("unknown");
    }

    @Test
    void noSuchDomainAndNone() {
        for (String check : List.of("domain-mail-authenticity", "domain-dns-authenticity", "dangling-dns")) {
            assertThat(word(check, another(resolver), "nothing-here.example"))
                    .as(check)
                    .isEqualTo("unknown");
            assertThat(ServiceProbes.check(check, another(resolver)).judgement().reason())
                    .as(check)
                    .isEqualTo("domain-not-named");
        }
    }

    /** Its own zones it tells, but it resolves for nobody; the other resolves for somebody else. */
    @Test
    void aServerThatDoesNotResolveForUsDecidesNothing() {
        try (Service others = names.resolver("192.0.2.0/24", true)) {
            for (String check : List.of("domain-mail-authenticity", "domain-dns-authenticity", "dangling-dns")) {
                for (Service server : List.of(names.authority(), others)) {
                    assertThat(word(check, another(server), "good.example"))
                            .as(check)
                            .isEqualTo("unknown");
                    assertThat(reason(check, server, "good.example")).as(check).isEqualTo("resolver-undecided");
                }
            }
        }
    }

    @Test
    void aResolverThatDoesNotValidateProvesNoSignature() {
        try (Service trusting = names.resolver("127.0.0.0/8", false)) {
            assertThat(word("domain-dns-authenticity", another(trusting), "good.example"))
                    .isEqualTo("unknown");
            assertThat(reason("domain-dns-authenticity", trusting, "good.example"))
                    .isEqualTo("resolver-not-validating");
            assertThat(word("domain-dns-authenticity", exposed(trusting), "bare.example"))
                    .isEqualTo("fail [caa-restricts, dnssec-signed]");
            assertThat(word("domain-dns-authenticity", another(trusting), "wrong.example"))
                    .as("it tells what it did not check")
                    .isEqualTo("unknown");
        }
    }

    private static Map<String, String> of(String domain, String names) {
        return Map.of("domain", domain, "names", names);
    }

    private static String word(String check, Service service, String domain) {
        return word(check, service, domain, "www");
    }

    private static String word(String check, Service service, String domain, String names) {
        return ServiceProbes.checkWith(check, service, of(domain, names)).word();
    }

    private static String reason(String check, Service service, String domain) {
        return ServiceProbes.checkWith(check, another(service), of(domain, "www"))
                .judgement()
                .reason();
    }

    private static Map<String, Object> facts(String check, Service service, String domain, String part) {
        Map<String, Object> facts = new HashMap<>();
        ServiceProbes.checkWith(check, service, of(domain, "www"))
                .facts(part)
                .forEach((name, value) -> facts.put(String.valueOf(name), value));
        return facts;
    }
}
