package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.BodyText;
import dev.ronde.platform.text.Cut;
import dev.ronde.reply.grammar.Understood.Doubt;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the first line of an answer. A line is a command only as a whole; whatever is not plainly one is a comment and a
 * question back. Acting on a line that was not meant so is worse than asking.
 */
public final class Grammar {
    private static final int TRIED = 8;
    /** Different names of one answer that are looked up; others are nobody's. */
    private static final int NAMES = 100;

    private static final Pattern ADDRESS =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^`{|}~._-]{1,64}@[\\p{L}\\p{N}.-]{1,253}");
    /** A line that names somebody else beside the one above. */
    private static final Pattern ANOTHER = Pattern.compile(
            "(and|or|et|ou|cc|copy|copie|else|otherwise|sinon|then|puis|also|aussi)\\b[^@]{0,40}\\S@.*");

    private static final Pattern BEFORE_ADDRESS =
            Pattern.compile("\\s*\\p{L}+(?: to| à| a)? ?:? ?(?:((?:\\p{Lu}[\\p{L}\\p{M}'’.-]*[ ,]*){1,4})?<)?");

    private final Remark remark;
    private final Below below;
    private final Beside beside;
    private final Items items;

    /** @param names whether somebody here is called so: a first or last name in lower case, with its accents */
    public Grammar(Predicate<String> names) {
        Map<String, Boolean> known = new HashMap<>();
        // somebody may write thousands of words that could be names
        this.remark = new Remark(word -> {
            boolean asked = known.containsKey(word) || known.size() < NAMES;
            return asked && known.computeIfAbsent(word, names::test);
        });
        this.below = new Below(remark);
        this.beside = new Beside(remark, below);
        this.items = new Items(remark, beside);
    }

    /** What the answer means.
     *
     * @param today in the zone of the person
     * @param locale of the person; it decides only how 03/04 is read */
    public Understood read(BodyText written, LocalDate today, Locale locale) {
        Understood said = said(written, today, locale);
        // whatever stands there as a command may be the writer's, where it asks for something else
        Optional<String> other = written.contradictory() || said.doubt() == Doubt.EMPTY
                ? Optional.empty()
                : written.aside().stream()
                        .filter(line -> asksElse(line, said, today, locale))
                        .findFirst();
        return other.map(line -> said(written.whose(line), today, locale))
                .orElse(said)
                .beside(written.aside());
    }

    private boolean asksElse(String quoted, Understood said, LocalDate today, Locale locale) {
        String line = quoted.replaceFirst("^[> ]+", "");
        MailWord verb = line.isBlank() ? null : command(line, "", today, locale).verb();
        return verb != null && verb != said.verb();
    }

    private Understood said(BodyText written, LocalDate today, Locale locale) {
        List<String> lines = written.lines();
        int first = commandLine(lines);
        if (first < 0) {
            return Understood.doubtful(null, Doubt.EMPTY, "", "");
        }
        String line = lines.get(first);
        if (written.contradictory()) {
            return Understood.contradicted(
                    written.against(), Line.shortened(line), Line.whole(line, Line.rest(lines, first, lines.size())));
        }
        List<Integer> starts = items.starts(lines, first);
        if (starts.size() > Items.LINES) {
            return Understood.doubtful(
                    null, Doubt.UNCLEAR, Line.shortened(line), Line.whole(line, Line.rest(lines, first, lines.size())));
        }
        List<Understood> commands = new ArrayList<>();
        for (int at = 0; at < starts.size(); at++) {
            int end = at + 1 < starts.size() ? starts.get(at + 1) : lines.size();
            commands.add(command(lines.get(starts.get(at)), Line.rest(lines, starts.get(at), end), today, locale));
        }
        List<Understood> read = commands.stream()
                .map(said -> said.passingOver(items.passedOver(
                        said, below -> command(below, "", today, locale).verb())))
                .toList();
        return read.get(0).followedBy(read.subList(1, read.size()));
    }

    /** Whether a line that stands elsewhere in the answer would take a command back. */
    public boolean against(String line) {
        return below.against(Cut.to(line, 2 * Line.LONGEST));
    }

    /** Whether the line is a greeting, or the warning of a mail gateway, and nothing more. */
    public boolean passesOver(String line) {
        return Opening.passedOver(Cut.to(line, 2 * Line.LONGEST));
    }

    /** The first line that is neither empty, nor a gateway's banner, nor a salutation; -1 where there is none. */
    private static int commandLine(List<String> lines) {
        int looked = 0;
        for (int at = 0; at < lines.size() && looked < TRIED; at++) {
            String line = lines.get(at);
            if (line.isBlank()) {
                continue;
            }
            looked++;
            if (!Opening.passedOver(Cut.to(line, 2 * Line.LONGEST))) {
                return at;
            }
        }
        return -1;
    }

    private Understood command(String line, String rest, LocalDate today, Locale locale) {
        String folded = Line.fold(line).replaceFirst("^[,.;:!-]+ ?", "");
        if (line.length() > Line.LONGEST) {
            return problemAtLength(line, folded, rest)
                    .or(() -> items.read(line, folded, rest).filter(said -> said.verb() == MailWord.PROBLEM))
                    .orElseGet(() ->
                            Understood.doubtful(null, Doubt.UNCLEAR, Line.shortened(line), Line.whole(line, rest)));
        }
        if (folded.startsWith(">")) {
            return Understood.doubtful(null, Doubt.UNCLEAR, Line.shortened(line), Line.whole(line, rest));
        }
        if (folded.equals("?")) {
            return Understood.of(MailWord.HELP, line, rest);
        }
        return items.read(line, folded, rest)
                .or(() -> plain(line, folded, rest))
                .or(() -> delegate(line, folded, rest))
                .or(() -> snooze(line, folded, rest, today, locale))
                .filter(said -> said.verb() == MailWord.PROBLEM || Signs.approving(line))
                .orElseGet(
                        () -> Understood.doubtful(null, Doubt.UNCLEAR, Line.shortened(line), Line.whole(line, rest)));
    }

    private Optional<Understood> plain(String line, String folded, String rest) {
        for (Map.Entry<MailWord, List<String>> entry : Words.PLAIN.entrySet()) {
            for (String word : entry.getValue()) {
                if (folded.startsWith(word) && !note(line, folded)) {
                    Optional<String> comment = beside(entry.getKey(), folded.substring(word.length()));
                    if (comment.isPresent()) {
                        return Optional.of(judged(entry.getKey(), line, comment.get(), rest));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What is said beside a word; thanks, and what a problem is about, need no mark before them. */
    private Optional<String> beside(MailWord verb, String after) {
        Matcher about = Words.ABOUT.matcher(after);
        return Line.afterSeparator(after)
                .or(() ->
                        after.startsWith(" ") && remark.thanking(after) ? Optional.of(after.strip()) : Optional.empty())
                .or(() -> verb == MailWord.PROBLEM && about.matches() ? Optional.of(after.strip()) : Optional.empty());
    }

    /** A problem told in one long paragraph, as many programs send what was typed: nothing said later takes it back. */
    private static Optional<Understood> problemAtLength(String line, String folded, String rest) {
        boolean told = Words.PLAIN.getOrDefault(MailWord.PROBLEM, List.of()).stream()
                .filter(folded::startsWith)
                .anyMatch(word -> Line.afterSeparator(folded.substring(word.length()))
                        .filter(comment -> !comment.isEmpty())
                        .isPresent());
        Matcher separator = Line.SEPARATOR.matcher(line);
        return told && separator.find()
                ? Optional.of(Understood.of(
                        MailWord.PROBLEM, Line.shortened(line), Line.whole(line.substring(separator.end()), rest)))
                : Optional.empty();
    }

    /** “Note: …” begins a remark; only the word alone, or “noté”, says that it was received. */
    private static boolean note(String line, String folded) {
        boolean accented = Normalizer.normalize(line, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .contains("noté");
        return !accented && folded.matches("note ?[:,.;-].+");
    }

    private Understood judged(MailWord verb, String line, String folded, String rest) {
        String said = folded.isEmpty() ? "" : Line.afterWord(line, folded);
        String comment = Line.whole(said, rest);
        if (!beside.stands(verb, line, said, folded, rest)) {
            return Understood.doubtful(verb, Doubt.UNCLEAR, line, Line.whole(line, rest));
        }
        if (verb == MailWord.PROBLEM && comment.isBlank()) {
            return Understood.of(verb, line, line.strip());
        }
        return Understood.of(verb, line, comment);
    }

    /** Whether “ok” is said with anything that does not plainly take a duty over. */
    public boolean withReservation(Understood ok) {
        String folded = Line.fold(ok.line()).replaceFirst("^[,.;:!-]+ ?", "");
        return Words.PLAIN.getOrDefault(MailWord.ACKNOWLEDGE, List.of()).stream()
                .filter(folded::startsWith)
                .map(word -> folded.substring(word.length()))
                .flatMap(after ->
                        Stream.concat(beside(MailWord.ACKNOWLEDGE, after).stream(), Items.after(after).stream()))
                .map(said -> said.isEmpty() ? "" : Line.afterWord(ok.line(), said))
                .noneMatch(said -> remark.accepting(said)
                        && !below.takesBack(
                                ok.line(),
                                ok.comment().startsWith(said) ? ok.comment().substring(said.length()) : ok.comment()));
    }

    private Optional<Understood> delegate(String line, String folded, String rest) {
        Matcher matcher = Words.DELEGATE.matcher(folded);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String bare = line.replaceAll("<mailto:[^>]{0,300}>", "").replace("mailto:", "");
        Set<String> found = new LinkedHashSet<>();
        Matcher address = ADDRESS.matcher(bare);
        int start = bare.length();
        int end = 0;
        while (address.find()) {
            start = Math.min(start, address.start());
            found.add(address.group().toLowerCase(Locale.ROOT).replaceFirst("[.]+$", ""));
            end = address.end();
        }
        boolean several = othersNamed(rest, found);
        if (found.size() != 1 || several || bare.contains("\"")) {
            return Optional.of(
                    Understood.doubtful(MailWord.DELEGATE, Doubt.WHICH_PERSON, line, Line.whole(line, rest)));
        }
        if (!addressed(bare.substring(0, start))) {
            return Optional.of(Understood.doubtful(MailWord.DELEGATE, Doubt.UNCLEAR, line, Line.whole(line, rest)));
        }
        String comment = bare.substring(end).replaceFirst("^[>,;:.!\\s-]+", "").strip();
        boolean harmless = remark.harmless(Words.PLEASE.matcher(comment).replaceFirst("")) || remark.passingOn(comment);
        if (!harmless || below.takesBack(line, remark.withoutPassingOn(rest))) {
            return Optional.of(Understood.doubtful(MailWord.DELEGATE, Doubt.UNCLEAR, line, Line.whole(line, rest)));
        }
        return Optional.of(new Understood(
                MailWord.DELEGATE,
                Doubt.NONE,
                line,
                Line.whole(comment, rest),
                found.iterator().next(),
                null,
                List.of()));
    }

    /** Whether the lines below name somebody else: right below by an address that is not of the name above it, further down in so many words. */
    private boolean othersNamed(String rest, Set<String> found) {
        String name = "";
        for (String line : rest.lines().takeWhile(one -> !one.isBlank()).toList()) {
            String signed = name;
            boolean other = ADDRESS.matcher(line)
                    .results()
                    .map(address -> address.group().toLowerCase(Locale.ROOT))
                    .anyMatch(address -> !found.contains(address) && !(SignOff.reachedAt(line) && of(signed, address)));
            if (other) {
                return true;
            }
            name = below.names(line) ? line : name;
        }
        return rest.lines()
                .map(Line::fold)
                .anyMatch(line ->
                        line.matches("bcc ?:.*") || ANOTHER.matcher(line).matches());
    }

    private static boolean of(String name, String address) {
        String local = Line.fold(address.substring(0, address.indexOf('@')));
        return Stream.of(Line.fold(name).split("\\W+")).anyMatch(word -> word.length() > 2 && local.contains(word));
    }

    /** Whether at most a name stands between the verb and the address. */
    private static boolean addressed(String before) {
        Matcher name = BEFORE_ADDRESS.matcher(before);
        return name.matches()
                && (name.group(1) == null || Remark.signature(name.group(1).replace(",", " ")));
    }

    private Optional<Understood> snooze(String line, String folded, String rest, LocalDate today, Locale locale) {
        String asked = Words.PLEASE.matcher(folded).replaceFirst("");
        Matcher matcher = Words.SNOOZE.matcher(asked);
        Matcher only = Words.UNTIL_ONLY.matcher(asked);
        String when;
        if (matcher.matches()) {
            when = matcher.group(4) == null ? "" : matcher.group(4);
        } else if (only.matches()) {
            when = only.group(2);
        } else {
            return Optional.empty();
        }
        Until until = only.matches()
                ? Until.whole(when, today, locale)
                : Until.first(folded.substring(folded.indexOf(when)), today, locale);
        if (until.day().isEmpty()) {
            return Optional.of(Understood.doubtful(MailWord.SNOOZE, Doubt.WHICH_DATE, line, Line.whole(line, rest)));
        }
        String said = until.comment().isEmpty() ? "" : Line.afterWord(line, until.comment());
        boolean stands = only.matches()
                ? !below.takesBack(line, rest)
                : beside.stands(MailWord.SNOOZE, line, said, until.comment(), rest);
        return Optional.of(
                stands
                        ? new Understood(
                                MailWord.SNOOZE,
                                Doubt.NONE,
                                line,
                                Line.whole(said, rest),
                                null,
                                until.day().get(),
                                List.of())
                        : Understood.doubtful(MailWord.SNOOZE, Doubt.UNCLEAR, line, Line.whole(line, rest)));
    }
}
