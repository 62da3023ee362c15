package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.DatabaseKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 113: the HTML part says what the text part says, is readable in light and dark, and fetches nothing. */
final class MailLooksTest {
    private static final Pattern FACT =
            Pattern.compile("https?://[^\\s\"<>]+|\\d{4}-\\d{2}-\\d{2}|REV-\\d+|sha256:[0-9a-f]{64}");
    private static final Pattern RULE = Pattern.compile("(?m)^([a-z0-9., -]+) \\{ ([^}]*) }$");
    private static final Pattern COLOUR = Pattern.compile("(?<![-a-z])(background|color): (#[0-9a-f]{6})");

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void bothPartsSayTheSame(String language) {
        List<String> missing = new ArrayList<>();
        MailSamples.in(language).all().forEach((name, mail) -> {
            assertThat(facts(mail.html().replaceFirst("<title>.*</title>", "")))
                    .as(name)
                    .isEqualTo(facts(mail.text()));
            String seen = words(mail.html());
            mail.text()
                    .lines()
                    .flatMap(line -> Stream.of(line.replaceFirst("^(--|- )", "").split(" ?: | · | → ")))
                    .filter(piece -> !piece.startsWith("https://") && !seen.contains(words(piece)))
                    .forEach(piece -> missing.add(name + " lacks " + piece));
        });
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void nothingIsFetchedAndNothingIsClipped(String language) {
        MailSamples.in(language).all().forEach((name, mail) -> {
            assertThat(mail.html())
                    .as(name)
                    // a test mail is in the language of the installation
                    .contains("<html lang=\"" + (name.equals("test") ? "en" : language) + "\" dir=\"ltr\">")
                    .contains("<meta name=\"color-scheme\" content=\"light dark\">")
                    .doesNotContainPattern("<(img|link|script|iframe|object|video|form)\\b")
                    .doesNotContainPattern("url\\(|@import|\\ssrc=|\\son[a-z]+=");
            assertThat(mail.html().length()).as(name).isLessThan(60_000);
        });
    }

    /** Case 74: whatever people and assets are called, a name stays a name. */
    @Test
    void noNameBecomesAHeaderOrMarkupInAnyMail() {
        Map<String, ReceivedMail> all = MailSamples.ofHostileNames().all();
        assertThat(all).hasSizeGreaterThan(15);
        all.forEach((kind, mail) -> {
            String headers = mail.raw().split("\r?\n\r?\n", 2)[0];
            assertThat(headers).as(kind).doesNotContainIgnoringCase("\nBcc:").containsOnlyOnce("\nSubject:");
            assertThat(mail.to().replaceAll("(?s)\"[^\"]*\"", "")).as(kind).doesNotContain("evil");
            assertThat(mail.subject()).as(kind).doesNotContain("\n", "\u202e");
            assertThat(mail.text()).as(kind).doesNotContain("\u202e", "\nBcc:");
            assertThat(mail.html()).as(kind).doesNotContain("<img src=x", "<b>=cmd", "\u202e");
        });
        assertThat(all.values()).anyMatch(mail -> mail.html().contains("&lt;img src=x onerror"));
    }

    /** A mail that is gone before it is written is shown by what it is: every kind has words for that. */
    @Test
    void everyKindHasAName() {
        Messages messages = new Messages(Overlay.of("templates", null));
        try (MailWorld world = new MailWorld(DatabaseKind.H2)) {
            List<String> keys =
                    world.kinds.stream().map(kind -> "mail.kind." + kind.name()).toList();
            assertThat(keys).contains("mail.kind.request", "mail.kind.checkpoint", "mail.kind.answer");
            for (Locale locale : Messages.LANGUAGES) {
                assertThat(messages.keys(locale)).containsAll(keys);
            }
        }
    }

    @Test
    void everyColourIsReadableInLightAndDark() {
        String html = MailSamples.in("en").get("reminder").html();
        String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));
        int dark = style.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, String> light = colours(style.substring(0, dark));
        Map<String, String> inDark = new HashMap<>(light);
        inDark.putAll(colours(style.substring(dark)));
        for (Map<String, String> scheme : List.of(light, inDark)) {
            String sheet = scheme.get(".sheet background");
            assertThat(contrast(scheme.get("body color"), scheme.get("body background")))
                    .isGreaterThanOrEqualTo(4.5);
            for (String text : List.of(".sheet", "th", "a", ".small", ".foot")) {
                assertThat(contrast(scheme.get(text + " color"), sheet))
                        .as(text)
                        .isGreaterThanOrEqualTo(4.5);
            }
            assertThat(contrast(scheme.get(".button color"), scheme.get(".button background")))
                    .isGreaterThanOrEqualTo(4.5);
            assertThat(scheme.values())
                    .as("Outlook rewrites pure black and white")
                    .doesNotContain("#000000", "#ffffff");
        }
        assertThat(inDark.get("a color")).isNotEqualTo(light.get("a color"));
        assertThat(contrast("#ffffff", "#000000")).isEqualTo(21.0);
    }

    private static Set<String> facts(String part) {
        return new TreeSet<>(
                FACT.matcher(unescaped(part)).results().map(MatchResult::group).toList());
    }

    /** What a reader sees: no tags, one space between words. */
    private static String words(String html) {
        String body = html.replaceFirst("(?s)<head>.*</head>", "");
        return unescaped(body.replaceAll("</?span[^>]*>", "")
                        .replaceAll("<[^>]*>", " ")
                        .replace('\u00a0', ' '))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Selector and property to colour. */
    private static Map<String, String> colours(String css) {
        Map<String, String> colours = new HashMap<>();
        Matcher rule = RULE.matcher(css);
        while (rule.find()) {
            List<String> selectors = new ArrayList<>(List.of(rule.group(1).split(", ")));
            Matcher colour = COLOUR.matcher(rule.group(2));
            while (colour.find()) {
                selectors.forEach(selector -> colours.put(selector + " " + colour.group(1), colour.group(2)));
            }
        }
        return colours;
    }

    /** WCAG 2.2, contrast ratio of relative luminances. */
    private static double contrast(String one, String other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double channel = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            double linear = channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
            sum += weights[i] * linear;
        }
        return sum;
    }
}
