package dev.ronde.browser;

import dev.ronde.platform.resource.Overlay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Words on a page of the pseudo-locale that stand outside ⟦…⟧: nobody translated them. Left out is what is nobody's to
 * translate: names and refs of the sample data, ids, codes, dates, addresses and the names of languages.
 */
final class StrayWords {
    private static final String NOBODYS =
            "code,pre,.mono,time,tbody th,[lang]:not(html),option,datalist,script,style,title,.brand,samp,kbd";
    private static final List<String> SPOKEN = List.of("aria-label", "placeholder", "alt");
    private static final Pattern TRANSLATED = Pattern.compile("⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧");
    private static final Pattern NO_WORDS = Pattern.compile(String.join(
            "|",
            SampleEstate.DATA,
            protections(),
            "[\\w.+-]+@[\\w.-]+",
            "https?://\\S+",
            "REV-\\d+",
            "RONDE_\\w+",
            "sha256:\\S+",
            "\\d{1,2} [A-Z][a-z]{2} \\d{4}(, \\d{2}:\\d{2})?",
            "[A-Z][a-z]{2}(?= |$)(?<=(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))",
            "\\d{4}-\\d{2}-\\d{2}\\S*",
            "[A-Z][a-z]+/[A-Z][A-Za-z_]+",
            "[a-z0-9]+([-._][a-z0-9]+)+",
            "\\b(en|fr|UTC|Ronde|v\\d+)\\b"));
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}(?:[ ’'-]\\p{L}+)*");

    private StrayWords() {}

    /** The names of protections, which stay English in the pseudo-locale. */
    private static String protections() {
        List<String> words = new ArrayList<>();
        Matcher protections = Pattern.compile("\\ben: ([^,}]+)")
                .matcher(Overlay.of("checks", null).text("protections.yaml").orElse(""));
        protections.results().forEach(found -> words.add(found.group(1)));
        return words.stream()
                .map(String::strip)
                .filter(word -> word.length() > 3)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    static List<String> on(String html) {
        Element body = Jsoup.parse(html).body();
        Stream<String> texts = body.nodeStream(TextNode.class)
                .filter(text -> text.parent().closest(NOBODYS) == null)
                .map(TextNode::getWholeText);
        Stream<String> labels = SPOKEN.stream()
                .flatMap(name -> body.select("[" + name + "]").stream()
                        .filter(element -> element.closest(NOBODYS) == null)
                        .map(element -> element.attr(name)));
        return Stream.concat(texts, labels)
                .map(text -> TRANSLATED.matcher(text).replaceAll(" "))
                .map(text -> NO_WORDS.matcher(text).replaceAll(" "))
                .flatMap(text -> WORD.matcher(text).results().map(match -> match.group()))
                .distinct()
                .limit(12)
                .toList();
    }
}
