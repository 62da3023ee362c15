package dev.ronde.inbound.grammar;

import dev.ronde.platform.text.Cut;
import dev.ronde.platform.text.Worded;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means.
 *
 * @param verb absent where nothing was recognised
 * @param doubt why nothing, or not enough, was recognised; {@link Doubt#NONE} where the verb may be done
 * @param comment the rest, in the words of the person, at most 8,000 characters of it; may be empty
 * @param to for {@link MailWord#DELEGATE}
 * @param until for {@link MailWord#SNOOZE}
 * @param items of a digest, as refs or numbers; empty: the one review it is about
 * @param further what other lines ask for with other items of the digest, in their order
 */
public record Understood(
        @Nullable MailWord verb,
        Doubt doubt,
        String line,
        String comment,
        @Nullable String to,
        @Nullable LocalDate until,
        List<String> items,
        List<Understood> further) {
    private static final int COMMENT = 8_000;

    /** Nothing is to be read. */
    public static final Understood NOTHING = doubtful(null, Doubt.EMPTY, "", "");

    /** Why an answer is not done at once. */
    public enum Doubt implements Worded {
        /** It is clear. */
        NONE,
        /** Nothing was written above the quoted mail. */
        EMPTY,
        /** More, or something else, than a word of the table. */
        UNCLEAR,
        /** Its parts say different things, or nobody can tell the words that are quoted from the writer's. */
        CONTRADICTORY,
        /** Longer than what is read. */
        UNREADABLE,
        /** Only a key opens it, or some of it. */
        ENCRYPTED,
        /** A date that reads as two different days. */
        WHICH_DATE,
        /** More than one address, or none. */
        WHICH_PERSON;
    }

    /** Copies the lists, and cuts the comment. */
    public Understood {
        comment = Cut.to(comment, COMMENT);
        items = List.copyOf(items);
        further = List.copyOf(further);
    }

    public Stream<Understood> all() {
        return Stream.concat(Stream.of(this), further.stream());
    }

    /** The line and what follows it, each once. */
    public String words() {
        if (!clear()) {
            return comment;
        }
        List<String> below = comment.lines().toList();
        boolean repeated = !below.isEmpty() && line.endsWith(below.get(0));
        List<String> rest = repeated ? below.subList(1, below.size()) : below;
        return (line + "\n" + String.join("\n", rest)).strip();
    }

    /** The same with these lines at the end of its comment. */
    Understood going(List<String> on) {
        String text = comment + "\n" + String.join("\n", on);
        return new Understood(verb, doubt, line, text, to, until, items, further);
    }

    Understood followedBy(List<Understood> others) {
        return new Understood(verb, doubt, line, comment, to, until, items, others);
    }

    public boolean clear() {
        return verb != null && doubt == Doubt.NONE;
    }

    static Understood doubtful(@Nullable MailWord verb, Doubt doubt, String line, String comment) {
        return new Understood(verb, doubt, line, comment, null, null, List.of(), List.of());
    }

    static Understood of(MailWord verb, String line, String comment) {
        return new Understood(verb, Doubt.NONE, line, comment, null, null, List.of(), List.of());
    }
}
