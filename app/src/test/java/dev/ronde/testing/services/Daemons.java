package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers of mail, names, data and desktops that come as Debian packages, exposed, protected or half of both. */
final class Daemons {
    private Daemons() {}

    /** A server that leaves its processes behind unless it is told to stop. */
    private record Stopped(Service service, Path folder, List<String> stop) implements Service {
        @Override
        public int port() {
            return service.port();
        }

        @Override
        public String program() {
            return service.program();
        }

        @Override
        public void close() {
            try {
                ServiceProcess.run(folder, stop);
            } finally {
                service.close();
            }
        }
    }

    private static Service tcp(int port, Path folder, List<String> command) {
        return RunningService.start(port, folder, command);
    }

    /**
     * Postfix: {@code open} relays for whoever asks from here in the clear, {@code half} refuses in the clear, {@code closed} offers TLS too.
     * {@code deferring} says 454 to strangers, as the packages of Debian ship it.
     * {@code open-tls} and {@code closed-tls} hear of nothing before STARTTLS, {@code trusted-tls} of no client without a certificate behind it.
     */
    static Service postfix(String how) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        ServiceProcess.run(folder, List.of("mkdir", "conf", "spool", "data"));
        ServiceProcess.run(folder, List.of("chown", "postfix", "data"));
        Certificates.make(folder, Certificates.GOOD);
        String level = how.endsWith("-tls") ? "encrypt" : "may";
        String demanded = how.equals("trusted-tls") ? "smtpd_tls_req_ccert = yes\n" : "";
        String tls = demanded + "smtpd_tls_security_level = " + level + "\nsmtpd_tls_cert_file = " + folder
                + "/cert.pem" + "\nsmtpd_tls_key_file = " + folder + "/key.pem" + "\n";
        Services.write(
                folder.resolve("conf/main.cf"),
                """
                compatibility_level = 3.6
                queue_directory = %1$s/spool
                data_directory = %1$s/data
                mail_owner = postfix
                setgid_group = postdrop
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = mx.corp.example
                mydestination = corp.example
                mynetworks = %2$s
                smtpd_relay_restrictions = permit_mynetworks, %3$s
                smtpd_recipient_restrictions =
                smtpd_peername_lookup = no
                notify_classes =
                maillog_file = %1$s/postfix.log
                maillog_file_prefixes = /tmp
                """.formatted(
                                folder,
                                how.startsWith("open") ? "127.0.0.0/8" : "192.0.2.1/32",
                                how.equals("deferring") ? "defer_unauth_destination" : "reject_unauth_destination")
                        + (how.equals("open") || how.equals("half") ? "" : tls));
        Services.write(folder.resolve("conf/master.cf"), """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                anvil unix - - n - 1 anvil
                tlsmgr unix - - n 1000? 1 tlsmgr
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port));
        Service postfix = tcp(port, folder, List.of("postfix", "-c", folder + "/conf", "start-fg"));
        return new Stopped(postfix, folder, List.of("postfix", "-c", folder + "/conf", "stop"));
    }

    /** BIND with the zone example.org, which it transfers to anybody or to nobody. */
    static Service named(boolean transfers) {
        return named(transfers, "recursion no;");
    }

    /** BIND that resolves for these only. */
    static Service namedResolvingFor(String networks) {
        return named(false, "recursion yes; allow-recursion { " + networks + "; }; dnssec-validation no;");
    }

    private static Service named(boolean transfers, String recursion) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(
                folder.resolve("zone"),
                "$TTL 60\n@ IN SOA ns hostmaster 1 60 60 60 60\n@ IN NS ns\nns IN A 192.0.2.1\nsecret IN TXT \""
                        + Service.CANARY + "\"\n");
        Services.write(
                folder.resolve("named.conf"),
                "options { directory \"" + folder + "\"; listen-on port " + port
                        + " { 127.0.0.1; }; listen-on-v6 { none; }; " + recursion
                        + " pid-file \"" + folder
                        + "/pid\"; session-keyfile \"" + folder + "/key\"; allow-transfer { "
                        + (transfers ? "any" : "none")
                        + "; }; };\ncontrols { };\nzone \"example.org\" { type primary; file \"zone\"; };\n");
        return tcp(port, folder, List.of("named", "-g", "-c", folder + "/named.conf", "-n", "1"));
    }

    /** Samba with these global settings. */
    static Service smbd(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        StringBuilder conf = new StringBuilder("[global]\n");
        for (String kept :
                List.of("private dir", "lock directory", "state directory", "cache directory", "pid directory")) {
            conf.append(kept).append(" = ").append(folder).append('\n');
        }
        conf.append("interfaces = 127.0.0.1\nbind interfaces only = yes\ndisable netbios = yes\nsmb ports = ")
                .append(port)
                .append("\nncalrpc dir = ")
                .append(folder)
                .append("/rpc\nlog file = ")
                .append(folder)
                .append("/log\n")
                .append(String.join("\n", settings))
                .append('\n');
        Services.write(folder.resolve("smb.conf"), conf.toString());
        return tcp(port, folder, List.of("smbd", "--foreground", "--debug-stdout", "-s", folder + "/smb.conf"));
    }

    /** MariaDB without a single database; {@code settings} such as {@code --skip-ssl}. */
    static Service mariadb(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        ServiceProcess.run(folder, List.of("install", "-d", "-o", Services.user(), "data"));
        List<String> command = new ArrayList<>(List.of(
                "mariadbd",
                "--no-defaults",
                "--datadir=" + folder + "/data",
                "--socket=" + folder + "/data/socket",
                "--pid-file=" + folder + "/data/pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--user=" + Services.user(),
                "--skip-grant-tables",
                "--skip-networking=0",
                "--innodb-buffer-pool-size=8M",
                "--innodb-log-file-size=4M"));
        command.addAll(List.of(settings));
        return tcp(port, folder, command);
    }

    /** A MariaDB that offers TLS with a certificate of its own. */
    static Service mariadbWithTls() {
        return mariadb("--ssl");
    }

    /** TigerVNC with this security type: {@code None}, {@code TLSNone}, {@code VncAuth} or {@code TLSVnc}. */
    static Service vnc(String security) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        return tcp(
                port,
                folder,
                List.of(
                        "Xtigervnc",
                        // a display of its own: no other free port gives the same
                        ":" + (port - 6_000),
                        "-localhost",
                        "-rfbport",
                        "" + port,
                        "-geometry",
                        "320x240",
                        "-SecurityTypes",
                        security,
                        "-rfbauth",
                        folder + "/none"));
    }

    /** xrdp with this security layer: {@code rdp} or {@code tls}. It cannot demand network level authentication. */
    static Service xrdp(String layer) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Certificates.make(folder, Certificates.GOOD);
        Services.write(
                folder.resolve("xrdp.ini"),
                "[Globals]\nini_version=1\nfork=true\nport=tcp://127.0.0.1:" + port + "\nsecurity_layer=" + layer
                        + "\ncertificate=" + folder + "/cert.pem"
                        + "\nkey_file=" + folder + "/key.pem"
                        + "\n[Logging]\nLogFile=" + folder
                        + "/log\nEnableSyslog=false\n[Xorg]\nname=Xorg\nlib=libxup.so\nusername=ask\npassword=ask\nport=-1\n");
        return tcp(port, folder, List.of("xrdp", "--nodaemon", "--config", folder + "/xrdp.ini"));
    }

    /** The Telnet server behind inetd. */
    static Service telnetd() {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(
                folder.resolve("inetd.conf"),
                "127.0.0.1:" + port + " stream tcp nowait root /usr/sbin/telnetd telnetd\n");
        return tcp(port, folder, List.of("inetutils-inetd", "-d", folder + "/inetd.conf"));
    }

    /** Prometheus, open or with a user. */
    static Service prometheus(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("prometheus.yml"), "global: {scrape_interval: 1h}\n");
        Services.write(
                folder.resolve("web.yml"),
                "basic_auth_users: {owner: $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW}\n");
        List<String> command = new ArrayList<>(List.of(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port));
        if (isProtected) {
            command.add("--web.config.file=web.yml");
        }
        return tcp(port, folder, command);
    }
}
