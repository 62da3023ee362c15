package dev.ronde.inbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.file.FileRefusal;
import dev.ronde.platform.file.FileSniffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Cases 41–53, 57, 58 and 61 of the mail design: whatever arrives is read within its time, and never with an exception. */
final class HostileMailTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final MailReader READER = new MailReader(
            new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), "mx.ronde.test");

    private static ReadMail read(byte[] raw) {
        long start = System.nanoTime();
        ReadMail mail = READER.read(raw, false);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        return mail;
    }

    private static ReadMail read(String raw) {
        return read(raw.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(String raw) {
        return read(raw).written().lines();
    }

    private static String head(String... fields) {
        return "From: alice@corp.example\r\n" + String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n");
    }

    private static List<String> plain(String type, String text, Charset charset) {
        byte[] body = text.getBytes(charset);
        byte[] start = (head("Content-Type: " + type) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] raw = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, raw, start.length, body.length);
        return read(raw).written().lines();
    }

    @Test
    void case41NestedElementsCostNoMoreThanTheirBytes() {
        String deep = "<div>".repeat(200_000) + "done" + "</div>".repeat(200_000);
        ReadMail unread = read(head("Content-Type: text/html") + "\r\n" + deep);
        assertThat(unread.written().lines()).isEmpty();
        assertThat(unread.written().clarity() == BodyText.Clarity.TOO_LONG).isTrue();
        String wide = "done<br>" + "<div></div>".repeat(20_000);
        assertThat(lines(head("Content-Type: text/html") + "\r\n" + wide)).containsExactly("done");
        for (String trap : List.of("<", "<!--", "<a href=\"", "&", "<div style='", "\"<>\"'")) {
            read(head("Content-Type: text/html") + "\r\n" + trap.repeat(150_000));
        }
        for (String trap : List.of(".a", "[", "a ", "{", "}", "a{b:c}", "/*", ".a,", "(a", ":", "<style>", "rgb(1,")) {
            String rule = trap.repeat(300_000) + "] b{color:#fff}";
            read(head("Content-Type: text/html") + "\r\n<style>" + rule + "</style><p class=a>done</p>");
            read(head("Content-Type: text/html") + "\r\n<p style=\"color:" + trap.repeat(300_000) + "\" class=\""
                    + "a ".repeat(100_000) + "\">done</p>");
        }
        read(head("Content-Type: text/html") + "\r\n<style>.a{color:red}</style>"
                + "<p class=a style=\"color:#fff;background:url(x) #eee\"><b>".repeat(10_000) + "done");
    }

    @Test
    void case42And43TheHtmlPartCountsWhereTheTextIsEmptyAndContradictsWhereItSaysSomethingElse() {
        String both = head("Content-Type: multipart/alternative; boundary=b")
                + "\r\n--b\r\nContent-Type: text/plain\r\n\r\n%s\r\n--b\r\nContent-Type: text/html\r\n\r\n%s\r\n--b--\r\n";
        assertThat(lines(both.formatted("", "<p>done</p>"))).containsExactly("done");
        assertThat(read(both.formatted("done", "<p>not done</p>")).written().clarity() == BodyText.Clarity.TWO_WAYS)
                .isTrue();
        assertThat(read(both.formatted("done", "<b>Done</b>")).written().clarity() == BodyText.Clarity.TWO_WAYS)
                .isFalse();
    }

    @Test
    void case44EveryCharsetGivesText() {
        Charset windows = Charset.forName("windows-1252");
        String word = "terminé";
        assertThat(plain("text/plain; charset=windows-1252", "C’est terminé", windows))
                .containsExactly("C’est terminé");
        assertThat(plain("text/plain; charset=iso-8859-15", word, Charset.forName("iso-8859-15")))
                .containsExactly(word);
        assertThat(plain("text/plain; charset=utf-16", word, StandardCharsets.UTF_16))
                .containsExactly(word);
        assertThat(plain("text/plain", word, StandardCharsets.UTF_8)).containsExactly(word);
        assertThat(plain("text/plain; charset=iso-8859-1", word, StandardCharsets.UTF_8))
                .containsExactly(word);
        assertThat(plain("text/plain; charset=x-bogus", word, windows)).containsExactly(word);
        assertThat(plain("text/plain; charset=utf-7", "done", windows)).containsExactly("done");
        assertThat(plain("text/plain; charset=a; charset=b", "done", windows)).containsExactly("done");
        assertThat(plain("text", "done", windows)).containsExactly("done");
        assertThat(plain("text/plain", "do\u200b\u202ene", StandardCharsets.UTF_8))
                .containsExactly("done");
    }

    @Test
    void case45BrokenStructuresStillGiveTheirText() {
        String base64 = Base64.getEncoder().encodeToString("done".getBytes(StandardCharsets.UTF_8));
        assertThat(lines(head("Content-Transfer-Encoding: base64") + "\r\n" + base64 + "\r\n!!garbage$$"))
                .containsExactly("done");
        assertThat(lines(head("Content-Type: multipart/mixed; boundary=b") + "\r\n--b\r\n\r\ndone\r\n"))
                .containsExactly("done");
        assertThat(lines(head("Content-Type: multipart/mixed") + "\r\ndone\r\n"))
                .containsExactly("done");
    }

    @Test
    void case46NestedAndManyPartsAreRefusedAtOnce() {
        StringBuilder nested = new StringBuilder(head("Content-Type: multipart/mixed; boundary=b0") + "\r\n");
        for (int depth = 1; depth < 3_000; depth++) {
            nested.append("--b" + (depth - 1) + "\r\nContent-Type: multipart/mixed; boundary=b" + depth + "\r\n\r\n");
        }
        assertThat(read(nested.toString()).sort()).isEqualTo(MailSort.BROKEN);
        String many = head("Content-Type: multipart/mixed; boundary=b") + "\r\n" + "--b\r\n\r\nx\r\n".repeat(100_000);
        assertThat(read(many).sort()).isEqualTo(MailSort.BROKEN);
        String forwarded =
                head("Content-Type: message/rfc822") + "\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(2_000);
        assertThat(read(forwarded).sort()).isEqualTo(MailSort.BROKEN);
    }

    @Test
    void case47And48SizesAreBounded() {
        byte[] large = new byte[60 << 20];
        byte[] start = head("Subject: large").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, large, 0, start.length);
        assertThat(read(large).sort()).isEqualTo(MailSort.OVERSIZE);
        String references = "References: " + "<id@example.org> ".repeat(250_000);
        assertThat(lines(head(references) + "\r\ndone")).containsExactly("done");
        assertThat(lines(head("X-A: b\r\n".repeat(60_000) + "X-Z: z") + "\r\ndone"))
                .containsExactly("done");
        assertThat(read(head("Subject: " + "re: ".repeat(200_000)) + "\r\ndone").sort())
                .isEqualTo(MailSort.HUMAN);
    }

    @Test
    void case49FlowedTextAndSoftBreaksAreJoined() {
        assertThat(lines(head("Content-Type: text/plain; format=flowed; delsp=yes") + "\r\ndo \r\nne\r\n"))
                .containsExactly("done");
        assertThat(lines(head("Content-Transfer-Encoding: quoted-printable")
                        + "\r\ndelegate to bob@cor=\r\np.example\r\n"))
                .containsExactly("delegate to bob@corp.example");
    }

    @Test
    void case51ASignedAnswerIsReadAsIfItWereNot() {
        String signed = head("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s")
                + "\r\n--s\r\nContent-Type: text/plain\r\n\r\ndone, see rule 3\r\n--s\r\n"
                + "Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=smime.p7s\r\n\r\nMIIB\r\n--s--\r\n";
        assertThat(lines(signed)).containsExactly("done, see rule 3");
        assertThat(read(signed).files()).extracting(ReceivedFile::fate).containsOnly(ReceivedFile.Fate.IGNORED);
    }

    @Test
    void case51To53FilesAreTakenByWhatTheyAre() {
        assertThat(fate("report.pdf", "%PDF-1.7 x")).isEqualTo("kept");
        assertThat(fate("report.pdf", "MZ\u0000\u0001")).isEqualTo("program");
        assertThat(fate("report.txt", "words")).isEqualTo("kept");
        assertThat(fate("page.html", "<html>")).isEqualTo("active_page");
        assertThat(fate("drawing.svg", "<svg>")).isEqualTo("active_page");
        assertThat(fate("tool.exe", "words")).isEqualTo("program");
        assertThat(fate("winmail.dat", "x")).isEqualTo("winmail");
        assertThat(fate("smime.p7s", "x")).isEqualTo("signature");
        assertThat(fate("macro.docm", "PK\u0003\u0004")).isEqualTo("type_not_taken");
        assertThat(file("../../etc/passwd.txt", "words").name()).isEqualTo("passwd.txt");
        byte[] locked = zip("a.txt");
        locked[new String(locked, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002") + 8] |= 1;
        assertThat(FileSniffer.look("a.zip", locked).refusal()).contains(FileRefusal.ENCRYPTED);
        StringBuilder many = new StringBuilder(head("Content-Type: multipart/mixed; boundary=b") + "\r\n");
        for (int n = 0; n < 21; n++) {
            many.append("--b\r\nContent-Disposition: attachment; filename=f" + n + ".txt\r\n\r\nwords " + n + "\r\n");
        }
        assertThat(read(many.append("--b--\r\n").toString()).files())
                .filteredOn(file -> file.fate() == ReceivedFile.Fate.KEPT)
                .hasSize(20);
    }

    /** A picture put between the words is an answer; one of the quoted mail or of a signature is none. */
    @Test
    void case53APictureInTheAnswerIsKeptAndOneOfTheQuoteIsNot() {
        String html = "<p>problem: see here</p><p><img src=\"cid:shot%40corp.example\"></p><p>and the rest</p>"
                + "<div class=\"gmail_signature\"><img src=\"cid:logo\"></div>QUOTE<img src='cid:theirs'>";
        for (String quote : List.of(
                "<div class=\"gmail_quote\">On Friday Ronde wrote:",
                "<p>On Fri, Feb 27, 2026 at 9:12 AM Ronde &lt;ronde@ronde.test&gt; wrote:</p>",
                "<p>De : Ronde</p><p>Envoyé : vendredi 27 février 2026 09:12</p><p>À : Alice</p><p>Objet : revue</p>")) {
            String raw = head("Content-Type: multipart/related; boundary=b")
                    + "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.replace("QUOTE", quote)
                    + "\r\n"
                    + picture("shot@corp.example", "capture.png") + picture("logo", "logo.png")
                    + picture("theirs", "header.png") + picture("loose", "pasted.png")
                    + picture("small", "image001.png") + "--b--\r\n";
            assertThat(read(raw).files())
                    .as(quote)
                    .filteredOn(file -> file.fate() == ReceivedFile.Fate.KEPT)
                    .extracting(ReceivedFile::name)
                    .containsExactly("capture.png", "pasted.png");
        }
    }

    private static String picture(String id, String name) {
        return "--b\r\nContent-Type: image/png; name=" + name + "\r\nContent-ID: <" + id
                + ">\r\nContent-Disposition: inline; filename=" + name
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n";
    }

    private static ReceivedFile file(String name, String content) {
        return read(head("Content-Type: multipart/mixed; boundary=b")
                        + "\r\n--b\r\n\r\ndone\r\n--b\r\nContent-Disposition: attachment; filename=\"" + name
                        + "\"\r\n\r\n"
                        + content + "\r\n--b--\r\n")
                .files()
                .get(0);
    }

    private static String fate(String name, String content) {
        ReceivedFile file = file(name, content);
        return file.fate() == ReceivedFile.Fate.KEPT ? "kept" : file.reason();
    }

    @Test
    void case57And58APassCountsInTheTopmostFieldOfOurServerAndAFailureInEvery() {
        assertThat(verdict("mx.ronde.test; dmarc=pass header.from=corp.example"))
                .isEqualTo(AuthVerdict.PASS);
        assertThat(verdict("mx.ronde.test; dmarc=pass header.from=evil.example"))
                .as("about somebody else")
                .isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("mx.ronde.test; dmarc=fail", "mx.ronde.test; dmarc=pass"))
                .isEqualTo(AuthVerdict.FAIL);
        assertThat(verdict("mx.ronde.test; spf=pass", "mx.ronde.test; dmarc=fail"))
                .as("a failure counts wherever our server wrote it")
                .isEqualTo(AuthVerdict.FAIL);
        assertThat(verdict("mx.ronde.test; dmarc=pass", "mx.ronde.test; dmarc=fail"))
                .isEqualTo(AuthVerdict.FAIL);
        assertThat(verdict("mx.ronde.test; spf=pass", "mx.ronde.test; dmarc=pass"))
                .as("a pass further down may be the sender's own")
                .isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("evil.example; dmarc=pass")).isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("evil.example; dmarc=pass", "mx.ronde.test; dmarc=fail"))
                .isEqualTo(AuthVerdict.FAIL);
        assertThat(verdict("mx.ronde.test; spf=pass (dmarc=pass; nested (dmarc=pass))"))
                .isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("mx.ronde.test; spf=pass reason=\"; dmarc=pass\"")).isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("mx.ronde.test.evil; dmarc=pass")).isEqualTo(AuthVerdict.NONE);
        for (String fail : List.of(
                "mx.ronde.test; " + "dkim=fail header.d=a.example; ".repeat(80) + "dmarc=fail",
                "mx.ronde.test; dmarc = fail",
                "mx.ronde.test; dmarc/1=fail",
                "mx.ronde.test; DMARC / 1 = FAIL reason=\"x\"",
                "\"mx.ronde.test\"; dmarc=fail",
                "mx.ronde.test 1; dmarc=pass; dmarc=fail")) {
            assertThat(verdict(fail)).as(fail).isEqualTo(AuthVerdict.FAIL);
        }
        assertThat(verdict("mx.ronde.test; dmarc=failure")).isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("spf=pass; dmarc=pass")).isEqualTo(AuthVerdict.NONE);
        assertThat(verdict("mx.ronde.test; " + "(".repeat(50_000))).isEqualTo(AuthVerdict.NONE);
    }

    private static AuthVerdict verdict(String... fields) {
        String[] all = Arrays.stream(fields)
                .map(field -> "Authentication-Results: " + field)
                .toArray(String[]::new);
        return read(head(all) + "\r\ndone").auth().verdict();
    }

    /** Microsoft 365 writes no name before its results. */
    @Test
    void aServerWithoutANameIsBelievedWhereTheOperatorSaysSo() {
        MailReader reader =
                new MailReader(new Sorting.Ours("ronde@ronde.test", "0197f3a0-0000-7000-8000-000000000001"), "unnamed");
        String shape = "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=corp.example; dkim=none (message not signed)"
                + " header.d=none;dmarc=%s action=none header.from=corp.example;compauth=pass reason=100";
        for (AuthVerdict verdict : List.of(AuthVerdict.PASS, AuthVerdict.FAIL)) {
            String top =
                    "Authentication-Results: " + shape.formatted(verdict.name().toLowerCase(Locale.ROOT));
            String below = "Authentication-Results: mx.evil.example; dmarc=pass";
            assertThat(reader.read((head(top, below) + "\r\ndone").getBytes(StandardCharsets.UTF_8), false)
                            .auth()
                            .verdict())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void case61OnlyOnePlainMailboxIsASender() {
        for (String odd : List.of(
                "From: alice@corp.example, mallory@evil.example",
                "From: undisclosed:;",
                "From: <@evil.example:alice@corp.example>",
                "From: \"alice@corp.example\" <mallory@evil.example> x",
                "From: alice@corp.example <alice",
                "From: al\0ice@corp.example",
                "From: al\u200Bice@corp.example",
                "From: =?utf-8?q?alice=40corp.example?=",
                "From: =?utf-8?q?=22?= <m@evil.example> =?utf-8?q?=22_=3Calice=40corp.example=3E?=",
                "From: alice@corp.example\r\nFrom: mallory@evil.example")) {
            assertThat(read(odd + "\r\n\r\ndone").sender()).as(odd).isEmpty();
        }
        assertThat(read("From: \"alice@corp.example\" <mallory@evil.example>\r\n\r\ndone")
                        .sender())
                .contains("mallory@evil.example");
        assertThat(read("From: =?utf-8?q?Martin,_Alice?= =?utf-8?b?w6k=?= <alice@corp.example>\r\n\r\ndone")
                        .sender())
                .contains("alice@corp.example");
        assertThat(read("From: Élodie <E\u0301lodie@soci\u00e9t\u00e9.example>\r\n\r\ndone")
                        .sender())
                .contains("élodie@société.example");
        assertThat(read("From: =?utf-8?q?Alice_=C3=89lodie?= <Alice@Corp.Example>\r\n\r\ndone")
                        .sender())
                .contains("alice@corp.example");
    }

    /** What is shown as the writer is the address mail would go to, not what a name or a comment claims. */
    @Test
    void theAddressShownIsTheRealOne() {
        for (String disguised : List.of(
                "From: \"admin@ronde.test\" <mallory@evil.example>",
                "From: admin@ronde.test <mallory@evil.example>",
                "From: \"admin@ronde.test\\\" <a@b.example>\" <mallory@evil.example>",
                "From: (admin@ronde.test) mallory@evil.example",
                "From: \"admin@ronde.test <mallory@evil.example>",
                "From: =?utf-8?q?admin=40ronde.test?= <mallory@evil.example>",
                "From: \"admin@ronde.test\" <mallory@evil.example> x",
                "From: <@admin.ronde.test:mallory@evil.example>")) {
            ReadMail mail = read(disguised + "\r\n\r\ndone");
            assertThat(mail.shownFrom()).as(disguised).isEqualTo("mallory@evil.example");
            assertThat(mail.sort()).as(disguised).isEqualTo(MailSort.HUMAN);
        }
        assertThat(read("From: admin@ronde.test, Mallory <mallory@evil.example>\r\n\r\ndone")
                        .shownFrom())
                .isEqualTo("mallory@evil.example");
        ReadMail two = read("From: admin@corp.example\r\nFrom: mallory@evil.example\r\n"
                + "Authentication-Results: mx.ronde.test; dmarc=pass\r\n\r\ndone");
        assertThat(two.shownFrom()).isEqualTo("admin@corp.example, mallory@evil.example");
        assertThat(two.auth().verdict()).isEqualTo(AuthVerdict.NONE);
    }

    /** Bytes without any sense, and a real message with some bytes changed. */
    @Test
    void neverThrowsWhateverTheBytesAre() {
        Random random = new Random(42);
        byte[] real = (head("Content-Type: multipart/mixed; boundary=b", "Subject: =?utf-8?b?w6k=?=")
                        + "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
                        + "\r\n\r\n<p>d=C3=A9one</p>\r\n--b--")
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] raw = real.clone();
            for (int change = 0; change < 6; change++) {
                raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            }
            read(raw);
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            read(noise);
        }
    }

    private static byte[] zip(String entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write('x');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
