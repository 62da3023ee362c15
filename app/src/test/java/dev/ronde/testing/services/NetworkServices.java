package dev.ronde.testing.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers of the network that come as Debian packages, exposed, protected or half of both. */
final class NetworkServices {
    private NetworkServices() {}

    /** etcd with one key that holds the canary; protected means that authentication is on. */
    static Service etcd(boolean isProtected) {
        return etcd(isProtected, isProtected);
    }

    /** etcd with users, and nobody asked who they are. */
    static Service etcdHalf() {
        return etcd(true, false);
    }

    private static Service etcd(boolean users, boolean isProtected) {
        int port = ServiceProcess.freePort();
        int peers = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        String url = "http://127.0.0.1:" + port;
        Service etcd = tcp(
                port,
                folder,
                List.of(
                        "etcd",
                        "--data-dir",
                        "data",
                        "--listen-client-urls",
                        url,
                        "--advertise-client-urls",
                        url,
                        "--listen-peer-urls",
                        "http://127.0.0.1:" + peers));
        control(folder, url, List.of("put", "customer", Service.CANARY));
        if (users) {
            control(folder, url, List.of("user", "add", "root:s3cret"));
            control(folder, url, List.of("user", "grant-role", "root", "root"));
        }
        if (isProtected) {
            control(folder, url, List.of("auth", "enable"));
        }
        return etcd;
    }

    private static void control(Path folder, String url, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints", url));
        command.addAll(arguments);
        ServiceProcess.run(folder, command);
    }

    /** The rsync daemon with the module {@code open} and one that {@code settings} protect. */
    static Service rsync(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("customers.txt"), Service.CANARY);
        Services.write(folder.resolve("secrets"), "owner:s3cret\n");
        ServiceProcess.run(folder, List.of("chmod", "600", "secrets"));
        Services.write(
                folder.resolve("rsyncd.conf"),
                "use chroot = no\n[backup]\npath = " + folder + "\n" + String.join("\n", settings) + "\n");
        return tcp(
                port,
                folder,
                List.of(
                        "rsync",
                        "--daemon",
                        "--no-detach",
                        "--address=127.0.0.1",
                        "--port=" + port,
                        "--config=rsyncd.conf"));
    }

    /** OpenLDAP with one entry and these global settings, {@code {cert}} and {@code {key}} of which are a certificate's. */
    static Service slapd(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        String global = withCertificate(String.join("\n", settings), folder);
        Services.write(
                folder.resolve("slapd.conf"),
                "include /etc/ldap/schema/core.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile " + folder
                        + "/pid\n" + global
                        + "\ndatabase mdb\nsuffix \"dc=example,dc=org\"\nrootdn \"cn=admin,dc=example,dc=org\"\n"
                        + "directory " + folder + "\n");
        Services.write(
                folder.resolve("entry.ldif"),
                "dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: "
                        + Service.CANARY + "\n");
        ServiceProcess.run(folder, List.of("slapadd", "-f", "slapd.conf", "-l", "entry.ldif"));
        return tcp(port, folder, List.of("slapd", "-d", "0", "-f", "slapd.conf", "-h", "ldap://127.0.0.1:" + port));
    }

    /** Net-SNMP with the community, or without any. */
    static Service snmpd(String community) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(
                folder.resolve("snmpd.conf"),
                (community.isEmpty() ? "" : "rocommunity " + community + " 127.0.0.1\n") + "sysName " + Service.CANARY
                        + "\n");
        ServiceProcess process = ServiceProcess.start(
                folder,
                List.of(
                        "snmpd",
                        "-f",
                        "-Lo",
                        "-C",
                        "-c",
                        "snmpd.conf",
                        "-p",
                        folder + "/pid",
                        "udp:127.0.0.1:" + port));
        process.awaitLine("NET-SNMP");
        return new RunningService(port, process);
    }

    /** vsftpd with these settings; {@code {cert}} and {@code {key}} are a certificate's, {@code {folder}} holds a list of the names of anonymous. */
    static Service vsftpd(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Path empty = folder.resolve("empty");
        mkdir(empty);
        Services.write(folder.resolve("list"), "anonymous\nftp\n");
        Services.write(
                folder.resolve("vsftpd.conf"),
                "listen=YES\nbackground=NO\nlisten_address=127.0.0.1\nlisten_port=" + port + "\nseccomp_sandbox=NO\n"
                        + "secure_chroot_dir=" + empty + "\nanon_root=" + empty
                        + "\nnopriv_user=nobody\nftp_username=nobody\n"
                        + withCertificate(String.join("\n", settings), folder).replace("{folder}", folder.toString())
                        + "\n");
        return tcp(port, folder, List.of("vsftpd", folder + "/vsftpd.conf"));
    }

    /** OpenSSH with these settings. */
    static Service sshd(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        ServiceProcess.run(folder, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"));
        mkdir(Path.of("/run/sshd"));
        Services.write(
                folder.resolve("sshd_config"),
                "Port " + port + "\nListenAddress 127.0.0.1\nHostKey " + folder + "/key\nPidFile " + folder + "/pid\n"
                        + String.join("\n", settings) + "\n");
        return tcp(port, folder, List.of("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/sshd_config"));
    }

    /** dnsmasq that resolves for anybody, or knows only its own names. */
    static Service dnsmasq(boolean recursive) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        List<String> command = new ArrayList<>(List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--no-resolv",
                "--no-hosts",
                "--conf-file=/dev/null",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port,
                "--pid-file=" + folder + "/pid",
                "--user=" + System.getProperty("user.name")));
        command.add(recursive ? "--address=/example.com/192.0.2.1" : "--local=/example.org/");
        return tcp(port, folder, command);
    }

    /** nginx with this server block; its root holds the named files, each with the given content. */
    static Service nginx(String server, String... files) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Path root = folder.resolve("www");
        mkdir(root);
        for (int i = 0; i + 1 < files.length; i += 2) {
            Path file = root.resolve(files[i]);
            mkdir(file.getParent());
            Services.write(file, files[i + 1]);
        }
        Services.write(folder.resolve("passwords"), "owner:{PLAIN}s3cret\n");
        Services.write(
                folder.resolve("nginx.conf"),
                "daemon off; pid " + folder + "/pid; error_log stderr; user root;\nevents {}\nhttp { access_log off;\n"
                        + "client_body_temp_path " + folder + "/b; proxy_temp_path " + folder + "/p; fastcgi_temp_path "
                        + folder + "/f; uwsgi_temp_path " + folder + "/u; scgi_temp_path " + folder + "/s;\n"
                        + "server { root " + root + ";\n"
                        + withCertificate(server, folder)
                                .replace("{port}", "127.0.0.1:" + port)
                                .replace("{passwords}", folder + "/passwords")
                        + "\n} }\n");
        return tcp(
                port, folder, List.of("nginx", "-e", "stderr", "-c", folder + "/nginx.conf", "-p", folder.toString()));
    }

    /** The image registry of Debian, open or with a password file. */
    static Service registry(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(
                folder.resolve("config.yml"),
                "version: 0.1\nstorage: {filesystem: {rootdirectory: " + folder + "/images}}\nhttp: {addr: 127.0.0.1:"
                        + port
                        + "}\n"
                        + (isProtected ? "auth: {htpasswd: {realm: r, path: " + folder + "/htpasswd}}\n" : ""));
        Services.write(
                folder.resolve("htpasswd"), "owner:$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n");
        return tcp(port, folder, List.of("docker-registry", "serve", "config.yml"));
    }

    /** Prometheus Alertmanager, open or with a user. */
    static Service alertmanager(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("alerts.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        Services.write(
                folder.resolve("web.yml"),
                "basic_auth_users: {owner: $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW}\n");
        List<String> command = new ArrayList<>(List.of(
                "prometheus-alertmanager",
                "--config.file=alerts.yml",
                "--storage.path=data",
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="));
        if (isProtected) {
            command.add("--web.config.file=web.yml");
        }
        return tcp(port, folder, command);
    }

    /** Prometheus, open or with a user, with these options. */
    static Service prometheus(boolean isProtected, String... options) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(
                folder.resolve("prometheus.yml"), "global: {external_labels: {owner: " + Service.CANARY + "}}\n");
        Services.write(
                folder.resolve("web.yml"),
                "basic_auth_users: {owner: $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW}\n");
        List<String> command = new ArrayList<>(List.of(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(List.of(options));
        if (isProtected) {
            command.add("--web.config.file=web.yml");
        }
        ServiceProcess process = ServiceProcess.start(folder, command);
        process.awaitText("ready to receive web requests");
        return new RunningService(port, process);
    }

    /** memcached that also answers over UDP on the same port. */
    static Service memcachedUdp() {
        int port = ServiceProcess.freePort();
        return tcp(
                port,
                ServiceProcess.folder(),
                List.of("memcached", "-l", "127.0.0.1", "-p", "" + port, "-U", "" + port, "-u", Services.user()));
    }

    /** Puts the paths of a new certificate and its key where {@code {cert}} and {@code {key}} stand. */
    private static String withCertificate(String text, Path folder) {
        if (!text.contains("{cert}")) {
            return text;
        }
        List<String> made = Certificates.make(folder, Certificates.GOOD);
        return text.replace(
                        "{key}",
                        folder.resolve(made.get(made.indexOf("-key") + 1)).toString())
                .replace(
                        "{cert}",
                        folder.resolve(made.get(made.indexOf("-cert") + 1)).toString());
    }

    private static Service tcp(int port, Path folder, List<String> command) {
        return RunningService.start(port, folder, command);
    }

    private static void mkdir(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
