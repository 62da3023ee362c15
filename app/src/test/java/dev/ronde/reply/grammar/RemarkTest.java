package dev.ronde.reply.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.mail.inbound.BodyText;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands beside a command, before it and right after it: nothing that takes it back is passed over, and what is harmless stops nothing. */
class RemarkTest {
    private static final Set<String> HERE = Set.of("paul", "durand", "marie", "alice", "bob");

    /** What the answer means; the sign ⏎ ends a line. */
    static Understood read(String text) {
        return new Grammar(HERE::contains)
                .read(
                        new BodyText(
                                text.replace("⏎", "\n").lines().toList(), List.of(), List.of(), null, false, false),
                        LocalDate.of(2026, 3, 6),
                        Locale.ENGLISH);
    }

    /** Of a line that is quoted from nobody knows where, a command may be the writer's. */
    @Test
    void aCommandThatIsQuotedIsAQuestionWhereItAsksForSomethingElse() {
        for (String quoted :
                List.of("> problem: SNMP public", "> snooze 3d", "> delegate to bob@corp.example", "> undo")) {
            Understood said = beside("done", quoted);
            assertThat(said.doubt()).as(quoted).isEqualTo(Understood.Doubt.CONTRADICTORY);
            assertThat(said.aside()).containsExactly(quoted);
            assertThat(said.comment()).doesNotContain(quoted);
        }
        for (String quoted : List.of("> done", "> Please review the configuration")) {
            Understood said = beside("done", quoted);
            assertThat(said.clear()).as(quoted).isTrue();
            assertThat(said.verb()).isEqualTo(MailWord.DONE);
            assertThat(said.comment()).isEmpty();
            assertThat(said.aside()).containsExactly(quoted);
        }
    }

    private static Understood beside(String line, String quoted) {
        return new Grammar(HERE::contains)
                .read(
                        new BodyText(List.of(line), List.of(), List.of(quoted), null, false, false),
                        LocalDate.of(2026, 3, 6),
                        Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "done, by Friday",
                "done, by Easter",
                "done, for now",
                "done, for Monday",
                "fait, pour Noël",
                "done, for the time being",
                "fait, pour le moment",
                "fait, pour l'instant",
                "fait, la semaine prochaine",
                "done: Monday",
                "fait, d'ici vendredi",
                "done, in 2 days",
                "fait, ce soir",
                "done, when the window opens",
                "done, once Bob agrees",
                "fait, dès que j'ai l'accès",
                "fait, quand j'aurai le temps",
                "done, I'll do it",
                "done, working on it",
                "done, apart from port 22",
                "fait, à l'exception du port 22",
                "fait, hors port 22",
                "fait, à part le port 22",
                "done, with the exception of rule 3",
                "done, one thing left",
                "fait, il reste le port 22",
                "fait, il manque un accès",
                "done, mostly",
                "done, 80%",
                "fait, à 80 %",
                "fait, quasiment",
                "fait, à revoir",
                "fait, à valider",
                "fait, à compléter",
                "fait, si Paul valide",
                "fait, sous réserve de validation",
                "fait, avec Réserve",
                "fait, à condition que Paul valide",
                "done, provided Bob agrees",
                "done, assuming nothing changes",
                "fait, pas d'accès au serveur",
                "fait, il n'y a pas eu de revue",
                "fait, pas de revue",
                "done, couldn't check",
                "done, unable to check",
                "done without checking",
                "fait, sans vérifier",
                "fait, impossible de vérifier",
                "done, no access",
                "done, nothing checked",
                "fait, rien vérifié",
                "done, actually no",
                "fait, euh non",
                "fait, non conforme",
                "fait, c'est ko",
                "done, it failed",
                "done: false",
                "done, undo",
                "fait, annuler",
                "done, problem: port 22",
                "fait, bloqué",
                "reviewed, rejected",
                "clos: refusé",
                "done, oops wrong mail",
                "fait, voir avec Paul",
                "done, see with Bob",
                "done, see you later",
                "done⏎⏎except port 22",
                "Fait.⏎Sauf le port 22, qui reste à fermer.",
                "done⏎Actually not yet, sorry",
                "☐ done",
                "❌ fait",
                "done ❌",
                "🚫 fait",
                "👎 ok",
                "d\u0336o\u0336n\u0336e\u0336",
                "[ ] done",
                "[pas encore fait]⏎fait",
                "[not yet]⏎done",
                "Attention : le port 22 est ouvert depuis Internet.⏎⏎Fait.",
                "Warning: port 22 is open to the world⏎⏎done",
                "Bonjour pas encore fait⏎fait",
                "Bonjour pas moi.⏎fait",
                "Hi not yet⏎done",
                "Hello problem here⏎ok",
                "hello port open⏎done",
                "done 1 - 3",
                "done 1 – 3",
                "done 1..3",
                "done 1, problem 2",
                "fait 1, problème 2 : port 22 ouvert",
                "ok 1, problem 2",
                "problem 1 - 3",
                "Anomalie : aucune anomalie constatée",
                "problème : aucun, merci",
                "problem: none, all good",
                "problème : pas de problème",
                "problème : résolu",
                "souci : réglé",
                "Problème : résolu, merci",
                "problem: n/a",
                "problem: fixed now",
                "not mine, but I will do it",
                "pas moi, mais je m'en charge",
                "delegate to u7@corp.example if he agrees",
                "delegate to u7@corp.example unless he is away",
                "delegate to u7@corp.example would be wrong",
                "delegate to u7@corp.example - no, cancel that",
                "déléguer à u7@corp.example, non",
                "déléguer à u7@corp.example serait une erreur",
                "déléguer à u7@corp.example à partir de lundi",
                "undo, no",
                "annuler, sauf si Paul est d'accord",
                "stop, wait",
                "ok, mais pas avant lundi",
                "ok, sauf le port 22",
                "ok, problem: port 22",
                "Done. Reviewed with Paul. Except the accounts.",
                "Fait. Merci Paul. Sauf le pare-feu",
                "done, thanks. Tomorrow.",
                "done, thanks. Almost.",
                "Fait, merci. Demain.",
                "fait, à voir",
                "fait, règles à voir",
                "fait, à validé par Paul",
                "fait, à l'équipe réseau",
                "done, planned today",
                "done: planned with Bob",
                "fait, c'est prévu",
                "fait, prévu avec Paul",
                "fait, rapport attendu",
                "done⏎Not checked yet",
                "done⏎I have not checked port 22",
                "done⏎No wait",
                "done⏎No, wrong mail",
                "fait⏎Je n'ai pas pu vérifier le port 22",
                "Done.⏎⏎Here is what I looked at:⏎- inbound rules⏎- outbound rules⏎- admin accounts⏎- logging⏎- backup⏎- certificates: expired, I could not check them",
                "Done.⏎⏎The virus scanner is still off on two hosts, please do not close this review.",
                "Fait.⏎⏎L'anti virus n'est pas à jour sur deux postes, ne pas clôturer.",
                "Done.⏎⏎Not done for the confidential share.",
                "Done.⏎⏎Outbound Rules⏎not checked yet, I will do them next week.",
                "Done.⏎⏎Datacenter Paris⏎not checked yet",
                "Fait⏎⏎Zone Publique⏎non vérifiée, à faire",
                "Done⏎⏎Paul Durand⏎⏎Wait: not done for the DMZ",
                "Done⏎⏎Regards⏎⏎Sorry, the DMZ is not checked",
                "Done⏎⏎I was unable to look at the DMZ",
                "Done⏎⏎I skipped the DMZ",
                "Done⏎⏎DMZ unchecked",
                "Done⏎⏎Rule 12 is incorrect, somebody must close it.",
                "Done⏎⏎Rule 12 failed the test, it allows everybody in.",
                "Done⏎⏎I doubt that rule 12 is right",
                "Done⏎⏎provided the DMZ is out of scope",
                "Done⏎⏎I hope to finish the DMZ on Friday.",
                "Done⏎⏎Is that right",
                "Fait⏎⏎Impossible d'ouvrir la DMZ",
                "Fait⏎⏎J'ai sauté la DMZ",
                "Fait⏎⏎Je refuse de valider la règle 12.",
                "Fait⏎⏎Je doute que la règle 12 soit bonne.",
                "delegate to bob@corp.example⏎⏎I doubt he is willing, so ask me again first",
                "snooze 3d⏎⏎better leave it as it is, I look at it today",
                "Terminé⏎⏎Votre message a été importé dans notre outil ; un ticket est ouvert.",
                "Done⏎⏎Ticket #4711 was created and assigned to the queue Network.",
                "fait⏎Il reste les comptes",
                "fait⏎Reste à faire : les comptes",
                "fait⏎À valider par Paul",
                "done⏎To do: accounts",
                "done⏎by Friday",
                "done⏎tomorrow",
                "done⏎if Paul agrees",
                "fait⏎si Paul est d'accord",
                "done⏎Only the rules",
                "fait⏎Uniquement les règles",
                "fait⏎Hors port 22",
                "done⏎Exception: port 22",
                "fait⏎Par contre le port 22 est resté",
                "done⏎pending approval",
                "done⏎Cancel that",
                "done⏎My mistake, not done",
                "done⏎Is that ok?",
                "done⏎❌",
                "done⏎problem: port 22 is open",
                "done⏎undo",
                "done⏎delegate to bob@corp.example",
                "done⏎- except port 22",
                "done⏎(except port 22)",
                "Fait⏎Merci⏎Sauf le port 22",
                "Fait⏎Cordialement,⏎Paul⏎PS: sauf le port 22",
                "Done:⏎- rules⏎- ports⏎To do:⏎- accounts",
                "Done,⏎by Friday",
                "fait,⏎quand j'aurai l'accès",
                "done, for⏎Monday",
                "Revue : FW-PAR-01⏎Je n'ai pas encore vérifié.",
                "Revue⏎Pas commencée",
                "done, is it ok",
                "done, are all the ports checked",
                "done, have you checked the rules",
                "fait, est ce conforme",
                "done, have it checked by Paul",
                "done, see the team",
                "done, network team please",
                "fait, voir l'équipe",
                "fait, contrôle svp",
                "fait, vérifie les ports",
                "fait, c'est à mon collègue",
                "done, in a minute",
                "done, in the morning",
                "fait, en journée",
                "fait, avant tout",
                "done, was ok yesterday",
                "fait, encore le pare-feu",
                "fait, les ports aussi",
                "done, no changes reviewed",
                "done, nothing new checked",
                "fait, aucun changement vérifié",
                "done, no other issues",
                "done - kind of",
                "fait, les comptes",
                "done: firewall",
                "fait, accès encore en place",
                "[warning: rule 3 not checked]⏎done",
                "[attention port 22 encore ouvert]⏎fait",
                "external mail server not checked⏎done",
                "Le mail est externe, je n'ai rien vérifié⏎fait",
                "this mail is outside my scope, ask Bob⏎done",
                "Warning: do not open port 22 yet⏎done",
                "CAUTION: This email originated from outside the organization. Not reviewed yet.⏎done",
                "[EXTERNAL EMAIL - rule 3 not reviewed]⏎done",
                "delegate but not to Bob <bob@corp.example>",
                "delegate never to Bob <bob@corp.example>",
                "déléguer à tout le monde sauf Paul <paul@corp.example>",
                "forward this to the team after asking Bob <bob@corp.example>",
                "delegate to bob@corp.example⏎no, wait",
                "delegate to bob@corp.example⏎if he agrees",
                "delegate to bob@corp.example,⏎alice@corp.example",
                "🔜 done",
                "done 😕",
                "done 🤷",
                "🔴 done",
                "done :(",
                "fait :/",
                "done, \uFFFD\uFFFD\uFFFD",
                "○ done",
                "done, with Tomorrow",
                "done, with Review",
                "fait, avec Personne",
                "done, with Нет",
                "done, except-port-22",
                "done, week-12",
                "done, REV-99",
                "done REV-12: REV-13",
                "hi almost⏎done",
                "salut presque⏎fait",
                "Hi unfortunately,⏎done",
                "Hi Nobody⏎done",
                "fait 2 : à voir",
                "fait 1, 3 ; 2 : prévu aujourd'hui",
                "not mine 2, 3: mine",
                "not mine, done anyway",
                "pas moi, fait",
                "not mine, I'll handle it",
                "pas moi, je prends quand même",
                "not mine⏎Actually it is mine",
                "undo, tomorrow",
                "annule, en fait c'est bon",
                "annule, laisse tomber",
                "undo⏎forget it, not needed",
                "Stop, le port 22 est ouvert",
                "stop, problem: port 22",
                "problem: it's fixed",
                "problème : fausse alerte",
                "problème⏎aucun",
                "snooze 3d⏎actually no, done",
                "Note, port 22 is open",
                "Note. I am away",
                "Done. With Changes",
                "done, reviewed with Concerns",
                "done, was good before",
                "fait, c'était bon avant",
                "done, the rules were good before",
                "done⏎Hi,⏎except port 22",
                "done⏎checked all.⏎except port 22",
                "done⏎Scratch that",
                "done⏎To Do⏎- accounts",
                "done⏎Except Port 22",
                "done⏎🤷",
                "done⏎🚫 port 22",
                "done :/",
            })
    void takesBackOrIsNotKnownSoItAsks(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }

    /** What stands below and takes nothing back is the comment. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "done⏎⏎Thanks,⏎Paul Durand",
                "Fait.⏎⏎Les règles ont été relues avec Paul Durand.⏎⏎Cordialement,⏎Marie",
                "done⏎Rules compared with the ticket 4711 of last week.",
                "fait⏎Rien n'a changé depuis mars.",
                "done⏎Nothing changed.",
                "done⏎Let me know if you have any questions.",
                "fait⏎N'hésitez pas à me contacter.",
                "done⏎⏎This message is confidential. If you are not the intended recipient, do not read it.",
                "Fait,⏎⏎Paul",
                "done⏎⏎Paul Durand⏎Open Source Lead⏎📞 +33 1 23 45 67 89 | https://www.example.org | T:(+33) 1",
                "done⏎https://wiki.example.org/reviews/4711",
                "Fait.⏎⏎Marie Durand⏎© 2026 Acme®⏎Ouvert du lundi au vendredi",
            })
    void whatStandsBelowAndTakesNothingBackIsAComment(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isTrue();
        assertThat(read(text).verb()).isEqualTo(MailWord.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fait, voir PJ | DONE | voir PJ",
                "Fait, voir pièce jointe | DONE | voir pièce jointe",
                "fait, voir le dossier | DONE | voir le dossier",
                "done, see attachment | DONE | see attachment",
                "done - see attached report, thanks | DONE | see attached report, thanks",
                "done, no issues found | DONE | no issues found",
                "fait, RAS | DONE | RAS",
                "fait : rien à signaler, merci Paul | DONE | rien à signaler, merci Paul",
                "Fait. Revu avec Paul Durand et Marie. | DONE | Revu avec Paul Durand et Marie.",
                "fait, règles vérifiées par Paul | DONE | règles vérifiées par Paul",
                "done, all rules checked | DONE | all rules checked",
                "done, fw-par-01 checked yesterday with the team | DONE | fw-par-01 checked yesterday with the team",
                "done, everything is up to date | DONE | everything is up to date",
                "terminé, tout est conforme | DONE | tout est conforme",
                "done, me too | DONE | me too",
                "done, for Alice | DONE | for Alice",
                "done, I had a minute | DONE | I had a minute",
                "done 1, 3: no changes | DONE | no changes",
                "Bonjour Paul,⏎Fait. | DONE | ''",
                "salut Paul⏎fait | DONE | ''",
                "Bonjour à tous,⏎⏎fait | DONE | ''",
                "Dear Ronde Team⏎done | DONE | ''",
                "[EXTERNAL EMAIL]⏎fait | DONE | ''",
                "CAUTION: This email originated from outside the organization.⏎⏎done | DONE | ''",
                "Attention : ce message provient de l'extérieur.⏎fait | DONE | ''",
                "External email : use caution⏎done | DONE | ''",
                "ok, je le fais demain | ACKNOWLEDGE | je le fais demain",
                "ok, will do | ACKNOWLEDGE | will do",
                "pas moi, ce serveur n'est pas à mon équipe | NOT_MINE | ce serveur n'est pas à mon équipe",
                "problem: no access | PROBLEM | no access",
                "problème : plus de sauvegarde | PROBLEM | plus de sauvegarde",
                "problem: fixed IP address in rule 3 | PROBLEM | fixed IP address in rule 3",
                "problem: none of the rules is right | PROBLEM | none of the rules is right",
                "déléguer à u7@corp.example, merci | DELEGATE | merci",
                "undo, wrong review | UNDO | wrong review",
                "Done thanks | DONE | thanks",
                "fait merci | DONE | merci",
                "ok merci | ACKNOWLEDGE | merci",
                "ok, noted | ACKNOWLEDGE | noted",
                "ok, bien reçu | ACKNOWLEDGE | bien reçu",
                "Fait, bonne journée | DONE | bonne journée",
                "done: 1, 3 | DONE | ''",
                "problem: issue with port 22 | PROBLEM | issue with port 22",
                "problème : souci d'accès | PROBLEM | souci d'accès",
                "Problème sur le port 22 | PROBLEM | sur le port 22",
                "Problems: port 22 is open | PROBLEM | port 22 is open",
                "problem: port 22 is open ⚠ | PROBLEM | port 22 is open ⚠",
                "delegate to Bob Martin <bob@corp.example> | DELEGATE | ''",
                "done, sorry for the delay | DONE | sorry for the delay",
                "done, please find attached the report | DONE | please find attached the report",
                "fait, revue | DONE | revue",
                "Hi all,⏎done | DONE | ''",
                "fait, à jour | DONE | à jour",
                "undo, mistake | UNDO | mistake",
                "problem: received no logs | PROBLEM | received no logs",
                "problem: seen open port 22 | PROBLEM | seen open port 22",
                "problem: stop of backups since Monday | PROBLEM | stop of backups since Monday",
                "problème : vu un port ouvert | PROBLEM | vu un port ouvert",
                "problem: ok on A but port 22 open on B | PROBLEM | ok on A but port 22 open on B",
                "issue: noted 3 open ports | PROBLEM | noted 3 open ports",
                "problem: ❌ port 22 open | PROBLEM | ❌ port 22 open",
                "problem: [ ] MFA missing | PROBLEM | [ ] MFA missing",
                "👍 done 😊 | DONE | ''",
            })
    void whatIsHarmlessStopsNothing(String text, MailWord verb, String comment) {
        Understood read = read(text);
        assertThat(read.clear()).as(text + " | " + read).isTrue();
        assertThat(read.verb()).isEqualTo(verb);
        assertThat(read.comment()).isEqualTo(comment);
    }

    /** A program that keeps tickets is no person who has seen it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Received. Your ticket number is 4711",
                "Received.⏎⏎Your request has been registered under case number 12.",
                "Bien reçu.⏎Votre demande a été enregistrée, numéro de ticket 4711.",
                "noted⏎We will get back to you within two days.",
                "vu⏎Nous avons bien reçu votre message.",
            })
    void aTicketSystemAcknowledgesNothing(String text) {
        assertThat(read(text).clear()).as(text).isFalse();
    }

    @Test
    void whatIsLongerThanACommentIsAQuestion() {
        String well = "All is well with this rule of the firewall. ".repeat(250);
        assertThat(read("done⏎" + well).clear()).isFalse();
        assertThat(read("problem: port 22⏎" + well).clear()).isTrue();
        assertThat(read("problem: port 22⏎" + well).comment()).hasSize(8_000);
    }

    /** Endings, signatures and labels, none of which says anything of the review. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "done⏎⏎Yours sincerely,⏎David Smith",
                "done⏎⏎Thanks for the reminder.⏎⏎Dave",
                "done⏎⏎All the best",
                "done⏎⏎The Network Team",
                "done⏎⏎*Paul Durand*⏎*Network Engineer*",
                "done⏎⏎ext. 4412",
                "done⏎⏎TLP:AMBER",
                "done⏎⏎Corp Internal Use Only",
                "fait⏎⏎Bien à toi",
                "fait⏎⏎À bientôt⏎Lili",
                "fait⏎⏎Sincères salutations,⏎Alice Martin",
                "fait⏎⏎Je reste à votre disposition.⏎⏎Alice",
                "fait⏎⏎Veuillez agréer, Madame, Monsieur, l’expression de mes salutations distinguées",
                "fait⏎⏎DSI – Pôle réseau",
                "fait⏎⏎Bât. C – Bureau 214",
                "fait⏎⏎Diffusion restreinte",
                "fait⏎⏎C1 - Interne",
            })
    void howPeopleEndTheirMailsIsNoRiddle(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isTrue();
    }

    /** What only looks like one of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "done⏎⏎mobile rule not done",
                "fait⏎⏎Poste encore ouvert",
                "done⏎⏎not done for room 12",
                "fait⏎⏎C1 - pas fait",
                "done⏎⏎TLP: not done",
                "done⏎⏎Rubber Stamp",
                "fait⏎⏎Brouillon",
                "done⏎⏎Sorry",
                "done⏎-- ⏎Please ignore",
                "done⏎⏎more or less",
                "fait⏎⏎Attendons Paul",
                "done⏎⏎P.S. port 22 is open to the world",
            })
    void whatOnlyLooksLikeAnEndingIsAQuestion(String text) {
        assertThat(read(text).clear()).as(text + " | " + read(text)).isFalse();
    }
}
