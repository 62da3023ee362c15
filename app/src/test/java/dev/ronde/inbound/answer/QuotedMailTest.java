package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.grammar.Grammar;
import dev.ronde.inbound.message.BodyText;
import dev.ronde.inbound.message.MailReader;
import dev.ronde.inbound.message.Sorting;
import dev.ronde.reply.MailSamples;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some programs quote a mail without marks: words typed into it may take back what stands above it. */
final class QuotedMailTest {
    private static final MailReader READER =
            new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);
    private static final String HEADER = "From: Ronde <ronde@ronde.test>\nSent: Monday, March 2, 2026 10:12 AM\n"
            + "To: Alice\nSubject: [REV-1042] Review of the open firewall\n\n";
    private static final String BANNER =
            "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.\n";

    @Test
    void whatIsTypedIntoAQuoteWithoutMarksIsRead() {
        try (Conversation talk = new Conversation(DatabaseKind.H2)) {
            assertThat(answers(talk, "Not mine")).isEqualTo("contradictory");
            for (String typed : List.of(
                    "Rule 12 is still open.",
                    "pas encore fait",
                    "Can you check this one?",
                    "No",
                    "wait",
                    "Sorry, not done yet.")) {
                assertThat(answers(talk, typed)).as(typed).isEqualTo("contradictory");
                assertThat(talk.bare("Done.\n\n" + HEADER + typed + "\n" + talk.assignment.text())
                                .ruling()
                                .rule())
                        .as(typed)
                        .isEqualTo("contradictory");
                assertThat(talk.state()).as(typed).isEqualTo(ReviewState.OPEN);
            }
            for (String typed : List.of("", BANNER)) {
                assertThat(answers(talk, typed)).as(typed).isEqualTo(Conversation.DONE);
                talk.expect("undo | owner-by-reply | OPEN");
            }
        }
    }

    /** Which rule decides a “Done.” above the assignment, into which this is typed. */
    private static String answers(Conversation talk, String typed) {
        List<String> lines = talk.assignment.text().lines().toList();
        int middle = lines.size() / 2;
        return talk.bare("Done.\n\n" + HEADER + String.join("\n", lines.subList(0, middle)) + "\n" + typed + "\n"
                        + String.join("\n", lines.subList(middle, lines.size())) + "\n")
                .ruling()
                .rule();
    }

    /** No mail of ours has a line in either part that would be taken for words of somebody who answers. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void noMailOfOursIsTakenForWordsOfSomebodyElse(String language) {
        Grammar grammar = new Grammar(word -> false, ending -> false);
        Map<String, ReceivedMail> all = new HashMap<>(MailSamples.in(language).all());
        // those that belong to the conversation of a review are answered
        all.values().removeIf(mail -> mail.header("In-Reply-To").isEmpty());
        // of a code the stored text keeps nothing
        all.remove("code");
        assertThat(all).hasSizeGreaterThan(9);
        assertThat(all.values().stream()
                        .mapToLong(mail -> quotes(mail).stream()
                                .mapToLong(quote -> quote.quoted().size())
                                .sum())
                        .sum())
                .isGreaterThan(300);
        all.forEach((name, mail) -> quotes(mail)
                .forEach(quote -> assertThat(
                                QuotedMail.typed(quote.quoted(), List.of(mail.subject(), mail.text()), grammar))
                        .as(name)
                        .isEmpty()));
    }

    /** Thunderbird and Apple Mail keep the style sheet of what they quote. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void theStyleOfAQuotedMailHidesNoWordOfTheAnswer(String language) {
        MailSamples.in(language).all().forEach((name, mail) -> {
            String style = mail.html().replaceFirst("(?s)^.*<style>", "").replaceFirst("(?s)</style>.*$", "");
            for (String sheet : List.of(style, style.replace("\n", " ").replace("; }", ";}"))) {
                String raw =
                        "From: alice@corp.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Done</p>"
                                + "<div class=\"moz-cite-prefix\">On 2 March Ronde wrote:<br></div><blockquote type=\"cite\"><style>"
                                + sheet + "</style>" + mail.html().replaceFirst("(?s)^.*<body[^>]*>", "")
                                + "</blockquote></body></html>";
                BodyText written =
                        READER.read(raw.getBytes(StandardCharsets.UTF_8), false).written();
                assertThat(written.clarity() == BodyText.Clarity.TWO_WAYS)
                        .as(name)
                        .isFalse();
                assertThat(written.lines()).as(name).containsExactly("Done");
            }
        });
    }

    private static List<BodyText> quotes(ReceivedMail mail) {
        String body = mail.html().replaceFirst("(?s)^.*<body[^>]*>", "").replaceFirst("(?s)</body>.*$", "");
        return Stream.of(
                        "Content-Type: text/plain; charset=utf-8\r\n\r\nDone\n\n" + HEADER + mail.text(),
                        "Content-Type: text/html; charset=utf-8\r\n\r\n<div>Done</div><div id=\"divRplyFwdMsg\">"
                                + HEADER.replace("<", "&lt;").replace("\n", "<br>") + "</div>" + body)
                .map(raw -> READER.read(("From: alice@corp.example\r\n" + raw).getBytes(StandardCharsets.UTF_8), false)
                        .written())
                .toList();
    }
}
