package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Against;
import dev.ronde.platform.text.Cut;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means.
 *
 * @param verb absent where nothing was recognised
 * @param doubt why nothing, or not enough, was recognised; {@link Doubt#NONE} where the verb may be done
 * @param line the line that was read
 * @param comment the rest, in the words of the person, at most 8,000 characters of it; may be empty
 * @param to for {@link MailWord#DELEGATE}
 * @param until for {@link MailWord#SNOOZE}
 * @param items of a digest, as refs or numbers; empty: the one review it is about
 * @param further what other lines ask for with other items of the digest, in their order
 * @param passedOver lines below that would be commands by themselves and are not done: one answer is one action
 * @param aside lines that are quoted below from nobody knows where: they are nobody's answer, and stand beside the message only
 * @param against what speaks against it, where it is {@link Doubt#CONTRADICTORY}
 */
public record Understood(
        @Nullable MailWord verb,
        Doubt doubt,
        String line,
        String comment,
        @Nullable String to,
        @Nullable LocalDate until,
        List<String> items,
        List<Understood> further,
        List<String> passedOver,
        List<String> aside,
        @Nullable Against against) {
    private static final int COMMENT = 8_000;

    /** Why an answer is not done at once. */
    public enum Doubt {
        /** It is clear. */
        NONE,
        /** Nothing was written above the quoted mail. */
        EMPTY,
        /** The line is no command, or a command with a reservation. */
        UNCLEAR,
        /** The text and the HTML part say different things. */
        CONTRADICTORY,
        /** A date that reads as two different days. */
        WHICH_DATE,
        /** More than one address, or none. */
        WHICH_PERSON;

        /** The word in the database, the API and the mails. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Copies the lists, and cuts the comment. */
    public Understood {
        comment = Cut.to(comment, COMMENT);
        items = List.copyOf(items);
        further = List.copyOf(further);
        passedOver = List.copyOf(passedOver);
        aside = List.copyOf(aside);
    }

    public Understood(
            @Nullable MailWord verb,
            Doubt doubt,
            String line,
            String comment,
            @Nullable String to,
            @Nullable LocalDate until,
            List<String> items) {
        this(verb, doubt, line, comment, to, until, items, List.of(), List.of(), List.of(), null);
    }

    public Stream<Understood> all() {
        return Stream.concat(Stream.of(this), further.stream());
    }

    /** The line and what follows it, each once. */
    public String words() {
        List<String> below = comment.lines().toList();
        boolean repeated = !below.isEmpty() && line.endsWith(below.get(0));
        List<String> rest = repeated ? below.subList(1, below.size()) : below;
        return (line + "\n" + String.join("\n", rest)).strip();
    }

    Understood followedBy(List<Understood> others) {
        return new Understood(verb, doubt, line, comment, to, until, items, others, passedOver, aside, against);
    }

    Understood passingOver(List<String> lines) {
        return new Understood(verb, doubt, line, comment, to, until, items, further, lines, aside, against);
    }

    Understood beside(List<String> quoted) {
        return new Understood(verb, doubt, line, comment, to, until, items, further, passedOver, quoted, against);
    }

    /** Nothing was written, or nothing could be read. */
    public static Understood nothing() {
        return doubtful(null, Doubt.EMPTY, "", "");
    }

    public boolean clear() {
        return verb != null && doubt == Doubt.NONE;
    }

    static Understood doubtful(@Nullable MailWord verb, Doubt doubt, String line, String comment) {
        return new Understood(verb, doubt, line, comment, null, null, List.of());
    }

    static Understood contradicted(@Nullable Against against, String line, String comment) {
        return new Understood(
                null,
                Doubt.CONTRADICTORY,
                line,
                comment,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                against);
    }

    static Understood of(MailWord verb, String line, String comment) {
        return new Understood(verb, Doubt.NONE, line, comment, null, null, List.of());
    }
}
