package dev.ronde.platform.document;

import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one map and collects every fault with its line and JSON pointer. A value that is wrong or missing is empty or a
 * harmless default, so that reading goes on and the author sees all faults at once; nothing read with faults may be used.
 */
public final class Fields {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}) ?([dhms])[a-z]*", Pattern.CASE_INSENSITIVE);

    private static final int FEW = 12;
    private static final int MAX_FAULTS = 100;

    private final Node.Mapping mapping;
    private final String pointer;
    private final List<Fault> faults;
    private final Set<String> known = new LinkedHashSet<>();

    public Fields(Node.Mapping mapping, List<Fault> faults) {
        this(mapping, "", faults);
    }

    private Fields(Node.Mapping mapping, String pointer, List<Fault> faults) {
        this.mapping = mapping;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** The fields of a node that may have these and no others; empty, with a fault, if it is not a map. */
    public static Optional<Fields> over(Node node, String pointer, List<Fault> faults, String... known) {
        if (!(node instanceof Node.Mapping mapping)) {
            String keys = String.join(", ", known);
            String english = node.line() == 0 ? "must be an object with " : "write keys and values here: ";
            Reason reason = Reason.of("not_a_mapping", english + keys, keys);
            add(faults, new Fault(node.line(), pointer, "not_a_mapping", reason));
            return Optional.empty();
        }
        Fields fields = new Fields(mapping, pointer, faults);
        fields.known.addAll(List.of(known));
        fields.noOthers();
        return Optional.of(fields);
    }

    public int line() {
        return mapping.line();
    }

    public int line(String name) {
        return mapping.keyLines().getOrDefault(name, mapping.line());
    }

    public String pointer() {
        return pointer;
    }

    public String pointer(String name) {
        return pointer + "/" + name;
    }

    public boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    public List<Fault> faults() {
        return faults;
    }

    public void problem(int line, String message) {
        add(faults, new Fault(line, pointer, Fault.BAD_VALUE, Reason.of(Fault.BAD_VALUE, message)));
    }

    private void wrong(Node node, String at, String message) {
        add(faults, new Fault(node.line(), pointer(at), Fault.BAD_VALUE, Reason.of(Fault.BAD_VALUE, message)));
    }

    /** A hundred say enough of a document; more would be an answer larger than what was asked. */
    private static void add(List<Fault> faults, Fault fault) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(fault);
        }
    }

    public void problem(String name, String message) {
        fault(name, Fault.BAD_VALUE, Reason.of(Fault.BAD_VALUE, message));
    }

    public void fault(String name, String code, Reason reason) {
        add(faults, new Fault(line(name), pointer(name), code, reason));
    }

    public void refuse(String name, Reason reason) {
        add(faults, new Fault(line(name), pointer(name), Fault.BAD_VALUE, name, reason));
    }

    /** Every key that was neither read nor required so far is a fault. */
    public void noOthers() {
        noOthers(Set.of());
    }

    /** As {@link #noOthers()}, but for those of which something is said already. */
    public void noOthers(Set<String> told) {
        mapping.entries().keySet().stream()
                .filter(name -> !known.contains(name) && !told.contains(name))
                .limit(MAX_FAULTS)
                .forEach(name -> fault(name, Problem.UNKNOWN_FIELD, unknown(name)));
    }

    private Reason unknown(String name) {
        String english = "unknown key '" + name + "'";
        Reason near = Reason.of("unknown_key", english, name).meaning(name, known);
        String keys = String.join(", ", known);
        return near.meant().isEmpty()
                ? Reason.of(Problem.UNKNOWN_FIELD, english + "; known keys: " + keys, name, keys)
                : near;
    }

    public Optional<Node> node(String name) {
        known.add(name);
        return Optional.ofNullable(mapping.entries().get(name));
    }

    /** All keys with their nodes, for maps whose keys are names chosen by the author. */
    public Map<String, Node> all() {
        known.addAll(mapping.entries().keySet());
        return mapping.entries();
    }

    public void require(String name) {
        known.add(name);
        if (!has(name)) {
            fault(name, "required", Reason.of("required", "required key '" + name + "' is missing", name, ""));
        }
    }

    public void require(String name, String example) {
        if (!has(name)) {
            String english = "'" + name + "' is required, for example " + name + ": " + example;
            fault(name, "required", Reason.of("required", english, name, example));
        }
    }

    /** A text, stripped; a number or a truth value must be in quotes. */
    public Optional<String> text(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, Node.Scalar.Kind.TEXT, "a text"))
                .map(scalar -> scalar.text().strip())
                .filter(text -> {
                    if (text.isEmpty()) {
                        problem(name, "'" + name + "' is empty");
                    }
                    return !text.isEmpty();
                });
    }

    public String requiredText(String name) {
        require(name);
        return text(name).orElse("");
    }

    public Optional<Long> whole(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, Node.Scalar.Kind.WHOLE, "a whole number"))
                .map(scalar -> {
                    try {
                        return scalar.whole();
                    } catch (NumberFormatException e) {
                        wrong(scalar, name, "'" + name + "' " + e.getMessage());
                        return 0L;
                    }
                });
    }

    public Optional<Boolean> truth(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, Node.Scalar.Kind.TRUTH, "true or false"))
                .map(scalar -> Boolean.valueOf(scalar.text()));
    }

    public Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.isNegative() || duration.isZero()) {
                    problem(name, "'" + name + "' must be longer than nothing");
                }
                return duration;
            } catch (DateTimeException e) {
                problem(
                        name,
                        "'" + name + "' must be a duration such as PT1H or P7D, not '" + text + "'" + spanMeant(text));
                return Duration.ofSeconds(1);
            }
        });
    }

    /** Asks for the ISO 8601 form of a span such as {@code 1h} or {@code 7 days}. */
    private static String spanMeant(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return "";
        }
        String unit = span.group(2).toUpperCase(Locale.ROOT);
        return "; did you mean '" + (unit.equals("D") ? "P" : "PT") + span.group(1) + unit + "'?";
    }

    public Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                problem(name, "'" + name + "' must be a time such as 2026-01-31T00:00:00Z");
                return Instant.EPOCH;
            }
        });
    }

    /** A date such as 2026-12-31. */
    public Optional<LocalDate> date(String name) {
        return scalar(name, null).flatMap(text -> {
            try {
                return Optional.of(IsoDates.date(text));
            } catch (DateTimeException e) {
                String english = "'" + text + "' is not a date; write YYYY-MM-DD, for example 2026-01-31";
                refuse(name, Reason.of("date", english, text));
                return Optional.empty();
            }
        });
    }

    /** One of the values by its word. */
    public <T> Optional<T> word(String name, T[] values, Function<T, String> word) {
        return text(name).flatMap(text -> {
            List<String> words = Stream.of(values).map(word).toList();
            Optional<T> found = Stream.of(values)
                    .filter(value -> word.apply(value).equals(text))
                    .findFirst();
            if (found.isEmpty()) {
                problem(
                        name,
                        "'" + text + "' is not a valid " + name + "; one of " + String.join(", ", words)
                                + DidYouMean.question(text, words));
            }
            return found;
        });
    }

    /**
     * The words that are known; each other one is a fault that asks whether a near one was meant, or lists a few.
     *
     * @param lacking begins the sentence, such as {@code there is no probe}
     */
    public List<String> known(String name, String lacking, Collection<String> words, Collection<String> known) {
        return known(line(name), lacking, words, known);
    }

    public List<String> known(int line, String lacking, Collection<String> words, Collection<String> known) {
        words.stream()
                .filter(word -> !known.contains(word))
                .forEach(word -> problem(line, lacking + " '" + word + "'" + near(word, known)));
        return words.stream().filter(known::contains).toList();
    }

    private static String near(String word, Collection<String> known) {
        String question = DidYouMean.question(word, known);
        return question.isEmpty() && known.size() <= FEW ? "; there are " + String.join(", ", known) : question;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<Node> items = items(name);
        for (int index = 0; index < items.size(); index++) {
            scalar(name + "/" + index, items.get(index), Node.Scalar.Kind.TEXT, "a text")
                    .map(Node.Scalar::text)
                    .ifPresent(texts::add);
        }
        return texts;
    }

    public List<Node> items(String name) {
        Optional<Node> node = node(name);
        if (node.isPresent() && !(node.get() instanceof Node.Sequence)) {
            String example = mapping.line() == 0 ? "" : ", for example " + name + ": [a, b]";
            String english = "'" + name + "' must be a list" + example;
            fault(name, "not_a_list", Reason.of("not_a_list", english, name));
        }
        return node.orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
    }

    public Optional<Fields> child(String name) {
        return node(name).flatMap(node -> child(name, node));
    }

    public Optional<Fields> child(String name, Node node) {
        if (node instanceof Node.Mapping child) {
            return Optional.of(new Fields(child, pointer(name), faults));
        }
        wrong(node, name, "'" + name + "' must be " + (node.line() == 0 ? "an object" : "a map"));
        return Optional.empty();
    }

    /** The fields under this key, which may be these and no others; empty where the key is not there. */
    public Optional<Fields> child(String name, String... fields) {
        return node(name).flatMap(node -> over(node, pointer(name), faults, fields));
    }

    public List<Fields> children(String name) {
        List<Fields> children = new ArrayList<>();
        List<Node> items = items(name);
        for (int index = 0; index < items.size(); index++) {
            child(name + "/" + index, items.get(index)).ifPresent(children::add);
        }
        return children;
    }

    /** A scalar of any kind as it is written, stripped; a missing one is a fault if there is an example of it. */
    public Optional<String> scalar(String name, @Nullable String exampleIfRequired) {
        Optional<Node> node = node(name);
        if (node.isEmpty()) {
            if (exampleIfRequired != null) {
                require(name, exampleIfRequired);
            }
            return Optional.empty();
        }
        if (node.get() instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(scalar.text().strip());
        }
        String english = "'" + name + "' must be a single value that is not empty";
        fault(name, "not_a_text", Reason.of("not_a_text", english, name));
        return Optional.empty();
    }

    /** A scalar made into a value; what the parser throws as {@link Reason.Refusal} is a fault. */
    public <T> Optional<T> parsed(String name, @Nullable String exampleIfRequired, Function<String, T> parser) {
        return scalar(name, exampleIfRequired).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (Reason.Refusal refused) {
                refuse(name, refused.reason());
                return Optional.empty();
            }
        });
    }

    /** A list of scalars, each passed through the check, which throws {@link Reason.Refusal}; empty where the key is not there. */
    public List<String> words(String name, Function<String, String> check) {
        List<String> words = new ArrayList<>();
        List<Node> items = items(name);
        for (int index = 0; index < items.size(); index++) {
            Node item = items.get(index);
            try {
                if (!(item instanceof Node.Scalar scalar) || scalar.text().isBlank()) {
                    throw Reason.of("one_word", "each entry must be one word").refusal();
                }
                words.add(check.apply(scalar.text().strip()));
            } catch (Reason.Refusal refused) {
                String at = pointer(name) + "/" + index;
                add(faults, new Fault(item.line(), at, Fault.BAD_VALUE, name, refused.reason()));
            }
        }
        return words;
    }

    private Optional<Node.Scalar> scalar(String name, Node node, Node.Scalar.Kind kind, String expected) {
        if (node instanceof Node.Scalar scalar && scalar.kind() == kind) {
            return Optional.of(scalar);
        }
        String hint = node instanceof Node.Scalar scalar
                        && kind == Node.Scalar.Kind.TEXT
                        && scalar.kind() != Node.Scalar.Kind.NOTHING
                ? "; put '" + scalar.text() + "' in quotes"
                : "";
        wrong(node, name, "'" + name + "' must be " + expected + hint);
        return Optional.empty();
    }
}
