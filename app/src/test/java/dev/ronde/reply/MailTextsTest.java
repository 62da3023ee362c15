package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every mail whole, as a real mail server received it, held against {@code golden/mails/<language>/<name>.txt}, and against the words it may
 * have. What was received is left in {@code target/mails}, to be looked at and, where it is right, copied.
 */
final class MailTextsTest {
    private static final Path GOLDEN = Path.of("app/src/test/resources/golden/mails");
    private static final Path RECEIVED = Path.of("target/mails");
    /** A word has a letter or a digit; a link is none. */
    private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*");

    private static final Map<String, Integer> AT_MOST = Map.ofEntries(
            Map.entry("assignment", 80),
            Map.entry("reminder", 80),
            Map.entry("overdue", 80),
            Map.entry("relink", 80),
            Map.entry("escalation", 80),
            Map.entry("delegation", 80),
            Map.entry("decision", 80),
            Map.entry("refusal", 80),
            Map.entry("finding", 70),
            Map.entry("receipt", 30));

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyMailIsAsItIsKept(String language) throws IOException {
        Map<String, ReceivedMail> all = MailSamples.in(language).all();
        for (Map.Entry<String, ReceivedMail> mail : all.entrySet()) {
            Path file = RECEIVED.resolve(language).resolve(mail.getKey() + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, MailSheet.of(mail.getValue()));
            Files.writeString(
                    file.resolveSibling(mail.getKey() + ".html"),
                    mail.getValue().html());
        }
        for (String name : all.keySet()) {
            String file = language + "/" + name + ".txt";
            assertThat(RECEIVED.resolve(file)).as(file).hasSameTextualContentAs(GOLDEN.resolve(file));
        }
        try (Stream<Path> kept = Files.list(GOLDEN.resolve(language))) {
            assertThat(kept).hasSameSizeAs(all.keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void noMailHasMoreWordsThanItMay(String language) {
        AT_MOST.forEach((name, most) -> {
            String[] parts = MailSamples.in(language).get(name).text().split("\n--\n");
            assertThat(words(parts[0])).as("%s%n%s", name, parts[0]).isLessThanOrEqualTo(most);
            assertThat(parts.length < 2 ? 0 : words(parts[1]))
                    .as("foot of %s", name)
                    .isLessThanOrEqualTo(25);
        });
        ReceivedMail digest = MailSamples.in(language).get("digest");
        String[] parts = digest.text().split("\n--\n");
        String first = parts[0].lines().findFirst().orElseThrow();
        long reviews =
                parts[0].lines().filter(line -> line.matches("\\d+\\. .*")).count();
        long lines = parts[0].lines().filter(line -> line.startsWith("http")).count() - 1;
        assertThat(reviews).isGreaterThanOrEqualTo(3);
        assertThat(words(parts[0]) - words(first)).as(digest.text()).isLessThanOrEqualTo((int) (20 * lines));
        assertThat(words(first)).isLessThanOrEqualTo(20);
        assertThat(words(parts[1])).as("foot of the digest").isLessThanOrEqualTo(25);
    }

    private static int words(String text) {
        return (int)
                WORD.matcher(text.replaceAll("https?://\\S+", "")).results().count();
    }
}
