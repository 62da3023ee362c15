package dev.ronde.check.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Aliases and name servers of a domain whose target does not exist: whoever registers it gets what was meant for the domain. */
final class DomainTargets {
    static final Map<String, Object> NOTHING =
            Map.of("looked", 0L, "undecided", 0L, "missing", "", "dangling", List.of());

    /** A name that never exists (RFC 6761 §6.4); a resolver that finds an address for it finds one for every name. */
    private static final String NOWHERE = "nobody-has-this-name.invalid";

    private static final int SERVERS = 13;

    /** Most aliases followed; resolvers themselves do not follow more. */
    private static final int LINKS = 16;

    private final DnsTalk dns;
    private final List<Map<String, Object>> dangling = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private long looked;
    private long undecided;

    record Names(Set<String> all, Set<String> listed) {}

    private DomainTargets(DnsTalk dns) {
        this.dns = dns;
    }

    static Map<String, Object> look(DnsTalk dns, String domain, Names names) throws IOException {
        DomainTargets targets = new DomainTargets(dns);
        DnsAnswer servers = DnsTalk.told(dns.ask(domain, Type.NS));
        if (servers.noSuchName() && servers.texts(Type.CNAME).isEmpty()) {
            throw new DnsTalk.UndecidedException("no-such-domain");
        }
        if (!dns.ask(NOWHERE, Type.A).noSuchName()) {
            throw new DnsTalk.UndecidedException("failed");
        }
        targets.all(
                domain,
                names,
                servers.texts(Type.NS).stream()
                        .distinct()
                        .sorted()
                        .limit(SERVERS)
                        .toList());
        return Map.of(
                "looked", targets.looked,
                "undecided", targets.undecided,
                "missing", String.join(", ", targets.missing),
                "dangling", targets.dangling);
    }

    /** If the resolver falls silent, what was found before counts and the rest is undecided. */
    private void all(String domain, Names names, List<String> servers) throws IOException {
        int left = names.all().size() + servers.size();
        try {
            for (String name : names.all()) {
                alias(name, names.listed().contains(name));
                left--;
            }
            for (String server : servers) {
                looked++;
                judge("ns", domain, server, last(dns.ask(server, Type.A)));
                left--;
            }
        } catch (DnsTalk.SilentException e) {
            undecided += left;
        }
    }

    private void alias(String name, boolean listed) throws IOException {
        DnsAnswer answer = dns.ask(name, Type.A);
        if (answer.end().filter(answer.name()::equals).isPresent()) {
            // no alias: there is nothing that could dangle, unless nobody can tell
            undecided += answer.told() ? 0 : 1;
            if (listed && answer.told() && answer.noSuchName()) {
                missing.add(name);
            }
            return;
        }
        looked++;
        Optional<DnsAnswer> last = last(answer);
        judge("cname", name, last.map(DnsAnswer::name).map(DnsAnswer::text).orElse(name), last);
    }

    private Optional<DnsAnswer> last(DnsAnswer first) throws IOException {
        DnsAnswer answer = first;
        Set<Name> seen = new HashSet<>();
        while (seen.add(answer.name()) && seen.size() <= LINKS) {
            Optional<Name> end = answer.end();
            if (end.isEmpty()) {
                return Optional.empty();
            }
            if (end.get().equals(answer.name())) {
                return Optional.of(answer);
            }
            answer = dns.ask(end.get().toString(), Type.A);
        }
        return Optional.empty();
    }

    private void judge(String kind, String name, String target, Optional<DnsAnswer> answer) {
        if (answer.filter(DnsAnswer::told).isEmpty()) {
            undecided++;
        } else if (answer.get().noSuchName()) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("kind", kind);
            found.put("name", name);
            found.put("target", target);
            dangling.add(found);
        }
    }
}
