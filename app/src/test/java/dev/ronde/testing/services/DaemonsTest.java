package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mail, names, files, data and desktops: the checks against the real servers of Debian, exposed, protected and half-configured. */
@Tag("service")
class DaemonsTest {
    @Test
    @Needs({"/usr/sbin/postfix", "openssl"})
    void mail() {
        try (Service open = exposed(Daemons.postfix("open"));
                Service half = halfway(Daemons.postfix("half"));
                Service deferring = guarded(Daemons.postfix("deferring"));
                Service closed = guarded(Daemons.postfix("closed"))) {
            assertThat(word("mail-relay-and-starttls", open)).isEqualTo("fail [relay-closed, starttls-offered]");
            assertThat(word("mail-relay-and-starttls", half))
                    .as("no relay, but in the clear")
                    .isEqualTo("fail [starttls-offered]");
            assertThat(word("mail-relay-and-starttls", deferring)).isEqualTo("pass");
            assertThat(word("mail-relay-and-starttls", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs({"/usr/sbin/postfix", "openssl"})
    void mailBehindTls() {
        try (Service open = exposed(Daemons.postfix("open-tls"));
                Service closed = guarded(Daemons.postfix("closed-tls"));
                Service trusted = guarded(Daemons.postfix("trusted-tls"))) {
            assertThat(word("mail-relay-and-starttls", open)).isEqualTo("fail [relay-closed]");
            assertThat(word("mail-relay-and-starttls", closed)).isEqualTo("pass");
            assertThat(word("mail-relay-and-starttls", trusted))
                    .as("it demands a certificate in words, and hangs up")
                    .isEqualTo("unknown");
        }
    }

    @Test
    @Needs("/usr/sbin/named")
    void zoneTransfer() {
        try (Service open = exposed(Daemons.named(true));
                Service closed = guarded(Daemons.named(false))) {
            assertThat(word("dns-zone-transfer", open, Map.of("zone", "example.org")))
                    .isEqualTo("fail [transfer-refused]");
            assertThat(word("dns-zone-transfer", closed, Map.of("zone", "example.org")))
                    .isEqualTo("pass");
            assertThat(word("dns-open-resolver", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("/usr/sbin/named")
    void resolvingForSome() {
        try (Service others = guarded(Daemons.namedResolvingFor("192.0.2.0/24"))) {
            assertThat(word("dns-open-resolver", others))
                    .as("this vantage is none of those it resolves for")
                    .isEqualTo("pass");
        }
    }

    @Test
    @Needs("/usr/sbin/smbd")
    void files() {
        try (Service old = exposed(Daemons.smbd("server min protocol = NT1", "server signing = disabled"));
                Service half = halfway(Daemons.smbd("server min protocol = SMB2", "server signing = auto"));
                Service strict = guarded(Daemons.smbd("server min protocol = SMB2", "server signing = mandatory"))) {
            assertThat(word("smb-v1-and-signing", old)).isEqualTo("fail [no-smb1, signing-demanded]");
            assertThat(word("smb-v1-and-signing", half)).isEqualTo("fail [signing-demanded]");
            assertThat(word("smb-v1-and-signing", strict)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("/usr/sbin/mariadbd")
    void data() {
        try (Service clear = exposed(Daemons.mariadb("--skip-ssl"));
                Service tls = halfway(Daemons.mariadbWithTls());
                Service required = guarded(Daemons.mariadb("--ssl", "--require-secure-transport"))) {
            assertThat(word("mysql-tls-and-auth-plugin", clear)).isEqualTo("fail [tls-offered]");
            assertThat(word("mysql-tls-and-auth-plugin", tls))
                    .as("offered, not demanded: what the check asks for")
                    .isEqualTo("pass");
            assertThat(word("mysql-tls-and-auth-plugin", required)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("Xtigervnc")
    void desktops() {
        try (Service open = exposed(Daemons.vnc("None"));
                Service encrypted = exposed(Daemons.vnc("TLSNone"));
                Service weak = halfway(Daemons.vnc("VncAuth"));
                Service strong = guarded(Daemons.vnc("TLSVnc"))) {
            assertThat(word("vnc-no-auth", open)).isEqualTo("fail [none-not-offered]");
            assertThat(word("vnc-no-auth", encrypted))
                    .as("encrypted, for whoever comes")
                    .isEqualTo("fail [none-not-offered]");
            assertThat(word("vnc-no-auth", weak)).isEqualTo("fail [strong-type]");
            assertThat(word("vnc-no-auth", strong)).isEqualTo("pass");
            for (int more = 0; more < 8; more++) {
                word("vnc-no-auth", strong);
            }
            assertThat(word("vnc-no-auth", another(strong)))
                    .as("it lists nothing to a machine that connects and does not log in")
                    .isEqualTo("unknown");
        }
    }

    /** xrdp has no network level authentication; that a server which has it passes is judged by transcripts. */
    @Test
    @Needs({"/usr/sbin/xrdp", "openssl"})
    void remoteDesktop() {
        try (Service clear = exposed(Daemons.xrdp("rdp"));
                Service tls = halfway(Daemons.xrdp("tls"))) {
            Verdict exposed = ServiceProbes.check("rdp-nla-required", clear);
            assertThat(exposed.word()).isEqualTo("fail [nla-demanded]");
            assertThat(exposed.facts("negotiation").get("reply")).isEqualTo("standard");
            Verdict half = ServiceProbes.check("rdp-nla-required", tls);
            assertThat(half.word()).isEqualTo("fail [nla-demanded]");
            assertThat(half.facts("negotiation").get("reply")).isEqualTo("tls-required");
        }
    }

    @Test
    @Needs({"/usr/sbin/inetutils-inetd", "/usr/sbin/telnetd"})
    void telnet() {
        try (Service open = exposed(Daemons.telnetd())) {
            assertThat(word("telnet-open", open)).isEqualTo("fail [no-telnet]");
            assertThat(word("network-device-telnet", open)).isEqualTo("fail [no-telnet]");
        }
    }

    @Test
    @Needs("prometheus")
    void metrics() {
        try (Service open = exposed(Daemons.prometheus(false));
                Service closed = guarded(Daemons.prometheus(true))) {
            assertThat(word("prometheus-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("prometheus-anonymous", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs({"ganesha.nfsd", "rpcbind", "socat", "ip", "unshare"})
    void networkFiles() {
        try (Service open = exposed(NfsServer.exportingTo("*"));
                Service half = halfway(NfsServer.exportingTo("127.0.0.0/8", "*", "10.20.0.0/16"));
                Service closed = guarded(NfsServer.exportingTo("127.0.0.0/8"));
                Service others = guarded(NfsServer.exportingTo("10.20.0.0/16"))) {
            assertThat(word("nfs-world-export", open)).isEqualTo("fail [no-world-export]");
            Verdict partly = ServiceProbes.check("nfs-world-export", half);
            assertThat(partly.word()).isEqualTo("fail [no-world-export]");
            assertThat(partly.facts("exports").get("open")).isEqualTo(1L);
            assertThat(word("nfs-world-export", closed)).isEqualTo("pass");
            assertThat(word("nfs-world-export", others))
                    .as("it lists what the one who asks may mount")
                    .isEqualTo("pass");
        }
    }

    private static String word(String check, Service service) {
        return ServiceProbes.check(check, service).word();
    }

    private static String word(String check, Service service, Map<String, String> options) {
        return ServiceProbes.checkWith(check, service, options).word();
    }
}
