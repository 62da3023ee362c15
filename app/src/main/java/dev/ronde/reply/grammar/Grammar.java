package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folded;
import dev.ronde.mail.inbound.Written;
import dev.ronde.platform.text.Cut;
import dev.ronde.reply.grammar.Understood.Doubt;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the first line of an answer. A line is a command only as a whole; whatever is not plainly one is a comment and a
 * question back. Acting on a line that was not meant so is worse than asking.
 */
public final class Grammar {
    private static final int LONGEST = 500;
    private static final int TRIED = 8;
    /** Different names of one answer that are looked up; others are nobody's. */
    private static final int NAMES = 100;
    /** Lines of one answer that say which items they are about: as many as a digest lists. */
    private static final int LINES_OF_ITEMS = 50;

    private static final Pattern ADDRESS =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^`{|}~._-]{1,64}@[\\p{L}\\p{N}.-]{1,253}");
    private static final Pattern BEFORE_ADDRESS =
            Pattern.compile("\\s*\\p{L}+(?: to| à| a)? ?:? ?(?:((?:\\p{Lu}[\\p{L}\\p{M}'’.-]*[ ,]*){1,4})?<)?");
    private static final Pattern SEPARATOR = Pattern.compile("[:,;.!\\-\\u2010-\\u2015]");
    private static final Pattern ITEMS =
            Pattern.compile("((?:#|rev-)?\\d{1,15}(?: ?(?:,|et|and|&|;| ) ?(?:#|rev-)?\\d{1,15})*)(.*)");

    /** What is done although other commands stand below. */
    private static final Set<Verb> ALONE = EnumSet.of(Verb.ACKNOWLEDGE, Verb.NOT_MINE);

    /** A line that may be about an item of a list, though it is no command. */
    private static final Pattern OF_AN_ITEM =
            Pattern.compile("(?i)\\W*(\\p{L}[\\p{L} ]{0,30})?\\b(rev-)?\\d{1,15}\\b( ?:.*)?");

    private static final Set<Verb> OTHERS =
            EnumSet.of(Verb.DONE, Verb.PROBLEM, Verb.NOT_MINE, Verb.DELEGATE, Verb.SNOOZE, Verb.UNDO);

    private final Remark remark;
    private final Below below;

    /** @param names whether somebody here is called so: a first or last name in lower case, with its accents */
    public Grammar(Predicate<String> names) {
        Map<String, Boolean> known = new HashMap<>();
        // somebody may write thousands of words that could be names
        this.remark = new Remark(word -> {
            boolean asked = known.containsKey(word) || known.size() < NAMES;
            return asked && known.computeIfAbsent(word, names::test);
        });
        this.below = new Below(remark);
    }

    /** What the answer means.
     *
     * @param today in the zone of the person
     * @param locale of the person; it decides only how 03/04 is read */
    public Understood read(Written written, LocalDate today, Locale locale) {
        List<String> lines = written.lines();
        int first = commandLine(lines);
        if (first < 0) {
            return Understood.doubtful(null, Doubt.EMPTY, "", "");
        }
        String line = lines.get(first);
        if (written.contradictory()) {
            return Understood.contradicted(
                    written.against(), shortened(line), whole(line, rest(lines, first, lines.size())));
        }
        List<Integer> starts = new ArrayList<>(List.of(first));
        if (ofItems(line)) {
            IntStream.range(first + 1, lines.size())
                    .filter(at -> ofItems(lines.get(at)))
                    .limit(LINES_OF_ITEMS)
                    .forEach(starts::add);
        }
        if (starts.size() > LINES_OF_ITEMS) {
            return Understood.doubtful(
                    null, Doubt.UNCLEAR, shortened(line), whole(line, rest(lines, first, lines.size())));
        }
        List<Understood> commands = new ArrayList<>();
        for (int at = 0; at < starts.size(); at++) {
            int end = at + 1 < starts.size() ? starts.get(at + 1) : lines.size();
            commands.add(command(lines.get(starts.get(at)), rest(lines, starts.get(at), end), today, locale));
        }
        List<Understood> read = commands.stream()
                .map(said -> said.passingOver(passedOver(said, today, locale)))
                .toList();
        return read.get(0).followedBy(read.subList(1, read.size()));
    }

    /** Whether a line says what is to be done with which items of a list. */
    private boolean ofItems(String line) {
        return line.length() <= LONGEST
                && items(line, fold(line), "")
                        .filter(said -> !said.items().isEmpty() || !said.clear())
                        .isPresent();
    }

    /** Lines of the comment of a command that would be commands by themselves; what tells of a problem is its text. */
    private List<String> passedOver(Understood said, LocalDate today, Locale locale) {
        return said.clear() && ALONE.contains(said.verb())
                ? said.comment()
                        .lines()
                        .filter(line -> line.length() <= LONGEST)
                        .filter(line -> {
                            Verb verb = command(line, "", today, locale).verb();
                            boolean other = verb != null && verb != said.verb() && OTHERS.contains(verb);
                            return other
                                    || (!said.items().isEmpty()
                                            && OF_AN_ITEM.matcher(line).matches());
                        })
                        .toList()
                : List.of();
    }

    /** Whether a line that stands elsewhere in the answer would take a command back. */
    public boolean against(String line) {
        return below.against(Cut.to(line, 2 * LONGEST));
    }

    /** Whether the line is a greeting, or the warning of a mail gateway, and nothing more. */
    public boolean passesOver(String line) {
        return Opening.passedOver(Cut.to(line, 2 * LONGEST));
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
            if (!Opening.passedOver(Cut.to(line, 2 * LONGEST))) {
                return at;
            }
        }
        return -1;
    }

    private Understood command(String line, String rest, LocalDate today, Locale locale) {
        String folded = fold(line).replaceFirst("^[,.;:!-]+ ?", "");
        if (line.length() > LONGEST) {
            return problemAtLength(line, folded, rest)
                    .or(() -> items(line, folded, rest).filter(said -> said.verb() == Verb.PROBLEM))
                    .orElseGet(() -> Understood.doubtful(null, Doubt.UNCLEAR, shortened(line), whole(line, rest)));
        }
        if (folded.startsWith(">")) {
            return Understood.doubtful(null, Doubt.UNCLEAR, shortened(line), whole(line, rest));
        }
        if (folded.equals("?")) {
            return Understood.of(Verb.HELP, line, rest);
        }
        return items(line, folded, rest)
                .or(() -> plain(line, folded, rest))
                .or(() -> delegate(line, folded, rest))
                .or(() -> snooze(line, folded, rest, today, locale))
                .filter(said -> said.verb() == Verb.PROBLEM || Signs.approving(line))
                .orElseGet(() -> Understood.doubtful(null, Doubt.UNCLEAR, shortened(line), whole(line, rest)));
    }

    /** A word alone, or a word, a separator and a comment. */
    private Optional<Understood> plain(String line, String folded, String rest) {
        for (Map.Entry<Verb, List<String>> entry : Words.PLAIN.entrySet()) {
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
    private Optional<String> beside(Verb verb, String after) {
        Matcher about = Words.ABOUT.matcher(after);
        return afterSeparator(after)
                .or(() ->
                        after.startsWith(" ") && remark.thanking(after) ? Optional.of(after.strip()) : Optional.empty())
                .or(() -> verb == Verb.PROBLEM && about.matches() ? Optional.of(after.strip()) : Optional.empty());
    }

    /** A problem told in one long paragraph, as many programs send what was typed: nothing said later takes it back. */
    private static Optional<Understood> problemAtLength(String line, String folded, String rest) {
        boolean told = Words.PLAIN.getOrDefault(Verb.PROBLEM, List.of()).stream()
                .filter(folded::startsWith)
                .anyMatch(word -> afterSeparator(folded.substring(word.length()))
                        .filter(comment -> !comment.isEmpty())
                        .isPresent());
        Matcher separator = SEPARATOR.matcher(line);
        return told && separator.find()
                ? Optional.of(
                        Understood.of(Verb.PROBLEM, shortened(line), whole(line.substring(separator.end()), rest)))
                : Optional.empty();
    }

    /** “Note: …” begins a remark; only the word alone, or “noté”, says that it was received. */
    private static boolean note(String line, String folded) {
        boolean accented = Normalizer.normalize(line, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .contains("noté");
        return !accented && folded.matches("note ?[:,.;-].+");
    }

    private Understood judged(Verb verb, String line, String folded, String rest) {
        String said = folded.isEmpty() ? "" : afterWord(line, folded);
        String comment = whole(said, rest);
        if (!stands(verb, line, said, folded, rest)) {
            return Understood.doubtful(verb, Doubt.UNCLEAR, line, whole(line, rest));
        }
        if (verb == Verb.PROBLEM && comment.isBlank()) {
            return Understood.of(verb, line, line.strip());
        }
        return Understood.of(verb, line, comment);
    }

    /** Whether what is said beside a command, and right after it, leaves it as it is. */
    private boolean stands(Verb verb, String line, String said, String folded, String rest) {
        return switch (verb) {
            case DONE -> remark.harmless(said) && !below.takesBack(line, rest);
            case PROBLEM -> !none(folded.isEmpty() ? fold(first(rest)) : folded);
            case NOT_MINE ->
                !folded.contains("?")
                        && !Words.MINE_AFTER_ALL.matcher(folded).matches()
                        && !Words.MINE_AFTER_ALL.matcher(fold(first(rest))).matches();
            case ACKNOWLEDGE ->
                !folded.contains("?")
                        && !ofADesk(folded, rest)
                        && !Words.OK_BUT.matcher(folded).matches()
                        && !Words.beginsWithOther(verb, folded);
            case UNDO -> (remark.harmless(said) || remark.reason(said)) && !below.takesBack(line, rest);
            case STOP -> remark.thanking(said);
            default -> true;
        };
    }

    /** Whether a program that keeps tickets says it. */
    private static boolean ofADesk(String folded, String rest) {
        return Stream.concat(Stream.of(folded), rest.lines().map(Grammar::fold))
                .anyMatch(line -> Words.DESK.matcher(line).matches());
    }

    private static String first(String rest) {
        return rest.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    /** Whether a problem is one that is none, or is none any more. */
    private boolean none(String folded) {
        List<String> pieces = Words.PIECES
                .splitAsStream(folded)
                .filter(piece -> !piece.isBlank())
                .toList();
        return pieces.stream().anyMatch(piece -> Words.NONE.matcher(piece).matches())
                && pieces.stream().allMatch(piece -> Words.NONE.matcher(piece).matches() || remark.harmless(piece));
    }

    /** Whether “ok” is said with anything that does not plainly take a duty over. */
    public boolean withReservation(Understood ok) {
        String folded = fold(ok.line()).replaceFirst("^[,.;:!-]+ ?", "");
        return Words.PLAIN.getOrDefault(Verb.ACKNOWLEDGE, List.of()).stream()
                .filter(folded::startsWith)
                .map(word -> folded.substring(word.length()))
                .flatMap(after -> Stream.concat(beside(Verb.ACKNOWLEDGE, after).stream(), afterItems(after).stream()))
                .map(said -> said.isEmpty() ? "" : afterWord(ok.line(), said))
                .noneMatch(said -> remark.accepting(said)
                        && !below.takesBack(
                                ok.line(),
                                ok.comment().startsWith(said) ? ok.comment().substring(said.length()) : ok.comment()));
    }

    /** The folded comment after the separator; empty where none is needed, absent where the line is no command. */
    private static Optional<String> afterSeparator(String after) {
        String bare = after.strip();
        if (bare.isEmpty()) {
            return Optional.of("");
        }
        boolean spacedDash = after.startsWith(" -") && bare.startsWith("-");
        if (":,;.!".indexOf(bare.charAt(0)) < 0 && !spacedDash && !after.startsWith("-")) {
            return Optional.empty();
        }
        return bare.startsWith("-") && !spacedDash && !after.startsWith("- ")
                ? Optional.empty()
                : Optional.of(bare.replaceFirst("^[:,;.!-]+", "").strip());
    }

    /** The comment in the person's own spelling: what stands after the first separator of the line. */
    private static String afterWord(String line, String folded) {
        Matcher separator = SEPARATOR.matcher(line);
        while (separator.find()) {
            String tail = line.substring(separator.end()).strip();
            if (fold(tail).equals(folded)) {
                return tail;
            }
        }
        return folded;
    }

    /** {@code done 1, 3}, {@code problem REV-12: what}, {@code not mine 2} and {@code undo 1}: only a list has such items. */
    private Optional<Understood> items(String line, String folded, String rest) {
        for (Verb verb : List.of(Verb.DONE, Verb.ACKNOWLEDGE, Verb.PROBLEM, Verb.NOT_MINE, Verb.UNDO)) {
            for (String word : Words.PLAIN.getOrDefault(verb, List.of())) {
                if (!folded.matches(Pattern.quote(word) + " ?(:| ).*")) {
                    continue;
                }
                String after = named(folded.substring(word.length()));
                if (after.equals("all") || after.equals("tout")) {
                    return Optional.of(Understood.of(verb == Verb.UNDO ? verb : Verb.ALL, line, rest));
                }
                Optional<String> comment = afterItems(after);
                Matcher items = ITEMS.matcher(after);
                if (comment.isPresent() && items.matches()) {
                    return Optional.of(withItems(verb, line, items.group(1), comment.get(), rest));
                }
            }
        }
        return Optional.empty();
    }

    /** What stands after a verb where it names items of a digest. */
    private static String named(String after) {
        return after.strip().replaceFirst("^: ?", "");
    }

    /** The comment after items of a digest; absent where there are none. */
    private static Optional<String> afterItems(String after) {
        Matcher items = ITEMS.matcher(named(after));
        return items.matches() ? afterSeparator(items.group(2)) : Optional.empty();
    }

    private Understood withItems(Verb verb, String line, String items, String comment, String rest) {
        Set<String> refs = new LinkedHashSet<>();
        Matcher one = Pattern.compile("(rev-)?(\\d{1,15})").matcher(items);
        while (one.find()) {
            refs.add((one.group(1) == null ? "" : "REV-") + Long.parseLong(one.group(2)));
        }
        boolean problem = verb == Verb.PROBLEM;
        String beside = comment.isEmpty() ? "" : afterWord(line, comment);
        // what follows a colon after several of them is of the last one only
        boolean ofAll = problem || refs.size() == 1 || remark.nothingNew(beside);
        if (!ofAll
                || !stands(verb, line, beside, comment, rest)
                || Words.RANGE.matcher(comment).matches()
                || Words.beginsWithOther(verb, comment)) {
            return Understood.doubtful(verb, Doubt.UNCLEAR, line, whole(line, rest));
        }
        String said = whole(beside, rest);
        return new Understood(
                verb,
                Doubt.NONE,
                line,
                problem && said.isBlank() ? line.strip() : said,
                null,
                null,
                new ArrayList<>(refs));
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
        boolean several = rest.lines().anyMatch(below -> fold(below).matches("bcc ?:.*"));
        if (found.size() != 1 || several || bare.contains("\"")) {
            return Optional.of(Understood.doubtful(Verb.DELEGATE, Doubt.WHICH_PERSON, line, whole(line, rest)));
        }
        if (!addressed(bare.substring(0, start))) {
            return Optional.of(Understood.doubtful(Verb.DELEGATE, Doubt.UNCLEAR, line, whole(line, rest)));
        }
        String comment = bare.substring(end).replaceFirst("^[>,;:.!\\s-]+", "").strip();
        if (!remark.harmless(comment) || below.takesBack(line, rest)) {
            return Optional.of(Understood.doubtful(Verb.DELEGATE, Doubt.UNCLEAR, line, whole(line, rest)));
        }
        return Optional.of(new Understood(
                Verb.DELEGATE,
                Doubt.NONE,
                line,
                whole(comment, rest),
                found.iterator().next(),
                null,
                List.of()));
    }

    /** Whether at most a name stands between the verb and the address. */
    private static boolean addressed(String before) {
        Matcher name = BEFORE_ADDRESS.matcher(before);
        return name.matches()
                && (name.group(1) == null || Remark.signature(name.group(1).replace(",", " ")));
    }

    private Optional<Understood> snooze(String line, String folded, String rest, LocalDate today, Locale locale) {
        Matcher matcher = Words.SNOOZE.matcher(folded);
        Matcher only = Words.UNTIL_ONLY.matcher(folded);
        String when;
        if (matcher.matches()) {
            when = matcher.group(4) == null ? "" : matcher.group(4);
        } else if (only.matches()) {
            when = only.group(2);
        } else {
            return Optional.empty();
        }
        Days.Found found = Days.read(when.replaceFirst("[.!,;]+$", "").strip(), today, locale);
        if (found.ambiguous() || when.isEmpty()) {
            return Optional.of(Understood.doubtful(Verb.SNOOZE, Doubt.WHICH_DATE, line, whole(line, rest)));
        }
        if (below.takesBack(line, rest)) {
            return Optional.of(Understood.doubtful(Verb.SNOOZE, Doubt.UNCLEAR, line, whole(line, rest)));
        }
        return found.day()
                .map(day -> new Understood(Verb.SNOOZE, Doubt.NONE, line, rest, null, day, List.of()))
                .or(() -> Optional.of(Understood.doubtful(Verb.SNOOZE, Doubt.WHICH_DATE, line, whole(line, rest))));
    }

    private static String rest(List<String> lines, int first, int end) {
        return String.join("\n", lines.subList(first + 1, end)).strip();
    }

    private static String whole(String line, String rest) {
        return (line.strip() + "\n" + rest).strip();
    }

    private static String shortened(String line) {
        return Cut.to(line, LONGEST);
    }

    private static String fold(String line) {
        return Folded.line(Cut.to(line, 2 * LONGEST));
    }
}
