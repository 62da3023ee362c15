package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The second half of the catalogue against the real servers of Debian: exposed, protected, and half-configured where that exists. */
@Tag("service")
class NetworkServicesTest {
    @Test
    @Needs({"etcd", "etcdctl"})
    void etcd() {
        try (Service open = exposed(NetworkServices.etcd(false));
                Service half = halfway(NetworkServices.etcdHalf());
                Service closed = guarded(NetworkServices.etcd(true))) {
            assertThat(word("etcd-anonymous", open)).isEqualTo("fail [credentials-demanded]");
            assertThat(word("etcd-anonymous", half))
                    .as("users alone keep nobody out")
                    .isEqualTo("fail [credentials-demanded]");
            assertThat(word("etcd-anonymous", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("rsync")
    void rsync() {
        Map<String, String> module = Map.of("module", "backup");
        try (Service open = exposed(NetworkServices.rsync());
                Service closed = guarded(NetworkServices.rsync("auth users = owner", "secrets file = secrets"));
                Service denied = guarded(NetworkServices.rsync("hosts deny = *"));
                Service full = halfway(NetworkServices.rsync("max connections = -1"));
                Service gone = halfway(NetworkServices.rsync("path = /nowhere/at/all"))) {
            assertThat(word("rsync-anonymous-module", open, module)).isEqualTo("fail [credentials-demanded]");
            assertThat(word("rsync-anonymous-module", closed, module)).isEqualTo("pass");
            assertThat(word("rsync-anonymous-module", denied, module)).isEqualTo("pass");
            assertThat(word("rsync-anonymous-module", full, module)).isEqualTo("unknown");
            assertThat(word("rsync-anonymous-module", gone, module)).isEqualTo("unknown");
            assertThat(word("rsync-anonymous-module", open, Map.of("module", "absent")))
                    .isEqualTo("unknown");
            assertThat(word("rsync-anonymous-module", open))
                    .as("no module is configured")
                    .isEqualTo("unknown");
        }
    }

    @Test
    @Needs("/usr/sbin/slapd")
    void ldap() {
        Map<String, String> suffix = Map.of("suffix", "dc=example,dc=org");
        try (Service open = exposed(NetworkServices.slapd());
                Service closed = halfway(NetworkServices.slapd("disallow bind_anon", "require authc"))) {
            assertThat(word("ldap-anonymous-search", open, suffix))
                    .isEqualTo("fail [anonymous-bind-refused, anonymous-search-refused, tls-offered]");
            assertThat(word("ldap-anonymous-search", open)).isEqualTo("fail [anonymous-bind-refused, tls-offered]");
            assertThat(word("ldap-anonymous-search", closed, suffix))
                    .as("closed, but in the clear")
                    .isEqualTo("fail [tls-offered]");
        }
    }

    @Test
    @Needs({"/usr/sbin/slapd", "openssl"})
    void ldapWithoutAnyBind() {
        Map<String, String> suffix = Map.of("suffix", "dc=example,dc=org");
        Map<String, String> misspelt = Map.of("suffix", "dc=exmaple,dc=org");
        String tls = "TLSCertificateFile {cert}\nTLSCertificateKeyFile {key}";
        try (Service half = halfway(NetworkServices.slapd(tls, "disallow bind_anon"));
                Service closed = guarded(NetworkServices.slapd(tls, "disallow bind_anon", "require authc"));
                Service tlsFirst = exposed(NetworkServices.slapd(tls, "security tls=1"));
                Service closedBehindTls =
                        guarded(NetworkServices.slapd(tls, "security tls=1", "disallow bind_anon", "require authc"))) {
            assertThat(word("ldap-anonymous-search", half, suffix)).isEqualTo("fail [anonymous-search-refused]");
            assertThat(word("ldap-anonymous-search", half))
                    .as("only its root was asked for")
                    .isEqualTo("unknown");
            assertThat(word("ldap-anonymous-search", half, misspelt))
                    .as("nobody knows whether that entry is hidden or absent")
                    .isEqualTo("unknown");
            assertThat(word("ldap-anonymous-search", closed, suffix)).isEqualTo("pass");
            assertThat(word("ldap-anonymous-search", closed))
                    .as("not even the root is shown")
                    .isEqualTo("pass");
            assertThat(word("ldap-anonymous-search", tlsFirst, suffix))
                    .as("refused in the clear, open behind TLS")
                    .isEqualTo("fail [anonymous-bind-refused, anonymous-search-refused]");
            assertThat(word("ldap-anonymous-search", closedBehindTls, suffix)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("/usr/sbin/snmpd")
    void snmp() {
        try (Service open = exposed(NetworkServices.snmpd("public"));
                Service closed = guarded(NetworkServices.snmpd("n0t-so-public"))) {
            assertThat(word("snmp-default-community", open)).isEqualTo("fail [default-community-refused]");
            assertThat(word("snmp-default-community", closed))
                    .as("silence proves nothing")
                    .isEqualTo("unknown");
        }
    }

    @Test
    @Needs("/usr/sbin/vsftpd")
    void ftp() {
        try (Service open = exposed(NetworkServices.vsftpd("anonymous_enable=YES", "local_enable=NO"));
                Service both = halfway(NetworkServices.vsftpd("anonymous_enable=YES", "local_enable=YES"));
                Service closed = halfway(NetworkServices.vsftpd("anonymous_enable=NO", "local_enable=YES"))) {
            assertThat(word("ftp-anonymous-and-tls", open)).isEqualTo("fail [anonymous-refused, tls-offered]");
            assertThat(ServiceProbes.check("ftp-anonymous-and-tls", both)
                            .facts("user")
                            .get("reply"))
                    .as("it asks everybody alike, so that only a password could tell")
                    .isEqualTo("asks-everybody");
            assertThat(word("ftp-anonymous-and-tls", closed))
                    .as("closed, but in the clear")
                    .isEqualTo("fail [tls-offered]");
        }
    }

    @Test
    @Needs({"/usr/sbin/vsftpd", "openssl"})
    void ftpWithTls() {
        String tls = "ssl_enable=YES\nrsa_cert_file={cert}\nrsa_private_key_file={key}";
        String list = "userlist_enable=YES\nuserlist_file={folder}/list";
        try (Service both = halfway(NetworkServices.vsftpd(
                        tls, "anonymous_enable=YES", "local_enable=YES", "force_local_logins_ssl=NO"));
                Service anonymous = exposed(NetworkServices.vsftpd(tls, "anonymous_enable=YES", "local_enable=NO"));
                Service half = halfway(NetworkServices.vsftpd(tls, "anonymous_enable=YES", "local_enable=YES"));
                Service quiet = guarded(NetworkServices.vsftpd(tls, "anonymous_enable=NO", "local_enable=YES"));
                Service tlsFirst = exposed(NetworkServices.vsftpd(
                        tls,
                        "anonymous_enable=YES",
                        "local_enable=NO",
                        "allow_anon_ssl=YES",
                        "force_anon_logins_ssl=YES"));
                Service trusted = guarded(NetworkServices.vsftpd(
                        tls,
                        "anonymous_enable=YES",
                        "local_enable=NO",
                        "allow_anon_ssl=YES",
                        "force_anon_logins_ssl=YES",
                        "require_cert=YES",
                        "ca_certs_file={cert}"));
                Service closed =
                        guarded(NetworkServices.vsftpd(tls, list, "anonymous_enable=NO", "local_enable=YES"))) {
            assertThat(word("ftp-anonymous-and-tls", trusted))
                    .as("it refuses who has no certificate, behind the handshake")
                    .isEqualTo("pass");
            assertThat(word("ftp-anonymous-and-tls", both))
                    .as("only a password could tell")
                    .isEqualTo("unknown");
            assertThat(word("ftp-anonymous-and-tls", anonymous)).isEqualTo("fail [anonymous-refused]");
            assertThat(word("ftp-anonymous-and-tls", half)).isEqualTo("unknown");
            assertThat(word("ftp-anonymous-and-tls", quiet))
                    .as("it answers as the open one does")
                    .isEqualTo("unknown");
            assertThat(word("ftp-anonymous-and-tls", tlsFirst))
                    .as("refused in the clear, open behind TLS")
                    .isEqualTo("fail [anonymous-refused]");
            assertThat(word("ftp-anonymous-and-tls", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs({"/usr/sbin/sshd", "ssh-keygen"})
    void ssh() {
        try (Service current = guarded(NetworkServices.sshd());
                Service old = exposed(NetworkServices.sshd(
                        "KexAlgorithms +diffie-hellman-group14-sha1", "Ciphers +aes128-cbc", "MACs +hmac-md5"))) {
            assertThat(word("ssh-algorithms", current)).isEqualTo("pass");
            assertThat(word("ssh-algorithms", old))
                    .isEqualTo("fail [ciphers-current, key-exchange-current, macs-current]");
            assertThat(word("telnet-open", another(current)))
                    .as("another service on the port of Telnet")
                    .isEqualTo("pass");
        }
    }

    @Test
    @Needs("/usr/sbin/dnsmasq")
    void dns() {
        try (Service open = exposed(NetworkServices.dnsmasq(true));
                Service closed = guarded(NetworkServices.dnsmasq(false))) {
            assertThat(word("dns-open-resolver", open)).isEqualTo("fail [recursion-refused]");
            assertThat(word("dns-open-resolver", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("memcached")
    void memcachedOverUdp() {
        try (Service open = exposed(NetworkServices.memcachedUdp());
                Service closed = guarded(Services.memcached(true))) {
            assertThat(word("memcached-open-udp", open)).isEqualTo("fail [udp-silent]");
            assertThat(word("memcached-open-udp", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("docker-registry")
    void registry() {
        try (Service open = exposed(NetworkServices.registry(false));
                Service closed = guarded(NetworkServices.registry(true))) {
            assertThat(word("registry-anonymous-pull", open)).isEqualTo("fail [api-closed]");
            assertThat(word("registry-anonymous-pull", closed)).isEqualTo("pass");
        }
    }

    @Test
    @Needs("prometheus-alertmanager")
    void alertmanager() {
        try (Service open = exposed(NetworkServices.alertmanager(false));
                Service closed = guarded(NetworkServices.alertmanager(true))) {
            assertThat(word("alertmanager-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("alertmanager-anonymous", closed)).isEqualTo("pass");
            assertThat(word("kibana-anonymous", another(open)))
                    .as("it does not name what it is")
                    .isEqualTo("unknown");
        }
    }

    @Test
    @Needs("prometheus")
    void prometheus() {
        try (Service open = exposed(NetworkServices.prometheus(false));
                Service closed = guarded(NetworkServices.prometheus(true));
                Service prefixed = exposed(NetworkServices.prometheus(false, "--web.route-prefix=/prom"))) {
            assertThat(word("prometheus-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("prometheus-anonymous", closed)).isEqualTo("pass");
            assertThat(word("prometheus-anonymous", prefixed))
                    .as("an answer that names nothing is not another product")
                    .isEqualTo("unknown");
            assertThat(word("prometheus-anonymous", prefixed, Map.of("prefix", "/prom")))
                    .as("asked where it is")
                    .isEqualTo("fail [api-closed]");
            assertThat(word("alertmanager-anonymous", another(open))).isEqualTo("unknown");
        }
    }

    /** A proxy asks for a password, and not everywhere. */
    @Test
    @Needs({"prometheus", "prometheus-alertmanager", "docker-registry", "/usr/sbin/nginx"})
    void behindAProxyThatAsksHalfOfTheTime() {
        try (Service prometheus = NetworkServices.prometheus(false);
                Service alertmanager = NetworkServices.alertmanager(false);
                Service registry = NetworkServices.registry(false);
                Service pages = halfway(behind(prometheus, "/", "location /api/ { %s }"));
                Service metrics = halfway(behind(prometheus, "/", "location /metrics { %s }"));
                Service alerts = halfway(behind(alertmanager, "/", "location /api/ { %s }"));
                Service whole = guarded(behind(alertmanager, "/", ""));
                Service pulls =
                        halfway(behind(registry, "/none", "location / { limit_except GET HEAD { deny all; } %s }"))) {
            assertThat(word("prometheus-anonymous", pages))
                    .as("the pages are closed, the API is not")
                    .isEqualTo("fail [api-closed]");
            assertThat(word("prometheus-anonymous", metrics))
                    .as("only its own figures are open")
                    .isEqualTo("pass");
            assertThat(word("alertmanager-anonymous", alerts)).isEqualTo("fail [api-closed]");
            assertThat(word("alertmanager-anonymous", whole)).isEqualTo("pass");
            assertThat(word("registry-anonymous-pull", pulls))
                    .as("nobody pushes, everybody pulls")
                    .isEqualTo("fail [api-closed]");
        }
    }

    /** nginx before a service: a password for {@code closed}; {@code open} is a block that passes on what it takes. */
    private static Service behind(Service service, String closed, String open) {
        String pass = "proxy_pass http://127.0.0.1:" + service.port() + ";";
        return NetworkServices.nginx("listen {port}; location " + closed
                + " { auth_basic r; auth_basic_user_file {passwords}; " + pass + " } " + open.formatted(pass));
    }

    @Test
    @Needs({"/usr/sbin/nginx", "openssl"})
    void webSites() {
        String all =
                "add_header Strict-Transport-Security \"max-age=31536000\"; add_header X-Content-Type-Options nosniff;"
                        + " add_header X-Frame-Options DENY;";
        String tls = "listen {port} ssl; ssl_certificate {cert}; ssl_certificate_key {key}; ";
        try (Service good = guarded(NetworkServices.nginx(tls + all, "index.html", "hello"));
                Service bare = halfway(NetworkServices.nginx(tls, "index.html", "hello"));
                Service plain = exposed(NetworkServices.nginx("listen {port};", "index.html", "hello"));
                Service redirect = guarded(
                        NetworkServices.nginx("listen {port}; return 301 https://www.example.org$request_uri;"))) {
            assertThat(word("web-https-redirect-and-headers", good)).isEqualTo("pass");
            assertThat(word("web-https-redirect-and-headers", bare))
                    .isEqualTo("fail [frames-restricted, hsts, nosniff]");
            assertThat(word("web-https-redirect-and-headers", plain)).isEqualTo("fail [leads-to-https]");
            assertThat(word("web-https-redirect-and-headers", redirect)).isEqualTo("pass");
        }
    }

    @Test
    @Needs({"/usr/sbin/nginx", "openssl"})
    void forgottenFilesAndListings() {
        String secret = "DB_PASSWORD=" + Service.CANARY + "\n" + "more ".repeat(4_000);
        try (Service open = exposed(NetworkServices.nginx(
                        "listen {port}; autoindex on;",
                        ".git/HEAD",
                        "ref: refs/heads/main\n",
                        ".env",
                        secret,
                        "actuator/env",
                        "{\"activeProfiles\":[],\"propertySources\":[{\"name\":\"" + Service.CANARY + "\"}]}"));
                Service closed = guarded(NetworkServices.nginx(
                        "listen {port}; location ~ /\\. { deny all; }", "index.html", "hello", ".env", secret));
                Service tlsOnly = exposed(NetworkServices.nginx(
                        "listen {port} ssl; ssl_certificate {cert}; ssl_certificate_key {key}; autoindex on;",
                        ".env",
                        secret))) {
            assertThat(word("web-sensitive-paths", open)).isEqualTo("fail [no-actuator, no-env, no-git]");
            assertThat(word("web-sensitive-paths", closed)).isEqualTo("pass");
            assertThat(word("web-sensitive-paths", tlsOnly)).isEqualTo("fail [no-env]");
            assertThat(word("web-directory-listing", open)).isEqualTo("fail [no-listing]");
            assertThat(word("web-directory-listing", closed)).isEqualTo("pass");
            assertThat(word("web-directory-listing", tlsOnly)).isEqualTo("fail [no-listing]");
        }
    }

    @Test
    @Needs({"/usr/sbin/nginx", "openssl"})
    void filesAndListingsOfOtherForms() {
        String symfony =
                "# In all environments, the following files are loaded if they exist,\n# the latter ones win\n\n"
                        + "APP_SECRET=" + Service.CANARY + "\n";
        try (Service open = exposed(NetworkServices.nginx(
                        "listen {port}; autoindex on; autoindex_format json;",
                        "backup.sql",
                        Service.CANARY,
                        ".git/HEAD",
                        "0123456789abcdef".repeat(4) + "\n",
                        ".env",
                        symfony));
                Service odd = halfway(NetworkServices.nginx(
                        "listen {port};",
                        "index.html",
                        "<title>Directory Listing For [/]</title>",
                        ".env",
                        "no such thing"));
                Service elsewhere = halfway(NetworkServices.nginx("listen {port} ssl; ssl_reject_handshake on;"))) {
            assertThat(word("web-sensitive-paths", open)).isEqualTo("fail [no-env, no-git]");
            assertThat(word("web-directory-listing", open)).isEqualTo("fail [no-listing]");
            assertThat(word("web-sensitive-paths", odd)).isEqualTo("unknown");
            assertThat(word("web-directory-listing", odd)).isEqualTo("fail [no-listing]");
            for (String check :
                    List.of("web-sensitive-paths", "web-directory-listing", "web-https-redirect-and-headers")) {
                assertThat(word(check, elsewhere))
                        .as("a plain request to a port that only speaks TLS: " + check)
                        .isEqualTo("unknown");
            }
        }
    }

    private static String word(String check, Service service) {
        return ServiceProbes.check(check, service).word();
    }

    private static String word(String check, Service service, Map<String, String> options) {
        return ServiceProbes.checkWith(check, service, options).word();
    }
}
