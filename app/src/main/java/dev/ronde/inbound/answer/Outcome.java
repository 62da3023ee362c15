package dev.ronde.inbound.answer;

import dev.ronde.inbound.grammar.MailWord;
import dev.ronde.inbound.inbox.Decision;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a message.
 *
 * @param lines what came of each line of an answer to a list; empty for every other message
 * @param replies what is still to be told to whoever wrote it
 */
record Outcome(
        Decision decision,
        String rule,
        @Nullable String reason,
        @Nullable String about,
        List<Line> lines,
        List<Reply> replies) {

    /**
     * What one line of an answer to a list came to for one review.
     *
     * @param about the ref, or what was written where the list has no such review
     */
    record Line(String about, String verb, String decision, String rule) {
        static Line of(String about, MailWord verb, Outcome outcome) {
            return new Line(about, verb.word(), outcome.decision().word(), outcome.rule());
        }

        private String told() {
            return about + " " + verb + " " + decision;
        }
    }

    Outcome {
        lines = List.copyOf(lines);
        replies = List.copyOf(replies);
    }

    static Outcome of(Decision decision, String rule) {
        return of(decision, rule, null);
    }

    static Outcome of(Decision decision, String rule, @Nullable String reason) {
        return new Outcome(decision, rule, reason, null, List.of(), List.of());
    }

    /** The outcome of an answer to a list: the strongest one counts for all, with every line beside it. */
    static Outcome ofList(Outcome most, String about, List<Line> lines, List<Reply> replies) {
        String told = lines.stream().map(Line::told).collect(Collectors.joining(", "));
        return new Outcome(most.decision, most.rule, told.isEmpty() ? null : told, about, lines, replies);
    }

    Outcome on(String ref) {
        return new Outcome(decision, rule, reason, ref, lines, replies);
    }

    Outcome telling(Reply reply) {
        return new Outcome(decision, rule, reason, about, lines, List.of(reply));
    }
}
