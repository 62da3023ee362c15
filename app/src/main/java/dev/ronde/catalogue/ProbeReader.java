package dev.ronde.catalogue;

import dev.ronde.platform.document.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code probe}; refuses what is not read-only and what this program cannot do. */
final class ProbeReader {
    private static final Pattern PORT =
            Pattern.compile("[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]");

    /** The most ports of a sweep, and what a sweep that declares nothing gets. */
    private static final int SWEPT_PORTS = 64;

    private static final Duration SWEEP = Duration.ofMinutes(15);

    private static final String FREQUENCY = "frequency";
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(1_096);

    private ProbeReader() {}

    static ProbeSpec read(Fields file, Vocabulary vocabulary, Set<String> params) {
        file.require("probe");
        return file.child("probe")
                .map(child -> probe(child, vocabulary, params))
                .orElse(new ProbeSpec(
                        "", ProbeSpec.Vantage.ANY, true, Map.of(), limits(Optional.empty(), false), null, null, null));
    }

    private static ProbeSpec probe(Fields child, Vocabulary vocabulary, Set<String> params) {
        String type = child.requiredText("type");
        if (!type.isEmpty()) {
            child.known("type", "there is no probe", List.of(type), vocabulary.probes());
        }
        if (type.equals(ProbeSpec.ATTESTATION)) {
            return attestation(child);
        }
        boolean snapshot = type.equals(ProbeSpec.SNAPSHOT);
        ProbeSpec.Vantage vantage = child.word(
                        "vantage",
                        ProbeSpec.Vantage.values(),
                        word -> word.name().toLowerCase(Locale.ROOT))
                .orElse(ProbeSpec.Vantage.ANY);
        boolean passive = safety(child, snapshot);
        Map<String, String> target = target(child, type, params, vantage);
        HttpQuestions.check(type, child);
        Optional<String> source = child.text("source");
        if (snapshot && source.isEmpty()) {
            child.problem(child.line(), "probe type snapshot needs 'source'");
        }
        source.filter(name -> !snapshot)
                .ifPresent(name -> child.problem("source", "'source' works with probe type snapshot only"));
        child.known("source", "there is no snapshot source", source.stream().toList(), vocabulary.sources());
        Optional<String> derive = child.text("derive");
        child.known("derive", "there is no deriver", derive.stream().toList(), vocabulary.derivers());
        ProbeSpec.Limits limits = limits(child.child("limits"), target.containsKey(ProbeSpec.PORTS));
        child.text(FREQUENCY)
                .ifPresent(span -> child.problem(FREQUENCY, "'frequency' works with probe type attestation only"));
        child.noOthers();
        return new ProbeSpec(type, vantage, passive, target, limits, source.orElse(null), derive.orElse(null), null);
    }

    private static ProbeSpec attestation(Fields child) {
        for (String name : List.of("vantage", "target", "limits", "source", "derive")) {
            if (child.node(name).isPresent()) {
                child.problem(
                        name, "probe type attestation asks a person and sends no packet; it has no '" + name + "'");
            }
        }
        if (!safety(child, true)) {
            child.problem("safety", "probe type attestation sends no packet: passive");
        }
        if (!child.has(FREQUENCY)) {
            child.problem(child.line(), "probe type attestation needs 'frequency', such as P365D");
        }
        Duration frequency = child.duration(FREQUENCY).orElse(SHORTEST);
        if (frequency.compareTo(SHORTEST) < 0 || frequency.compareTo(LONGEST) > 0) {
            child.problem(
                    FREQUENCY,
                    "'frequency' must be between P" + SHORTEST.toDays() + "D and P" + LONGEST.toDays() + "D");
        }
        child.noOthers();
        return new ProbeSpec(
                ProbeSpec.ATTESTATION,
                ProbeSpec.Vantage.ANY,
                true,
                Map.of(),
                limits(Optional.empty(), false),
                null,
                null,
                frequency);
    }

    private static boolean safety(Fields child, boolean snapshot) {
        if (child.text("safety").filter("intrusive"::equals).isPresent()) {
            child.problem("safety", "intrusive checks are never loaded; probes only read");
            return false;
        }
        return child.word("safety", new String[] {"passive", "read-only"}, Function.identity())
                .map("passive"::equals)
                .orElse(snapshot);
    }

    private static Map<String, String> target(
            Fields child, String type, Set<String> params, ProbeSpec.Vantage vantage) {
        boolean snapshot = type.equals(ProbeSpec.SNAPSHOT);
        Map<String, String> target = new LinkedHashMap<>();
        Optional<Fields> fields = child.child("target");
        if (snapshot) {
            fields.ifPresent(found -> child.problem("target", "probe type snapshot has no target"));
            return target;
        }
        child.require("target");
        fields.ifPresent(found -> {
            found.require("host");
            boolean sweeps = type.equals(ProbeSpec.CONNECT);
            found.require(sweeps ? ProbeSpec.PORTS : "port");
            if (found.all().containsKey(sweeps ? "port" : ProbeSpec.PORTS)) {
                found.problem(
                        sweeps ? "port" : ProbeSpec.PORTS,
                        sweeps
                                ? "probe tcp.connect goes over 'ports', a comma list; name the port there"
                                : "probe " + type + " speaks to one 'port'; only tcp.connect goes over 'ports'");
            }
            found.all().keySet().forEach(name -> {
                String template = found.text(name).orElse("");
                target.put(name, template);
                if (ProbeSpec.PLACE.matcher(template).replaceAll("").contains("{{")) {
                    found.problem(
                            name,
                            "places have the form {{asset.field}}, {{asset.field | default}}, {{params.name}},"
                                    + " {{resolver.host}} or {{resolver.port}}");
                }
                places(found, name, template, params, vantage);
            });
            port(found, target.getOrDefault("port", ""));
            ports(found, target.getOrDefault(ProbeSpec.PORTS, ""));
        });
        return target;
    }

    /** Checks the port in the file, or the default for assets that name none. */
    private static void port(Fields found, String template) {
        Matcher place = ProbeSpec.PLACE.matcher(template);
        String port = place.matches() ? place.group(3) : template;
        if (port != null
                && !port.isEmpty()
                && !port.contains("{{")
                && !PORT.matcher(port).matches()) {
            found.problem(
                    "port", "'" + port + "' is not a port; a number from 1 to 65535, for example {{asset.port | 443}}");
        }
    }

    private static void ports(Fields found, String template) {
        for (String part : ProbeSpec.PLACE.matcher(template).replaceAll("").split(",", -1)) {
            String entry = part.strip();
            String port = entry.endsWith("/tcp") ? entry.substring(0, entry.length() - 4) : entry;
            if (!entry.isEmpty() && !PORT.matcher(port).matches()) {
                found.problem(
                        ProbeSpec.PORTS,
                        "'" + entry + "' is not a port; a comma list of numbers from 1 to 65535 and places, for example"
                                + " \"22, {{asset.declared_ports}}\"");
            }
        }
    }

    private static void places(
            Fields found, String name, String template, Set<String> params, ProbeSpec.Vantage vantage) {
        Matcher matcher = ProbeSpec.PLACE.matcher(template);
        while (matcher.find()) {
            Set<String> known = switch (matcher.group(1)) {
                case "asset" -> AssetType.TYPE.fields().keySet();
                case "resolver" -> ProbeSpec.RESOLVER;
                default -> params;
            };
            String lacking = switch (matcher.group(1)) {
                case "asset" -> "assets have no field";
                case "resolver" -> "the resolver has no";
                default -> "the check has no parameter";
            };
            found.known(name, lacking, List.of(matcher.group(2)), known);
            if (matcher.group(1).equals("resolver") && vantage == ProbeSpec.Vantage.EXTERNAL) {
                found.problem(
                        name,
                        "the resolver is the one this server asks, which means nothing outside; write vantage: any");
            }
        }
    }

    private static ProbeSpec.Limits limits(Optional<Fields> declared, boolean sweeps) {
        int requests = 5;
        Duration connect = Duration.ofSeconds(3);
        Duration total = Duration.ofSeconds(8);
        int maxBytes = 4_096;
        if (declared.isEmpty()) {
            return new ProbeSpec.Limits(requests, connect, total, maxBytes, SWEPT_PORTS, SWEEP);
        }
        Fields limits = declared.get();
        ProbeSpec.Limits result = new ProbeSpec.Limits(
                bounded(limits, "requests", requests, 5),
                limits.duration("connect").orElse(connect),
                limits.duration("total").orElse(total),
                bounded(limits, "maxBytes", maxBytes, 65_536),
                bounded(limits, "ports", SWEPT_PORTS, SWEPT_PORTS),
                limits.duration("sweep").orElse(SWEEP));
        for (String ofSweeps : sweeps ? List.<String>of() : List.of("ports", "sweep")) {
            if (limits.all().containsKey(ofSweeps)) {
                limits.problem(
                        ofSweeps, "'" + ofSweeps + "' bounds probes that go over many ports, which this one does not");
            }
        }
        if (result.sweep().compareTo(SWEEP) > 0) {
            limits.problem("sweep", "'sweep' may be at most " + SWEEP);
        }
        limits.whole("redirects")
                .filter(redirects -> redirects != 0)
                .ifPresent(redirects -> limits.problem("redirects", "redirects are recorded, never followed: 0"));
        if (result.connect().compareTo(Duration.ofSeconds(3)) > 0) {
            limits.problem("connect", "'connect' may be at most PT3S");
        }
        if (result.total().compareTo(Duration.ofSeconds(15)) > 0) {
            limits.problem("total", "'total' may be at most PT15S");
        }
        limits.noOthers();
        return result;
    }

    private static int bounded(Fields limits, String name, int standard, int max) {
        long number = limits.whole(name).orElse((long) standard);
        if (number < 1 || number > max) {
            limits.problem(name, "'" + name + "' must be between 1 and " + max);
            return standard;
        }
        return (int) number;
    }
}
