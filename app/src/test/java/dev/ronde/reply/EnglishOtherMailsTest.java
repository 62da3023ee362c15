package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every mail about many things, answers, and the ledger in English, whole: headers and text part as a real mail server received them. */
final class EnglishOtherMailsTest {
    @Test
    void digest() {
        assertThat(sheet("digest")).isEqualTo("""
                Subject: 4 configuration reviews and notices (next due 2026-03-12)
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

                Hello Olga,

                4 things wait for you. A review opens by its own link; no account is needed.
                All of them on one page:

                https://ronde.test/d/HANDLE

                NEW

                1. REV-1007 · db-par-01 · Database 1 · Quarterly review
                https://ronde.test/r/HANDLE
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris
                No configuration of this asset was received. No check looks at this asset.
                If the review stays open, Lena (compliance lead) is told on Wednesday 1 April 2026 (2026-04-01).
                If the review is still open at the end of Saturday 11 April 2026 (2026-04-11), it is recorded as missed and Lena (compliance lead) is told.
                You get this mail because you own db-par-01.

                2. REV-1013 · db-par-02 · Database 2 · Quarterly review
                https://ronde.test/r/HANDLE
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris
                No configuration of this asset was received. No check looks at this asset.
                If the review stays open, Lena (compliance lead) is told on Wednesday 1 April 2026 (2026-04-01).
                If the review is still open at the end of Saturday 11 April 2026 (2026-04-11), it is recorded as missed and Lena (compliance lead) is told.
                You get this mail because you own db-par-02.

                3. REV-1019 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris
                No configuration of this asset was received. No check looks at this asset.
                If the review stays open, Lena (compliance lead) is told on Wednesday 1 April 2026 (2026-04-01).
                If the review is still open at the end of Saturday 11 April 2026 (2026-04-11), it is recorded as missed and Lena (compliance lead) is told.
                You get this mail because you own db-par-03.

                FOUND BY CHECKS

                Medium: A Telnet service asks for a sign-in in the clear · db-par-01 · Database 1
                Seen since Wednesday 25 February 2026, 17:59 (Europe/Paris).
                The asset, after signing in:
                https://ronde.test/assets/db-par-01

                Its open review REV-1007, no account needed:
                https://ronde.test/r/HANDLE

                --
                You get this digest because these reviews, findings and checks are yours, were escalated to you, or you run this server. There is at most one a day.
                Fewer mails (what is due still comes):
                https://ronde.test/m/HANDLE
                Digest · 4 · 2026-02-26
                """);
    }

    @Test
    void digestForAManager() {
        assertThat(sheet("digest-manager")).isEqualTo("""
                Subject: One configuration review is overdue (since 2026-06-12)
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

                Hello Mia,

                One thing waits for you. A review opens by its own link; no account is needed.
                All of them on one page:

                https://ronde.test/d/HANDLE

                OVERDUE

                1. REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris · 11 days overdue.
                One setting changed since the last attestation. Checks: 1 failing, 1 unknown, 1 passing.
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                You get this mail because you are the manager named for fw-par-01.

                --
                You get this digest because these reviews, findings and checks are yours, were escalated to you, or you run this server. There is at most one a day.
                Fewer mails (what is due still comes):
                https://ronde.test/m/HANDLE
                Digest · 1 · 2026-06-23
                """);
    }

    @Test
    void missed() {
        assertThat(sheet("missed")).isEqualTo("""
                Subject: 4 reviews were missed
                From: Ronde <ronde@ronde.test>
                To: Lena <lena@corp.example>
                Date: Mon, 20 Jul 2026 04:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Hello Lena,

                The windows of 4 reviews closed without an attestation. Record why, and how it is made good.

                REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                A problem was reported in it and is not decided:
                The rule for the old proxy is still there.
                Record it here after signing in:
                https://ronde.test/reviews/REV-1002

                REV-1008 · db-par-01 · Database 1 · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Olga
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                Record it here after signing in:
                https://ronde.test/reviews/REV-1008

                REV-1014 · db-par-02 · Database 2 · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Olga
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                Record it here after signing in:
                https://ronde.test/reviews/REV-1014

                REV-1020 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Olga
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                Record it here after signing in:
                https://ronde.test/reviews/REV-1020

                --
                You get this mail because you are a compliance lead.
                REV-1002 · missed · 2026-07-20
                """);
    }

    @Test
    void lapse() {
        assertThat(sheet("lapse")).isEqualTo("""
                Subject: [REV-1002] The request to take over fw-par-01 has lapsed
                From: Ronde <ronde@ronde.test>
                To: Dan <dan@corp.example>
                Date: Mon, 20 Jul 2026 09:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                Hello Dan,

                A request to take over a review has ended without being accepted.

                REV-1002 · fw-par-01 · Firewall Paris · Quarterly review
                https://ronde.test/r/HANDLE
                Alice had asked you to take it over. Nothing is wanted of you any more. Its window has closed without an attestation.

                --
                You get this mail because somebody asked you, or you asked somebody, to take over a review.
                REV-1002 · request lapsed · 2026-07-20
                """);
    }

    @Test
    void recovery() {
        assertThat(sheet("recovery")).isEqualTo("""
                Subject: Still to record: why 2 reviews were missed
                From: Ronde <ronde@ronde.test>
                To: Lena <lena@corp.example>
                Date: Mon, 27 Jul 2026 07:20:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Hello Lena,

                2 reviews were missed, and nobody has recorded why, what is done about it, and how it is made good. You are reminded every week until it is.

                REV-1019 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Olga
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris
                Record it here after signing in:
                https://ronde.test/reviews/REV-1019

                REV-1020 · db-par-03 · Database 3 · Quarterly review
                https://ronde.test/r/HANDLE
                Owner: Olga
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                Record it here after signing in:
                https://ronde.test/reviews/REV-1020

                --
                You get this mail because you are a compliance lead.
                REV-1019 · cause not recorded · 2026-07-27
                """);
    }

    @Test
    void finding() {
        assertThat(sheet("finding")).isEqualTo("""
                Subject: Critical: A Telnet service asks for a sign-in in the clear on fw-par-01
                From: Ronde <ronde@ronde.test>
                To: Alice <alice@corp.example>
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID
                Importance: high

                Hello Alice,

                A check found a protection that is off.

                Critical: A Telnet service asks for a sign-in in the clear · fw-par-01 · Firewall Paris
                Seen since Monday 20 July 2026, 23:59 (Europe/Paris).
                The asset, after signing in:

                https://ronde.test/assets/fw-par-01

                Put the protection on; the finding closes with the first check that passes.

                --
                You get this mail because you own fw-par-01.
                finding · telnet-open · 2026-07-21
                """);
    }

    @Test
    void code() {
        assertThat(sheet("code")).isEqualTo("""
                Subject: [REV-1001] Your code for fw-par-01 (due 2026-03-12)
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

                Hello Alice,

                Somebody with your personal link wants to do this, and it needs your code:
                Attest the review of fw-par-01.
                Your statement: Reviewed, no change.

                Your code:

                CODE

                It is good until Thursday 26 February 2026, 10:10 (Europe/Paris), on the page that asked for it.
                Nobody from Ronde or your company ever asks you for it.

                Was it not you? Do nothing: without the code nothing happens. But somebody else has your link; tell your compliance lead.

                Review: REV-1001 · fw-par-01 · Firewall Paris
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris

                https://ronde.test/r/HANDLE

                --
                You get this mail because the review asks for more than the link.
                REV-1001 · code · 2026-02-26
                """);
    }

    @Test
    void receipt() {
        assertThat(sheet("receipt")).isEqualTo("""
                Subject: [REV-1001] Recorded: fw-par-01 (due 2026-03-12)
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

                Hello Alice,

                Thank you: REV-1001 is attested.
                Recorded on Thursday 26 February 2026, 10:00 (Europe/Paris), by the link in your mail and the code sent to you.
                Your statement: Reviewed, no change.
                Configuration looked at: sha256:1111111111111111111111111111111111111111111111111111111111111111

                Asset: fw-par-01 · Firewall Paris
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris
                Next due: Friday 12 June 2026 (2026-06-12)

                To take your attestation back within 24 hours:

                https://ronde.test/u/HANDLE

                The review as it stands:

                https://ronde.test/r/HANDLE

                Was it not you? Take the attestation back, and tell your compliance lead at once.

                --
                You get this receipt because it was done with your personal link.
                REV-1001 · receipt · 2026-02-26
                """);
    }

    @Test
    void checkpoint() {
        assertThat(sheet("checkpoint")).isEqualTo("""
                Subject: Ledger checkpoint SIZE ROOT
                From: Ronde <ronde@ronde.test>
                To: auditor@audit.example
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
                List-Id: Configuration reviews <reviews.ronde.test>
                X-Ronde-Instance: UUID

                The head of the evidence ledger as of Monday 20 July 2026, 22:00 (UTC).
                SIZE records are new since the last checkpoint mail.

                ronde.example/test
                SIZE
                ROOT

                — ronde.example/test SIGNATURE

                Verifier key, the same every day:
                ronde.example/test+KEY

                Keep this mail. Whoever runs Ronde cannot change it: an export that verifies against this checkpoint was not rewritten since.

                --
                You get this mail every day because your address stands in RONDE_AUDITORS.
                ROOT · 2026-07-21
                """);
    }

    @Test
    void testMail() {
        assertThat(sheet("test")).isEqualTo("""
                Subject: Ronde test mail
                From: Ronde <ronde@ronde.test>
                To: operator@corp.example
                Date: Mon, 20 Jul 2026 22:00:00 +0000 (UTC)
                Message-ID: <ronde.UUID@ronde.test>
                Auto-Submitted: auto-generated
                X-Ronde-Instance: UUID

                This test mail was sent by Ronde through 127.0.0.1:PORT (not encrypted) on Tuesday 21 July 2026, 00:00 (Europe/Paris).
                You need not do anything.

                Address of this Ronde:
                https://ronde.test
                """);
    }

    private static String sheet(String name) {
        return MailSheet.of(MailSamples.in("en").get(name));
    }
}
