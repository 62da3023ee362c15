package dev.ronde.inbound.grammar;

import dev.ronde.inbound.grammar.Understood.Doubt;
import dev.ronde.inbound.message.BodyText;
import dev.ronde.inbound.message.Folding;
import dev.ronde.platform.text.Cut;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an answer. It is a command only if its words, but for courtesies, are exactly one of the table, {@code problem: text}, or one with its address,
 * day or items; whatever else somebody writes is a comment and a question back. Acting on words that were not meant so is worse than asking.
 */
public final class Grammar {
    /** Lines of one answer that say which items they are about: as many as a digest lists. */
    private static final int LINES = 50;

    private static final int LONGEST = 500;

    private static final Pattern ADDRESS =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^`{|}~._-]{1,64}@[\\p{L}\\p{N}.-]{1,253}");
    private static final Pattern BEFORE_ADDRESS =
            Pattern.compile("\\W*\\p{L}+(?:-moi)?(?: to| à| a)? ?:? ?(?:(?:\\p{Lu}[\\p{L}\\p{M}'’.-]*[ ,]*){0,4}<)?");
    private static final Pattern AFTER_ADDRESS = Pattern.compile("[>,;:.!\\s-]*");

    private static final Pattern AROUND = Pattern.compile("^[\\s\"“«-]+|[\\s.!,;:…\"”»-]+$");
    /** Signs that approve; beside any other one, a word is none. */
    private static final String APPROVING = "[✅✔☑👍🙂😊😀😃😄🎉🙏👌💪🆗\uFE0F\\x{1F3FB}-\\x{1F3FF}`´]";
    /** What comparing drops: a line with it may say something else to whoever sees it. */
    private static final Pattern DROPPED = Pattern.compile("[\\p{Mn}\\p{Me}\\p{So}\\p{Sk}\\p{Cs}\\p{Cn}]");

    private static final String ITEM = "(?:#|rev-)?\\d{1,15}";
    private static final Pattern ITEMS =
            Pattern.compile("(?<word>[^:\\d#]+?) ?:? ?(?<items>" + ITEM + "(?: ?(?:,|et|and|&|;| ) ?" + ITEM + ")*)");
    private static final Pattern NUMBER = Pattern.compile("(rev-)?(\\d{1,15})");

    private final Courtesies courtesies;

    /** @param names whether somebody here is called so: a first or last name in lower case, with its accents
     * @param endings whether earlier messages of the same writer ended so: the folded lines, with a blank between two */
    public Grammar(Predicate<String> names, Predicate<String> endings) {
        this.courtesies = new Courtesies(names, endings);
    }

    /** What the answer means.
     *
     * @param today in the zone of the person
     * @param locale of the person; it decides only how 03/04 is read */
    public Understood read(BodyText written, LocalDate today, Locale locale) {
        List<String> lines =
                written.lines().stream().filter(line -> !line.isBlank()).toList();
        String whole = String.join("\n", written.lines()).strip();
        Doubt doubt = switch (written.clarity()) {
            case SEALED -> Doubt.ENCRYPTED;
            case TOO_LONG -> Doubt.UNREADABLE;
            case TWO_WAYS -> lines.isEmpty() ? Doubt.EMPTY : Doubt.CONTRADICTORY;
            case CLEAR -> lines.isEmpty() ? Doubt.EMPTY : Doubt.NONE;
        };
        List<String> said = doubt == Doubt.NONE ? courtesies.without(written.lines()) : List.of();
        if (said.isEmpty()) {
            String shown = lines.isEmpty() ? "" : lines.get(0);
            return Understood.doubtful(null, doubt == Doubt.NONE ? Doubt.EMPTY : doubt, Cut.to(shown, LONGEST), whole);
        }
        String first = said.get(0);
        return problem(said)
                .or(() -> said.size() == 1
                        ? command(first, today, locale)
                        : items(said.stream().filter(line -> !line.isBlank()).toList()))
                .map(read -> read.clear() ? read : Understood.doubtful(read.verb(), read.doubt(), first, whole))
                .orElseGet(() -> Understood.doubtful(null, Doubt.UNCLEAR, Cut.to(first, LONGEST), whole));
    }

    /** Whether the line is a greeting, or the warning of a mail gateway, and nothing more. */
    public boolean passesOver(String line) {
        return courtesies.opens(line);
    }

    private static Optional<Understood> command(String line, LocalDate today, Locale locale) {
        String folded = folded(line);
        if (line.length() > LONGEST || dropped(line)) {
            return Optional.empty();
        }
        if (folded.equals("?")) {
            return Optional.of(Understood.of(MailWord.HELP, line, ""));
        }
        return items(List.of(line))
                .or(() -> word(folded).map(verb -> Understood.of(verb, line, verb == MailWord.PROBLEM ? line : "")))
                .or(() -> delegate(line, folded))
                .or(() -> snooze(line, folded, today, locale));
    }

    private static Optional<MailWord> word(String folded) {
        return Words.PLAIN.entrySet().stream()
                .filter(entry -> entry.getValue().contains(folded))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** {@code problem: text}, over any number of lines; a text that denies tells of none. */
    private static Optional<Understood> problem(List<String> said) {
        String line = said.get(0);
        int colon = line.indexOf(':');
        if (colon < 0 || !word(folded(line.substring(0, colon))).equals(Optional.of(MailWord.PROBLEM))) {
            return Optional.empty();
        }
        String text = Stream.concat(
                        Stream.of(line.substring(colon + 1)), said.stream().skip(1))
                .collect(Collectors.joining("\n"))
                .strip();
        String told = folded(text);
        return !told.isEmpty() && !Words.DENIES.matcher(told).matches()
                ? Optional.of(Understood.of(MailWord.PROBLEM, Cut.to(line, LONGEST), text))
                : Optional.empty();
    }

    /** {@code done 1, 3}, {@code problem REV-12: what}, {@code not mine 2}: each line about items of a list. */
    private static Optional<Understood> items(List<String> said) {
        List<Understood> commands = said.stream()
                .limit(LINES)
                .flatMap(line -> ofItems(line).stream())
                .toList();
        if (commands.size() == said.size()) {
            return Optional.of(commands.get(0).followedBy(commands.subList(1, commands.size())));
        }
        // a problem is told over several lines where it stands alone
        return ofItems(said.get(0))
                .filter(first -> commands.size() == 1 && first.verb() == MailWord.PROBLEM)
                .map(first -> first.going(said.subList(1, said.size())));
    }

    private static Optional<Understood> ofItems(String line) {
        int colon = line.indexOf(':');
        for (int end = line.length(); end > 0 && !dropped(line); end = end == line.length() ? colon : 0) {
            Matcher items = ITEMS.matcher(folded(line.substring(0, end)));
            String text = line.substring(Math.min(end + 1, line.length())).strip();
            Optional<MailWord> verb = items.matches() ? word(items.group("word")) : Optional.empty();
            if (verb.isPresent() && Words.OF_ITEMS.contains(verb.get())) {
                boolean problem = verb.get() == MailWord.PROBLEM;
                Set<String> refs = new LinkedHashSet<>();
                NUMBER.matcher(items.group("items"))
                        .results()
                        .forEach(one -> refs.add((one.group(1) == null ? "" : "REV-") + Long.parseLong(one.group(2))));
                return (!problem && !text.isEmpty())
                                || Words.DENIES.matcher(folded(text)).matches()
                        ? Optional.empty()
                        : Optional.of(new Understood(
                                verb.get(),
                                Doubt.NONE,
                                Cut.to(line, LONGEST),
                                problem ? (text.isEmpty() ? line.strip() : text) : "",
                                null,
                                null,
                                new ArrayList<>(refs),
                                List.of()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Understood> delegate(String line, String folded) {
        if (!Words.DELEGATE.matcher(folded).matches()) {
            return Optional.empty();
        }
        String bare = Words.PLEASE
                .matcher(line.replaceAll("<mailto:[^>]{0,300}>", "").replace("mailto:", ""))
                .replaceFirst("");
        Matcher address = ADDRESS.matcher(bare);
        if (!address.find()) {
            return Optional.of(Understood.doubtful(MailWord.DELEGATE, Doubt.WHICH_PERSON, line, ""));
        }
        String to = address.group().toLowerCase(Locale.ROOT).replaceFirst("[.]+$", "");
        boolean alone =
                BEFORE_ADDRESS.matcher(bare.substring(0, address.start())).matches()
                        && AFTER_ADDRESS.matcher(bare.substring(address.end())).matches();
        return Optional.of(
                alone
                        ? new Understood(MailWord.DELEGATE, Doubt.NONE, line, "", to, null, List.of(), List.of())
                        : Understood.doubtful(MailWord.DELEGATE, Doubt.WHICH_PERSON, line, ""));
    }

    private static Optional<Understood> snooze(String line, String folded, LocalDate today, Locale locale) {
        Matcher matcher = Words.SNOOZE.matcher(folded);
        Matcher only = Words.UNTIL_ONLY.matcher(folded);
        if (!matcher.matches() && !only.matches()) {
            return Optional.empty();
        }
        String when = matcher.matches() ? matcher.group(4) : only.group(2);
        Optional<LocalDate> until = when == null ? Optional.empty() : Days.read(when, today, locale);
        return Optional.of(
                until.map(day -> new Understood(MailWord.SNOOZE, Doubt.NONE, line, "", null, day, List.of(), List.of()))
                        .orElseGet(() -> Understood.doubtful(MailWord.SNOOZE, Doubt.WHICH_DATE, line, "")));
    }

    private static boolean dropped(String line) {
        return DROPPED.matcher(Normalizer.normalize(line, Normalizer.Form.NFC).replaceAll(APPROVING, ""))
                .find();
    }

    /** Folded, without a greeting before it, thanks behind it, and the marks around it. */
    private static String folded(String text) {
        String line = Folding.line(Cut.to(text, 2 * LONGEST));
        String bare = Words.PLEASE
                .matcher(Words.GREETING.matcher(line).replaceFirst(""))
                .replaceFirst("");
        return AROUND.matcher(bare).replaceAll("");
    }
}
