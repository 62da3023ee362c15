package dev.ronde.testing.services;

import dev.ronde.testing.services.RunningService.Setup;

/** Servers of mail, names, data and desktops that come as Debian packages, exposed, protected or half of both. */
final class Daemons {
    private static final String POSTFIX = "postfix -c {folder}/conf ";

    private Daemons() {}

    /**
     * Postfix: {@code open} relays for whoever asks from here in the clear, {@code half} refuses in the clear, {@code closed} offers TLS too.
     * {@code deferring} says 454 to strangers, as the packages of Debian ship it.
     * {@code open-tls} and {@code closed-tls} hear of nothing before STARTTLS, {@code trusted-tls} of no client without a certificate behind it.
     */
    static Service postfix(String how) {
        String level = how.endsWith("-tls") ? "encrypt" : "may";
        String demanded = how.equals("trusted-tls") ? "smtpd_tls_req_ccert = yes\n" : "";
        String tls = demanded + "smtpd_tls_security_level = " + level
                + "\nsmtpd_tls_cert_file = {cert}\nsmtpd_tls_key_file = {key}\n";
        return new Setup(POSTFIX + "start-fg")
                .first("mkdir conf spool data")
                .first("chown postfix data")
                .file(
                        "conf/main.cf",
                        """
                        compatibility_level = 3.6
                        queue_directory = {folder}/spool
                        data_directory = {folder}/data
                        mail_owner = postfix
                        setgid_group = postdrop
                        inet_interfaces = 127.0.0.1
                        inet_protocols = ipv4
                        myhostname = mx.corp.example
                        mydestination = corp.example
                        mynetworks = %s
                        smtpd_relay_restrictions = permit_mynetworks, %s
                        smtpd_recipient_restrictions =
                        smtpd_peername_lookup = no
                        notify_classes =
                        maillog_file = {folder}/postfix.log
                        maillog_file_prefixes = /tmp
                        """.formatted(
                                                how.startsWith("open") ? "127.0.0.0/8" : "192.0.2.1/32",
                                                how.equals("deferring")
                                                        ? "defer_unauth_destination"
                                                        : "reject_unauth_destination")
                                + (how.equals("open") || how.equals("half") ? "" : tls))
                .file("conf/master.cf", """
                        127.0.0.1:{port} inet n - n - - smtpd
                        cleanup unix n - n - 0 cleanup
                        qmgr unix n - n 300 1 qmgr
                        rewrite unix - - n - - trivial-rewrite
                        bounce unix - - n - 0 bounce
                        defer unix - - n - 0 bounce
                        proxymap unix - - n - - proxymap
                        anvil unix - - n - 1 anvil
                        tlsmgr unix - - n 1000? 1 tlsmgr
                        postlog unix-dgram n - n - 1 postlogd
                        """)
                .stop(service -> service.run(POSTFIX + "stop"))
                .start();
    }

    /** BIND with the zone example.org, which it transfers to {@code any} or {@code none}; it resolves as the line says. */
    static Service named(String transfers, String recursion) {
        return new Setup("named -g -c {folder}/named.conf -n 1")
                .file(
                        "zone",
                        "$TTL 60\n@ IN SOA ns hostmaster 1 60 60 60 60\n@ IN NS ns\nns IN A 192.0.2.1\n"
                                + "secret IN TXT \"{canary}\"\n")
                .file(
                        "named.conf",
                        "options { directory \"{folder}\"; listen-on port {port} { 127.0.0.1; };"
                                + " listen-on-v6 { none; }; " + recursion + " pid-file \"{folder}/pid\";"
                                + " session-keyfile \"{folder}/key\"; allow-transfer { " + transfers
                                + "; }; };\ncontrols { };\n"
                                + "zone \"example.org\" { type primary; file \"zone\"; };\n")
                .start();
    }

    /** Samba with these global settings. */
    static Service smbd(String... settings) {
        return new Setup("smbd --foreground --debug-stdout -s {folder}/smb.conf")
                .file("smb.conf", """
                        [global]
                        private dir = {folder}
                        lock directory = {folder}
                        state directory = {folder}
                        cache directory = {folder}
                        pid directory = {folder}
                        interfaces = 127.0.0.1
                        bind interfaces only = yes
                        disable netbios = yes
                        smb ports = {port}
                        ncalrpc dir = {folder}/rpc
                        log file = {folder}/log
                        """ + String.join("\n", settings) + "\n")
                .start();
    }

    /** MariaDB without a single database; {@code settings} such as {@code --skip-ssl}. */
    static Service mariadb(String... settings) {
        return new Setup("mariadbd --no-defaults --datadir={folder}/data --socket={folder}/data/socket"
                        + " --pid-file={folder}/data/pid --bind-address=127.0.0.1 --port={port} --user={user}"
                        + " --skip-grant-tables --skip-networking=0 --innodb-buffer-pool-size=8M"
                        + " --innodb-log-file-size=4M")
                .first("install -d -o {user} data")
                .start(settings);
    }

    /** TigerVNC with this security type: {@code None}, {@code TLSNone}, {@code VncAuth} or {@code TLSVnc}. */
    static Service vnc(String security) {
        Setup setup = new Setup("Xtigervnc -localhost -rfbport {port} -geometry 320x240 -rfbauth {folder}/none");
        // a display of its own: no other free port gives the same
        return setup.start("-SecurityTypes", security, ":" + (setup.port("{port}") - 6_000));
    }

    /** xrdp with this security layer: {@code rdp} or {@code tls}. It cannot demand network level authentication. */
    static Service xrdp(String layer) {
        return new Setup("xrdp --nodaemon --config {folder}/xrdp.ini")
                .file("xrdp.ini", """
                        [Globals]
                        ini_version=1
                        fork=true
                        port=tcp://127.0.0.1:{port}
                        security_layer=%s
                        certificate={cert}
                        key_file={key}
                        [Logging]
                        LogFile={folder}/log
                        EnableSyslog=false
                        [Xorg]
                        name=Xorg
                        lib=libxup.so
                        username=ask
                        password=ask
                        port=-1
                        """.formatted(layer))
                .start();
    }

    /** The Telnet server behind inetd. */
    static Service telnetd() {
        return new Setup("inetutils-inetd -d {folder}/inetd.conf")
                .file("inetd.conf", "127.0.0.1:{port} stream tcp nowait root /usr/sbin/telnetd telnetd\n")
                .start();
    }
}
