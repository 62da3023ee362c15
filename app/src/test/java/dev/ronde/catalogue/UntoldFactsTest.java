package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.cel.Expression;
import dev.ronde.platform.resource.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Leaves each fact out of each fixture that passes: silence is neither safety nor a fault. */
final class UntoldFactsTest {
    private static final Set<String> NO_PUBLIC_ADDRESS = Set.of("private", "no public address, whatever its rules say");
    private static final Set<String> EXPOSED_AS_MEANT =
            Set.of("a port that is neither sensitive nor published", "a published port", "known addresses only");

    private static final Set<String> STATED = Set.of("in place");

    /** Fixtures that may pass although a fact that is read is left out, by check and path. */
    private static final Map<String, Set<String>> STANDS = Map.ofEntries(
            // Nothing reaches it from outside, whatever its rules admit.
            Map.entry("database-server-public-network admitted_addresses", NO_PUBLIC_ADDRESS),
            Map.entry("database-server-public-network allows_any_address", NO_PUBLIC_ADDRESS),
            Map.entry("database-server-public-network allows_any_tenant", NO_PUBLIC_ADDRESS),
            // It is encrypted, whether or not it can be taken out.
            Map.entry("host-disk-encryption disks[].removable", Set.of("all encrypted")),
            // Where no security update waits, none that is critical does.
            Map.entry("host-patch-level patches.pending_critical", Set.of("up to date")),
            // Comes from the table of statements with what was stated, and only where something is another since then.
            Map.entry("break-glass-tested-attested changed", STATED),
            Map.entry("registrar-lock-attested changed", STATED),
            Map.entry("web-application-firewall-attested changed", STATED),
            // The place of a rule is for people to find it; who gets through is told by what was derived from it.
            Map.entry("azure-nsg-internet-to-sensitive-ports exposures[].rules[].priority", EXPOSED_AS_MEANT),
            Map.entry("azure-nsg-no-wide-range exposures[].rules[].priority", EXPOSED_AS_MEANT),
            Map.entry("gcp-firewall-internet-to-sensitive-ports exposures[].rules[].priority", EXPOSED_AS_MEANT),
            Map.entry("gcp-firewall-no-wide-range exposures[].rules[].priority", EXPOSED_AS_MEANT));

    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).load();

    @Test
    void whatIsNotToldNeitherPassesNorFails() {
        Map<String, Set<String>> passed = new TreeMap<>();
        Map<String, Set<String>> failed = new TreeMap<>();
        for (CatalogueEntry entry : CATALOGUE.entries()) {
            CheckDefinition check = entry.sound().orElseThrow();
            for (CheckDefinition.Fixture fixture : check.tests()) {
                if (fixture.expect() != Outcome.PASS) {
                    continue;
                }
                check.rules()
                        .expressions()
                        .flatMap(expression -> expression.pathsRead("facts").stream())
                        .filter(path -> CheckTester.isAbsent(fixture.facts(), path))
                        .forEach(path -> passed.computeIfAbsent(entry.id() + " " + path, key -> new TreeSet<>())
                                .add(fixture.name()));
                for (Lack lack : lacks("", fixture.facts())) {
                    if (!read(check.rules().expressions(), lack.path())) {
                        continue;
                    }
                    Outcome outcome =
                            CheckTester.judge(check, with(fixture, lack.rest())).outcome();
                    Map<String, Set<String>> found = outcome == Outcome.PASS ? passed : failed;
                    if (outcome == Outcome.PASS || outcome == Outcome.FAIL) {
                        found.computeIfAbsent(entry.id() + " " + lack.path(), key -> new TreeSet<>())
                                .add(fixture.name());
                    }
                }
            }
        }
        assertThat(failed).as("failed by what is not told").isEmpty();
        assertThat(passed.keySet()).as("passed without what they read").isEqualTo(STANDS.keySet());
        passed.forEach((fact, fixtures) ->
                assertThat(STANDS.get(fact)).as("%s is left out", fact).containsAll(fixtures));
    }

    @Test
    void whatFailedFailsWhateverElseIsNotTold() {
        Map<String, Set<String>> hidden = new TreeMap<>();
        for (CatalogueEntry entry : CATALOGUE.entries()) {
            CheckDefinition check = entry.sound().orElseThrow();
            for (CheckDefinition.Fixture fixture : check.tests()) {
                if (fixture.expect() != Outcome.FAIL) {
                    continue;
                }
                Set<String> failed = CheckTester.judge(check, fixture).failed();
                for (Lack lack : lacks("", fixture.facts())) {
                    boolean stands = check.rules().assertions().stream()
                            .filter(assertion -> failed.contains(assertion.id()))
                            .anyMatch(assertion -> !read(Stream.of(assertion.expr()), lack.path()));
                    Outcome outcome =
                            CheckTester.judge(check, with(fixture, lack.rest())).outcome();
                    // what the schema demands is an error
                    if (stands && outcome != Outcome.FAIL && outcome != Outcome.ERROR) {
                        hidden.computeIfAbsent(entry.id() + " " + lack.path(), key -> new TreeSet<>())
                                .add(fixture.name());
                    }
                }
            }
        }
        assertThat(hidden).as("a failure that is hidden by what is not told").isEmpty();
    }

    /** A fact that is left out, and everything but that. */
    private record Lack(String path, Object rest) {}

    private static List<Lack> lacks(String path, Object told) {
        List<Lack> lacks = new ArrayList<>();
        if (told instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                String inner = path.isEmpty() ? String.valueOf(name) : path + "." + name;
                Map<Object, Object> without = new LinkedHashMap<>(map);
                without.remove(name);
                lacks.add(new Lack(inner, without));
                for (Lack lack : lacks(inner, value)) {
                    Map<Object, Object> changed = new LinkedHashMap<>(map);
                    changed.put(name, lack.rest());
                    lacks.add(new Lack(lack.path(), changed));
                }
            });
        } else if (told instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                for (Lack lack : lacks(path + "[]", list.get(i))) {
                    List<Object> changed = new ArrayList<>(list);
                    changed.set(i, lack.rest());
                    lacks.add(new Lack(lack.path(), changed));
                }
            }
        }
        return lacks;
    }

    /** Whether any expression reads the fact, something in it, or that which it is a part of. */
    private static boolean read(Stream<Expression> expressions, String lack) {
        String path = lack.replace("[]", "");
        return expressions
                .flatMap(expression -> expression.pathsRead("facts").stream())
                .anyMatch(fact -> fact.equals(path) || fact.startsWith(path + ".") || path.startsWith(fact + "."));
    }

    @SuppressWarnings("unchecked") // facts are an object
    private static CheckDefinition.Fixture with(CheckDefinition.Fixture fixture, Object facts) {
        return new CheckDefinition.Fixture(
                fixture.name(),
                fixture.expect(),
                fixture.failed(),
                fixture.reason(),
                (Map<String, Object>) facts,
                fixture.params(),
                fixture.asset(),
                fixture.now(),
                fixture.mustNotStore());
    }
}
