package dev.ronde.control;

import dev.ronde.platform.problem.DidYouMean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final String SCOPE = "appliesTo";
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^['\"]?([A-Za-z][A-Za-z0-9_-]*+)['\"]?\\s*:(.*?)(?=\\n['\"]?[A-Za-z]|\\z)");
    private static final Pattern IN_BRACES = Pattern.compile("(?s)[{,]\\s*['\"]?appliesTo['\"]?\\s*:(.*?)(?=}|\\z)");
    private static final Pattern KINDS =
            Pattern.compile("(?s)\\bkinds['\"]?\\s*:(.*?)(?=\\b(?:product|when)['\"]?\\s*:|\\z)");
    private static final Pattern PRODUCT = Pattern.compile("\\bproduct['\"]?\\s*:\\s*['\"]?([a-z][a-z0-9-]{0,39})");

    private final Protections protections;

    BrokenOutline(Protections protections) {
        this.protections = protections;
    }

    /**
     * Returns what is known.
     *
     * @param text the file
     * @param read the scope it has as far as it could be read
     * @param replaced the packaged file it stands for, null without one
     */
    CheckDefinition.Outline of(String id, String text, CheckDefinition.Scope read, @Nullable String replaced) {
        return new CheckDefinition.Outline(
                line(text, "title").orElse(id),
                line(text, "protection").orElse(null),
                line(text, "severity").flatMap(Severity::find).orElse(Severity.MEDIUM),
                kinds(text, read.kinds(), replaced),
                Stream.of(Optional.ofNullable(read.product()), product(text), product(replaced))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null),
                SCHEDULE);
    }

    /**
     * Kinds that were read and exist are taken as they are. Else they are those known ones that the text names where it says whom the check
     * is for, in any notation, with those of the packaged check; and every kind where neither names one, for then nobody can say whom the
     * file leaves out.
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

    private Set<String> named(String text) {
        Set<String> kinds = new TreeSet<>();
        scope(text).ifPresent(scope -> {
            Matcher field = KINDS.matcher(scope);
            while (field.find()) {
                kinds.addAll(words(field.group(1)));
            }
            if (kinds.isEmpty()) {
                kinds.addAll(words(scope));
                kinds.removeIf(kind -> !kind.contains("."));
            }
        });
        return kinds;
    }

    /**
     * What stands under {@code appliesTo}, or under the key of the file that is nearest to it, up to the next key; in a file that is one
     * map in braces, up to the next brace that closes. Texts for people name kinds too, and mean nothing by it.
     */
    private static Optional<String> scope(String text) {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            sections.putIfAbsent(section.group(1), section.group(2));
        }
        Optional<String> found = DidYouMean.nearest(SCOPE, sections.keySet()).map(sections::get);
        if (found.isPresent()) {
            return found;
        }
        Matcher inBraces = IN_BRACES.matcher(text);
        return inBraces.find() ? Optional.of(inBraces.group(1)) : Optional.empty();
    }

    private static Optional<String> product(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(BrokenOutline::scope).flatMap(scope -> {
            Matcher product = PRODUCT.matcher(scope);
            return product.find() ? Optional.of(product.group(1)) : Optional.empty();
        });
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
