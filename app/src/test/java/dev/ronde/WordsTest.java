package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word people read: complete in both languages, sound as patterns, and used by name only. */
class WordsTest {
    private static final Path TEMPLATES = Path.of("templates");
    private static final Path BUNDLES = TEMPLATES.resolve("web/i18n");
    private static final Pattern KEY = Pattern.compile("\\bt\\(\\s*'([a-z0-9_.]+)'\\s*([~+]?)");
    private static final Pattern CHOSEN = Pattern.compile("[?:]\\s*'([a-z0-9_]+(?:\\.[a-z0-9_]+)+)'");
    private static final Pattern JAVA_KEY =
            Pattern.compile("\\b(?:text|say)\\([^\"();]*\"([a-z]+(?:\\.[a-z0-9_]+)+)\"");
    private static final Pattern INLINE = Pattern.compile("(?i)<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=");

    private final Messages messages = new Messages(Overlay.of("templates", null));

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(messages.keys(Locale.FRENCH)).isEqualTo(messages.keys(Locale.ENGLISH));
    }

    @Test
    void whateverHappensToAReviewHasWordsOnTheTimelineOfItsAssetToo() {
        assertThat(after("review.timeline.")).isEqualTo(after("review.event."));
    }

    /** How the keys of English messages go on that begin so. */
    private TreeSet<String> after(String prefix) {
        TreeSet<String> found = new TreeSet<>();
        messages.keys(Locale.ENGLISH).stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> found.add(key.substring(prefix.length())));
        return found;
    }

    /** Where a count stands before what is counted, the pages of plans say one and none as people say them. */
    @Test
    void oneAndNoneAreSaidAsPeopleSayThem() {
        Pattern wrong = Pattern.compile(
                "(?i)\\b[01] (people|persons|mails|reviews|assets|owners|findings|checks|personnes|courriels"
                        + "|messages|revues|actifs|constats)\\b|no mails? to (nobody|no)|aucun (courriel|message) à (personne|aucun)");
        List<String> faults = new ArrayList<>();
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            for (String key : messages.keys(language)) {
                if (!key.startsWith("review.plan.")
                        && !key.startsWith("review.progress")
                        && !key.startsWith("builder.")) {
                    continue;
                }
                for (int count = 0; count <= 2; count++) {
                    Object[] counts = new Object[10];
                    Arrays.fill(counts, count);
                    String said = messages.text(language, key, counts);
                    if (count < 2 && wrong.matcher(said).find()) {
                        faults.add(key + ": " + said);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(messages.text(Locale.ENGLISH, "review.plan.preview.text", 1, 0, 0, 0, 0, 2, 1))
                .endsWith(" 2 mails leave to one person.");
        assertThat(messages.text(Locale.FRENCH, "review.plan.preview.text", 1, 0, 0, 0, 0, 0, 0))
                .endsWith(" Aucun courriel ne part.");
        assertThat(messages.text(Locale.ENGLISH, "review.plan.announce.once", 2, 0, 0, 0))
                .endsWith(" and writes no mail now.");
    }

    @Test
    void everyPatternIsSoundAndTakesTheSamePlacesInBothLanguages() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : bundles("_en.properties")) {
            Properties english = read(file);
            Properties french = read(Path.of(file.toString().replace("_en.", "_fr.")));
            String feature = file.getFileName().toString().replace("_en.properties", "");
            for (String key : new TreeSet<>(english.stringPropertyNames())) {
                if (!key.startsWith(feature + ".")) {
                    faults.add(file + ": " + key + " belongs into another file");
                }
                String there = french.getProperty(key, "");
                for (String text : List.of(english.getProperty(key), there)) {
                    if (text.indexOf('\'') >= 0) {
                        faults.add(file + ": " + key + " has a straight apostrophe, which patterns swallow: write ’");
                    }
                    if (text.isBlank()) {
                        faults.add(file + ": " + key + " is empty");
                    }
                }
                if (places(english.getProperty(key)) != places(there)) {
                    faults.add(file + ": " + key + " takes other places in French");
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyKeyATemplateNamesExists() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : files(TEMPLATES, ".peb")) {
            String text = Files.readString(file);
            Matcher named = KEY.matcher(text);
            while (named.find()) {
                String key = named.group(1);
                boolean known = named.group(2).isEmpty()
                        ? messages.has(key)
                        : messages.keys(Locale.ENGLISH).stream().anyMatch(other -> other.startsWith(key));
                if (!known) {
                    faults.add(file + " names " + key);
                }
            }
            Matcher chosen = CHOSEN.matcher(text);
            while (chosen.find()) {
                if (!messages.has(chosen.group(1))) {
                    faults.add(file + " names " + chosen.group(1));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyKeyTheProgramNamesExists() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : files(Path.of("app/src/main/java"), ".java")) {
            Matcher named = JAVA_KEY.matcher(Files.readString(file));
            while (named.find()) {
                String key = named.group(1);
                String feature = key.substring(0, key.indexOf('.'));
                if (Files.exists(BUNDLES.resolve(feature + "_en.properties"))
                        && messages.keys(Locale.ENGLISH).stream().noneMatch(known -> known.startsWith(key))) {
                    faults.add(file + " names " + key);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void pagesHaveNoInlineStyleOrScript() throws IOException {
        TreeMap<String, String> faults = new TreeMap<>();
        for (Path file : files(TEMPLATES.resolve("web"), ".peb")) {
            Matcher inline = INLINE.matcher(Files.readString(file));
            if (inline.find()) {
                faults.put(file.toString(), inline.group());
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void thePseudoLocaleMarksEveryMessage() {
        assertThat(messages.text(Messages.PSEUDO, "common.save")).isEqualTo("⟦Save⟧");
    }

    private static int places(String pattern) {
        return new MessageFormat(pattern, Locale.ENGLISH).getFormatsByArgumentIndex().length;
    }

    private static List<Path> bundles(String end) throws IOException {
        return files(BUNDLES, end);
    }

    private static List<Path> files(Path root, String end) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return properties;
    }
}
