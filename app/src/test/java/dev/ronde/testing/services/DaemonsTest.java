package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;

import dev.ronde.testing.Needs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mail, names, files, data and desktops: the checks against the real servers of Debian, exposed, protected and half-configured. */
@Tag("service")
class DaemonsTest {
    @Test
    @Needs({"/usr/sbin/postfix", "openssl"})
    void mail() {
        judge(
                "mail-relay-and-starttls",
                exposed(() -> Daemons.postfix("open"), "fail [relay-closed, starttls-offered]"),
                // no relay, but in the clear
                halfway(() -> Daemons.postfix("half"), "fail [starttls-offered]"),
                guarded(() -> Daemons.postfix("deferring"), "pass"),
                guarded(() -> Daemons.postfix("closed"), "pass"),
                exposed(() -> Daemons.postfix("open-tls"), "fail [relay-closed]"),
                guarded(() -> Daemons.postfix("closed-tls"), "pass"),
                // it demands a certificate in words, and hangs up
                guarded(() -> Daemons.postfix("trusted-tls"), "unknown"));
    }

    @Test
    @Needs("/usr/sbin/named")
    void names() {
        String some = "recursion yes; allow-recursion { 192.0.2.0/24; }; dnssec-validation no;";
        judge(
                "dns-zone-transfer",
                Map.of("zone", "example.org"),
                exposed(() -> Daemons.named("any", "recursion no;"), "fail [transfer-refused]"),
                guarded(() -> Daemons.named("none", "recursion no;"), "pass").and("dns-open-resolver", "pass"),
                // this vantage is none of those it resolves for
                guarded(() -> Daemons.named("none", some), "pass").and("dns-open-resolver", "pass"));
    }

    @Test
    @Needs("/usr/sbin/smbd")
    void files() {
        judge(
                "smb-v1-and-signing",
                exposed(
                        () -> Daemons.smbd("server min protocol = NT1", "server signing = disabled"),
                        "fail [no-smb1, signing-demanded]"),
                halfway(
                        () -> Daemons.smbd("server min protocol = SMB2", "server signing = auto"),
                        "fail [signing-demanded]"),
                guarded(() -> Daemons.smbd("server min protocol = SMB2", "server signing = mandatory"), "pass"));
    }

    @Test
    @Needs("/usr/sbin/mariadbd")
    void data() {
        judge(
                "mysql-tls-and-auth-plugin",
                exposed(() -> Daemons.mariadb("--skip-ssl"), "fail [tls-offered]"),
                // offered, not demanded: what the check asks for
                halfway(() -> Daemons.mariadb("--ssl"), "pass"),
                guarded(() -> Daemons.mariadb("--ssl", "--require-secure-transport"), "pass"));
    }

    @Test
    @Needs("Xtigervnc")
    void desktops() {
        judge(
                "vnc-no-auth",
                exposed(() -> Daemons.vnc("None"), "fail [none-not-offered]"),
                // encrypted, for whoever comes
                exposed(() -> Daemons.vnc("TLSNone"), "fail [none-not-offered]"),
                halfway(() -> Daemons.vnc("VncAuth"), "fail [strong-type]"),
                // it lists nothing to a machine that connects and does not log in
                guarded(() -> Daemons.vnc("TLSVnc"), "pass").again(8).other("vnc-no-auth", "unknown"));
    }

    /** xrdp has no network level authentication; that a server which has it passes is judged by transcripts. */
    @Test
    @Needs({"/usr/sbin/xrdp", "openssl"})
    void remoteDesktop() {
        judge(
                "rdp-nla-required",
                exposed(() -> Daemons.xrdp("rdp"), "fail [nla-demanded]").fact("negotiation", "reply", "standard"),
                halfway(() -> Daemons.xrdp("tls"), "fail [nla-demanded]").fact("negotiation", "reply", "tls-required"));
    }

    @Test
    @Needs({"/usr/sbin/inetutils-inetd", "/usr/sbin/telnetd"})
    void telnet() {
        judge(
                "telnet-open",
                exposed(() -> Daemons.telnetd(), "fail [no-telnet]").and("network-device-telnet", "fail [no-telnet]"));
    }

    @Test
    @Needs({"ganesha.nfsd", "rpcbind", "socat", "ip", "unshare"})
    void networkFiles() {
        judge(
                "nfs-world-export",
                exposed(() -> NfsServer.exportingTo("*"), "fail [no-world-export]"),
                halfway(() -> NfsServer.exportingTo("127.0.0.0/8", "*", "10.20.0.0/16"), "fail [no-world-export]")
                        .fact("exports", "open", 1L),
                guarded(() -> NfsServer.exportingTo("127.0.0.0/8"), "pass"),
                // it lists what the one who asks may mount
                guarded(() -> NfsServer.exportingTo("10.20.0.0/16"), "pass"));
    }
}
