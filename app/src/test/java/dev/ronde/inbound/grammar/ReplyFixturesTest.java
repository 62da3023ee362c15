package dev.ronde.inbound.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.message.MailReader;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.inbound.message.Sorting;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Answers as the mail programs of people shape them (cases 21–35 of the mail design): every answer in every shape, in French
 * and English, text and HTML. Each must give its command and comment without a quoted word, or be refused where it is unclear.
 */
final class ReplyFixturesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 6);
    private static final MailReader READER =
            new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);

    private static final String SIGNATURE = "-- alice martin done right, ltd";

    /** What somebody wrote, and what it means: a verb, or nothing that may be done. */
    private record Answer(String text, MailWord verb, String comment) {}

    private static final List<Answer> CLEAR = List.of(
            new Answer("done", MailWord.DONE, ""),
            new Answer("Done.", MailWord.DONE, ""),
            new Answer("DONE!!!", MailWord.DONE, ""),
            new Answer("✅ done", MailWord.DONE, ""),
            new Answer("fait", MailWord.DONE, ""),
            new Answer("Fait.", MailWord.DONE, ""),
            new Answer("Terminé", MailWord.DONE, ""),
            new Answer("TERMINE", MailWord.DONE, ""),
            new Answer("effectué", MailWord.DONE, ""),
            new Answer("clos", MailWord.DONE, ""),
            new Answer("ok", MailWord.ACKNOWLEDGE, ""),
            new Answer("OK!", MailWord.ACKNOWLEDGE, ""),
            new Answer("vu", MailWord.ACKNOWLEDGE, ""),
            new Answer("Bien reçu.", MailWord.ACKNOWLEDGE, ""),
            new Answer("D’accord", MailWord.ACKNOWLEDGE, ""),
            new Answer("got it, thanks", MailWord.ACKNOWLEDGE, ""),
            new Answer("noté", MailWord.ACKNOWLEDGE, ""),
            new Answer("problème : accès refusé", MailWord.PROBLEM, "accès refusé"),
            new Answer("problem: SNMP public", MailWord.PROBLEM, "SNMP public"),
            new Answer("pas moi", MailWord.NOT_MINE, ""),
            new Answer("not mine", MailWord.NOT_MINE, ""),
            new Answer("delegate to bob@corp.example", MailWord.DELEGATE, ""),
            new Answer("Déléguer à bob@corp.example, merci", MailWord.DELEGATE, ""),
            new Answer("snooze 3d", MailWord.SNOOZE, ""),
            new Answer("reporter 1 semaine", MailWord.SNOOZE, ""),
            new Answer("undo", MailWord.UNDO, ""),
            new Answer("aide", MailWord.HELP, ""));

    private static final List<String> UNCLEAR = List.of(
            "fait, voir PJ",
            "terminé - rien à signaler",
            "Fait, pas de changement",
            "reviewed: looks right, nothing to report",
            "Bloqué: pas de droits",
            "fait, aucun changement",
            "done, no changes",
            "problem: no backup of this database",
            "problème : aucune sauvegarde depuis mardi",
            "c’est fait",
            "not done",
            "pas fait",
            "ok mais pas avant lundi",
            "fait ?",
            "done?",
            "done by Friday",
            "done, but not rule 3",
            "Fait, sauf la règle 3",
            "done, I think?",
            "Fait, je n’ai pas tout regardé",
            "done - not really",
            "I am done with this",
            "presque fait",
            "done tomorrow",
            "Terminé demain",
            "Merci beaucoup",
            "Who is this?",
            "Note: I am away until Monday",
            "delegate to bob@corp.example or carol@corp.example",
            "delegate to Bob",
            "snooze 03/04",
            "snooze for a while",
            "no problem",
            "fait : non",
            "done - no",
            "done: no, the rule is open",
            "done 2: no",
            "fait 1 : KO",
            "done REV-12, REV-13 - failed",
            "Revue : KO",
            "reviewed: failed",
            "done, pending the confirmation of Bob",
            "fait, en attente de Bob",
            "done, waiting for Bob",
            "problème : aucun",
            "problem: none",
            "problem: nothing to report",
            "Problème : rien à signaler",
            "Forward the report to bob@corp.example, thanks",
            "transférer la demande de bob@corp.example",
            "delegate this one to Bob bob@corp.example",
            "これは完了しました",
            "تم");

    @Test
    void everyAnswerOfEveryClientIsReadRightlyOrRefused() {
        List<String> misread = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int fixtures = 0;
        for (Path shape : shapes()) {
            for (Answer answer : CLEAR) {
                fixtures++;
                Understood read = read(shape, answer.text());
                boolean right = read.clear()
                        && read.verb() == answer.verb()
                        && read.comment().equals(answer.comment());
                if (!right) {
                    misread.add(shape.getFileName() + " | " + answer.text() + " | " + read);
                }
                if (read.clear() && read.verb() != answer.verb()) {
                    wrong.add(shape.getFileName() + " | " + answer.text() + " | " + read);
                }
            }
            for (String text : UNCLEAR) {
                fixtures++;
                Understood read = read(shape, text);
                if (read.clear()) {
                    wrong.add(shape.getFileName() + " | " + text + " | " + read);
                }
            }
        }
        int right = fixtures - misread.size() - wrong.size();
        System.out.printf(
                Locale.ROOT,
                "reply fixtures: %d, understood rightly %.2f %%, acted on wrongly %d%n",
                fixtures,
                100.0 * right / fixtures,
                wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(misread).isEmpty();
        assertThat(fixtures).isGreaterThan(150);
    }

    /** Case 30: nothing above the quote is no command in any shape. */
    @Test
    void case30AnEmptyAnswerIsNoCommand() {
        for (Path shape : shapes()) {
            assertThat(read(shape, "").doubt()).as(shape.toString()).isEqualTo(Understood.Doubt.EMPTY);
        }
    }

    /** No quoted word ever gets into the comment, however long it is. */
    @Test
    void aCommentOverSeveralLinesEndsWhereTheQuoteBegins() {
        for (Path shape : shapes()) {
            Understood read = read(shape, "problem: the port is open\nI saw it at noon.");
            assertThat(read.verb()).as(shape.toString()).isEqualTo(MailWord.PROBLEM);
            assertThat(read.comment()).as(shape.toString()).isEqualTo("the port is open\nI saw it at noon.");
        }
    }

    /** What looks like a client's line, a quoted header or a quote and is none stays in the comment. */
    @Test
    void whatOnlyLooksLikeAQuoteIsTheirWord() {
        for (String told : List.of(
                "accès refusé\nEnvoyé le rapport à Paul hier.\nLe port 22 est ouvert.",
                "open\nSent the report to Bob yesterday.\nPort 22 too.",
                "two rules are wrong\nFrom: 10.0.0.1\nTo: 10.0.0.2\nFrom: 10.0.0.3\nTo: 10.0.0.4\nand both must go",
                "latency\n>50 ms on port 22\nand it blocks")) {
            for (Path shape : shapes()) {
                Understood read = read(shape, "problem: " + told);
                assertThat(read.verb()).as(shape + " " + told).isEqualTo(MailWord.PROBLEM);
                assertThat(read.comment()).as(shape.toString()).isEqualTo(told);
            }
        }
    }

    private static Understood read(Path shape, String text) {
        String html = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>");
        return Unchecked.get(() -> {
            String raw = Files.readString(shape).replace("{{plain}}", text).replace("{{html}}", html);
            ReadMail mail = READER.read(raw.getBytes(StandardCharsets.UTF_8), false);
            return new Grammar(Set.of("alice", "martin")::contains, SIGNATURE::endsWith)
                    .read(mail.written(), TODAY, Locale.ENGLISH);
        });
    }

    private static List<Path> shapes() {
        try (Stream<Path> files = Files.list(Path.of("app/src/test/resources/replies"))) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
