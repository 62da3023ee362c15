package dev.ronde.catalogue.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {
    private static final FactType TEXT = new FactType.Text(List.of(), 100);
    private static final FactType NUMBERS = new FactType.ListOf(new FactType.Whole(null, null), 100_000);
    private static final Language LANGUAGE = Language.of(Map.of("facts", type()), false);

    private static FactType.ObjectType type() {
        Map<String, FactType.Field> door = new LinkedHashMap<>();
        door.put("state", new FactType.Field(TEXT, true));
        door.put("note", new FactType.Field(TEXT, false));
        Map<String, FactType.Field> root = new LinkedHashMap<>();
        root.put("door", new FactType.Field(new FactType.ObjectType("facts_door", door), true));
        root.put("status", new FactType.Field(new FactType.Whole(null, null), true));
        root.put("numbers", new FactType.Field(NUMBERS, true));
        root.put("at", new FactType.Field(new FactType.Timestamp(), true));
        return new FactType.ObjectType("facts", root);
    }

    private static Map<String, Object> variables(int numbers) {
        Map<String, Object> facts = Map.of(
                "door", Map.of("state", "open"),
                "status", 200L,
                "numbers", LongStream.range(0, numbers).boxed().toList(),
                "at", Instant.parse("2026-03-02T08:00:00Z"));
        return Map.of("facts", facts, "now", Instant.parse("2026-03-02T09:00:00Z"));
    }

    private static Verdict evaluate(String text, int numbers) throws SyntaxException {
        return LANGUAGE.compile(text).evaluate(variables(numbers));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
        facts.status == 200 => TRUE
        facts.door.state == 'closed' => FALSE
        facts.door.note == 'x' => ERROR
        has(facts.door.note) && facts.door.note == 'x' => FALSE
        facts.door.note == 'x' && false => FALSE
        facts.door.note == 'x' || true => TRUE
        facts.door.?note.orValue('-') == '-' => TRUE
        1 / (facts.status - 200) == 1 => ERROR
        now - facts.at == duration('1h') => TRUE
        facts.numbers[7] == 7 => ERROR
        version.atLeast('7.10.2', '7.9') => TRUE
        version.atLeast('7.10', '7.10.1') => FALSE
        version.atLeast('7.10.2-rc1', '7.10.2') => FALSE
        version.atLeast('latest', '1') => FALSE
        tls.atLeast('TLSv1.3', 'TLSv1.2') => TRUE
        tls.atLeast('TLSv1.1', 'TLSv1.2') => FALSE
        ip.isPublic('8.8.8.8') => TRUE
        ip.isPublic('10.1.2.3') => FALSE
        ip.isPublic('100.64.0.1') => FALSE
        ip.isPublic('fd00::1') => FALSE
        ip.isPublic('example.com') => FALSE
        cidr.contains('10.0.0.0/8', '10.200.0.1') => TRUE
        cidr.contains('10.0.0.0/8', '11.0.0.1') => FALSE
        cidr.overlaps('10.0.0.0/8', '10.1.0.0/16') => TRUE
        cidr.overlaps('0.0.0.0/1', '128.0.0.0/1') => FALSE
        """)
    void evaluates(String text, Verdict.Truth truth) throws SyntaxException {
        assertThat(evaluate(text, 3).truth()).isEqualTo(truth);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
        facts.door.sate == 'open' => unknown field 'sate'; did you mean 'state'?
        facts.status == '200' => found no matching overload for '_==_' applied to '(int, string)'
        fact.status == 200 => unknown name 'fact'; did you mean 'facts'?
        facts.status == 200 && => mismatched input '<EOF>'
        (facts.status == 200 => missing ')' at '<EOF>'
        !facts.status => found no matching overload for '!_' applied to '(int)'
        facts.status => expected type 'bool' but found 'int'
        facts.door.state.matches('(') => Regex validation failed
        now - facts.at > duration('one hour') => duration validation failed
        facts.numbers.all(a, facts.numbers.all(b, facts.numbers.all(c, a + b + c > 0))) => loops may be nested 2 deep
        facts.numbers.all(a, facts.door.state + 'x' != '') => '+' inside a loop is allowed on numbers only
        """)
    void refusesToCompile(String text, String problem) {
        assertThatThrownBy(() -> LANGUAGE.compile(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesLongExpressionsAndManyLoops() {
        assertThatThrownBy(() -> LANGUAGE.compile("facts.status == 1 || ".repeat(300) + "true"))
                .isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> LANGUAGE.compile("(".repeat(100) + "true" + ")".repeat(100)))
                .isInstanceOf(SyntaxException.class);
        String loops = String.join(" && ", java.util.Collections.nCopies(7, "facts.numbers.all(n, n >= 0)"));
        assertThatThrownBy(() -> LANGUAGE.compile(loops)).hasMessageContaining("may hold 6 loops");
    }

    @Test
    void refusesRegularExpressionsThatGrow() throws SyntaxException {
        for (String large : List.of(
                "((a{1,999}){1,999}){1,999}",
                "(a{40}){40}",
                "(?:[()]{100}|b){11,}",
                "\\\\Q(\\\\E(a{999}){999}",
                "a{1001}")) {
            assertThatThrownBy(() -> LANGUAGE.compile("facts.door.state.matches('" + large + "')"))
                    .as(large)
                    .isInstanceOf(SyntaxException.class);
        }
        assertThatThrownBy(() -> LANGUAGE.compile("facts.door.state.matches('(a{40})' + '{40}')"))
                .hasMessageContaining("one text, written out");
        for (String small : List.of(
                "^[0-9]{1,3}([.][0-9]{1,3}){3}$", "[a-f0-9]{64}-[a-f0-9]{64}", "\\\\(a{9}\\\\)", "(a|b)*c+[)]?")) {
            assertThat(LANGUAGE.compile("facts.door.state.matches('" + small + "')"))
                    .as(small)
                    .isNotNull();
        }
    }

    @Test
    void stopsAtItsBudget() throws SyntaxException {
        assertThat(evaluate("facts.numbers.all(n, n >= 0)", 9_000).truth()).isEqualTo(Verdict.Truth.TRUE);
        assertThat(evaluate("facts.numbers.all(n, n >= 0)", 20_000).truth())
                .as("more iterations than allowed")
                .isNotEqualTo(Verdict.Truth.TRUE);
        assertThat(evaluate("facts.numbers.all(a, facts.numbers.exists(b, a == b))", 400)
                        .truth())
                .as("more iterations than allowed, one in another")
                .isNotEqualTo(Verdict.Truth.TRUE);
        String manySteps = "facts.numbers.all(n, n >= 0" + " && n >= 0".repeat(12) + ")";
        assertThat(evaluate(manySteps, 900).truth()).isEqualTo(Verdict.Truth.TRUE);
        assertThat(evaluate(manySteps, 9_000).truth()).as("too many steps").isEqualTo(Verdict.Truth.BUDGET);
        assertThat(evaluate("facts.numbers != []", 100_000).truth()).isEqualTo(Verdict.Truth.TRUE);
        assertThat(evaluate("facts.numbers != []", 100_001).truth())
                .as("too long a list")
                .isEqualTo(Verdict.Truth.BUDGET);
        assertThat(stateOf(65_536).truth()).isEqualTo(Verdict.Truth.TRUE);
        assertThat(stateOf(65_537).truth()).as("too long a text").isEqualTo(Verdict.Truth.BUDGET);
    }

    private static Verdict stateOf(int characters) throws SyntaxException {
        return LANGUAGE.compile("facts.door.state != ''")
                .evaluate(Map.of("facts", Map.of("door", Map.of("state", "x".repeat(characters)))));
    }

    @Test
    void stopsWhenInterrupted() throws SyntaxException {
        Thread.currentThread().interrupt();
        Verdict verdict = evaluate("facts.numbers.all(n, n >= 0)", 5_000);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(verdict.truth()).isEqualTo(Verdict.Truth.BUDGET);
    }

    @Test
    void knowsWhatItReads() throws SyntaxException {
        Expression expression =
                LANGUAGE.compile("has(facts.door.note) && facts.door.state != '' && facts.numbers.exists(n, n > 1) &&"
                        + " facts.door.?note.hasValue()");
        assertThat(expression.pathsRead("facts")).containsExactly("door.note", "door.state", "numbers");
        assertThat(expression.pathsTested("facts")).containsExactly("door.note");
        assertThat(expression.pathsNeeded("facts"))
                .contains("door.state", "numbers")
                .doesNotContain("door.note");
    }

    @Test
    void explainsEveryPart() throws SyntaxException {
        assertThat(LANGUAGE.compile("facts.status < 500 && facts.door.state == 'closed'")
                        .explain(variables(1)))
                .contains(
                        new Expression.Step("facts.status", "200"),
                        new Expression.Step("facts.status < 500", "true"),
                        new Expression.Step("facts.door.state == \"closed\"", "false"));
    }
}
