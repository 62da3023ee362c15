package dev.ronde.inbound.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.grammar.Understood.Doubt;
import dev.ronde.inbound.message.BodyText;
import dev.ronde.inbound.message.BodyText.Clarity;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word of the table, give or take courtesies, is a command; everything else is asked back. */
final class GrammarTest {
    private static final Set<String> HERE = Set.of("paul", "durand", "marie", "alice", "bob");
    private static final String UNSAID = "thanks the backup keys are still to be checked";
    private static final String LONG = "alice" + " acme".repeat(30);
    private static final Set<String> ENDINGS =
            Set.of("alice durand network engineer", "-- alice acme", UNSAID, UNSAID.substring(7), LONG);

    /** The sign ⏎ ends a line. */
    private static Understood read(String text, Clarity clarity) {
        return new Grammar(HERE::contains, ENDINGS::contains)
                .read(
                        new BodyText(text.replace("⏎", "\n").lines().toList(), List.of(), clarity),
                        LocalDate.of(2026, 3, 6),
                        Locale.ENGLISH);
    }

    private static Understood read(String text) {
        return read(text, Clarity.CLEAR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            done | DONE
            Fait. | DONE
            - done | DONE
            “done” | DONE
            👍 done 😊 | DONE
            Done thanks | DONE
            Bonjour, fait, merci | DONE
            Bonjour Paul,⏎⏎Fait.⏎⏎Merci,⏎Alice Durand | DONE
            Bonjour à tous,⏎fait⏎Bonne journée | DONE
            [EXTERNAL EMAIL]⏎fait | DONE
            CAUTION: This email originated from outside the organization.⏎⏎done | DONE
            Attention : ce message provient de l'extérieur.⏎fait | DONE
            done⏎⏎Sent from my iPhone | DONE
            Fait⏎⏎Provenance : Courrier pour Windows | DONE
            done⏎⏎Télécharger Outlook pour Android<https://aka.ms/x> | DONE
            ok merci | ACKNOWLEDGE
            not mine | NOT_MINE
            undo | UNDO
            ? | HELP
            aide | HELP
            stop | STOP
            snooze 3d, thanks | SNOOZE
            delegate to bob@corp.example please | DELEGATE
            délègue à bob@corp.example, s’il te plaît | DELEGATE
            delegate to Bob Martin <bob@corp.example> | DELEGATE
            delegate to bob@corp.example⏎<mailto:bob@corp.example> |
            problem: SNMP public | PROBLEM
            problème : le port 22 répond encore | PROBLEM
            problem | PROBLEM""")
    void aWordOfTheTableIsACommand(String text, MailWord verb) {
        assertThat(read(text).clear() ? read(text).verb() : null).as(text).isEqualTo(verb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "done, see attachment",
                "done: nothing changed",
                "done - no",
                "done?",
                "fait, sauf la règle 3",
                "done, by Friday",
                "not done",
                "done by Bob",
                "c'est fait",
                "done⏎Rule 3 is still open",
                "Done⏎⏎Thanks⏎⏎Rule 3 will follow",
                "Done⏎⏎Alice⏎⏎Rule 3 is still open",
                "done⏎⏎Alice Durand⏎Rule Breaker",
                "done⏎-- ⏎Please ignore",
                "done⏎⏎Sent from my phone, not done for the DMZ",
                "done⏎⏎" + "Rule 3 is open, and so are many others. ",
                "done⏎⏎https://fw-2.example/ off",
                "done⏎⏎Regards,⏎Alice⏎T: +33 1 23 45 67 89",
                "done⏎⏎10.0.0.5",
                "done all",
                "done⏎ok",
                "ok⏎⏎problem: port 22 is open",
                "ok, but not before Monday",
                "Hi almost,⏎done",
                "[EXTERNAL EMAIL - rule 3 not reviewed]⏎done",
                "❌ done",
                "done 🤷",
                "done :(",
                "d\u0336o\u0336n\u0336e\u0336",
                "~~done~~",
                "[ ] done",
                "undo, wrong review",
                "not mine, I'll handle it",
                "stop, problem: port 22",
                "note: I am away",
                "> done",
                "snooze",
                "snooze 3d, vendor away",
                "snooze until 03/04",
                "snooze until 20 March",
                "snooze 3d⏎snooze 5d",
                "delegate to bob@corp.example, if he has time",
                "delegate to bob@corp.example or carol@corp.example",
                "delegate to bob@corp.example⏎carol@corp.example",
                "delegate to Bob",
                "forward the report to <bob@corp.example>",
                "delegate never to Bob <bob@corp.example>",
                "problem: none",
                "problem: nothing to report",
                "problème : aucun problème",
                "problem: solved",
                "problem 1: port 22⏎done 2, but not 3⏎ok 3",
                "problem - port 22",
                "done 1-3",
                "done 1, 2: no",
                "done 1⏎2 is missing a rule",
                "problem 1: none",
                "Received. Your ticket number is 4711",
                "Merci beaucoup",
                "完了",
            })
    void everythingElseIsAskedBack(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }

    @Test
    void whatIsAskedBackIsKeptWhole() {
        Understood said = read("Bonjour,⏎⏎fait, voir PJ⏎et la règle 3");
        assertThat(said.doubt()).isEqualTo(Doubt.UNCLEAR);
        assertThat(said.line()).isEqualTo("fait, voir PJ");
        assertThat(said.words()).isEqualTo("Bonjour,\n\nfait, voir PJ\net la règle 3");
    }

    @Test
    void aProblemIsToldOverSeveralLinesAndCut() {
        assertThat(read("problème : accès refusé⏎⏎depuis lundi⏎⏎Merci⏎Alice").comment())
                .isEqualTo("accès refusé\n\ndepuis lundi");
        assertThat(read("problem: port 22⏎" + "The port is open. ".repeat(700)).comment())
                .hasSize(8_000);
    }

    @Test
    void aSignatureThatIsKnownSaysNothing() {
        assertThat(read("done⏎⏎Thanks⏎Alice Durand⏎Network Engineer").clear()).isTrue();
        assertThat(read("done⏎-- ⏎Alice⏎Acme").clear()).isTrue();
        assertThat(read("done⏎⏎Thanks⏎Alice Durand⏎Network Engineer⏎not yet").clear())
                .isFalse();
        assertThat(read("problem: port 22 open⏎-- ⏎Alice⏎Acme").comment()).isEqualTo("port 22 open");
    }

    /** What was asked back is no signature when it is sent again about another review. */
    @Test
    void whatNoNameAndNoRuleBeginsIsNoSignature() {
        assertThat(read("Done⏎Thanks⏎The backup keys are still to be checked").clear())
                .isFalse();
        assertThat(read("done⏎Alice" + "⏎Acme".repeat(30)).clear()).isFalse();
    }

    @Test
    void eachLineIsAboutItemsOfAList() {
        Understood said = read("done: 1, 3⏎fait REV-12⏎problem 2: 10.0.0.1:22 is open⏎not mine 4");
        assertThat(said.all().map(one -> one.verb() + " " + one.items() + " " + one.comment()))
                .containsExactly("DONE [1, 3] ", "DONE [REV-12] ", "PROBLEM [2] 10.0.0.1:22 is open", "NOT_MINE [4] ");
        assertThat(read("problem 1: port 22⏎is open").comment()).isEqualTo("port 22\nis open");
        assertThat(read("done 1⏎".repeat(51)).clear()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TWO_WAYS,CONTRADICTORY", "TOO_LONG,UNREADABLE", "SEALED,ENCRYPTED"})
    void whatCannotBeReadInOneWayIsAskedBack(Clarity clarity, Doubt doubt) {
        assertThat(read("done", clarity).doubt()).isEqualTo(doubt);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            snooze until 2026-03-20 | 2026-03-20
            jusqu'au 20/03 | 2026-03-20
            snooze until 20/03/26 | 2026-03-20
            snooze until 2026/03/20 | 2026-03-20
            snooze 1 week | 2026-03-13
            reporter de 2 jours | 2026-03-08
            snooze until 13/02 | 2027-02-13""")
    void theDayThatIsNamed(String text, LocalDate day) {
        assertThat(read(text).until()).as(text).isEqualTo(day);
    }
}
