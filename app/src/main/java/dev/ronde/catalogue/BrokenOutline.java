package dev.ronde.catalogue;

import dev.ronde.platform.problem.DidYouMean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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

    private static final String PROTECTION = "protection";
    private static final Pattern FIELD =
            Pattern.compile("(?m)(?:^|[{,])[ \\t]*['\"]?protection['\"]?[ \\t]*:[ \\t]*['\"]?([a-z][a-z0-9-]*+)");
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\uFEFF\uFFFD&&[^\\n\\r\\t]]");

    private final Vocabulary vocabulary;
    private final Protections protections;

    BrokenOutline(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.protections = vocabulary.protections();
    }

    /**
     * Returns what is known. What the file says where it can be read goes before what the packaged file of the same id says, and that before
     * what only looks like a field.
     *
     * @param bytes the file, or its beginning where it is too large
     * @param packaged the packaged file it stands for, null without one
     */
    CheckDefinition.Outline of(String id, byte[] bytes, byte @Nullable [] packaged) {
        String text = text(bytes);
        YamlNode.Mapping tree = tree(text);
        CheckDefinition.Outline read = outline(id, tree);
        CheckDefinition.Outline replaced = packaged == null ? null : outline(id, tree(text(packaged)));
        return new CheckDefinition.Outline(
                Stream.of(value(tree, "title"), line(text, "title"), known(replaced, CheckDefinition.Outline::title))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(id),
                protections(tree, text, replaced),
                Stream.of(
                                value(tree, "severity").flatMap(Severity::find),
                                line(text, "severity").flatMap(Severity::find),
                                known(replaced, CheckDefinition.Outline::severity))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(Severity.MEDIUM),
                kinds(text, read == null ? List.of() : read.kinds(), replaced),
                Stream.of(
                                known(read, CheckDefinition.Outline::product),
                                product(text),
                                known(replaced, CheckDefinition.Outline::product))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null),
                SCHEDULE,
                controls(read, replaced));
    }

    private static <T> Optional<T> known(
            CheckDefinition.@Nullable Outline outline, Function<CheckDefinition.Outline, @Nullable T> part) {
        return Optional.ofNullable(outline).map(part);
    }

    /** The bytes as what they are meant for: without those that are no text, as in a file of two bytes a character. */
    private static String text(byte[] bytes) {
        return NO_TEXT.matcher(new String(bytes, 0, Math.min(bytes.length, YamlTree.MAX_BYTES), StandardCharsets.UTF_8))
                .replaceAll("");
    }

    private static YamlNode.@Nullable Mapping tree(String text) {
        try {
            return YamlTree.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (YamlException | RuntimeException | StackOverflowError e) {
            return null; // then there are only its lines
        }
    }

    /** What a reader takes from the fields there are, however many of them are wrong. */
    private CheckDefinition.@Nullable Outline outline(String id, YamlNode.@Nullable Mapping tree) {
        try {
            return tree == null
                    ? null
                    : CheckReader.read(id, "", tree, vocabulary, true, new ArrayList<>())
                            .outline();
        } catch (RuntimeException | StackOverflowError e) {
            return null; // its fields are read one by one
        }
    }

    private static Optional<String> value(YamlNode.@Nullable Mapping tree, String key) {
        return tree != null && tree.entries().get(key) instanceof YamlNode.Scalar scalar
                ? Optional.of(ReadableText.cleaned(scalar.text().strip(), MAX_LINE))
                        .filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private List<String> protections(
            YamlNode.@Nullable Mapping tree, String text, CheckDefinition.@Nullable Outline replaced) {
        List<String> named = value(tree, PROTECTION).filter(protections.keys()::contains).stream()
                .toList();
        if (named.isEmpty() && replaced != null) {
            named = replaced.protections().stream()
                    .filter(protections.keys()::contains)
                    .toList();
        }
        return named.isEmpty()
                ? FIELD.matcher(text)
                        .results()
                        .map(field -> field.group(1))
                        .filter(protections.keys()::contains)
                        .distinct()
                        .toList()
                : named;
    }

    private List<String> controls(CheckDefinition.@Nullable Outline read, CheckDefinition.@Nullable Outline replaced) {
        return Stream.of(read, replaced)
                .flatMap(Stream::ofNullable)
                .map(outline -> outline.controls().stream()
                        .filter(this::isControl)
                        .distinct()
                        .toList())
                .filter(controls -> !controls.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private boolean isControl(String key) {
        int colon = key.indexOf(':');
        Framework framework = vocabulary.frameworks().get(key.substring(0, colon));
        return framework != null && framework.controls().containsKey(key.substring(colon + 1));
    }

    /**
     * Kinds that were read and exist are taken as they are. Else they are those known ones that the text names where it says whom the check
     * is for, in any notation, with those of the packaged check; and every kind where neither names one, for then nobody can say whom the
     * file leaves out.
     */
    private List<String> kinds(String text, List<String> read, CheckDefinition.@Nullable Outline replaced) {
        if (!read.isEmpty() && read.stream().allMatch(this::known)) {
            return read;
        }
        Set<String> kinds = new TreeSet<>(named(text));
        read.stream().filter(this::known).forEach(kinds::add);
        if (replaced != null) {
            kinds.addAll(replaced.kinds());
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

    private static Optional<String> product(String text) {
        return scope(text).flatMap(scope -> {
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
                ? Optional.of(ReadableText.cleaned(unquoted(matcher.group(1)), MAX_LINE))
                        .filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** A value without its quotes, and without the comment after it. */
    private static String unquoted(String written) {
        String value = written.strip();
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        int end = first == '"' || first == '\'' ? value.indexOf(first, 1) : -1;
        return end > 0 ? value.substring(1, end) : value.replaceFirst("(?:^|\\s)#.*", "");
    }
}
