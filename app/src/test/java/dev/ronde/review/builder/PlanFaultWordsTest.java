package dev.ronde.review.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.TestVocabulary;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every fault of a plan is said in the reader's language, and in English as programs read it. */
class PlanFaultWordsTest {
    private static final String KEYS = "review.plan.fault.";
    private static final List<String> LINES = List.of("id: p", "title: P", "scope: {}", "cadence: {monthly: last_day}");

    private final Messages messages = new Messages(Overlay.of("templates", null));
    private final PlanReader reader = new PlanReader(ZoneId.of("Europe/Paris"), TestVocabulary.SMALL);

    @Test
    void everyFaultIsSaidInBothLanguages() {
        List<Fault> faults = everyFault();
        List<String> english = PlanFaultWords.of(new ReaderWords(messages, Locale.ENGLISH), faults);
        List<String> french = PlanFaultWords.of(new ReaderWords(messages, Locale.FRENCH), faults);
        for (int index = 0; index < faults.size(); index++) {
            Fault fault = faults.get(index);
            assertThat(english.get(index).replaceAll("[‘’]", "'")).isEqualTo(fault.sentence());
            assertThat(french.get(index))
                    .startsWith("ligne " + fault.line() + " : ")
                    .doesNotContain(" is ", "did you", "write ");
        }
    }

    @Test
    void noTextIsForAFaultThatCannotBe() {
        Set<String> said = new TreeSet<>(List.of("line", "of", "meant"));
        everyFault().forEach(fault -> said.add(fault.reason().key()));
        Set<String> known = new TreeSet<>();
        messages.keys(Locale.ENGLISH).stream()
                .filter(key -> key.startsWith(KEYS))
                .forEach(key -> known.add(key.substring(KEYS.length())));
        assertThat(said).isEqualTo(known);
    }

    /** Plans that are wrong in all the ways there are. */
    private List<Fault> everyFault() {
        List<Fault> faults = new ArrayList<>();
        Stream.of(
                        "titel: P",
                        "colour: red",
                        "scope: []",
                        "title: []",
                        "title: " + "x".repeat(201),
                        "title: \"a\\nb\"",
                        "title: \"a\\u202Eb\"",
                        "title: \"a\\u200Bb\"",
                        "title: \"a\\u0007b\"",
                        "title: \"a\\uFFFDb\"",
                        "id: Not An Id",
                        "id: new",
                        "checklist: [" + "{id: a, text: x}, ".repeat(101) + "]",
                        "scope: {kinds: [[a]]}",
                        "scope: {kinds: [A b]}",
                        "scope: {assets: ['?']}",
                        "scope: {criticality: [hihg]}",
                        "scope: {criticality: high}",
                        "cadence: {}",
                        "cadence: {every: P3M}",
                        "cadence: {every: P0M, anchor: 2026-01-31}",
                        "cadence: {every: P3M, anchor: 2026-02-30}",
                        "cadence: {every: P3M, anchor: soon}",
                        "cadence: {every: P3M, anchor: 2026-01-31, every_months: 3}",
                        "cadence: {every: quarter, anchor: 2026-01-31}",
                        "cadence: {monthly: {weekday: tuesdy, nth: 2}}",
                        "cadence: {monthly: {weekday: tuesday, nth: 5}}",
                        "cadence: {monthly: {day: 32}}",
                        "cadence: {monthly: {}}",
                        "cadence: {monthly: last_day, every_months: 5}",
                        "cadence: {once: 2026-12-15, anchor: 2026-12-15}",
                        "zone: UTC+1",
                        "frameworks: [A.8.9]",
                        "frameworks: ['iso27001:A.99.9']",
                        "scope: {kinds: [service.reddis]}",
                        "scope: {kinds: [servise.*]}",
                        "required_protections: [encryption-at-rst]",
                        "drift: {settle: P30D}",
                        "drift: {settle: soon}",
                        "drift: {due: P0D}",
                        "checklist: yes",
                        "checklist: [{id: a, text: x}, {id: a, text: y}]")
                .forEach(line -> faults.addAll(faults(line)));
        faults.addAll(reader.read(
                        String.join("\n", LINES).replace("{monthly: last_day}", "{once: 2026-12-15}\nmax_gap_days: 9"))
                .faults());
        String one = "{id: p, title: P, scope: {}, cadence: {monthly: last_day}}";
        Stream.of(
                        "plans: []",
                        "plans: [" + one + ", " + one + "]",
                        "a: &x 1\nb: *x",
                        "",
                        "a: 1\n---\nb: 2",
                        "[".repeat(60) + "]".repeat(60),
                        "a: 1\na: 2",
                        "a: !!str 1",
                        "[a]: 1",
                        "a: \u0007",
                        "a: [1",
                        "a: 'x\nb: 2",
                        "a: \"\\q\"",
                        "a: @x",
                        "a: |\n x\nz\n",
                        "a:\n  - b\n c: d",
                        "%YAML 9.9.9\n---\na: 1")
                .forEach(text -> faults.addAll(reader.readFile(text).faults()));
        return faults;
    }

    private List<Fault> faults(String change) {
        String key = change.substring(0, change.indexOf(':'));
        String plan =
                LINES.stream().filter(line -> !line.startsWith(key + ":")).reduce("", (all, line) -> all + line + "\n")
                        + change + "\n";
        List<Fault> faults = reader.read(plan).faults();
        assertThat(faults).as(change).isNotEmpty();
        return faults;
    }
}
