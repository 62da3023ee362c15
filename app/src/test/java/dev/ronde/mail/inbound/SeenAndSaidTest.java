package dev.ronde.mail.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what a reader sees was said, what is struck out was taken back, and the two parts of a mail must say the same. */
final class SeenAndSaidTest {
    private static final MailReader READER =
            new MailReader(new Sorted.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);

    private static Written read(String type, String body) {
        String raw = "From: alice@corp.example\r\nContent-Type: " + type + "\r\n\r\n" + body;
        return READER.read(raw.getBytes(StandardCharsets.UTF_8), false).written();
    }

    private static Written html(String html) {
        return read("text/html; charset=utf-8", html);
    }

    private static Written both(String plain, String html) {
        return read(
                "multipart/alternative; boundary=cut",
                "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + plain.replace("\n", "\r\n")
                        + "\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8))
                        + "\r\n--cut--\r\n");
    }

    @Test
    void whatNobodySeesWasNotSaid() {
        for (String look : List.of(
                "style=\"display:none\"",
                "style='color:red; visibility: hidden'",
                "style=\"font-size:0\"",
                "style=\"FONT-SIZE: 0px; color:#fff\"",
                "style=\"max-height:0;overflow:hidden\"",
                "style=\"mso-hide:all\"",
                "style=\"opacity:0\"",
                "style=\"opacity: 0.0 !important\"",
                "hidden",
                "class=x hidden=\"\"",
                "hidden=until-found")) {
            assertThat(html("<div " + look + ">done</div><p>not yet</p>").lines())
                    .as(look)
                    .containsExactly("not yet");
        }
        for (String look : List.of(
                "style=\"opacity:0.9\"",
                "style=\"font-size:0.9em\"",
                "style=\"overflow:hidden\"",
                "aria-hidden=\"true\"",
                "title=\"hidden things\"",
                "data-hidden=1")) {
            assertThat(html("<div " + look + ">not</div><p>done</p>").lines())
                    .as(look)
                    .containsExactly("not", "done");
        }
    }

    @Test
    void whatIsStruckOutIsNoCommandAndMakesNoOtherOne() {
        for (String html : List.of(
                "<p><s>done</s></p>",
                "<p><strike>done</strike> not yet</p>",
                "<p><del>not</del> done</p>",
                "<p><span style=\"text-decoration: underline line-through\">not</span> done</p>",
                "<p style='text-decoration-line:line-through'>not</p><p>done</p>",
                "<p>d\u0336o\u0336n\u0336e\u0336</p>")) {
            assertThat(html(html).contradictory()).as(html).isTrue();
            assertThat(both("done", html).contradictory()).as(html).isTrue();
        }
        assertThat(html("<p>Hello,</p><p><del>not <b>yet</b></del> done</p>").lines())
                .containsExactly("Hello,", "~~not ~~~~yet~~ done");
        assertThat(read("text/plain; charset=utf-8", "d\u0336o\u0336n\u0336e\u0336")
                        .contradictory())
                .isTrue();
    }

    @Test
    void whatIsStruckOutInTheQuotedMailOrTheSignatureDoesNotMatter() {
        for (String html : List.of(
                "<p>done</p><div class=\"gmail_quote\"><s>old</s> new</div>",
                "<p>done</p><blockquote type=cite><s>old</s></blockquote>",
                "<p>done</p><div class=\"gmail_signature\"><s>Acme</s> Corp</div>",
                "<p>done</p><p>On Fri, Feb 27, 2026 at 9:12 AM Ronde &lt;ronde@ronde.test> wrote:</p><p><s>old</s></p>",
                "<p>done<s> </s><span>.</span></p>")) {
            assertThat(html(html).contradictory()).as(html).isFalse();
            assertThat(html(html).lines().get(0)).as(html).startsWith("done");
        }
    }

    @Test
    void theWholeAnswerMustBeTheSameInBothParts() {
        assertThat(both("Bonjour,\n\nfait", "<p>Bonjour,</p><p>pas fait</p>").contradictory())
                .isTrue();
        assertThat(both("Bonjour,\n\nfait", "<p>Bonjour,</p>").contradictory()).isTrue();
        assertThat(both("fait", "<p>fait</p><p>sauf la règle 3</p>").contradictory())
                .isTrue();
        assertThat(both("fait", "<p>fait ?</p>").contradictory()).isTrue();
        assertThat(both("done", "<p>not done</p>").contradictory()).isTrue();
    }

    @Test
    void theWaysOfMailProgramsAreNoContradiction() {
        assertThat(both("Bonjour,\n\nfait, c'est vu", "<p>Bonjour&nbsp;,</p><p><b>Fait</b>, c’est&nbsp;vu</p>")
                        .contradictory())
                .isFalse();
        assertThat(both(
                                "done, a long line that is wrapped by the\nprogram that sends it",
                                "<div>done, a long line that is wrapped by the program that sends it</div>")
                        .contradictory())
                .isFalse();
        assertThat(both(
                                "done, see https://corp.example/x<https://corp.example/x>\n[cid:image001.png@01DB]\n\n1. one\n2. two",
                                "<p>done, see <a href=\"https://corp.example/x\">https://corp.example/x</a></p>"
                                        + "<img src=\"cid:image001.png@01DB\"><ol><li>one<li>two</ol>")
                        .contradictory())
                .isFalse();
        assertThat(both(
                                "fait\n\nAlice Martin\nCorp",
                                "<p>fait</p><div id=\"AppleMailSignature\">Alice Martin<br>Corp</div>")
                        .contradictory())
                .isFalse();
        assertThat(both("fait\n\n-- \nAlice Martin", "<p>fait</p><div class=\"gmail_signature\">Alice Martin</div>")
                        .contradictory())
                .isFalse();
        assertThat(both("done", "<html><body></body></html>").contradictory()).isFalse();
    }

    @Test
    void aLongNameOfAFileKeepsItsEnding() {
        String raw =
                "From: alice@corp.example\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\n\r\ndone\r\n"
                        + "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\""
                        + "é".repeat(200)
                        + ".txt\"\r\n\r\nallow\r\n--cut--\r\n";
        assertThat(READER.read(raw.getBytes(StandardCharsets.UTF_8), false).files())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.name()).hasSize(120).endsWith("éé.txt");
                    assertThat(file.fate()).isEqualTo(ReceivedFile.Fate.KEPT);
                });
    }
}
