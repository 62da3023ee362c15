package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every mail about many things, answers, and the ledger in French, whole: headers and text part as a real mail server received them. */
final class FrenchOtherMailsTest {
    @Test
    void digest() {
        assertThat(sheet("digest")).isEqualTo("""
                Subject: 4 revues et avis (prochaine échéance 2026-03-12)
                From: Ronde <ronde@ronde.test>
                To: Olga <olga@corp.example>
                Date: Thu, 26 Feb 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                List-Unsubscribe: <https://ronde.test/m/HANDLE>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click

                Bonjour Olga,

                4 points vous attendent. Chaque revue s’ouvre par son propre lien ; aucun compte n’est nécessaire.
                Tous sur une page :

                https://ronde.test/d/HANDLE

                NOUVEAU

                1. REV-1007 · db-par-01 · Database 1 · Quarterly review
                https://ronde.test/r/HANDLE
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)
                Aucune configuration de cet actif n’a été reçue. Aucun contrôle ne porte sur cet actif.
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le mercredi 1er avril 2026 (2026-04-01).
                Si la revue est encore ouverte à la fin du samedi 11 avril 2026 (2026-04-11), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Vous recevez ce courriel parce que vous êtes responsable de db-par-01.

                2. REV-1013 · db-par-02 · Database 2 · Quarterly review
                https://ronde.test/r/HANDLE
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)
                Aucune configuration de cet actif n’a été reçue. Aucun contrôle ne porte sur cet actif.
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le mercredi 1er avril 2026 (2026-04-01).
                Si la revue est encore ouverte à la fin du samedi 11 avril 2026 (2026-04-11), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Vous recevez ce courriel parce que vous êtes responsable de db-par-02.

                3. REV-1019 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)
                Aucune configuration de cet actif n’a été reçue. Aucun contrôle ne porte sur cet actif.
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le mercredi 1er avril 2026 (2026-04-01).
                Si la revue est encore ouverte à la fin du samedi 11 avril 2026 (2026-04-11), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Vous recevez ce courriel parce que vous êtes responsable de db-par-03.

                CONSTATS DES CONTRÔLES

                Moyen : Un service Telnet demande une connexion en clair · db-par-01 · Database 1
                Vu depuis le mercredi 25 février 2026, 17:59 (Europe/Paris).
                L’actif, après connexion :
                https://ronde.test/assets/db-par-01

                Sa revue ouverte REV-1007, sans compte :
                https://ronde.test/r/HANDLE

                --
                Vous recevez ce récapitulatif parce que ces revues, constats et contrôles sont les vôtres, vous ont été transmis, ou que vous administrez ce serveur. Il y en a au plus un par jour.
                Moins de courriels (ce qui est dû arrive toujours) :
                https://ronde.test/m/HANDLE
                Récapitulatif · 4 · 2026-02-26
                """);
    }

    @Test
    void digestForAManager() {
        assertThat(sheet("digest-manager")).isEqualTo("""
                Subject: Une revue est en retard (depuis 2026-06-12)
                From: Ronde <ronde@ronde.test>
                To: Mia <mia@corp.example>
                Date: Tue, 23 Jun 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high
                List-Unsubscribe: <https://ronde.test/m/HANDLE>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click

                Bonjour Mia,

                Un point vous attend. Chaque revue s’ouvre par son propre lien ; aucun compte n’est nécessaire.
                Tous sur une page :

                https://ronde.test/d/HANDLE

                EN RETARD

                1. REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris) · 11 jours de retard.
                Un réglage a changé depuis la dernière attestation. Contrôles : 1 en échec, 1 inconnu, 1 réussi.
                Si la revue reste ouverte, un avis part à Lena (responsable conformité) le jeudi 2 juillet 2026 (2026-07-02).
                Si la revue est encore ouverte à la fin du dimanche 12 juillet 2026 (2026-07-12), elle est enregistrée comme manquée et un avis part à Lena (responsable conformité).
                Vous recevez ce courriel parce que vous êtes le supérieur indiqué pour fw-par-01.

                --
                Vous recevez ce récapitulatif parce que ces revues, constats et contrôles sont les vôtres, vous ont été transmis, ou que vous administrez ce serveur. Il y en a au plus un par jour.
                Moins de courriels (ce qui est dû arrive toujours) :
                https://ronde.test/m/HANDLE
                Récapitulatif · 1 · 2026-06-23
                """);
    }

    @Test
    void missed() {
        assertThat(sheet("missed")).isEqualTo("""
                Subject: 4 revues ont été manquées
                From: Ronde <ronde@ronde.test>
                To: Lena <lena@corp.example>
                Date: Mon, 20 Jul 2026 04:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Lena,

                Le délai de 4 revues est passé sans attestation. Indiquez pourquoi, et comment c’est rattrapé.

                REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Alice
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                Un problème y a été signalé et n’est pas tranché :
                The rule for the old proxy is still there.
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1002

                REV-1008 · db-par-01 · Database 1 · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Olga
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1008

                REV-1014 · db-par-02 · Database 2 · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Olga
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1014

                REV-1020 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Olga
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1020

                --
                Vous recevez ce courriel parce que vous êtes responsable conformité.
                REV-1002 · manquée · 2026-07-20
                """);
    }

    @Test
    void lapse() {
        assertThat(sheet("lapse")).isEqualTo("""
                Subject: [REV-1002] La demande de reprendre fw-par-01 est caduque
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Mon, 20 Jul 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Dan,

                Une demande de reprendre une revue a pris fin sans être acceptée.

                REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Alice vous avait demandé de la reprendre. On n’attend plus rien de vous. Sa fenêtre s’est refermée sans attestation.

                --
                Vous recevez ce courriel parce qu’on vous avait demandé, ou que vous aviez demandé à quelqu’un, de reprendre une revue.
                REV-1002 · demande caduque · 2026-07-20
                """);
    }

    @Test
    void recovery() {
        assertThat(sheet("recovery")).isEqualTo("""
                Subject: À consigner : pourquoi 2 revues ont été manquées
                From: Ronde <ronde@ronde.test>
                To: Lena <lena@corp.example>
                Date: Mon, 27 Jul 2026 07:20:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Lena,

                2 revues ont été manquées, et personne n’a consigné pourquoi, ce qui est fait et comment c’est rattrapé. Vous recevez ce rappel chaque semaine jusque-là.

                REV-1019 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Olga
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1019

                REV-1020 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Responsable : Olga
                Échéance : vendredi 12 juin 2026 (2026-06-12), fin de journée (fuseau Europe/Paris)
                Consignez-le ici après connexion :
                https://ronde.test/reviews/REV-1020

                --
                Vous recevez ce courriel parce que vous êtes responsable conformité.
                REV-1019 · cause non consignée · 2026-07-27
                """);
    }

    @Test
    void finding() {
        assertThat(sheet("finding")).isEqualTo("""
                Subject: Critique : Un service Telnet demande une connexion en clair sur fw-par-01
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Bonjour Alice,

                Un contrôle a trouvé une protection désactivée.

                Critique : Un service Telnet demande une connexion en clair · fw-par-01 · Firewall Paris
                Vu depuis le lundi 20 juillet 2026, 23:59 (Europe/Paris).
                L’actif, après connexion :

                https://ronde.test/assets/fw-par-01

                Activez la protection ; le constat se ferme au premier contrôle réussi.

                --
                Vous recevez ce courriel parce que vous êtes responsable de fw-par-01.
                constat · telnet-open · 2026-07-21
                """);
    }

    @Test
    void code() {
        assertThat(sheet("code")).isEqualTo("""
                Subject: [REV-1001] Votre code pour fw-par-01 (échéance 2026-03-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Thu, 26 Feb 2026 09:00:30 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Alice,

                Quelqu’un qui a votre lien personnel veut faire ceci, et votre code est nécessaire :
                Attester la revue de fw-par-01.
                Votre déclaration : Revue, sans changement.

                Votre code :

                CODE

                Il est valable jusqu’au jeudi 26 février 2026, 10:10 (Europe/Paris), sur la page qui l’a demandé.
                Personne chez Ronde ou dans votre entreprise ne vous le demandera jamais.

                Ce n’était pas vous ? Ne faites rien : sans le code, il ne se passe rien. Mais quelqu’un d’autre a votre lien ; prévenez votre responsable conformité.

                Revue : REV-1001 · fw-par-01 · Firewall Paris
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)

                https://ronde.test/r/HANDLE

                --
                Vous recevez ce courriel parce que la revue demande plus que le lien.
                REV-1001 · code · 2026-02-26
                """);
    }

    @Test
    void receipt() {
        assertThat(sheet("receipt")).isEqualTo("""
                Subject: [REV-1001] Enregistré : fw-par-01 (échéance 2026-03-12)
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Thu, 26 Feb 2026 09:00:30 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-replied
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Alice,

                Merci : REV-1001 est attestée.
                Enregistré le jeudi 26 février 2026, 10:00 (Europe/Paris), par le lien de votre courriel et le code qui vous a été envoyé.
                Votre déclaration : Revue, sans changement.
                Configuration examinée : sha256:1111111111111111111111111111111111111111111111111111111111111111

                Actif : fw-par-01 · Firewall Paris
                Échéance : jeudi 12 mars 2026 (2026-03-12), fin de journée (fuseau Europe/Paris)
                Prochaine échéance : vendredi 12 juin 2026 (2026-06-12)

                Pour retirer votre attestation dans les 24 heures :

                https://ronde.test/u/HANDLE

                La revue telle qu’elle est :

                https://ronde.test/r/HANDLE

                Ce n’était pas vous ? Retirez l’attestation, et prévenez tout de suite votre responsable conformité.

                --
                Vous recevez ce reçu parce que cela a été fait avec votre lien personnel.
                REV-1001 · reçu · 2026-02-26
                """);
    }

    @Test
    void checkpoint() {
        assertThat(sheet("checkpoint")).isEqualTo("""
                Subject: Point de contrôle du registre SIZE ROOT
                From: Ronde <ronde@ronde.test>
                To: auditor@audit.example
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                La tête du registre des preuves au lundi 20 juillet 2026, 22:00 (UTC).
                SIZE enregistrements nouveaux depuis le dernier courriel.

                ronde.example/test
                SIZE
                ROOT

                — ronde.example/test SIGNATURE

                Clé de vérification, la même chaque jour :
                ronde.example/test+KEY

                Conservez ce courriel. Qui exploite Ronde ne peut pas le changer : un export qui se vérifie contre ce point n’a pas été réécrit depuis.

                --
                Vous recevez ce courriel chaque jour parce que votre adresse figure dans RONDE_AUDITORS.
                ROOT · 2026-07-21
                """);
    }

    @Test
    void testMail() {
        assertThat(sheet("test")).isEqualTo("""
                Subject: Courriel d’essai de Ronde
                From: Ronde <ronde@ronde.test>
                To: operator@corp.example
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Ronde-Instance: UUID

                Ce courriel d’essai a été envoyé par Ronde via 127.0.0.1:PORT (non chiffré) le mardi 21 juillet 2026, 00:00 (Europe/Paris).
                Vous n’avez rien à faire.

                Adresse de ce Ronde :
                https://ronde.test
                """);
    }

    private static String sheet(String name) {
        return MailSheet.of(MailSamples.in("fr").get(name));
    }
}
