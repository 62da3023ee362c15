package dev.ronde.testing.services;

import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.RunningService.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Servers that come as Debian packages, exposed, protected or half of both, each with the canary in its data. */
public final class Services {
    private static final String USERS =
            "basic_auth_users: {owner: $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW}\n";

    private Services() {}

    /** Redis; with a password it answers {@code -NOAUTH}. */
    public static Service redis(boolean isProtected) {
        String[] options = isProtected ? new String[] {"--requirepass", "s3cret"} : new String[0];
        RunningService redis =
                new Setup("redis-server --bind 127.0.0.1 --port {port} --save  --appendonly no").start(options);
        String login = isProtected ? "AUTH s3cret\r\n" : "";
        tell(redis, login + "SET customer:1 " + Service.CANARY + "\r\nQUIT\r\n", "+OK");
        return redis;
    }

    /** Redis whose default user needs no password but may not PING. */
    static Service redisHalf() {
        return new Setup("redis-server --bind 127.0.0.1 --port {port} --save  --aclfile users.acl")
                .file("users.acl", "user default on nopass ~* +@all -ping\n")
                .start();
    }

    /** Redis behind TLS, for clients with a certificate ({@code yes}) or for any ({@code no}). */
    static Service redisBehindTls(String certificates) {
        return new Setup("redis-server --bind 127.0.0.1 --port 0 --tls-port {port} --tls-cert-file {cert}"
                        + " --tls-key-file {key} --tls-ca-cert-file {cert} --tls-auth-clients " + certificates)
                .start();
    }

    /** memcached; with a password file it answers {@code CLIENT_ERROR unauthenticated}. */
    public static Service memcached(boolean isProtected) {
        String login = isProtected ? "set auth 0 0 12\r\nprobe s3cret\r\n" : "";
        RunningService memcached = new Setup(
                        "memcached -l 127.0.0.1 -p {port} -U 0 -u {user}" + (isProtected ? " -Y {folder}/auth" : ""))
                .file("auth", "probe:s3cret\n")
                .start();
        String canary = Service.CANARY;
        tell(memcached, login + "set customer 0 0 " + canary.length() + "\r\n" + canary + "\r\nquit\r\n", "STORED");
        return memcached;
    }

    /** memcached that also answers over UDP on the same port. */
    static Service memcachedUdp() {
        return new Setup("memcached -l 127.0.0.1 -p {port} -U {port} -u {user}").start();
    }

    /** Mosquitto; the canary is a retained message. */
    public static Service mosquitto(boolean isProtected) {
        Setup setup = new Setup("mosquitto -c mosquitto.conf").file("passwords", "");
        if (isProtected) {
            setup.first("mosquitto_passwd -b passwords owner s3cret").first("chmod 644 passwords");
        }
        Service mosquitto = setup.file(
                        "mosquitto.conf",
                        "listener {port} 127.0.0.1\nallow_anonymous " + !isProtected
                                + (isProtected ? "\npassword_file {folder}/passwords\n" : "\n"))
                .start();
        MqttPublisher.retain(mosquitto.port(), isProtected ? "owner" : null, "s3cret", "customers", Service.CANARY);
        return mosquitto;
    }

    /** mosquitto that lets anybody in, and then nobody but its owner near a topic. */
    static Service mosquittoHalf() {
        return new Setup("mosquitto -c mosquitto.conf")
                .file("acl", "user owner\ntopic readwrite #\n")
                .first("chmod 644 acl")
                .file("mosquitto.conf", "listener {port} 127.0.0.1\nallow_anonymous true\nacl_file {folder}/acl\n")
                .start();
    }

    /** NATS; it keeps nothing, so the canary is its server name. */
    public static Service nats(boolean isProtected) {
        return new Setup("nats-server -a 127.0.0.1 -p {port} --name {canary}"
                        + (isProtected ? " --user owner --pass s3cret" : ""))
                .start();
    }

    /** NATS with users, one of which is everybody who names none. */
    static Service natsHalf() {
        return new Setup("nats-server -c nats.conf").file("nats.conf", """
                        listen: 127.0.0.1:{port}
                        server_name: {canary}
                        accounts: { A: { users: [ {user: guest, password: guest}, {user: app, password: s3cret} ] } }
                        no_auth_user: guest
                        """).start();
    }

    /** {@code openssl s_server} with the given options and certificate (as {@link Certificates} makes them). */
    public static Service tls(List<String> certificate, String... options) {
        Setup setup = new Setup("openssl s_server -accept 127.0.0.1:{port} -quiet -cert cert.pem -key key.pem");
        Certificates.make(setup.folder(), certificate);
        return setup.start(options);
    }

    /** etcd with one key that holds the canary, with users, and with authentication on. */
    static Service etcd(boolean users, boolean isProtected) {
        RunningService etcd = new Setup(
                        "etcd --data-dir data --listen-client-urls http://127.0.0.1:{port}"
                                + " --advertise-client-urls http://127.0.0.1:{port} --listen-peer-urls http://127.0.0.1:{port2}")
                .start();
        String control = "etcdctl --endpoints http://127.0.0.1:{port} ";
        etcd.run(control + "put customer {canary}");
        if (users) {
            etcd.run(control + "user add root:s3cret");
            etcd.run(control + "user grant-role root root");
        }
        if (isProtected) {
            etcd.run(control + "auth enable");
        }
        return etcd;
    }

    /** The rsync daemon with the module {@code backup} as {@code settings} protect it. */
    static Service rsync(String... settings) {
        return new Setup("rsync --daemon --no-detach --address=127.0.0.1 --port={port} --config=rsyncd.conf")
                .file("customers.txt", Service.CANARY)
                .file("secrets", "owner:s3cret\n")
                .first("chmod 600 secrets")
                .file(
                        "rsyncd.conf",
                        "use chroot = no\n[backup]\npath = {folder}\n" + String.join("\n", settings) + "\n")
                .start();
    }

    /** OpenLDAP with one entry and these global settings. */
    static Service slapd(String... settings) {
        return new Setup("slapd -d 0 -f slapd.conf -h ldap://127.0.0.1:{port}")
                .file(
                        "slapd.conf",
                        "include /etc/ldap/schema/core.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\n"
                                + "pidfile {folder}/pid\n" + String.join("\n", settings)
                                + "\ndatabase mdb\nsuffix \"dc=example,dc=org\"\n"
                                + "rootdn \"cn=admin,dc=example,dc=org\"\ndirectory {folder}\n")
                .file(
                        "entry.ldif",
                        "dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\ndc: example\n"
                                + "o: {canary}\n")
                .first("slapadd -f slapd.conf -l entry.ldif")
                .start();
    }

    /** Net-SNMP with the community. */
    static Service snmpd(String community) {
        return new Setup("snmpd -f -Lo -C -c snmpd.conf -p {folder}/pid udp:127.0.0.1:{port}")
                .file("snmpd.conf", "rocommunity " + community + " 127.0.0.1\nsysName {canary}\n")
                .ready("NET-SNMP version")
                .start();
    }

    /** vsftpd with these settings; {@code {folder}/list} holds the names of anonymous. */
    static Service vsftpd(String... settings) {
        return new Setup("vsftpd {folder}/vsftpd.conf")
                .first("mkdir empty")
                .file("list", "anonymous\nftp\n")
                .file(
                        "vsftpd.conf",
                        "listen=YES\nbackground=NO\nlisten_address=127.0.0.1\nlisten_port={port}\nseccomp_sandbox=NO\n"
                                + "secure_chroot_dir={folder}/empty\nanon_root={folder}/empty\nnopriv_user=nobody\n"
                                + "ftp_username=nobody\n" + String.join("\n", settings) + "\n")
                .start();
    }

    /** OpenSSH with these settings. */
    static Service sshd(String... settings) {
        return new Setup("/usr/sbin/sshd -D -e -f {folder}/sshd_config")
                .first("ssh-keygen -q -t ed25519 -N  -f key")
                .first("mkdir -p /run/sshd")
                .file(
                        "sshd_config",
                        "Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/key\nPidFile {folder}/pid\n"
                                + String.join("\n", settings) + "\n")
                .start();
    }

    /** dnsmasq that knows this and asks nobody. */
    static Service dnsmasq(String known) {
        return new Setup("dnsmasq --keep-in-foreground --no-resolv --no-hosts --conf-file=/dev/null"
                        + " --listen-address=127.0.0.1 --bind-interfaces --port={port} --pid-file={folder}/pid --user="
                        + System.getProperty("user.name"))
                .start(known);
    }

    /** nginx with this server block; its root holds the named files, each with the given content. */
    static Service nginx(String server, String... files) {
        Setup setup = new Setup("nginx -e stderr -c {folder}/nginx.conf -p {folder}").first("mkdir www");
        for (int i = 0; i + 1 < files.length; i += 2) {
            String path = "www/" + files[i];
            setup.first("mkdir -p " + path.substring(0, path.lastIndexOf('/'))).file(path, files[i + 1]);
        }
        return setup.file("passwords", "owner:{PLAIN}s3cret\n")
                .file(
                        "nginx.conf",
                        "daemon off; pid {folder}/pid; error_log stderr; user root;\nevents {}\nhttp { access_log off;\n"
                                + "client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;"
                                + " fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
                                + "server { root {folder}/www;\n"
                                + server.replace("listen {port}", "listen 127.0.0.1:{port}") + "\n} }\n")
                .start();
    }

    /** nginx before a service; {@code {pass}} hands on to it, {@code {ask}} asks for a password. */
    static Service before(Service service, String locations) {
        return nginx("listen {port}; "
                + locations
                        .replace("{pass}", "proxy_pass http://127.0.0.1:" + service.port() + ";")
                        .replace("{ask}", "auth_basic r; auth_basic_user_file {folder}/passwords;"));
    }

    /** The image registry of Debian, open or with a password file. */
    static Service registry(boolean isProtected) {
        return new Setup("docker-registry serve config.yml")
                .file(
                        "config.yml",
                        "version: 0.1\nstorage: {filesystem: {rootdirectory: {folder}/images}}\n"
                                + "http: {addr: 127.0.0.1:{port}}\n"
                                + (isProtected ? "auth: {htpasswd: {realm: r, path: {folder}/htpasswd}}\n" : ""))
                .file("htpasswd", "owner:$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n")
                .start();
    }

    /** Prometheus Alertmanager; {@code --web.config.file=web.yml} demands a user. */
    static Service alertmanager(String... options) {
        return new Setup("prometheus-alertmanager --config.file=alerts.yml --storage.path=data"
                        + " --web.listen-address=127.0.0.1:{port} --cluster.listen-address=")
                .file("alerts.yml", "route: {receiver: none}\nreceivers: [{name: none}]\n")
                .file("web.yml", USERS)
                .start(options);
    }

    /** Prometheus; {@code --web.config.file=web.yml} demands a user. */
    static Service prometheus(String... options) {
        return new Setup("prometheus --config.file=prometheus.yml --storage.tsdb.path=data"
                        + " --web.listen-address=127.0.0.1:{port}")
                .file("prometheus.yml", "global: {external_labels: {owner: {canary}}}\n")
                .file("web.yml", USERS)
                .ready("ready to receive web requests")
                .start(options);
    }

    /** Says something to a line protocol and checks that the last answer but the farewell is the expected one. */
    private static void tell(Service service, String text, String expected) {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.contains(expected)) {
                throw new IllegalStateException("the canary was not stored: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String user() {
        return System.getProperty("user.name").equals("root") ? "nobody" : System.getProperty("user.name");
    }

    static void write(Path file, String text) {
        Unchecked.run(() -> Files.writeString(file, text));
    }
}
