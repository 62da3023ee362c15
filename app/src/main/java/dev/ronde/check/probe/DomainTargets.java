package dev.ronde.check.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Aliases and name servers of a domain whose target does not exist: whoever registers it gets what was meant for the domain. */
final class DomainTargets {
    static final Map<String, Object> NOTHING = Map.of("looked", 0L, "undecided", 0L, "dangling", List.of());

    private static final int SERVERS = 13;

    private final DnsTalk dns;
    private final List<Map<String, Object>> dangling = new ArrayList<>();
    private long looked;
    private long undecided;

    private DomainTargets(DnsTalk dns) {
        this.dns = dns;
    }

    static Map<String, Object> look(DnsTalk dns, String domain, List<String> names) throws IOException {
        DomainTargets targets = new DomainTargets(dns);
        DnsAnswer servers = DomainProbe.told(dns.ask(domain, DnsMessage.NS));
        if (servers.noSuchName() && servers.texts(DnsMessage.CNAME).isEmpty()) {
            throw new DomainProbe.UndecidedException("no-such-domain");
        }
        for (String name : names) {
            targets.alias(name);
        }
        for (String server :
                servers.texts(DnsMessage.NS).stream().limit(SERVERS).toList()) {
            targets.server(domain, server);
        }
        return Map.of(
                "looked", targets.looked,
                "undecided", targets.undecided,
                "dangling", List.copyOf(targets.dangling));
    }

    private void alias(String name) throws IOException {
        DnsAnswer answer = dns.ask(name, DnsMessage.A);
        String end = end(name, answer);
        if (end.equals(name)) {
            // no alias: there is nothing that could dangle, unless nobody can tell
            undecided += answer.told() ? 0 : 1;
            return;
        }
        looked++;
        judge("cname", name, end, answer);
    }

    private void server(String domain, String server) throws IOException {
        looked++;
        DnsAnswer answer = dns.ask(server, DnsMessage.A);
        judge("ns", domain, server, answer);
    }

    private void judge(String kind, String name, String target, DnsAnswer answer) {
        if (!answer.told()) {
            undecided++;
        } else if (answer.noSuchName()) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("kind", kind);
            found.put("name", name);
            found.put("target", target);
            dangling.add(found);
        }
    }

    /** Where the aliases in the answer lead; one that leads in a circle ends where it was before. */
    private static String end(String name, DnsAnswer answer) {
        Map<String, String> aliases = new LinkedHashMap<>();
        answer.answers().stream()
                .filter(entry -> entry.type() == DnsMessage.CNAME)
                .forEach(entry -> aliases.putIfAbsent(entry.owner(), entry.text()));
        Set<String> seen = new HashSet<>(Set.of(name));
        String end = name;
        while (aliases.containsKey(end) && seen.add(aliases.get(end))) {
            end = aliases.get(end);
        }
        return end;
    }
}
