package dev.ronde.review.answer;

import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.estate.CheckWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pages say about a refused answer to a review, in the language of their reader. */
public record RefusalWords(CheckWords checks) {

    private static final Set<String> OF_CHECKS =
            Set.of("checks_changed", "checks_missing", "checks_fail", "not_unchanged");

    public record Line(String field, String text) {}

    public List<Line> lines(ReaderWords words, Problem refused) {
        return lines(words, refused, Map.of());
    }

    /**
     * The same with names.
     *
     * @param asked the words of each question and change by its id, so that what lacks an answer is named
     */
    public List<Line> lines(ReaderWords words, Problem refused, Map<String, String> asked) {
        List<Line> lines = new ArrayList<>();
        if (refused.errors().isEmpty()) {
            String text = words.text(key(words, refused), values(words, refused));
            lines.add(new Line("main", text));
        }
        for (FieldError error : refused.errors()) {
            String key = key(words, error.code(), error.pointer());
            String id = error.pointer()
                    .replaceFirst("^/answers/", "")
                    .replace("~1", "/")
                    .replace("~0", "~");
            String named = key + ".named";
            String text = asked.containsKey(id) && words.messages().has(named)
                    ? words.text(named, asked.get(id))
                    : words.text(key, refused.values().toArray());
            lines.add(new Line(field(error.pointer()), text));
        }
        return lines;
    }

    private static String key(ReaderWords words, Problem refused) {
        String key = key(words, refused.code(), "");
        boolean named =
                refused.code().equals("not_unchanged") && !refused.values().isEmpty();
        return named ? key + ".checks" : key;
    }

    private static String key(ReaderWords words, String code, String pointer) {
        String ofCode = "review.error." + code;
        return Stream.of(ofCode + pointer.replace('/', '.'), ofCode)
                .filter(words.messages()::has)
                .findFirst()
                .orElse("review.error.other");
    }

    private static String field(String pointer) {
        if (pointer.startsWith("/answers/")) {
            return "answers";
        }
        return switch (pointer) {
            case "/waiver", "/waiver/until", "/waiver/reason" -> "waiver_reason";
            case "/outcome", "/note" -> "outcome";
            default -> "main";
        };
    }

    private Object[] values(ReaderWords words, Problem refused) {
        if (!OF_CHECKS.contains(refused.code())) {
            return refused.values().toArray();
        }
        String named = refused.values().stream()
                .map(check -> checks.of(check, words.locale()))
                .collect(Collectors.joining(", "));
        return new Object[] {named};
    }
}
