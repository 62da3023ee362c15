package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts of which any one is looked for in the body of an answer; one a line, in capitals or not. A blank stands for white space of any
 * length or none. Parts joined by {@code &&} must all be there; {@code ^} before a part is the beginning of the body, {@code $} behind it the
 * end; {@code json:} before them all takes an answer only whose type is {@code application/json}. A part without a word would stand in
 * every body and is refused, by the loader where the check file says it.
 */
final class BodyTexts {
    private static final String JSON = "json:";
    private static final String JSON_TYPE = "application/json";

    private record Text(boolean json, List<Pattern> parts) {
        boolean stands(CharSequence body, boolean isJson) {
            return (isJson || !json)
                    && parts.stream().allMatch(part -> part.matcher(body).find());
        }
    }

    private final List<Text> texts;

    private BodyTexts(List<Text> texts) {
        this.texts = texts;
    }

    /** Throws {@link NetworkProbe.OptionException} if a text has a part without a word. */
    static BodyTexts of(String option, String lines) {
        return new BodyTexts(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> text(option, line))
                .toList());
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    boolean standIn(HttpReply reply) {
        CharSequence body = reply.body();
        boolean json = reply.header("content-type").startsWith(JSON_TYPE);
        return texts.stream().anyMatch(text -> text.stands(body, json));
    }

    private static Text text(String option, String line) {
        boolean json = line.startsWith(JSON);
        String parts = json ? line.substring(JSON.length()) : line;
        return new Text(
                json,
                Arrays.stream(parts.split("&&", -1))
                        .map(String::strip)
                        .map(part -> part(option, part))
                        .toList());
    }

    private static Pattern part(String option, String part) {
        boolean first = part.startsWith("^");
        String rest = part.substring(first ? 1 : 0);
        boolean last = rest.endsWith("$");
        String text = rest.substring(0, rest.length() - (last ? 1 : 0)).strip();
        if (text.isEmpty()) {
            throw new NetworkProbe.OptionException(Saying.OPTION_NO_TEXT, part, option);
        }
        String words = Arrays.stream(text.split(" +", -1)).map(Pattern::quote).collect(Collectors.joining("\\s*+"));
        return Pattern.compile((first ? "\\A\\s*+" : "") + words + (last ? "\\s*+\\z" : ""), Pattern.CASE_INSENSITIVE);
    }
}
