package dev.ronde.evidence.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactorTest {
    private static final Redactor REDACTOR = Redactor.standard();

    record Positive(String rule, String text) {
        String secret() {
            return text.substring(text.indexOf('⟦') + 1, text.indexOf('⟧'));
        }

        String plain() {
            return text.replace("⟦", "").replace("⟧", "");
        }
    }

    static Stream<Positive> positives() {
        return lines("positive.txt").map(line -> {
            int tab = line.indexOf('\t');
            return new Positive(line.substring(0, tab), unescaped(line.substring(tab + 1)));
        });
    }

    static Stream<String> negatives() {
        return lines("negative.txt").map(RedactorTest::unescaped);
    }

    @Test
    void theCorpusIsLargeEnoughAndStartsWithTheSpellingThatWasMissed() {
        assertThat(positives()).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
        assertThat(negatives()).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
        assertThat(positives().findFirst().orElseThrow().plain()).isEqualTo("name @domain");
    }

    @ParameterizedTest
    @MethodSource("positives")
    void takesOutWhatMayNotBeKept(Positive positive) {
        Redacted<String> redacted = REDACTOR.text(positive.plain());
        assertThat(redacted.counts()).containsKey(positive.rule());
        assertThat(redacted.kept())
                .contains("«redacted:" + positive.rule() + "»")
                .doesNotContain(positive.secret());
        String left = redacted.kept().replaceAll("«[^»]*»", " ");
        for (String word : PlainText.of(positive.secret()).split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.length() > 3 && !positive.rule().equals("private-key")) {
                assertThat(left).as("no word of it is left").doesNotContain(word);
            }
        }
        assertThat(REDACTOR.text(redacted.kept()))
                .as("twice is once")
                .isEqualTo(new Redacted<>(redacted.kept(), Map.of()));
        Redacted<String> sentence = REDACTOR.text("Rule 7 says: " + positive.plain() + " , which is all.");
        assertThat(sentence.counts()).isNotEmpty();
        assertThat(sentence.kept()).as("in a sentence").doesNotContain(positive.secret());
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void leavesOrdinaryTextsAlone(String text) {
        Redacted<String> redacted = REDACTOR.text(text);
        assertThat(redacted.kept()).isEqualTo(text);
        assertThat(redacted.counts()).isEmpty();
    }

    @Test
    void namesOfFieldsCountWhateverTheirTextLooksLike() {
        Redacted<Map<String, Object>> redacted = REDACTOR.document(Map.of(
                "adminPassword",
                "plain words",
                "sasUrl",
                "plain words",
                "password_authentication",
                false,
                "list",
                List.of(Map.of("api-key", "plain words"), "jane @example.org"),
                "compass",
                "north by west",
                "bytes",
                12L));
        assertThat(redacted.kept())
                .containsEntry("adminPassword", "«redacted:key»")
                .containsEntry("sasUrl", "«redacted:key»")
                .containsEntry("password_authentication", false)
                .containsEntry("compass", "north by west")
                .containsEntry("bytes", 12L)
                .containsEntry("list", List.of(Map.of("api-key", "«redacted:key»"), "«redacted:email»"));
        assertThat(redacted.counts()).isEqualTo(Map.of("key", 3, "email", 1));
    }

    @Test
    void dropsWhatItCannotLookAt() {
        assertThat(REDACTOR.text("x".repeat(Redactor.LONGEST + 1)).kept()).isEqualTo(Redactor.DROPPED);
        Redactor broken = new Redactor(
                List.of(new Rule("broken", Pattern.compile("a"), matcher -> {
                    throw new IllegalStateException("a rule broke");
                })),
                System::nanoTime);
        assertThat(broken.text("a text with a")).isEqualTo(new Redacted<>(Redactor.DROPPED, Map.of("dropped", 1)));
        AtomicLong clock = new AtomicLong();
        Redactor slow = new Redactor(
                List.of(Rule.of("slow", "never")),
                () -> clock.getAndAdd(Duration.ofSeconds(3).toNanos()));
        assertThat(slow.text("harmless text").kept()).isEqualTo(Redactor.DROPPED);
    }

    @Test
    void hostileTextsCostLinearTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (String unit : List.of(
                "a",
                "a@",
                "1 ",
                "@ ",
                "a.",
                "-",
                "eyJ",
                "=a",
                "\"",
                "[at]",
                "+1 ",
                "é",
                "x y ",
                "                ",
                "a         ",
                "a -at- ",
                "0612345678 ")) {
            String text = unit.repeat(Redactor.LONGEST / unit.length());
            long start = threads.getCurrentThreadCpuTime();
            REDACTOR.text(text);
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
                    .as("processor time of 64 KiB of " + unit)
                    .isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void theCanariesProveARealRedactorAndRefuseABlindOne() {
        assertThatCode(() -> RedactorCanary.prove(REDACTOR)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RedactorCanary.prove(new Redactor(List.of(), System::nanoTime)))
                .hasMessageContaining("13 of 19 canaries")
                .hasMessageNotContaining("canary.bird");
        Redactor greedy = new Redactor(List.of(Rule.of("all", "(?s).+")), System::nanoTime);
        assertThatThrownBy(() -> RedactorCanary.prove(greedy)).hasMessageContaining("6 of 19");
    }

    private static Stream<String> lines(String file) {
        try (InputStream in = RedactorTest.class.getResourceAsStream("/redaction/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\' || i + 1 == line.length()) {
                text.append(c);
                continue;
            }
            char next = line.charAt(++i);
            switch (next) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(line.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(next);
            }
        }
        return text.toString();
    }
}
