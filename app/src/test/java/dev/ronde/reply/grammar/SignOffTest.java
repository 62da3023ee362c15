package dev.ronde.reply.grammar;

import static dev.ronde.reply.grammar.RemarkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands below thanks, a name or a notice is read like anything else; what belongs to a signature stops nothing. */
final class SignOffTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fait⏎⏎Merci⏎⏎Je n'ai pas pu tester la règle 3",
                "Fait.⏎⏎Merci !⏎La règle 3 sera revue demain.",
                "Done.⏎⏎Thanks!⏎⏎Rule 3 will follow tomorrow.",
                "Done⏎⏎Thanks⏎⏎problem: rule 3 is open",
                "fait⏎⏎Cdt⏎⏎Il manque la règle 3",
                "Done⏎⏎Alice⏎⏎Rule 3 is still open",
                "Done⏎⏎Thanks,⏎Alice⏎⏎I could not log in to FW-2",
                "Done⏎⏎Thanks⏎⏎Can you check rule 3?",
                "Done⏎⏎Thanks⏎⏎Partially",
                "Done⏎⏎Thanks⏎⏎50%",
                "Done⏎⏎Thanks⏎⏎undo",
                "Done⏎⏎Thanks⏎⏎cancel",
                "Done⏎⏎Thanks⏎⏎snooze 3d",
                "Done⏎⏎Thanks⏎⏎delegate to bob@corp.example",
                "done 1, 2⏎⏎Thanks⏎⏎2 is missing a rule",
                "undo⏎⏎Thanks⏎⏎Keep it",
                "undo⏎⏎Thanks⏎Keep it",
                "delegate to bob@corp.example⏎⏎Thanks⏎⏎If he agrees",
                "déléguer à bob@corp.example⏎⏎Merci⏎⏎S'il est d'accord",
                "Done.⏎⏎The privileged accounts are not reviewed yet.⏎⏎Alice",
                "Done⏎⏎Two privileged users were not checked.",
                "Done⏎⏎Rule 3 is intended for guests and is still wide open.",
                "Done⏎⏎Data is confidential and exposed to everybody",
                "Fait⏎⏎Des données confidentielles et non protégées restent ouvertes",
                "Done⏎⏎virus check failed",
                "Fait⏎⏎Avis de confidentialité : la règle 3 n'est pas revue",
                "delegate to bob@corp.example⏎⏎Only for the privileged accounts, not the rest",
                "delegate to bob@corp.example⏎or carol@corp.example",
                "delegate to bob@corp.example⏎and carol@corp.example",
                "delegate to bob@corp.example⏎⏎else carol@corp.example",
                "delegate to bob@corp.example⏎carol@corp.example",
                "Done⏎⏎[not yet]",
                "Done⏎⏎[rule 3 not done]",
                "Done⏎⏎[wip]",
                "Done⏎⏎Provenance : rule 3 not done",
                "Done⏎:(",
                "Done⏎⏎:-(",
                "Done⏎:/",
                "done⏎⏎I didnt check it",
                "done⏎⏎we havent looked at the accounts",
                "done⏎⏎nicht geprüft",
                "done⏎⏎let me know if you want me to finish rule 3, it is still open",
                "done⏎⏎All rules minus the third one",
                "fait⏎⏎Toutes les règles moins la troisième",
                "done⏎⏎There was an error at the end",
                "done⏎⏎The rule is no longer present there",
                "done⏎⏎See you on Monday to look at the rest",
                "done⏎⏎Ok for rule 1, rule 2 is a mess",
                "done⏎⏎It looks like rule 3 lets the whole Internet in",
                "done⏎⏎rule 3 looks too wide to me",
                "done⏎⏎Confirmation to follow from Paul",
                "done⏎⏎I look at it this evening",
                "done⏎⏎Je vérifie ça avec Paul et je reviens vers toi",
                "done⏎⏎Nobody looked at the accounts",
                "done⏎⏎la revue de la règle 3 est reportée",
                "done⏎⏎je finis la revue avant le week-end",
                "done⏎⏎je finis de contrôler les règles avant le 1er mars",
                "fait⏎⏎Le contrôle par Paul se fait avant le comité",
                "fait⏎⏎Le contrôle par Paul se fait avant les vacances",
                "done⏎⏎Bob may have checked the rules",
                "done⏎⏎The team may have looked at the rules",
                "done⏎⏎The person who checks rule 3 is away",
                "done⏎⏎Checked with Bob, who opened port 22 to all",
                "done⏎⏎Who checks rule 3 is Bob",
                "done⏎⏎The review of rule 3 moved to next month",
                "done⏎⏎The report shows two critical findings",
                "fait⏎⏎Personne n'a regardé les comptes",
                "delegate to bob@corp.example⏎Thanks,⏎carol@corp.example for rule 3",
                "delegate to bob@corp.example⏎Thanks⏎carol@corp.example",
                "done⏎⏎Bob has planned the check of rule 3",
                "done⏎⏎The check of rule 3 was planned with Paul",
                "done⏎⏎The review is on Monday as planned",
                "Done⏎⏎Open MongoDB port 27017 seen from outside",
                "Done⏎⏎Open monitoring port to the internet",
                "Done⏎⏎Provenance : mail de Paul, rule 3 not done",
                "Done⏎⏎[Picture of rule 3: still open]",
                "DONE⏎⏎NOT CHECKED BY ADMIN",
                "Fait⏎⏎RÈGLE 3 NON REVUE PAR LE RESPONSABLE",
                "Done⏎⏎Owner Missing",
                "Done⏎⏎Admin Console Exposed",
                "done⏎⏎10.0.0.5 off",
                "done⏎192.168.10.4: OFF",
                "done⏎⏎https://fw-2.example/ off",
                "Fait⏎⏎Veuillez noter que je n'ai pas revu la règle 3, sincères salutations, Marie",
                "Done⏎⏎This message is only about the privileged accounts, the others are not reviewed yet.",
                "Fait⏎⏎Ce message : règle 3 non revue, en attente des destinataires",
                "Done⏎⏎Thanks⏎⏎Bob has it on his desk",
                "Fait⏎⏎Merci⏎⏎Paul termine la règle 3 lundi",
                "done⏎⏎Bob has it on his desk since May",
                "done⏎⏎I lost my access to this firewall",
                "fait⏎⏎Ce serveur a été décommissionné en mai",
                "done⏎⏎Rules checked with Paul.⏎⏎Bob has the rest on his desk.",
                "done⏎⏎Thanks⏎⏎I lost my access to this firewall",
                "done⏎⏎Somebody added a new admin account yesterday",
                "done⏎⏎Who is Bob in this list",
                "done⏎⏎where is the report of last quarter",
                "fait⏎je vous confirme ça vendredi matin",
                "done⏎⏎Port 22 is reachable from internet.",
                "done⏎is what I want to write on Friday",
                "fait⏎est un bien grand mot",
                "done⏎as far as I can tell from here",
                "done⏎I looked at it two months ago",
                "done⏎Testing the reply function of this tool",
                "done⏎⏎@Bob rule 3 for you",
                "done⏎⏎N'hésitez pas à finir la règle 3, pas terminée",
                "done⏎⏎Recevez la suite demain, ce n'est pas terminé",
                "problème : je n'en ai pas",
                "problem: I have none",
                "problem: none that I know of",
                "problem: works fine",
                "problem: no longer present",
                "problem - just kidding",
                "not mine, just kidding",
                "snooze until Monday 10 March",
            })
    void itIsAskedAbout(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Done⏎⏎Thanks,⏎Alice",
                "Done⏎⏎Kind regards⏎⏎Alice Durand⏎Head of Problem Management⏎Acme SAS⏎Off: +33 1 23 45 67 89",
                "Fait⏎⏎Cordialement⏎⏎Marie Durand⏎Responsable réseau⏎12 rue de la Paix, 75002 Paris",
                "Fait⏎⏎Merci⏎⏎Marie⏎⏎Acme France⏎Direction des systèmes d'information",
                "Done⏎⏎Alice⏎⏎Please consider the environment before printing this e-mail",
                "Fait⏎⏎Marie⏎⏎Pensez à l'environnement avant d'imprimer ce message",
                "Done⏎⏎Alice⏎⏎[cid:image001.png@01DB]⏎[Logo Acme]",
                "Fait⏎⏎Provenance : Courrier pour Windows",
                "Done⏎⏎Alice⏎⏎This e-mail has been scanned for viruses.",
                "Done⏎⏎Alice⏎⏎This message and its attachments are confidential and intended only for the addressee. If you are not the"
                        + " addressee, please notify the sender and delete it; disclosing or copying it is prohibited.",
                "done⏎⏎Looked at every rule together with Paul this morning.",
                "done⏎⏎Screenshot of the console attached.",
                "done⏎⏎The report is attached.",
                "done⏎⏎Rules checked by Leo, then compared with ticket 4711",
                "done⏎⏎Approved by legal, rules checked",
                "done⏎⏎Checked in May with Paul, the report is in the wiki",
                "done⏎⏎I read every rule, they match ticket 4711",
                "done⏎⏎We review it every quarter, nothing changed",
                "done⏎⏎Rules of the critical servers checked",
                "done⏎⏎Checked the critical rules too and they match the ticket",
                "fait⏎⏎Chaque personne a été vérifiée",
                "done⏎⏎Rules moved to the new firewall, checked",
                "done⏎⏎Regards,⏎Alice⏎⏎https://www.linkedin.com/in/alice",
                "done⏎⏎Alice⏎⏎alice@mail.example.com",
                "done⏎⏎Alice⏎⏎alice@t-online.de",
                "done⏎⏎Alice Durand⏎Vulnerability Analyst",
                "done⏎⏎Alice Durand⏎Critical Infrastructure Engineer",
                "fait⏎⏎Cordialement,⏎Alice Durand⏎Responsable des infrastructures critiques",
                "done⏎⏎Alice Durand⏎Open Banking Architect",
                "done⏎⏎Regards,⏎Alice Durand⏎⏎Acme Ltd is registered in England and Wales under number 01234567.",
                "done⏎⏎Alice⏎⏎Acme SAS est une société du groupe Foo, RCS Paris 123 456 789",
                "done⏎⏎Alice⏎⏎This message may contain privileged information. If you are not the intended recipient, please delete it.",
                "done⏎⏎Alice⏎⏎This email is confidential. If you received it in error, delete it from your server.",
                "fait⏎⏎Marie⏎⏎Ce message s'adresse uniquement aux destinataires.",
                "done⏎⏎Checked every rule on 12 May 2026 with Paul",
                "done⏎⏎All rules were fine, I checked each of them",
                "done⏎⏎Checked with Paul, who runs the server",
                "Done⏎⏎Alice⏎Acme⏎Twitter: @acme",
                "fait⏎⏎Toutes les règles ont été comparées au ticket 4711.",
                "fait⏎⏎Veuillez agréer, Madame, l'expression de mes salutations distinguées⏎⏎Marie",
                "done⏎⏎Alice⏎⏎Acme, securing your digital future since 1998",
                "fait⏎⏎https://wiki.example.org/todo",
            })
    void whatBelongsToASignatureStopsNothing(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isTrue();
        assertThat(read(text).verb()).isEqualTo(MailWord.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Done, thanks for the reminder | DONE",
                "Fait. Merci pour le rappel | DONE",
                "Fait, merci de votre relance | DONE",
                "fait demain | ",
                "snooze 3d, thanks | SNOOZE",
                "snooze until Monday please | SNOOZE",
                "plus tard, lundi | ",
                "delegate to bob@corp.example please | DELEGATE",
                "délègue à bob@corp.example, svp | DELEGATE",
                "délègue à bob@corp.example, s’il te plaît | DELEGATE",
                "delegate to bob@corp.example⏎Alice Durand⏎alice@corp.example | DELEGATE",
                "delegate to bob@corp.example⏎<mailto:bob@corp.example> | DELEGATE",
                "problem: the rule does not match | PROBLEM",
                "problème : le port 22 répond encore | PROBLEM",
            })
    void whatIsSaidPolitelyIsUnderstood(String text, MailWord verb) {
        assertThat(read(text).clear() ? read(text).verb() : null).as(text).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snooze until 20 March | 2026-03-20",
                "reporter au 20 mars | 2026-03-20",
                "reporter au lundi 9 mars | 2026-03-09",
                "snooze until March 20th, 2026 | 2026-03-20",
                "reporter jusqu'au 1er avril | 2026-04-01",
                "reporter à vendredi | 2026-03-13",
                "snooze till Friday | 2026-03-13",
                "snooze until 20/03/26 | 2026-03-20",
                "snooze until 2026/03/20 | 2026-03-20",
                "snooze one week | 2026-03-13",
                "reporter d'une semaine | 2026-03-13",
                "snooze until 10 Feb | 2027-02-10",
            })
    void theDayThatIsNamed(String text, LocalDate day) {
        assertThat(read(text).until()).as(text).isEqualTo(day);
    }

    /** A pause asks for nothing final: what people say beside and below it is the reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snooze 3d, vendor away | 2026-03-09 | vendor away",
                "snooze 3d: Vendor away | 2026-03-09 | Vendor away",
                "snooze 3d; vendor away | 2026-03-09 | vendor away",
                "snooze 3d - vendor away | 2026-03-09 | vendor away",
                "snooze 3d – vendor away | 2026-03-09 | vendor away",
                "snooze 3d. Vendor away, thanks | 2026-03-09 | Vendor away, thanks",
                "snooze 3d! Vendor away | 2026-03-09 | Vendor away",
                "snooze 3d please, vendor away | 2026-03-09 | vendor away",
                "snooze until 2026-03-26, vendor away | 2026-03-26 | vendor away",
                "snooze until 2026-03-26 - vendor away | 2026-03-26 | vendor away",
                "snooze until March 20th, 2026, vendor away | 2026-03-20 | vendor away",
                "snooze until Monday, 9 March, vendor away | 2026-03-09 | vendor away",
                "later until Friday, I am away | 2026-03-13 | I am away",
                "remind me in 2 weeks, the vendor is not back before | 2026-03-20 | the vendor is not back before",
                "reporter 3j, prestataire absent | 2026-03-09 | prestataire absent",
                "reporter 1 semaine : pas d’accès avant lundi | 2026-03-13 | pas d’accès avant lundi",
                "reporter jusqu'au 20/03, je suis en congé | 2026-03-20 | je suis en congé",
                "rappeler au 20 mars. Le prestataire revient ce jour-là | 2026-03-20 | Le prestataire revient ce jour-là",
                "snooze until 2026-03-26⏎The vendor is away. | 2026-03-26 | The vendor is away.",
                "snooze 3d⏎⏎I wait for the vendor, who will be back. | 2026-03-09 | I wait for the vendor, who will be back.",
                "snooze 3d, vendor away⏎Back on Monday. | 2026-03-09 | vendor away Back on Monday.",
                "snooze 3d⏎⏎No access until then. | 2026-03-09 | No access until then.",
                "snooze 3d, I am on leave this week | 2026-03-09 | I am on leave this week",
                "snooze 3d⏎⏎If it is not for you, ignore this message. | 2026-03-09 | If it is not for you, ignore this message.",
                "reporter 3j⏎Je suis en congé. | 2026-03-09 | Je suis en congé.",
                "reporter 3j⏎⏎Pas le temps cette semaine⏎⏎Alice | 2026-03-09 | Pas le temps cette semaine  Alice",
            })
    void theReasonOfAPauseIsItsComment(String text, LocalDate day, String comment) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isTrue();
        assertThat(read(text).until()).as(text).isEqualTo(day);
        assertThat(read(text).comment().replace('\n', ' ')).as(text).isEqualTo(comment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snooze 3d, no, 5d",
                "snooze 3d, or until Friday",
                "snooze 3d, 4h",
                "snooze until March 20, 2027 or so",
                "snooze until Friday, 14 March, vendor away",
                "snooze until 03/04, vendor away",
                "snooze 3d, ok?",
                "snooze 3d, done",
                "snooze 3d, actually no",
                "snooze 3d⏎delegate to bob@corp.example",
                "snooze 3d⏎snooze 5d",
                "snooze 3d⏎⏎problem: SNMP public",
                "reporter 3j, finalement je le fais",
                "reporter 3j⏎⏎Je regarde cela aujourd'hui",
                "reporter 3j⏎Laissez tomber",
                "snooze, vendor away",
                "later, I am away",
            })
    void whatSpeaksAgainstAPauseIsAQuestion(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }

    /** Who has no time hands on all the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "déléguer à eva@corp.test⏎Je suis trop occupée. | Je suis trop occupée.",
                "déléguer à eva@corp.test, je suis trop occupée | je suis trop occupée",
                "déléguer à eva@corp.test⏎⏎Désolée, je n’ai pas le temps cette semaine.⏎⏎Merci | Désolée, je n’ai pas le temps cette semaine.  Merci",
                "delegate to bob@corp.example⏎I am too busy this week. | I am too busy this week.",
                "delegate to bob@corp.example, I'm on holiday until Monday | I'm on holiday until Monday",
                "delegate to bob@corp.example - no time | no time",
            })
    void whoIsBusyStillHandsOn(String text, String comment) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isTrue();
        assertThat(read(text).verb()).isEqualTo(MailWord.DELEGATE);
        assertThat(read(text).comment().replace('\n', ' ')).as(text).isEqualTo(comment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delegate to bob@corp.example, if he has time",
                "delegate to bob@corp.example⏎I am busy, but I will do it",
                "déléguer à eva@corp.test⏎Je suis occupée, je vous redis demain.",
                "déléguer à eva@corp.test, si elle a le temps",
            })
    void whoMayHandOnIsAskedBack(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }
}
