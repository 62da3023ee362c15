package dev.ronde.inbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.message.BodyText.Clarity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the writer may have written is read, wherever it stands; the parts of a mail must say the same. */
final class BodyTextTest {
    private static final MailReader READER =
            new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);
    private static final String REF = "ref: " + "a".repeat(40);
    private static final String WROTE = "On Mon, 2 Mar 2026 at 10:12, Ronde <ronde@ronde.test> wrote:\n";
    private static final String CITED = WROTE + "> Hello,\n>\n> Please review fw-01.\n>\n> REV-1042\n> " + REF + "\n";
    private static final String OUTLOOK = "From: Ronde <ronde@ronde.test>\nSent: Monday, March 2, 2026 10:12 AM\n"
            + "To: Alice\nSubject: [REV-1042] Review\n\nHello,\n\nPlease review fw-01.\n\nREV-1042\n" + REF + "\n";

    private static ReadMail mail(String type, String body) {
        String raw = "From: alice@corp.example\r\nContent-Type: " + type + "\r\n\r\n" + body.replace("\n", "\r\n");
        return READER.read(raw.getBytes(StandardCharsets.UTF_8), false);
    }

    private static BodyText plain(String text) {
        return mail("text/plain; charset=utf-8", text).written();
    }

    private static BodyText html(String html) {
        return mail("text/html; charset=utf-8", html).written();
    }

    private static BodyText parts(String kind, String... parts) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < parts.length; at += 2) {
            body.append("--cut\nContent-Type: ")
                    .append(parts[at])
                    .append("\nContent-Transfer-Encoding: base64\n\n")
                    .append(Base64.getEncoder().encodeToString(parts[at + 1].getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        return mail("multipart/" + kind + "; boundary=cut", body + "--cut--\n").written();
    }

    private static BodyText both(String plain, String html) {
        return parts("alternative", "text/plain; charset=utf-8", plain, "text/html; charset=utf-8", html);
    }

    private static BodyText clear(String... lines) {
        return new BodyText(List.of(lines), List.of(), Clarity.CLEAR);
    }

    @Test
    void aSignThatOnlyOnePartShowsSaysSomethingElse() {
        assertThat(both("Done", "<p>Done ❌</p>").clarity()).isEqualTo(Clarity.TWO_WAYS);
        assertThat(both("Done ✅\nBob", "<p>Done ✅ Bob</p>").clarity()).isEqualTo(Clarity.CLEAR);
    }

    @Test
    void whatIsMarkedAsQuotedIsLeftOutAndWhatStandsBelowIsRead() {
        assertThat(plain("Done.\n\n" + CITED)).isEqualTo(clear("Done."));
        assertThat(plain(CITED + "\nFait")).isEqualTo(clear("Fait"));
        assertThat(plain("Done.\n\n" + CITED + "\nWait, sorry: not done.\n"))
                .isEqualTo(clear("Done.", "", "Wait, sorry: not done."));
        for (String quote : List.of(
                "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday wrote:<br></div><blockquote class=\"gmail_quote\">x</blockquote></div>",
                "<div class=\"moz-cite-prefix\">On 2 March Ronde wrote:</div><blockquote type=\"cite\">x</blockquote>",
                "<div class=\"protonmail_quote\">On Monday wrote:<blockquote type=cite>REV-1042</blockquote></div>")) {
            assertThat(html("<div>Done</div>" + quote)).as(quote).isEqualTo(clear("Done"));
            assertThat(html("<div>Done</div>" + quote + "<div>Sorry, not done yet.</div>")
                            .lines())
                    .as(quote)
                    .contains("Done", "Sorry, not done yet.");
        }
    }

    /** Of a quote without marks, and one that nothing introduces, only the mail that was sent tells what somebody typed into it. */
    @Test
    void aQuoteThatHasNoEndIsToBeCompared() {
        for (String quote : List.of(
                OUTLOOK,
                "-----Original Message-----\nPlease review fw-01.\n",
                "On 2 March 2026 at 10:12 Bob wrote:\nPlease review fw-01.\n",
                "> Please review fw-01.\n")) {
            BodyText read = plain("Done.\n\n" + quote + "\nRule 12 is open.\n");
            assertThat(read.lines().get(0)).as(quote).isEqualTo("Done.");
            assertThat(read.quoted()).as(quote).contains("Please review fw-01.");
            assertThat(read.lines().contains("Rule 12 is open.")
                            || read.quoted().contains("Rule 12 is open."))
                    .as(quote)
                    .isTrue();
        }
        for (String quote : List.of(
                "<div class=\"yahoo_quoted\"><div>On Monday</div><div>REV-1042</div></div>",
                "<div id=\"divRplyFwdMsg\">From: Ronde</div><p>REV-1042</p>",
                "<div style=\"border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">From: Ronde</div><p>REV-1042</p>")) {
            BodyText read = html("<div>Done</div>" + quote + "<p>not the DMZ</p>");
            assertThat(read.lines()).as(quote).containsExactly("Done");
            assertThat(read.quoted()).as(quote).contains("REV-1042", "not the DMZ");
        }
    }

    @Test
    void wordsBetweenTheLinesOfAQuoteAreAboutThoseLines() {
        for (String text : List.of(
                WROTE + "> Please send the list.\n\nDone\n\n> REV-1042\n\nThis week\n",
                WROTE + "> One check fails.\n\nDone\n\n> REV-1042\n")) {
            assertThat(plain(text).clarity()).as(text).isEqualTo(Clarity.TWO_WAYS);
        }
        assertThat(
                        html("<div class=gmail_quote>On Monday wrote:<blockquote>Hello</blockquote><div>Done</div><blockquote>REV-1042</blockquote></div>")
                                .clarity())
                .isEqualTo(Clarity.TWO_WAYS);
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
    void anIndentAndWhatOnlyLooksLikeAQuoteAreTheirWords() {
        assertThat(html("<div>Done</div><blockquote style=\"margin:0 0 0 40px\">except the DMZ</blockquote>"))
                .isEqualTo(clear("Done", "except the DMZ"));
        assertThat(plain("Done\n______________________\nNot done: the DMZ.").lines())
                .contains("Not done: the DMZ.");
        assertThat(plain("latency\n>50 ms on port 22\nand it blocks").lines()).hasSize(3);
    }

    @Test
    void whatIsStruckOutOrHiddenIsNoPlainWord() {
        for (String html : List.of(
                "<p><s>done</s></p>",
                "<p><span style=\"text-decoration: underline line-through\">done</span></p>",
                "<div hidden>done</div>",
                "<div style='display:none'>done</div>",
                "<p style=\"font-size:0\">done</p>")) {
            assertThat(html(html).lines()).as(html).containsExactly("~~done~~");
            assertThat(both("done", html).clarity()).as(html).isEqualTo(Clarity.TWO_WAYS);
        }
        assertThat(html("<p><del>not</del> done</p>").lines()).containsExactly("~~not~~ done");
        assertThat(html("<style>p{}</style><!-->not<!-- x --><script>x</script> done")
                        .lines())
                .containsExactly("not done");
    }

    @Test
    void whatIsSaidForAPictureAndTypedIntoAFieldIsRead() {
        assertThat(html("<p><img src=\"cid:x\" alt=\"not\"> done</p>").lines()).containsExactly("not done");
        assertThat(html("<p>Done <input type=checkbox></p>").lines()).containsExactly("Done [ ] ");
        assertThat(html("<p>Done</p><textarea>not the DMZ</textarea>").lines()).containsExactly("Done", "not the DMZ");
        assertThat(html("<p>done</p><noscript>not the DMZ</noscript>").lines()).containsExactly("done", "not the DMZ");
    }

    @Test
    void theWholeAnswerMustBeTheSameInBothParts() {
        for (String html : List.of(
                "<p>Bonjour,</p><p>pas fait</p>",
                "<p>Bonjour,</p>",
                "<p>Bonjour,</p><p>fait ?</p>",
                "<p>Bonjour,</p><p>fait</p><p>sauf la règle 3</p>",
                "<html><body></body></html>",
                "<p><img src=\"cid:x\"></p>",
                "<blockquote type=cite>Bonjour, fait</blockquote>")) {
            assertThat(both("Bonjour,\n\nfait", html).clarity()).as(html).isEqualTo(Clarity.TWO_WAYS);
        }
        assertThat(both("Bonjour,\n\nfait, c'est vu", "<p>Bonjour&nbsp;,</p><p><b>Fait</b>, c’est&nbsp;vu</p>")
                        .clarity())
                .isEqualTo(Clarity.CLEAR);
        assertThat(both("done", " \n")).isEqualTo(clear("done"));
        assertThat(both("", "<p>done</p>")).isEqualTo(clear("done"));
        assertThat(both(
                                "done, see https://corp.example/x<https://corp.example/x>\n[cid:image001.png@01DB]\n\n1. one\n2. two",
                                "<p>done, see <a href=\"https://corp.example/x\">https://corp.example/x</a></p>"
                                        + "<img src=\"cid:image001.png@01DB\"><ol><li>one<li>two</ol>")
                        .clarity())
                .isEqualTo(Clarity.CLEAR);
        assertThat(both(
                        "fait\n\nAlice Martin\nCorp",
                        "<p>fait</p><div id=\"AppleMailSignature\">Alice Martin<br>Corp</div>"))
                .as("which lines are a signature only one part tells")
                .isEqualTo(clear("fait", "-- ", "Alice Martin", "Corp"));
    }

    @Test
    void everyPartThatIsShownIsRead() {
        String pdf = "application/pdf; name=a.pdf";
        assertThat(parts("mixed", "text/html", "<html><body>Done.", pdf, "x", "text/html", "<p>Except the DMZ</p>"))
                .isEqualTo(clear("Done.", "Except the DMZ"));
        assertThat(parts("mixed", "text/plain", "Done", "text/x-note", "but not the DMZ"))
                .isEqualTo(clear("Done", "but not the DMZ"));
        assertThat(parts("alternative", "text/plain", "Done", "text/markdown", "not done")
                        .clarity())
                .isEqualTo(Clarity.TWO_WAYS);
        assertThat(parts("alternative", "text/plain", "Done", "text/enriched", "<bold>Done</bold>"))
                .isEqualTo(clear("Done"));
        assertThat(parts("alternative", "text/plain", "Done", "text/calendar", "BEGIN:VCALENDAR"))
                .isEqualTo(clear("Done"));
    }

    @Test
    void whatOnlyAKeyOpensOrIsTooLongIsSaid() {
        String sealed = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n";
        assertThat(plain("done\n\n" + sealed).clarity()).isEqualTo(Clarity.SEALED);
        assertThat(plain(sealed.replace(" MESSAGE", " SIGNED MESSAGE")).clarity())
                .isEqualTo(Clarity.SEALED);
        assertThat(parts("mixed", "text/plain", "done", "application/pkcs7-mime", "x")
                        .clarity())
                .isEqualTo(Clarity.SEALED);
        assertThat(plain("done\n" + "All is well with this rule.\n".repeat(20_000))
                        .clarity())
                .isEqualTo(Clarity.TOO_LONG);
        assertThat(html("done" + "<b></b>".repeat(30_000)).clarity()).isEqualTo(Clarity.TOO_LONG);
    }

    @Test
    void aLongNameOfAFileKeepsItsEnding() {
        String parts = "--cut\n\ndone\n--cut\nContent-Type: text/plain\nContent-Disposition: attachment; filename=\""
                + "é".repeat(200) + ".txt\"\n\nallow\n--cut--\n";
        assertThat(mail("multipart/mixed; boundary=cut", parts).files())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.name()).hasSize(120).endsWith("éé.txt");
                    assertThat(file.fate()).isEqualTo(ReceivedFile.Fate.KEPT);
                });
    }
}
