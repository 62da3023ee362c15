package dev.ronde.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words on a page of the pseudo-locale that stand outside ⟦…⟧: nobody translated them. Left out is what is nobody's to
 * translate: names and refs of the sample data, ids, codes, dates, addresses and the names of languages.
 */
final class StrayWords {
    private static final String TEXTS = """
            () => {
              const skip = 'code,pre,.mono,time,[lang]:not(html),option,datalist,script,style,title,.brand,samp,kbd';
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const node = walker.currentNode;
                if (node.parentElement && !node.parentElement.closest(skip) && node.data.trim()) found.push(node.data);
              }
              document.querySelectorAll('[aria-label],[placeholder],[alt]').forEach(e => {
                if (!e.closest(skip)) for (const a of ['aria-label', 'placeholder', 'alt'])
                  if (e.getAttribute(a)) found.push(e.getAttribute(a));
              });
              return found;
            }""";
    private static final Pattern TRANSLATED = Pattern.compile("⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧");
    private static final Pattern NO_WORDS = Pattern.compile(String.join(
            "|",
            SampleEstate.DATA,
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

    static List<String> on(Page page) {
        List<?> texts = (List<?>) page.evaluate(TEXTS);
        return texts.stream()
                .map(String::valueOf)
                .map(text -> TRANSLATED.matcher(text).replaceAll(" "))
                .map(text -> NO_WORDS.matcher(text).replaceAll(" "))
                .flatMap(text -> WORD.matcher(text).results().map(match -> match.group()))
                .distinct()
                .limit(12)
                .toList();
    }
}
