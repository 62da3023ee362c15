package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every mail about one review in English, whole: headers and text part as a real mail server received them. */
final class EnglishReviewMailsTest {
    @Test
    void assignment() {
        assertThat(sheet("assignment")).isEqualTo("""
                Subject: [REV-1001] Review fw-par-01 configuration (due 2026-03-12)
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

                Hello Alice,

                Please review the configuration of fw-par-01: look at what changed and at what the checks say, then say whether it is still right.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1001
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Thursday 12 March 2026 (2026-03-12), end of the day in Europe/Paris

                No configuration of this asset was received; the checks are all there is to look at.

                No check looks at this asset.

                --
                You get this mail because you own fw-par-01.
                If the review stays open, Bob (backup owner) is told on Tuesday 17 March 2026 (2026-03-17).
                If the review stays open, Mia (manager) is told on Monday 23 March 2026 (2026-03-23).
                If the review stays open, Lena (compliance lead) is told on Wednesday 1 April 2026 (2026-04-01).
                If the review is still open at the end of Saturday 11 April 2026 (2026-04-11), it is recorded as missed and Lena (compliance lead) is told.
                It is not yours? Say so here:
                https://ronde.test/r/HANDLE?a=not_mine
                The link is yours alone and works until Wednesday 27 May 2026 (2026-05-27).
                REV-1001 · assignment · 2026-02-26
                """);
    }

    @Test
    void refusal() {
        assertThat(sheet("refusal")).isEqualTo("""
                Subject: [REV-1029] Not accepted: review sw-par-01 again (due 2026-08-03)
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

                Hello Dan,

                Lena, the second person, did not accept the attestation of sw-par-01.

                In their words:
                The old proxy is still in the rules.

                The attestation was taken back and the review waits for you again. Look at what was said, then attest anew.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1029
                Asset: sw-par-01 · Switch Paris
                Plan: Review in pairs
                Owner: Dan
                Due: Monday 3 August 2026 (2026-08-03), end of the day in Europe/Paris

                No configuration of this asset was received; the checks are all there is to look at.

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you own sw-par-01.
                If the review stays open, Lena (compliance lead) is told on Friday 21 August 2026 (2026-08-21).
                If the review is still open at the end of Wednesday 2 September 2026 (2026-09-02), it is recorded as missed and Lena (compliance lead) is told.
                The link is yours alone and works until Sunday 25 October 2026 (2026-10-25).
                REV-1029 · not accepted · 2026-07-27
                """);
    }

    @Test
    void reminder() {
        assertThat(sheet("reminder")).isEqualTo("""
                Subject: [REV-1002] Review fw-par-01 configuration (due 2026-06-12)
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

                Hello Alice,

                The review of fw-par-01 is still waiting for you.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you own fw-par-01.
                If the review stays open, Bob (backup owner) is told on Wednesday 17 June 2026 (2026-06-17).
                If the review stays open, Mia (manager) is told on Tuesday 23 June 2026 (2026-06-23).
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                It is not yours? Say so here:
                https://ronde.test/r/HANDLE?a=not_mine
                The link is yours alone and works until Thursday 27 August 2026 (2026-08-27).
                REV-1002 · reminder · 2026-06-03
                """);
    }

    @Test
    void overdueReminder() {
        assertThat(sheet("overdue")).isEqualTo("""
                Subject: [REV-1002] Review fw-par-01 configuration (due 2026-06-12)
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

                Hello Alice,

                The review of fw-par-01 is 5 days overdue.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                5 days overdue.

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you own fw-par-01.
                Bob (backup owner) is to be told as well.
                If the review stays open, Mia (manager) is told on Tuesday 23 June 2026 (2026-06-23).
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                It is not yours? Say so here:
                https://ronde.test/r/HANDLE?a=not_mine
                The link is yours alone and works until Thursday 27 August 2026 (2026-08-27).
                REV-1002 · still waiting · 2026-06-17
                """);
    }

    @Test
    void escalation() {
        assertThat(sheet("escalation")).isEqualTo("""
                Subject: [REV-1002] Escalation: review fw-par-01 configuration (due 2026-06-12)
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

                Hello Bob,

                The review of fw-par-01 is 5 days overdue and Alice has not answered.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                5 days overdue.

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you are the backup owner of fw-par-01.
                If the review stays open, Mia (manager) is told on Tuesday 23 June 2026 (2026-06-23).
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                The link is yours alone and works until Tuesday 15 September 2026 (2026-09-15).
                REV-1002 · escalation to the backup owner · 2026-06-17
                """);
    }

    @Test
    void delegation() {
        assertThat(sheet("delegation")).isEqualTo("""
                Subject: [REV-1002] Will you review fw-par-01 configuration? (due 2026-06-12)
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

                Hello Dan,

                Alice asks you to take over the review of fw-par-01. Until you accept it stays with Alice.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can take it over, look at it first, or report a problem. If you do nothing it stays with Alice. Opening the page records nothing.

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you were asked to take over the review of fw-par-01.
                If the review stays open, Bob (backup owner) is told on Wednesday 17 June 2026 (2026-06-17).
                If the review stays open, Mia (manager) is told on Tuesday 23 June 2026 (2026-06-23).
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                The link is yours alone and works until Tuesday 1 September 2026 (2026-09-01).
                REV-1002 · request · 2026-06-03
                """);
    }

    @Test
    void decision() {
        assertThat(sheet("decision")).isEqualTo("""
                Subject: [REV-1002] Decision needed: fw-par-01 (due 2026-06-12)
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

                Hello Lena,

                Alice reported a problem in the review of fw-par-01.

                In their words:
                The rule for the old proxy is still there.

                Say here after signing in what you decide; until then you are asked every week:

                https://ronde.test/reviews/REV-1002

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                The review without signing in:

                https://ronde.test/r/HANDLE

                --
                You get this mail because you are a compliance lead; the decision concerns fw-par-01.
                If the review stays open, Bob (backup owner) is told on Wednesday 17 June 2026 (2026-06-17).
                If the review stays open, Mia (manager) is told on Tuesday 23 June 2026 (2026-06-23).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and you are told as compliance lead.
                The link is yours alone and works until Tuesday 1 September 2026 (2026-09-01).
                REV-1002 · decision · 2026-06-03
                """);
    }

    @Test
    void newLink() {
        assertThat(sheet("relink")).isEqualTo("""
                Subject: [REV-1002] Review fw-par-01 configuration (due 2026-06-12)
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

                Hello Alice,

                The earlier links to the review of fw-par-01 no longer work. Here is a new one.

                Open the review here, no account needed:

                https://ronde.test/r/HANDLE

                There you can attest, acknowledge, pass it on, ask for time, report a problem, or say that it is not yours. Opening the page records nothing.

                Review: REV-1002
                Asset: fw-par-01 · Firewall Paris
                Plan: Quarterly review
                Owner: Alice
                Due: Friday 12 June 2026 (2026-06-12), end of the day in Europe/Paris
                11 days overdue.

                One setting changed since the last attestation:

                - Rule web, source: 10.0.0.0/8 → 0.0.0.0/0 (wider)

                Checks: 1 failing, 1 unknown, 1 passing.

                --
                You get this mail because you take part in the review of fw-par-01.
                Bob (backup owner) was told on Wednesday 17 June 2026 (2026-06-17).
                Mia (manager) was told on Tuesday 23 June 2026 (2026-06-23).
                If the review stays open, Lena (compliance lead) is told on Thursday 2 July 2026 (2026-07-02).
                If the review is still open at the end of Sunday 12 July 2026 (2026-07-12), it is recorded as missed and Lena (compliance lead) is told.
                The link is yours alone and works until Monday 21 September 2026 (2026-09-21).
                REV-1002 · new link · 2026-06-23
                """);
    }

    private static String sheet(String name) {
        return MailSheet.of(MailSamples.in("en").get(name));
    }
}
