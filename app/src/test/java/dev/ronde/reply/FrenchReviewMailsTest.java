package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every mail about one review in French, whole: headers and text part as a real mail server received them. */
final class FrenchReviewMailsTest {
    @Test
    void assignment() {
        assertThat(sheet("assignment")).isEqualTo("""
                Subject: [REV-1001] Revue de la configuration de fw-par-01 (échéance 2026-03-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Thu, 26 Feb 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Alice,

                Merci de revoir la configuration de fw-par-01 : regardez ce qui a changé et ce que disent les contrôles, puis dites si elle est toujours bonne.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1001
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)

                Aucune configuration de cet actif n’a été reçue ; seuls les contrôles peuvent être examinés.

                Aucun contrôle ne porte sur cet actif.

                --
                Vous recevez ce courriel parce que vous êtes responsable de fw-par-01.
                Si la revue reste ouverte, un avis part à Bob (suppléant) le mardi 17 mars 2026 (2026-03-17).
                Si la revue reste ouverte, un avis part à Mia (supérieur) le lundi 23 mars 2026 (2026-03-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le mercredi 1er avril 2026 (2026-04-01).
                Si la revue est encore ouverte à la fin du samedi 11 avril 2026 (2026-04-11), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Elle n’est pas pour vous ? Dites-le ici :
                https://ronde.test/r/HANDLE?a=not_mine
                Ce lien n’est que pour vous et fonctionne jusqu’au mercredi 27 mai 2026 (2026-05-27).
                REV-1001 · attribution · 2026-02-26
                """);
    }

    @Test
    void refusal() {
        assertThat(sheet("refusal")).isEqualTo("""
                Subject: [REV-1029] Non acceptée : revoir sw-par-01 (échéance 2026-08-03)
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Mon, 27 Jul 2026 09:05:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Dan,

                Lena, seconde personne, n’a pas accepté l’attestation de sw-par-01.

                En ses termes :
                The old proxy is still in the rules.

                L’attestation a été retirée et la revue vous attend de nouveau. Regardez ce qui a été dit, puis attestez à nouveau.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1029
                Actif : sw-par-01 · Switch Paris
                Plan : Review in pairs
                Responsable : Dan
                Échéance : lundi 3 août 2026 (2026-08-03), fin de journée (fuseau Europe/Paris)

                Aucune configuration de cet actif n’a été reçue ; seuls les contrôles peuvent être examinés.

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce que vous êtes responsable de sw-par-01.
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le vendredi 21 août 2026 (2026-08-21).
                Si la revue est encore ouverte à la fin du mercredi 2 septembre 2026 (2026-09-02), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Ce lien n’est que pour vous et fonctionne jusqu’au dimanche 25 octobre 2026 (2026-10-25).
                REV-1029 · non acceptée · 2026-07-27
                """);
    }

    @Test
    void reminder() {
        assertThat(sheet("reminder")).isEqualTo("""
                Subject: [REV-1002] Revue de la configuration de fw-par-01 (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Wed, 3 Jun 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Alice,

                La revue de fw-par-01 vous attend toujours.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce que vous êtes responsable de fw-par-01.
                Si la revue reste ouverte, un avis part à Bob (suppléant) le mercredi 17 juin 2026 (2026-06-17).
                Si la revue reste ouverte, un avis part à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Elle n’est pas pour vous ? Dites-le ici :
                https://ronde.test/r/HANDLE?a=not_mine
                Ce lien n’est que pour vous et fonctionne jusqu’au jeudi 27 août 2026 (2026-08-27).
                REV-1002 · rappel · 2026-06-03
                """);
    }

    @Test
    void overdueReminder() {
        assertThat(sheet("overdue")).isEqualTo("""
                Subject: [REV-1002] Revue de la configuration de fw-par-01 (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Wed, 17 Jun 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Alice,

                La revue de fw-par-01 a 5 jours de retard.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                5 jours de retard.

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce que vous êtes responsable de fw-par-01.
                Un avis à Bob (suppléant) est prévu aussi.
                Si la revue reste ouverte, un avis part à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Elle n’est pas pour vous ? Dites-le ici :
                https://ronde.test/r/HANDLE?a=not_mine
                Ce lien n’est que pour vous et fonctionne jusqu’au jeudi 27 août 2026 (2026-08-27).
                REV-1002 · toujours en attente · 2026-06-17
                """);
    }

    @Test
    void escalation() {
        assertThat(sheet("escalation")).isEqualTo("""
                Subject: [REV-1002] Escalade : revue de la configuration de fw-par-01 (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Bob <bob@corp.example>
                Date: Wed, 17 Jun 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Bob,

                La revue de fw-par-01 a 5 jours de retard et Alice n’a pas répondu.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                5 jours de retard.

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce que vous êtes suppléant pour fw-par-01.
                Si la revue reste ouverte, un avis part à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Ce lien n’est que pour vous et fonctionne jusqu’au mardi 15 septembre 2026 (2026-09-15).
                REV-1002 · escalade au suppléant · 2026-06-17
                """);
    }

    @Test
    void delegation() {
        assertThat(sheet("delegation")).isEqualTo("""
                Subject: [REV-1002] Ferez-vous la revue de fw-par-01 ? (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Wed, 3 Jun 2026 09:03:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Dan,

                Alice vous demande de reprendre la revue de fw-par-01. Tant que vous n’acceptez pas, elle reste à Alice.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y reprendre la revue, d’abord la regarder, ou signaler un problème. Si vous ne faites rien, elle reste à Alice. Ouvrir la page n’enregistre rien.

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce qu’on vous demande de reprendre la revue de fw-par-01.
                Si la revue reste ouverte, un avis part à Bob (suppléant) le mercredi 17 juin 2026 (2026-06-17).
                Si la revue reste ouverte, un avis part à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Ce lien n’est que pour vous et fonctionne jusqu’au mardi 1er septembre 2026 (2026-09-01).
                REV-1002 · demande · 2026-06-03
                """);
    }

    @Test
    void decision() {
        assertThat(sheet("decision")).isEqualTo("""
                Subject: [REV-1002] Décision attendue : fw-par-01 (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Lena <lena@corp.example>
                Date: Wed, 3 Jun 2026 09:03:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Lena,

                Alice a signalé un problème dans la revue de fw-par-01.

                En ses termes :
                The rule for the old proxy is still there.

                Dites ici, après connexion, ce que vous décidez ; d’ici là, la question revient chaque semaine :

                https://ronde.test/reviews/REV-1002

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                La revue sans connexion :

                https://ronde.test/r/HANDLE

                --
                Vous recevez ce courriel parce que vous êtes responsable conformité ; la décision concerne fw-par-01.
                Si la revue reste ouverte, un avis part à Bob (suppléant) le mercredi 17 juin 2026 (2026-06-17).
                Si la revue reste ouverte, un avis part à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et vous recevez un avis comme responsable conformité.
                Ce lien n’est que pour vous et fonctionne jusqu’au mardi 1er septembre 2026 (2026-09-01).
                REV-1002 · décision · 2026-06-03
                """);
    }

    @Test
    void newLink() {
        assertThat(sheet("relink")).isEqualTo("""
                Subject: [REV-1002] Revue de la configuration de fw-par-01 (échéance 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Tue, 23 Jun 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Alice,

                Les liens précédents vers la revue de fw-par-01 ne fonctionnent plus. En voici un nouveau.

                Ouvrez la revue ici, sans compte :

                https://ronde.test/r/HANDLE

                Vous pouvez y attester, accuser réception, la confier à quelqu’un d’autre, demander du temps, signaler un problème ou dire qu’elle n’est pas pour vous. Ouvrir la page n’enregistre rien.

                Revue : REV-1002
                Actif : fw-par-01 · Firewall Paris
                Plan : Quarterly review
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                11 jours de retard.

                Un réglage a changé depuis la dernière attestation :

                - Règle web, source : 10.0.0.0/8 → 0.0.0.0/0 (plus ouvert)

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                --
                Vous recevez ce courriel parce que vous prenez part à la revue de fw-par-01.
                Un avis est parti à Bob (suppléant) le mercredi 17 juin 2026 (2026-06-17).
                Un avis est parti à Mia (supérieur) le mardi 23 juin 2026 (2026-06-23).
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Ce lien n’est que pour vous et fonctionne jusqu’au lundi 21 septembre 2026 (2026-09-21).
                REV-1002 · nouveau lien · 2026-06-23
                """);
    }

    private static String sheet(String name) {
        return MailSheet.of(MailSamples.in("fr").get(name));
    }
}
