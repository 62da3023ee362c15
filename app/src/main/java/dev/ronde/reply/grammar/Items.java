package dev.ronde.reply.grammar;

import dev.ronde.reply.grammar.Understood.Doubt;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Commands about items of a list: each line of an answer may say what is to be done with some of them. */
final class Items {
    /** Lines of one answer that say which items they are about: as many as a digest lists. */
    static final int LINES = 50;

    private static final Pattern ITEMS =
            Pattern.compile("((?:#|rev-)?\\d{1,15}(?: ?(?:,|et|and|&|;| ) ?(?:#|rev-)?\\d{1,15})*)(.*)");

    private static final Set<MailWord> ALONE = EnumSet.of(MailWord.ACKNOWLEDGE, MailWord.NOT_MINE);

    /** A line that may be about an item of a list, though it is no command. */
    private static final Pattern OF_AN_ITEM =
            Pattern.compile("(?i)\\W*(\\p{L}[\\p{L} ]{0,30})?\\b(rev-)?\\d{1,15}\\b( ?:.*)?");

    private static final Set<MailWord> OTHERS = EnumSet.of(
            MailWord.DONE, MailWord.PROBLEM, MailWord.NOT_MINE, MailWord.DELEGATE, MailWord.SNOOZE, MailWord.UNDO);

    private final Remark remark;
    private final Beside beside;

    Items(Remark remark, Beside beside) {
        this.remark = remark;
        this.beside = beside;
    }

    /** Where the commands of an answer begin: at its first line, and where that is about items of a list, at every further one that is.
     *
     * @return more than {@link #LINES} where nobody would write so many */
    List<Integer> starts(List<String> lines, int first) {
        List<Integer> starts = new ArrayList<>(List.of(first));
        if (in(lines.get(first))) {
            IntStream.range(first + 1, lines.size())
                    .filter(at -> in(lines.get(at)))
                    .limit(LINES)
                    .forEach(starts::add);
        }
        return starts;
    }

    /** Whether a line says what is to be done with which items of a list. */
    private boolean in(String line) {
        return line.length() <= Line.LONGEST
                && read(line, Line.fold(line), "")
                        .filter(said -> !said.items().isEmpty() || !said.clear())
                        .isPresent();
    }

    /** Lines of the comment of a command that would be commands by themselves; what tells of a problem is its text.
     *
     * @param verbs what a line would ask for if it stood alone; null where it is no command */
    List<String> passedOver(Understood said, Function<String, @Nullable MailWord> verbs) {
        return said.clear() && ALONE.contains(said.verb())
                ? said.comment()
                        .lines()
                        .filter(line -> line.length() <= Line.LONGEST)
                        .filter(line -> {
                            MailWord verb = verbs.apply(line);
                            boolean other = verb != null && verb != said.verb() && OTHERS.contains(verb);
                            return other
                                    || (!said.items().isEmpty()
                                            && OF_AN_ITEM.matcher(line).matches());
                        })
                        .toList()
                : List.of();
    }

    /** {@code done 1, 3}, {@code problem REV-12: what}, {@code not mine 2} and {@code undo 1}: only a list has such items. */
    Optional<Understood> read(String line, String folded, String rest) {
        for (MailWord verb :
                List.of(MailWord.DONE, MailWord.ACKNOWLEDGE, MailWord.PROBLEM, MailWord.NOT_MINE, MailWord.UNDO)) {
            for (String word : Words.PLAIN.getOrDefault(verb, List.of())) {
                if (!folded.matches(Pattern.quote(word) + " ?(:| ).*")) {
                    continue;
                }
                String after = named(folded.substring(word.length()));
                if (after.equals("all") || after.equals("tout")) {
                    return Optional.of(Understood.of(verb == MailWord.UNDO ? verb : MailWord.ALL, line, rest));
                }
                Optional<String> comment = after(after);
                Matcher items = ITEMS.matcher(after);
                if (comment.isPresent() && items.matches()) {
                    return Optional.of(withItems(verb, line, items.group(1), comment.get(), rest));
                }
            }
        }
        return Optional.empty();
    }

    private static String named(String after) {
        return after.strip().replaceFirst("^: ?", "");
    }

    /** The comment after items of a digest; absent where there are none. */
    static Optional<String> after(String after) {
        Matcher items = ITEMS.matcher(named(after));
        return items.matches() ? Line.afterSeparator(items.group(2)) : Optional.empty();
    }

    private Understood withItems(MailWord verb, String line, String items, String comment, String rest) {
        Set<String> refs = new LinkedHashSet<>();
        Matcher one = Pattern.compile("(rev-)?(\\d{1,15})").matcher(items);
        while (one.find()) {
            refs.add((one.group(1) == null ? "" : "REV-") + Long.parseLong(one.group(2)));
        }
        boolean problem = verb == MailWord.PROBLEM;
        String told = comment.isEmpty() ? "" : Line.afterWord(line, comment);
        // what follows a colon after several of them is of the last one only
        boolean ofAll = problem || refs.size() == 1 || remark.nothingNew(told);
        if (!ofAll
                || !beside.stands(verb, line, told, comment, rest)
                || Words.RANGE.matcher(comment).matches()
                || Words.beginsWithOther(verb, comment)) {
            return Understood.doubtful(verb, Doubt.UNCLEAR, line, Line.whole(line, rest));
        }
        String said = Line.whole(told, rest);
        return new Understood(
                verb,
                Doubt.NONE,
                line,
                problem && said.isBlank() ? line.strip() : said,
                null,
                null,
                new ArrayList<>(refs));
    }
}
