package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The mail that brings a new link to whoever holds a dead one, whole, in both languages. */
final class NewLinkMailTest {
    @Test
    void inEnglish() {
        assertThat(sheet("en")).isEqualTo("""
                Subject: [REV-1029] Your new link for sw-par-01 (due 2026-08-03)
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Mon, 27 Jul 2026 09:05:30 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-replied
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Hello Dan,

                A new link to REV-1029 was asked for on the page of one that no longer works. Here it is:

                https://ronde.test/r/HANDLE

                It is yours alone and works until Sunday 25 October 2026 (2026-10-25).

                Review: REV-1029
                Asset: sw-par-01 · Switch Paris
                Plan: Review in pairs
                Owner: Dan
                Due: Monday 3 August 2026 (2026-08-03), end of the day in Europe/Paris

                No configuration of this asset was received; the checks are all there is to look at.

                Checks: 1 failing, 1 unknown, 1 passing.

                Was it not you? Do nothing: the link comes to your address only.

                --
                You get this mail because somebody who has an earlier link of yours asked for a new one.
                REV-1029 · new link · 2026-07-27
                """);
    }

    @Test
    void inFrench() {
        assertThat(sheet("fr")).isEqualTo("""
                Subject: [REV-1029] Votre nouveau lien pour sw-par-01 (échéance 2026-08-03)
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Mon, 27 Jul 2026 09:05:30 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                In-Reply-To: <ronde-r.UUID.PERSON@ronde.test>
                References: <ronde-r.UUID.PERSON@ronde.test> <ronde.UUID@ronde.test> <ronde.UUID@ronde.test>
                Auto-Submitted: auto-replied
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Bonjour Dan,

                Un nouveau lien vers REV-1029 a été demandé sur la page d’un lien qui ne fonctionne plus. Le voici :

                https://ronde.test/r/HANDLE

                Il n’est qu’à vous et fonctionne jusqu’au dimanche 25 octobre 2026 (2026-10-25).

                Revue : REV-1029
                Actif : sw-par-01 · Switch Paris
                Plan : Review in pairs
                Responsable : Dan
                Échéance : lundi 3 août 2026 (2026-08-03), fin de journée (fuseau Europe/Paris)

                Aucune configuration de cet actif n’a été reçue ; seuls les contrôles peuvent être examinés.

                Contrôles : 1 en échec, 1 inconnu, 1 réussi.

                Ce n’était pas vous ? Ne faites rien : le lien n’arrive qu’à votre adresse.

                --
                Vous recevez ce courriel parce que quelqu’un qui a un de vos liens précédents en a demandé un nouveau.
                REV-1029 · nouveau lien · 2026-07-27
                """);
    }

    private static String sheet(String language) {
        return MailSheet.of(MailSamples.in(language).get("link"));
    }
}
