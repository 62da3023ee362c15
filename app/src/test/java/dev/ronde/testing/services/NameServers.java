package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.List;

/** Two BINDs: one that serves the zones of an invented world, and one that resolves them for others and knows the key of its top. */
record NameServers(Service authority, String topKey) implements AutoCloseable {
    private static final String HEAD =
            "$TTL 60\n@ IN SOA ns hostmaster 1 3600 600 86400 60\n@ IN NS ns\nns IN A 192.0.2.1\n";

    /** What a zone below the top holds, how it is signed, and whether the top vouches for its key. */
    private record Zone(String name, String records, boolean signed, boolean vouched, String... signing) {
        String text() {
            return HEAD + records;
        }
    }

    private static final List<Zone> ZONES = List.of(
            new Zone("good", """
                    @ IN MX 10 mx
                    mx IN A 192.0.2.2
                    @ IN TXT "some-site-verification=1"
                    @ IN TXT "v=spf1 redirect=spf.good.example"
                    spf IN TXT "v=spf1 ip4:192.0.2.0/24 " "-all"
                    _dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:reports@good.example"
                    _mta-sts IN TXT "v=STSv1; id=20260301T000000;"
                    @ IN CAA 0 issue "ca.example"
                    www IN CNAME there.other.example.
                    shop.deep IN TXT "nothing of its own"
                    """, true, true),
            new Zone(
                    "silent",
                    "@ IN MX 0 .\n@ IN TXT \"v=spf1 -all\"\n_dmarc IN TXT \"v=DMARC1;p=reject\"\n",
                    true,
                    true),
            new Zone("bare", """
                    @ IN MX 10 mx
                    mx IN A 192.0.2.2
                    @ IN NS ns.gone.example.
                    www IN CNAME chain
                    chain IN CNAME gone.other.example.
                    """, false, false),
            new Zone("half", """
                    @ IN MX 10 mx
                    mx IN A 192.0.2.2
                    @ IN TXT "v=spf1 a mx ~all"
                    _dmarc IN TXT "v=DMARC1; p=quarantine; pct=20"
                    @ IN CAA 0 iodef "mailto:security@half.example"
                    www IN CNAME there.other.example.
                    old IN CNAME gone.other.example.
                    """, true, false),
            new Zone(
                    "wrong",
                    "@ IN CAA 0 issue \"ca.example\"\n",
                    true,
                    true,
                    "-P",
                    "-s",
                    "20200101000000",
                    "-e",
                    "20200201000000"),
            new Zone("other", "there IN A 192.0.2.3\n", false, false),
            new Zone("lost", "www IN CNAME www.dead.example.\n", false, false));

    /** The one that serves them, and does not resolve. */
    static NameServers start() {
        RunningService.Setup setup = setup();
        int port = setup.port("{port}");
        Path folder = setup.folder();
        // a zone that nobody serves: the top says who should
        StringBuilder top = new StringBuilder(HEAD).append("dead IN NS ns.dead\nns.dead IN A 127.0.0.1\n");
        StringBuilder conf = new StringBuilder(options(folder, port, "recursion no; dnssec-validation no;"));
        for (Zone zone : ZONES) {
            String name = zone.name() + ".example";
            Services.write(folder.resolve(name), zone.text());
            String key = zone.signed() ? sign(folder, name, zone.signing()) : "";
            top.append(zone.name()).append(" IN NS ns.").append(zone.name()).append('\n');
            top.append("ns.").append(zone.name()).append(" IN A 192.0.2.1\n");
            top.append(zone.vouched() ? key : "");
            conf.append(zone(name, zone.signed()));
        }
        Services.write(folder.resolve("example"), top.toString());
        String key = sign(folder, "example");
        conf.append(zone("example", true));
        // what resolvers ask the top of the real world, and hear that it does not exist
        Services.write(folder.resolve("invalid"), HEAD);
        conf.append(zone("invalid", false));
        Services.write(folder.resolve("named.conf"), conf.toString());
        return new NameServers(setup.start(), key);
    }

    /** One that resolves for these clients; {@code validating} checks the signatures. */
    Service resolver(String clients, boolean validating) {
        RunningService.Setup setup = setup();
        int port = setup.port("{port}");
        Path folder = setup.folder();
        // "example. IN DS 12345 13 2 ABCD…" of the top is what a resolver is given to begin with
        String[] key = topKey.strip().split("\\s+", 7);
        String anchor = "trust-anchors { example. static-ds " + key[3] + " " + key[4] + " " + key[5] + " \""
                + key[6].replace(" ", "") + "\"; };\n";
        Services.write(
                folder.resolve("named.conf"),
                (validating ? anchor : "")
                        + options(
                                folder,
                                port,
                                "recursion yes; allow-recursion { " + clients + "; }; allow-query-cache { " + clients
                                        + "; }; forward only; forwarders port " + authority.port()
                                        + " { 127.0.0.1; }; empty-zones-enable no; dnssec-validation "
                                        + (validating ? "yes;" : "no;")));
        return setup.start();
    }

    private static RunningService.Setup setup() {
        return new RunningService.Setup("named -g -c {folder}/named.conf -n 1");
    }

    private static String options(Path folder, int port, String more) {
        return "options { directory \"" + folder + "\"; listen-on port " + port
                + " { 127.0.0.1; }; listen-on-v6 { none; }; pid-file \"" + folder + "/pid\"; session-keyfile \""
                + folder
                + "/key\"; " + more + " };\ncontrols { };\n";
    }

    private static String zone(String name, boolean signed) {
        return "zone \"" + name + "\" { type primary; file \"" + name + (signed ? ".signed" : "") + "\"; };\n";
    }

    /** Signs a zone with one key for everything and returns the record with which its parent vouches for that. */
    private static String sign(Path folder, String zone, String... more) {
        String key = ServiceProcess.run(
                        folder, List.of("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone))
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow()
                .strip();
        Services.write(
                folder.resolve(zone + ".keyed"),
                ServiceProcess.run(folder, List.of("cat", zone)) + "$INCLUDE " + key + ".key\n");
        java.util.ArrayList<String> command =
                new java.util.ArrayList<>(List.of("dnssec-signzone", "-z", "-o", zone, "-f", zone + ".signed"));
        command.addAll(List.of(more));
        command.addAll(List.of(zone + ".keyed", key));
        ServiceProcess.run(folder, command);
        return ServiceProcess.run(folder, List.of("dnssec-dsfromkey", "-2", key + ".key"));
    }

    @Override
    public void close() {
        authority.close();
    }
}
