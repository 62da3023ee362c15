package dev.ronde.mail.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the writer may have written is read, wherever it stands; what may be somebody else's is a question. */
final class WhoseWordsTest {
    private static final MailReader READER =
            new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);
    private static final String REF = "ref: " + "a".repeat(40);
    private static final String WROTE = "On Mon, 2 Mar 2026 at 10:12, Ronde <ronde@ronde.test> wrote:\n";
    private static final String CITED = WROTE + "> Hello,\n>\n> Please review fw-01.\n>\n> REV-1042\n> " + REF + "\n";
    private static final String OUTLOOK = "From: Ronde <ronde@ronde.test>\nSent: Monday, March 2, 2026 10:12 AM\n"
            + "To: Alice\nSubject: [REV-1042] Review\n\nHello,\n\nPlease review fw-01.\n\nREV-1042\n" + REF + "\n";
    private static final String GMAIL =
            "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday wrote:<br></div>"
                    + "<blockquote class=\"gmail_quote\">Hello,<br>Please review fw-01.<br>REV-1042</blockquote></div>";

    private static BodyText read(String type, String body) {
        String raw = "From: alice@corp.example\r\nContent-Type: " + type + "\r\n\r\n" + body.replace("\n", "\r\n");
        BodyText read = READER.read(raw.getBytes(StandardCharsets.UTF_8), false).written();
        return written(read.lines(), read.contradictory(), read.unread());
    }

    private static BodyText written(List<String> lines, boolean contradictory, boolean unread) {
        return new BodyText(
                lines, List.of(), List.of(), contradictory ? new Against(Against.Why.WHOSE, "") : null, unread, false);
    }

    private static BodyText plain(String text) {
        return read("text/plain; charset=utf-8", text);
    }

    private static BodyText html(String html) {
        return read("text/html; charset=utf-8", html);
    }

    @Test
    void whatStandsBelowAQuoteBelongsToTheAnswer() {
        for (String quote : List.of(CITED, OUTLOOK)) {
            BodyText written = plain("Done.\n\n" + quote + "\nWait, sorry: not done.\n");
            assertThat(written)
                    .as(quote)
                    .isEqualTo(written(List.of("Done.", "", "Wait, sorry: not done."), false, false));
            assertThat(plain("Done.\n\n" + quote)).isEqualTo(written(List.of("Done."), false, false));
        }
        for (String quote : List.of(
                GMAIL,
                "<div class=\"moz-cite-prefix\">On 2 March Ronde wrote:</div><blockquote type=\"cite\">x</blockquote>",
                "<div class=\"protonmail_quote\">On Monday wrote:<blockquote type=cite>REV-1042</blockquote></div>",
                "<div class=\"yahoo_quoted\"><div>On Monday</div><div>REV-1042</div></div>",
                "<div id=\"appendonsend\"></div>",
                "<hr tabindex=\"-1\">",
                "<div id=\"divRplyFwdMsg\">From: Ronde</div><p>Hello,<br>REV-1042<br>" + REF + "</p>",
                "<div style=\"border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">From: Ronde</div><p>" + REF
                        + "</p>")) {
            assertThat(html("<div>Done</div>" + quote + "<div>Sorry, not done yet.</div>")
                            .lines())
                    .as(quote)
                    .contains("Done", "Sorry, not done yet.")
                    .allMatch(line -> line.isEmpty() || line.equals("Done") || line.equals("Sorry, not done yet."));
        }
        assertThat(
                        html(
                                "<div>Done</div><div class=gmail_quote>On Monday wrote:<blockquote class=gmail_quote>Hello</blockquote>"
                                        + "<div>not the second rule</div><blockquote class=gmail_quote>REV-1042</blockquote></div>"))
                .isEqualTo(written(List.of("Done", "", "not the second rule"), true, false));
    }

    @Test
    void aNoticeOfAGatewayBelowAQuoteIsNotTheirs() {
        String notice =
                "\nThis message and its attachments are confidential and intended only for the addressee. If you are"
                        + " not the intended recipient, do not use it: notify the sender and delete it at once.\n";
        assertThat(plain("Done.\n\n" + CITED + notice).lines()).containsExactly("Done.");
        assertThat(plain("Done.\n\n" + CITED + notice.replace(". If", ".\n\nIf"))
                        .lines())
                .containsExactly("Done.");
        assertThat(plain("Done.\n\n" + CITED + "\nSorry, rule 12 is still open, not done.\n" + notice)
                        .lines())
                .containsExactly("Done.", "", "Sorry, rule 12 is still open, not done.");
        assertThat(plain(CITED + "\nproblem: port 22 is open\n" + notice).lines())
                .containsExactly("problem: port 22 is open");
        assertThat(plain("Done.\n\n" + CITED + "\nNot done for the confidential share.\n")
                        .lines())
                .contains("Not done for the confidential share.");
    }

    @Test
    void aQuoteThatIsNotKnownIsAQuestion() {
        for (String text : List.of(
                "Done\n\nFrom: me\nDate: today\nTo: you\n\nnot the DMZ",
                "Done\n\n-----Original Message-----\nnot the DMZ",
                "Done\n\nOn 2 March 2026 at 10:12 Bob wrote:\nnot the DMZ",
                "Fait\n> mais pas la DMZ",
                "Fait\n>> sauf la DMZ\n>> et le VPN",
                "> Did you change the password of the portal?\n\nDone")) {
            assertThat(plain(text).contradictory()).as(text).isTrue();
        }
        assertThat(html("<div>Done</div><div id=\"divRplyFwdMsg\">x</div><p>not the DMZ</p>")
                        .contradictory())
                .isTrue();
        assertThat(plain("Fait\n> mais pas la DMZ").lines()).containsExactly("Fait", "> mais pas la DMZ");
        for (String text : List.of(
                "Fait\n> Merci de revoir fw-01.\n> REV-1042",
                "Fait\n> Le 2 mars 2026 à 10:12, Ronde a écrit :\n>> Merci de revoir fw-01.",
                CITED + "\nFait")) {
            assertThat(plain(text)).as(text).isEqualTo(written(List.of("Fait"), false, false));
        }
    }

    @Test
    void aQuoteBelowAnAnswerIsNoQuestionHoweverShort() {
        for (String quote : List.of(
                "On Mon, Ronde wrote:\n> x",
                "> Please review the configuration",
                "> Please review\n> the configuration\n",
                "Ronde wrote:\n> Please review the configuration",
                "Ronde a écrit :\n\n> Merci de revoir fw-01",
                "-----Original Message-----\nFrom: Ronde\nSubject: fw-01\n\nPlease review the configuration")) {
            BodyText read = plain("done\n\n" + quote);
            assertThat(read.contradictory()).as(quote).isFalse();
            assertThat(read.lines()).as(quote).containsExactly("done");
        }
        for (String words : List.of(
                "> rule 7 still open",
                "> but I skipped the DMZ",
                "> Please review\n\nBob",
                "> problem: SNMP public",
                "> problème : accès refusé",
                "> I only checked half of it",
                "> rule 7 is missing",
                "> unless Bob objects",
                "> il manque la règle 7",
                "On 2 March 2026 at 10:12 Bob wrote:\nproblem: SNMP public")) {
            assertThat(plain("done\n\n" + words).contradictory()).as(words).isTrue();
        }
    }

    @Test
    void whatIsQuotedFromNobodyKnowsWhereIsKept() {
        assertThat(aside("done\n\n> Please review\n>\n> the configuration\n"))
                .containsExactly("> Please review", ">", "> the configuration");
        assertThat(aside("ok\n\nOn 2 March 2026 at 10:12 Bob wrote:\nPlease review"))
                .containsExactly("On 2 March 2026 at 10:12 Bob wrote:", "Please review");
        assertThat(aside("done\n\n" + CITED)).isEmpty();
        assertThat(aside("done\n\n" + OUTLOOK)).isEmpty();
    }

    private static List<String> aside(String text) {
        String raw = "From: alice@corp.example\r\nContent-Type: text/plain\r\n\r\n" + text.replace("\n", "\r\n");
        return READER.read(raw.getBytes(StandardCharsets.UTF_8), false)
                .written()
                .aside();
    }

    @Test
    void wordsBetweenTheLinesOfAQuoteAreAboutThoseLines() {
        for (String text : List.of(
                WROTE + "> Please send the list.\n\nDone\n\n> REV-1042\n\nThis week\n",
                WROTE + "> One check fails.\n\nDone\n\n> REV-1042\n",
                "Done, see below\n\n" + WROTE + "> One check fails.\n\nNo.\n\n> REV-1042\n")) {
            assertThat(plain(text).contradictory()).as(text).isTrue();
        }
    }

    @Test
    void underTheHeaderOfAMailThatWasPassedOnAreItsWords() {
        for (String text : List.of(
                "\n\nDe : Bob <bob@corp.example>\nEnvoyé : lundi 2 mars 2026 10:40\nÀ : Alice\nObjet : RE: revue\n\n"
                        + "> Alice, est-ce fait ?\n\nfait\n\nBob\n",
                "-------- Original Message --------\nFrom: Bob <bob@corp.example>\nDate: Mon, 2 Mar 2026 10:40:00 +0100\n"
                        + "To: alice\nSubject: Re: vpn\n\n> Bob, have you changed it?\n\nDone\n")) {
            assertThat(plain(text).lines()).as(text).isEmpty();
        }
    }

    @Test
    void anIndentIsNoQuote() {
        for (String style : List.of(
                "margin:0 0 0 40px;border:none;padding:0px",
                "margin-left: 0.8ex; padding-left: 1ex; border-left: 3px solid rgb(200, 200, 200);")) {
            assertThat(html("<div>Done</div><blockquote style=\"" + style + "\">except the DMZ</blockquote>"))
                    .isEqualTo(written(List.of("Done", "except the DMZ"), false, false));
        }
        for (String quote : List.of(
                "<blockquote type=\"cite\">old</blockquote>",
                "<blockquote class=\"gmail_quote\" style=\"margin:0\">old</blockquote>",
                "<div>On 2 March 2026 at 10:12, Ronde &lt;ronde@ronde.test&gt; wrote:</div><blockquote>old</blockquote>")) {
            assertThat(html("<div>Done</div>" + quote)).isEqualTo(written(List.of("Done"), false, false));
        }
    }

    @Test
    void whatOnlyLooksLikeTheLineOfAMailProgramIsRead() {
        for (String line : List.of(
                "Sent by mail to Karim: the list of rules that are still wrong.",
                "Envoyé par mail à Karim : la liste des règles encore à corriger.",
                "Sent from my phone, not done for the DMZ")) {
            assertThat(plain("Done\n" + line).lines()).containsExactly("Done", line);
        }
        assertThat(plain("Done\n\nSent from my iPhone\n\nNo sorry, wait.\n").lines())
                .contains("No sorry, wait.")
                .doesNotContain("Sent from my iPhone");
        assertThat(plain("Done\n______________________\nNot done: the DMZ.").lines())
                .contains("Not done: the DMZ.");
    }

    private static BodyText parts(String kind, String... parts) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < parts.length; at += 2) {
            body.append("--cut\nContent-Type: ")
                    .append(parts[at])
                    .append("\n\n")
                    .append(parts[at + 1])
                    .append('\n');
        }
        return read("multipart/" + kind + "; boundary=cut", body + "--cut--\n");
    }

    @Test
    void everyPartThatIsShownIsRead() {
        String pdf = "application/pdf; name=a.pdf";
        assertThat(parts(
                        "mixed", "text/html", "<html><body><div>Done.", pdf, "x", "text/html", "<p>Except the DMZ</p>"))
                .isEqualTo(written(List.of("Done.", "Except the DMZ"), false, false));
        assertThat(parts("mixed", "text/plain", "Done", pdf, "x", "text/plain", "but not the DMZ"))
                .isEqualTo(written(List.of("Done", "but not the DMZ"), false, false));
        assertThat(parts(
                                "mixed",
                                "text/html",
                                "<div class=gmail_quote>On Monday",
                                pdf,
                                "x",
                                "text/html",
                                "<p>not yet</p>")
                        .lines())
                .containsExactly("not yet");
        assertThat(parts("mixed", "text/plain", "Done", "text/html", "<p>not the DMZ</p>")
                        .lines())
                .containsExactly("Done", "not the DMZ");
        for (String type : List.of("text/markdown; charset=utf-8", "text/x-note", "text/unknown")) {
            assertThat(parts("mixed", "text/plain", "Done", type, "Except the DMZ")
                            .lines())
                    .as(type)
                    .containsExactly("Done", "Except the DMZ");
            assertThat(parts("alternative", "text/plain", "Done", type, "not done")
                            .contradictory())
                    .as(type)
                    .isTrue();
            assertThat(parts("alternative", "text/plain", "Done, see *this*", type, "Done, see **this**"))
                    .as(type)
                    .isEqualTo(written(List.of("Done, see *this*"), false, false));
        }
        assertThat(parts("alternative", "text/plain", "Done", "text/enriched", "not <bold>done</bold>")
                        .contradictory())
                .isTrue();
        assertThat(parts("alternative", "text/plain", "Done", "text/enriched", "<bold>Done</bold>")
                        .contradictory())
                .isFalse();
        assertThat(parts("alternative", "text/plain", "Done", "text/calendar", "BEGIN:VCALENDAR")
                        .contradictory())
                .isFalse();
    }

    @Test
    void whatIsSaidForAPictureAndTickedInABoxIsRead() {
        assertThat(html("<p><img src=\"cid:x\" alt=\"not\"> done</p>").lines()).containsExactly("not done");
        assertThat(html("<p><img src='cid:x' alt='❌'> Done</p>").lines()).containsExactly("❌ Done");
        assertThat(html("<p>Done <input type=checkbox></p>").lines()).containsExactly("Done ☐");
        assertThat(html("<p><input type=checkbox checked> Done</p>").lines()).containsExactly("☑ Done");
        assertThat(html("<p>Done</p><textarea>not the DMZ</textarea>"))
                .isEqualTo(written(List.of("Done", "not the DMZ"), true, false));
        assertThat(html("<html><head><meta charset=utf-8><body>not done</body></html>")
                        .lines())
                .containsExactly("not done");
        assertThat(html("<p>done</p><noscript>not the DMZ</noscript>").contradictory())
                .isTrue();
    }

    @Test
    void ofASignedTextOnlyTheFrameIsLeftOut() {
        String begin = "-----BEGIN PGP SIGNED MESSAGE-----\n";
        String end = "\n-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n";
        assertThat(plain(begin + "Hash: SHA256\nCharset: utf-8\n\nDone" + end).lines())
                .containsExactly("Done");
        assertThat(plain(begin + "Not done yet\n\nDone" + end).lines()).containsExactly("Not done yet", "", "Done");
        assertThat(plain(begin + "Hash: SHA256\nNot done yet\n\nDone" + end).lines())
                .containsExactly("Not done yet", "", "Done");
    }

    /** Below the mark of a signature, and in what mail programs mark as one, stands what is no part of the answer, unless it takes it back. */
    @Test
    void aSignatureThatTakesSomethingBackIsAQuestion() {
        String address = "Alice Martin\nHead of Networks, Open Systems\nNo 4, rue de la Paix\nnon-profit association";
        for (String mark : List.of("--", "-- ", "\u2014")) {
            assertThat(plain("Done\n" + mark + "\n" + address)).isEqualTo(written(List.of("Done"), false, false));
            for (String taken :
                    List.of("not yet for the DMZ", "Sorry, not checked", "sauf le port 22", "wait for Bob")) {
                assertThat(plain("Done\n" + mark + "\n" + taken).contradictory())
                        .as(taken)
                        .isTrue();
            }
        }
        assertThat(html("<div>Done</div><div class=\"gmail_signature\">Alice<br>Sorry, not checked</div>")
                        .contradictory())
                .isTrue();
        assertThat(html("<div>Done</div><div class=\"gmail_signature\">Alice<br>No 4, rue de la Paix</div>")
                        .contradictory())
                .isFalse();
    }

    @Test
    void allOfALongAnswerIsRead() {
        BodyText written =
                plain("Done\n" + "All is well with this rule of the firewall.\n".repeat(300) + "But not rule 12.");
        assertThat(written.lines()).contains("But not rule 12.").hasSize(302);
    }
}
