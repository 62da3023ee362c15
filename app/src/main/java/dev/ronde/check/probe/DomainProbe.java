package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** A domain as the DNS shows it, asked of a resolver over one connection: words of closed lists and counts. */
record DomainProbe(String part, String what, Map<String, Object> nothing, Look look)
        implements NetworkProbe.Conversation {
    private static final String REPLY = "reply";

    private static final int NAMES = 15;

    private static final String ALWAYS = "www";

    @FunctionalInterface
    interface Look {
        /**
         * Returns what there is to say, in the entries of what stands for nothing.
         *
         * @param names what is to be looked at
         * @throws DnsTalk.UndecidedException where the resolver does not tell
         */
        Map<String, Object> look(DnsTalk dns, String domain, DomainTargets.Names names) throws IOException;
    }

    static NetworkProbe.Conversation mail() {
        return new DomainProbe(
                "mail",
                "MX, SPF, DMARC and MTA-STS",
                DomainMail.NOTHING,
                (dns, domain, names) -> DomainMail.look(dns, domain));
    }

    /** Whether its answers are signed, and who may issue certificates for it. */
    static NetworkProbe.Conversation authenticity() {
        return new DomainProbe(
                "zone", "DNSSEC and CAA", DomainTrust.NOTHING, (dns, domain, names) -> DomainTrust.look(dns, domain));
    }

    static NetworkProbe.Conversation dangling() {
        return new DomainProbe("records", "aliases and name servers", DomainTargets.NOTHING, DomainTargets::look);
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Map<String, String> options = session.target().options();
        String domain = DnsTalk.name(options.getOrDefault("domain", ""));
        DomainTargets.Names names = names(domain, options.getOrDefault("names", ""));
        Reply<Map<String, Object>> reply = session.plain(what, line -> talk(new DnsTalk(line), domain, names));
        Map<String, Object> facts = Facts.of(reply).reply("other").all();
        facts.putAll(nothing);
        facts.putAll(reply.contentOr(Map.of()));
        return Map.of(part, facts);
    }

    private @Nullable Map<String, Object> talk(DnsTalk dns, String domain, DomainTargets.Names names)
            throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(REPLY, "answered");
        try {
            if (domain.isEmpty()) {
                dns.ask("domain.invalid", Type.SOA);
                throw new DnsTalk.UndecidedException("no-domain");
            }
            facts.putAll(look.look(dns, domain, names));
        } catch (DnsTalk.UndecidedException e) {
            facts.put(REPLY, String.valueOf(e.getMessage()));
        } catch (ProtocolException e) {
            return null;
        }
        return facts;
    }

    private static DomainTargets.Names names(String domain, String below) {
        if (domain.isEmpty()) {
            return new DomainTargets.Names(Set.of(), Set.of());
        }
        Set<String> listed = new LinkedHashSet<>();
        for (String text : below.split(",", -1)) {
            if (!text.isBlank()) {
                listed.add(below(domain, text));
            }
        }
        if (listed.size() > NAMES) {
            throw new NetworkProbe.OptionException(Saying.OPTION_TOO_MANY, listed.size(), "names", NAMES);
        }
        Set<String> all = new LinkedHashSet<>(List.of(domain, ALWAYS + "." + domain));
        all.addAll(listed);
        return new DomainTargets.Names(all, listed);
    }

    private static String below(String domain, String text) {
        String name = named(text, "names");
        return name.equals(domain) || name.endsWith("." + domain) ? name : named(name + "." + domain, "names");
    }

    private static String named(String text, String option) {
        String name = DnsTalk.name(text);
        if (name.isEmpty()) {
            throw new NetworkProbe.OptionException(Saying.OPTION_NO_NAME, text, option);
        }
        return name;
    }
}
