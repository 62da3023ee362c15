package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;

import dev.ronde.testing.Needs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The second half of the catalogue against the real servers of Debian: exposed, protected, and half-configured where that exists. */
@Tag("service")
class NetworkServicesTest {
    private static final String WEB_USERS = "--web.config.file=web.yml";
    private static final String TLS_SITE = "listen {port} ssl; ssl_certificate {cert}; ssl_certificate_key {key}; ";

    @Test
    @Needs({"etcd", "etcdctl"})
    void etcd() {
        judge(
                "etcd-anonymous",
                exposed(() -> Services.etcd(false, false), "fail [credentials-demanded]"),
                // users alone keep nobody out
                halfway(() -> Services.etcd(true, false), "fail [credentials-demanded]"),
                guarded(() -> Services.etcd(true, true), "pass"));
    }

    @Test
    @Needs("rsync")
    void rsync() {
        judge(
                "rsync-anonymous-module",
                Map.of("module", "backup"),
                exposed(() -> Services.rsync(), "fail [credentials-demanded]")
                        .and("module", "absent", "unknown")
                        .and("module", "", "unknown"),
                guarded(() -> Services.rsync("auth users = owner", "secrets file = secrets"), "pass"),
                guarded(() -> Services.rsync("hosts deny = *"), "pass"),
                halfway(() -> Services.rsync("max connections = -1"), "unknown"),
                halfway(() -> Services.rsync("path = /nowhere/at/all"), "unknown"));
    }

    @Test
    @Needs({"/usr/sbin/slapd", "openssl"})
    void ldap() {
        String suffix = "dc=example,dc=org";
        String tls = "TLSCertificateFile {cert}\nTLSCertificateKeyFile {key}";
        judge(
                "ldap-anonymous-search",
                Map.of("suffix", suffix),
                exposed(() -> Services.slapd(), "fail [anonymous-bind-refused, anonymous-search-refused, tls-offered]")
                        .and("ldap-anonymous-search", "fail [anonymous-bind-refused, tls-offered]"),
                // closed, but in the clear
                halfway(() -> Services.slapd("disallow bind_anon", "require authc"), "fail [tls-offered]"),
                halfway(() -> Services.slapd(tls, "disallow bind_anon"), "fail [anonymous-search-refused]")
                        // nobody knows whether that entry is hidden or absent, and without a suffix only its root is
                        // asked for
                        .and("suffix", "dc=exmaple,dc=org", "unknown")
                        .and("ldap-anonymous-search", "unknown"),
                guarded(() -> Services.slapd(tls, "disallow bind_anon", "require authc"), "pass")
                        .and("ldap-anonymous-search", "pass"),
                // refused in the clear, open behind TLS
                exposed(
                        () -> Services.slapd(tls, "security tls=1"),
                        "fail [anonymous-bind-refused, anonymous-search-refused]"),
                guarded(() -> Services.slapd(tls, "security tls=1", "disallow bind_anon", "require authc"), "pass"));
    }

    @Test
    @Needs("/usr/sbin/snmpd")
    void snmp() {
        judge(
                "snmp-default-community",
                exposed(() -> Services.snmpd("public"), "fail [default-community-refused]"),
                // silence proves nothing
                guarded(() -> Services.snmpd("n0t-so-public"), "unknown"));
    }

    @Test
    @Needs({"/usr/sbin/vsftpd", "openssl"})
    void ftp() {
        String tls = "ssl_enable=YES\nrsa_cert_file={cert}\nrsa_private_key_file={key}";
        String open = "anonymous_enable=YES\nlocal_enable=NO";
        String both = "anonymous_enable=YES\nlocal_enable=YES";
        String closed = "anonymous_enable=NO\nlocal_enable=YES";
        String tlsFirst = "allow_anon_ssl=YES\nforce_anon_logins_ssl=YES";
        judge(
                "ftp-anonymous-and-tls",
                exposed(() -> Services.vsftpd(open), "fail [anonymous-refused, tls-offered]"),
                // it asks everybody alike, so that only a password could tell
                halfway(() -> Services.vsftpd(both), "fail [tls-offered]").fact("user", "reply", "asks-everybody"),
                halfway(() -> Services.vsftpd(closed), "fail [tls-offered]"),
                halfway(() -> Services.vsftpd(tls, both, "force_local_logins_ssl=NO"), "unknown"),
                exposed(() -> Services.vsftpd(tls, open), "fail [anonymous-refused]"),
                halfway(() -> Services.vsftpd(tls, both), "unknown"),
                // it answers as the open one does
                guarded(() -> Services.vsftpd(tls, closed), "unknown"),
                // refused in the clear, open behind TLS
                exposed(() -> Services.vsftpd(tls, open, tlsFirst), "fail [anonymous-refused]"),
                // it refuses who has no certificate, behind the handshake
                guarded(() -> Services.vsftpd(tls, open, tlsFirst, "require_cert=YES", "ca_certs_file={cert}"), "pass"),
                guarded(
                        () -> Services.vsftpd(tls, closed, "userlist_enable=YES", "userlist_file={folder}/list"),
                        "pass"));
    }

    @Test
    @Needs({"/usr/sbin/sshd", "ssh-keygen"})
    void ssh() {
        judge(
                "ssh-algorithms",
                guarded(() -> Services.sshd(), "pass").other("telnet-open", "pass"),
                exposed(
                        () -> Services.sshd(
                                "KexAlgorithms +diffie-hellman-group14-sha1", "Ciphers +aes128-cbc", "MACs +hmac-md5"),
                        "fail [ciphers-current, key-exchange-current, macs-current]"));
    }

    @Test
    @Needs("/usr/sbin/dnsmasq")
    void dns() {
        judge(
                "dns-open-resolver",
                exposed(() -> Services.dnsmasq("--address=/example.com/192.0.2.1"), "fail [recursion-refused]"),
                guarded(() -> Services.dnsmasq("--local=/example.org/"), "pass"));
    }

    @Test
    @Needs("memcached")
    void memcachedOverUdp() {
        judge(
                "memcached-open-udp",
                exposed(() -> Services.memcachedUdp(), "fail [udp-silent]"),
                guarded(() -> Services.memcached(true), "pass"));
    }

    @Test
    @Needs({"docker-registry", "/usr/sbin/nginx"})
    void registry() {
        try (Service open = Services.registry(false)) {
            judge(
                    "registry-anonymous-pull",
                    exposed(() -> open, "fail [api-closed]"),
                    guarded(() -> Services.registry(true), "pass"),
                    // nobody pushes, everybody pulls
                    halfway(
                            () -> Services.before(
                                    open,
                                    "location /none { {ask} {pass} } location / { limit_except GET HEAD { deny all; } {pass} }"),
                            "fail [api-closed]"));
        }
    }

    /** Some proxies ask for a password, and not everywhere. */
    @Test
    @Needs({"prometheus-alertmanager", "/usr/sbin/nginx"})
    void alertmanager() {
        try (Service open = Services.alertmanager()) {
            judge(
                    "alertmanager-anonymous",
                    exposed(() -> open, "fail [api-closed]").other("kibana-anonymous", "unknown"),
                    guarded(() -> Services.alertmanager(WEB_USERS), "pass"),
                    halfway(
                            () -> Services.before(open, "location / { {ask} {pass} } location /api/ { {pass} }"),
                            "fail [api-closed]"),
                    guarded(() -> Services.before(open, "location / { {ask} {pass} }"), "pass"));
        }
    }

    @Test
    @Needs({"prometheus", "/usr/sbin/nginx"})
    void prometheus() {
        try (Service open = Services.prometheus()) {
            judge(
                    "prometheus-anonymous",
                    exposed(() -> open, "fail [api-closed]").other("alertmanager-anonymous", "unknown"),
                    guarded(() -> Services.prometheus(WEB_USERS), "pass"),
                    // an answer that names nothing is not another product; then it is asked where it is
                    exposed(() -> Services.prometheus("--web.route-prefix=/prom"), "unknown")
                            .and("prefix", "/prom", "fail [api-closed]"),
                    // the pages are closed, the API is not
                    halfway(
                            () -> Services.before(open, "location / { {ask} {pass} } location /api/ { {pass} }"),
                            "fail [api-closed]"),
                    // only its own figures are open
                    halfway(
                            () -> Services.before(open, "location / { {ask} {pass} } location /metrics { {pass} }"),
                            "pass"));
        }
    }

    @Test
    @Needs({"/usr/sbin/nginx", "openssl"})
    void webSites() {
        String headers = "add_header Strict-Transport-Security \"max-age=31536000\";"
                + " add_header X-Content-Type-Options nosniff; add_header X-Frame-Options DENY;";
        judge(
                "web-https-redirect-and-headers",
                guarded(() -> Services.nginx(TLS_SITE + headers, "index.html", "hello"), "pass"),
                halfway(
                        () -> Services.nginx(TLS_SITE, "index.html", "hello"),
                        "fail [frames-restricted, hsts, nosniff]"),
                exposed(() -> Services.nginx("listen {port};", "index.html", "hello"), "fail [leads-to-https]"),
                guarded(() -> Services.nginx("listen {port}; return 301 https://www.example.org$request_uri;"), "pass"),
                // a plain request to a port that only speaks TLS
                halfway(() -> Services.nginx("listen {port} ssl; ssl_reject_handshake on;"), "unknown")
                        .and("web-sensitive-paths", "unknown")
                        .and("web-directory-listing", "unknown"));
    }

    @Test
    @Needs({"/usr/sbin/nginx", "openssl"})
    void forgottenFilesAndListings() {
        String secret = "DB_PASSWORD={canary}\n" + "more ".repeat(4_000);
        String symfony =
                "# In all environments, the following files are loaded if they exist,\n# the latter ones win\n\n"
                        + "APP_SECRET={canary}\n";
        String[] all = {
            ".git/HEAD",
            "ref: refs/heads/main\n",
            ".env",
            secret,
            "actuator/env",
            "{\"activeProfiles\":[],\"propertySources\":[{\"name\":\"{canary}\"}]}"
        };
        String[] others = {"backup.sql", "{canary}", ".git/HEAD", "0123456789abcdef".repeat(4) + "\n", ".env", symfony};
        String[] odd = {"index.html", "<title>Directory Listing For [/]</title>", ".env", "no such thing"};
        judge(
                "web-sensitive-paths",
                exposed(() -> Services.nginx("listen {port}; autoindex on;", all), "fail [no-actuator, no-env, no-git]")
                        .and("web-directory-listing", "fail [no-listing]"),
                guarded(
                                () -> Services.nginx(
                                        "listen {port}; location ~ /\\. { deny all; }",
                                        "index.html",
                                        "hello",
                                        ".env",
                                        secret),
                                "pass")
                        .and("web-directory-listing", "pass"),
                exposed(() -> Services.nginx(TLS_SITE + "autoindex on;", ".env", secret), "fail [no-env]")
                        .and("web-directory-listing", "fail [no-listing]"),
                exposed(
                                () -> Services.nginx("listen {port}; autoindex on; autoindex_format json;", others),
                                "fail [no-env, no-git]")
                        .and("web-directory-listing", "fail [no-listing]"),
                halfway(() -> Services.nginx("listen {port};", odd), "unknown")
                        .and("web-directory-listing", "fail [no-listing]"));
    }
}
