package dev.ronde.mail.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what a reader sees was said, what is struck out was taken back, and the two parts of a mail must say the same. */
final class SeenAndSaidTest {
    private static final MailReader READER =
            new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), null);

    private static BodyText read(String type, String body) {
        String raw = "From: alice@corp.example\r\nContent-Type: " + type + "\r\n\r\n" + body;
        BodyText read = READER.read(raw.getBytes(StandardCharsets.UTF_8), false).written();
        return written(read.lines(), read.contradictory(), read.unread());
    }

    private static BodyText written(List<String> lines, boolean contradictory, boolean unread) {
        return new BodyText(
                lines, List.of(), List.of(), contradictory ? new Against(Against.Why.WHOSE, "") : null, unread, false);
    }

    private static BodyText html(String html) {
        return read("text/html; charset=utf-8", html);
    }

    private static BodyText both(String plain, String html) {
        return read(
                "multipart/alternative; boundary=cut",
                "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + plain.replace("\n", "\r\n")
                        + "\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8))
                        + "\r\n--cut--\r\n");
    }

    @Test
    void whatNoBrowserShowsWasNotSaid() {
        for (String look : List.of(
                "style=\"display:none\"",
                "style='color:red; visibility: hidden'",
                "style=\"font-size:0\"",
                "style=\"FONT-SIZE: 0px; color:#fff\"",
                "style=\"font:0/0 a\"",
                "style=\"opacity:0\"",
                "style=\"opacity: 0.0 !important\"",
                "style=\"display&#58;none\"",
                "style = \"display:none\"",
                "hidden",
                "class=x hidden=\"\"",
                "hidden=until-found")) {
            assertThat(html("<div " + look + ">done <b>at once</b></div><p>not yet</p>"))
                    .as(look)
                    .isEqualTo(written(List.of("not yet"), false, false));
            assertThat(html("<p>do<span " + look + ">x</span>ne</p>").lines())
                    .as(look)
                    .containsExactly("done");
        }
        for (String look : List.of(
                "style=\"opacity:0.9\"",
                "style=\"font-size:0.9em\"",
                "style=\"overflow:hidden;line-height:1\"",
                "style=\"background:#fff url(cid:x) repeat;color:#1F497D\"",
                "style=\"background-color:#003366;color:white\"",
                "style=\"color:#1f497dff;background-color: rgba(255, 255, 255, 0.9)\"",
                "style=\"caret-color: rgb(0, 0, 0); color: rgb(0 0 0 / 87%)\"",
                "style=\"position:relative;left:2px;text-indent:-18.0pt;margin:0 0 0 36.0pt\"",
                "bgcolor=\"#ffffff\" color=black",
                "aria-hidden=\"true\"",
                "title=\"hidden things\"",
                "data-hidden=1")) {
            assertThat(html("<div " + look + ">not</div><p>done</p>"))
                    .as(look)
                    .isEqualTo(written(List.of("not", "done"), false, false));
        }
    }

    @Test
    void whatSomeReadersMayNotSeeIsAskedAbout() {
        for (String look : List.of(
                "mso-hide:all",
                "max-height:0;overflow:hidden",
                "height:1px; overflow-y : hidden",
                "width:0;overflow:hidden",
                "font-size:1px",
                "opacity:0.05",
                "position:absolute;left:-9999px",
                "position:fixed;top:-500em",
                "text-indent:-9999px",
                "margin-left:-9999px",
                "clip:rect(0 0 0 0)",
                "clip-path:inset(50%)",
                "transform:scale(0)",
                "color:#fff",
                "color:white",
                "color:transparent",
                "color:#00000010",
                "color:rgba(0,0,0,0.01)",
                "color:rgb(254, 254, 254)",
                "background:black",
                "background-color:#036;color:#036",
                "color:hsl(0,0%,100%)",
                "unicode-bidi:bidi-override;direction:rtl",
                "display:none;display:block",
                "display:var(--x)",
                "d\\isplay:none")) {
            assertThat(html("<div style=\"" + look + "\"><span>done</span></div>")
                            .contradictory())
                    .as(look)
                    .isTrue();
            assertThat(html("<p>done</p><span style=\"" + look + "\"> &nbsp;&#8204; </span>"))
                    .as(look)
                    .isEqualTo(written(List.of("done"), false, false));
            assertThat(html("<p>done</p><div class=gmail_quote><p style=\"" + look + "\">old</p></div>")
                            .contradictory())
                    .as(look)
                    .isFalse();
        }
        for (String html : List.of(
                "<p><font color=white>done</font></p>",
                "<p><font color=\"#FFFFFF\">done</font></p>",
                "<table bgcolor=black><tr><td>done</table>",
                "<body bgcolor=\"#000000\"><p>done</p></body>",
                "<details>done</details>",
                "<noscript>done</noscript>",
                "<div hidden style=display:block>done</div>",
                "<div style=\"font-size:0\"><table><tr><td>done</table></div>")) {
            assertThat(html(html).contradictory()).as(html).isTrue();
        }
    }

    @Test
    void whatASheetMayHideIsAskedAbout() {
        for (String rule : List.of(
                ".h{display:none}",
                "#i { visibility : hidden }",
                "p { font-size:0 }",
                "* { opacity:0 }",
                "div.x > p.h.k { display:none !important }",
                "p[class~=h] { text-decoration:line-through }",
                ".a, .h { color:white }",
                ".h { background:#000 }",
                ".h::before { content:'not ' }",
                "@media (max-width:600px) { .a{margin:0} .h { display:none } }",
                "/* } */ .h { text-indent:-9999px",
                "<!-- .h { position:absolute; left:-9999px } -->",
                ".a { color:red; &.h { display:none } }",
                ".\\68 { display:none }")) {
            for (String html : List.of(
                    "<style>" + rule + "</style><p class=\"k h\" id=i>done</p>",
                    "<p class=\"k h\" id=i>done</p><STYLE type='text/css'>" + rule + "</STYLE>")) {
                assertThat(html(html).contradictory()).as(html).isTrue();
                assertThat(both("done", html).contradictory()).as(html).isTrue();
            }
        }
        assertThat(html("<style>.x{display:block !important}</style><i class=x style=display:none>not</i> done")
                        .contradictory())
                .isTrue();
        for (String rule : List.of(
                "p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:\"Calibri\",sans-serif}",
                "@font-face {font-family:Calibri; panose-1:2 15 5 2} @page WordSection1 {size:612.0pt 792.0pt}",
                "a:hover {color:#fff} a:link, span.MsoHyperlink {color:#0563C1}",
                "span.EmailStyle17 {mso-style-type:personal-compose; color:windowtext}",
                ".other {display:none} #other {color:white} .MsoNormal span.y {opacity:0}",
                "body {background:#fff; color:#333}")) {
            assertThat(
                            html(
                                    "<head><style>" + rule
                                            + "</style></head><body><p class=MsoNormal><span class=EmailStyle17>done, <a>x</a></span></p>"))
                    .as(rule)
                    .isEqualTo(written(List.of("done, x"), false, false));
        }
    }

    @Test
    void whatIsSetAgainInsideIsSeen() {
        assertThat(html("<div style=\"font-size:0px\"><table style=\"font-size:0\"><tr><td style=\"font-size:0px\">"
                        + "<div style=\"font-size:13px\">not yet</div></td></tr></table></div><p>done</p>"))
                .isEqualTo(written(List.of("not yet", "done"), false, false));
        assertThat(html("<p style=visibility:hidden><span style=visibility:visible>not</span> x</p><p>done</p>")
                        .lines())
                .containsExactly("not", "done");
        assertThat(html("<div style=font-size:0>x<b style=font-size:200%>y</b><font size=3>not</font></div>done")
                        .lines())
                .containsExactly("not", "done");
        assertThat(html("<div style=display:none><p style=display:block>x</p></div>done")
                        .lines())
                .containsExactly("done");
    }

    @Test
    void whereTagsDoNotFitWhatIsHiddenNobodyKnows() {
        for (String html : List.of(
                "<span hidden><div></span>done</div>",
                "<div hidden><span><div></span></div>done</div>",
                "<p><font style=display:none></p>done",
                "<p hidden><span>a<p>not</p></span> done",
                "<p hidden><table><tr><td>done</table></p>")) {
            assertThat(html(html))
                    .as(html)
                    .satisfiesAnyOf(
                            read -> assertThat(read.contradictory()).isTrue(),
                            read -> assertThat(read.lines()).isEmpty());
        }
        assertThat(html("<p hidden>x<p>done").lines()).containsExactly("done");
        assertThat(html("<style><style></style>not</style> done").lines()).containsExactly("not done");
        assertThat(html("<!-->not<!-- x --> done").lines()).containsExactly("not done");
        assertThat(html("<html><head><title>x</title><body><b><p>do</b>ne</p>"))
                .isEqualTo(written(List.of("done"), false, false));
    }

    @Test
    void aPartThatShowsNothingContradictsOneThatSaysSomething() {
        for (String html : List.of(
                "<html><body></body></html>",
                "<p><img src=\"cid:x\"></p>",
                "<p hidden>done</p>",
                "<blockquote type=cite>done</blockquote>")) {
            assertThat(both("done", html).contradictory()).as(html).isTrue();
        }
        assertThat(both("done", "").contradictory()).isFalse();
        assertThat(both("done", " \n").contradictory()).isFalse();
    }

    @Test
    void allPartsOfAnAnswerAreRead() {
        String parts = "multipart/mixed; boundary=cut";
        String body = "--cut\r\nContent-Type: text/html\r\n\r\n<html><body>done</body></html>\r\n"
                + "--cut\r\nContent-Type: image/png\r\n\r\nx\r\n"
                + "--cut\r\nContent-Type: text/html\r\n\r\n<html><body>not yet</body></html>\r\n--cut--\r\n";
        assertThat(read(parts, body).lines()).containsExactly("done", "not yet");
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
                "<p>done</p><p>On Fri, Feb 27, 2026 at 9:12 AM Ronde &lt;ronde@ronde.test> wrote:</p><p>REV-1 <s>old</s></p>",
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
