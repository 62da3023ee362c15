package dev.ronde.catalogue;

import dev.ronde.platform.document.Fields;
import dev.ronde.platform.problem.DidYouMean;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The options of probe {@code http.exchange}: a check file may word a read, and nothing but a read. */
final class HttpQuestions {
    private static final String TYPE = "http.exchange";
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,199}");
    private static final Pattern PREFIX =
            Pattern.compile("(?:/[A-Za-z0-9._~-]{1,60}){0,6}|\\{\\{\\s*params\\.[A-Za-z_][A-Za-z0-9_]*\\s*}}");
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]{1,100}");
    private static final Pattern TEXTS = Pattern.compile("[\\x20-\\x7e]{1,100}(?:\n[\\x20-\\x7e]{1,100}){0,39}\n?");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final Map<String, Pattern> OPTIONS = Map.ofEntries(
            Map.entry("method", Pattern.compile("GET|HEAD")),
            Map.entry("prefix", PREFIX),
            Map.entry("path", PATH),
            Map.entry("header", HEADER),
            Map.entry("marker", TEXT),
            Map.entry("markers", TEXTS),
            Map.entry("flag", TEXT),
            Map.entry("flags", TEXTS),
            Map.entry("flag2", TEXT),
            Map.entry("thenMethod", Pattern.compile("GET|HEAD")),
            Map.entry("thenPath", PATH),
            Map.entry("thenHeader", HEADER),
            Map.entry("thenMarker", TEXT),
            Map.entry("thenMarkers", TEXTS),
            Map.entry("thenFlag", TEXT),
            Map.entry("thenFlags", TEXTS),
            Map.entry("thenFlag2", TEXT),
            Map.entry("host", Pattern.compile(".*")),
            Map.entry("port", Pattern.compile(".*")));

    private HttpQuestions() {}

    static void check(String type, Fields probe) {
        if (!type.equals(TYPE)) {
            return;
        }
        probe.child("target")
                .ifPresent(target -> target.all().keySet().forEach(name -> {
                    Pattern form = OPTIONS.get(name);
                    if (form == null) {
                        target.problem(
                                name,
                                "probe http.exchange has no option '" + name + "'"
                                        + DidYouMean.question(name, OPTIONS.keySet()));
                    } else if (!form.matcher(target.text(name).orElse("")).matches()) {
                        target.problem(name, "'" + name + "' must match " + form.pattern() + "; probes only read");
                    } else if (form == TEXTS) {
                        wordless(target.text(name).orElse(""))
                                .ifPresent(line -> target.problem(
                                        name,
                                        "'" + name + "' has '" + line
                                                + "', of which a part is not a text: nothing, json:, ^ and $ by"
                                                + " themselves stand in every body"));
                    }
                }));
    }

    /** The first text with a part that has no word, because every body would match it. */
    private static Optional<String> wordless(String texts) {
        return texts.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line -> Arrays.stream(line.replaceFirst("^json:", "").split("&&", -1))
                        .anyMatch(part -> part.strip()
                                .replaceFirst("^\\^", "")
                                .replaceFirst("\\$$", "")
                                .isBlank()))
                .findFirst();
    }
}
