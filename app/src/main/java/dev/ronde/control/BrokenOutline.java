package dev.ronde.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Saves from a broken file what tells whom it concerns, so that its assets show an error instead of nothing. Rather too many assets
 * than one too few: a check that is absent is not missed by anybody.
 */
final class BrokenOutline {
    private static final int MAX_LINE = 120;
    private static final CheckDefinition.Schedule SCHEDULE =
            new CheckDefinition.Schedule(Duration.ofDays(1), false, Duration.ofDays(2));
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*+(?:\\.(?:[a-z][a-z0-9-]*+|\\*))*+");

    private final Protections protections;

    BrokenOutline(Protections protections) {
        this.protections = protections;
    }

    /**
     * Returns what is known.
     *
     * @param text the file
     * @param read the kinds it names as far as it could be read
     * @param replaced the packaged file it stands for, null without one
     */
    CheckDefinition.Outline of(String id, String text, List<String> read, @Nullable String replaced) {
        return new CheckDefinition.Outline(
                line(text, "title").orElse(id),
                line(text, "protection").orElse(null),
                line(text, "severity").flatMap(Severity::find).orElse(Severity.MEDIUM),
                kinds(text, read, replaced),
                SCHEDULE);
    }

    /**
     * Kinds that were read and exist are taken as they are. Else they are those known ones the text names, in any notation, with those
     * of the packaged check; and every kind where neither names one, for then nobody can say whom the file leaves out.
     */
    private List<String> kinds(String text, List<String> read, @Nullable String replaced) {
        if (!read.isEmpty() && read.stream().allMatch(this::known)) {
            return read;
        }
        Set<String> kinds = new TreeSet<>(named(text));
        read.stream().filter(this::known).forEach(kinds::add);
        if (replaced != null) {
            kinds.addAll(named(replaced));
        }
        return List.copyOf(kinds.isEmpty() ? new TreeSet<>(protections.kinds()) : kinds);
    }

    /** From {@code kinds:} to the next field of the file; where that names none, from anywhere as {@code group.name}. */
    private Set<String> named(String text) {
        Matcher field = Pattern.compile("(?s)\\bkinds['\"]?\\s*:(.*?)(?=\\n[A-Za-z]|\\z)")
                .matcher(text);
        Set<String> kinds = new TreeSet<>();
        while (field.find()) {
            kinds.addAll(words(field.group(1)));
        }
        if (kinds.isEmpty()) {
            kinds = words(text);
            kinds.removeIf(kind -> !kind.contains("."));
        }
        return kinds;
    }

    private Set<String> words(String text) {
        Set<String> kinds = new TreeSet<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (known(word.group())) {
                kinds.add(word.group());
            }
        }
        return kinds;
    }

    private boolean known(String pattern) {
        return protections.kinds().stream().anyMatch(kind -> Protections.matches(pattern, kind));
    }

    private static Optional<String> line(String text, String key) {
        Matcher matcher =
                Pattern.compile("(?m)^" + key + ":[ ]*([^\\n]{1,120})$").matcher(text);
        return matcher.find()
                ? Optional.of(ReadableText.cleaned(matcher.group(1).strip(), MAX_LINE))
                : Optional.empty();
    }
}
