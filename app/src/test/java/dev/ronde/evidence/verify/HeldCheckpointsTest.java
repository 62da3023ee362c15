package dev.ronde.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is found again whatever a mail program, or whoever passed the mail on, made of it; and no other one is. */
class HeldCheckpointsTest {
    private static final String ORIGIN = "ronde.example/prod";
    private static final SigningKey KEY = key();
    private static final String NOTE = note(1290);
    private static final String TEXT = "Dear Ada,\n\nthe head of the ledger.\n49 records are new.\n\n" + NOTE
            + "\nVerifier key:\n" + KEY.verifierKey(ORIGIN).encoded() + "\n\nKeep this mail.\n";

    @TempDir
    Path folder;

    private static SigningKey key() {
        return Unchecked.get(() -> {
            Path home = Files.createTempDirectory("key");
            SigningKey key = SigningKey.create(home.resolve("ledger.key"));
            Files.delete(home.resolve("ledger.key"));
            Files.delete(home);
            return key;
        });
    }

    private static String note(long size) {
        String body = new Checkpoint(ORIGIN, size, Hash.sha256("root " + size)).text();
        return SignedNote.sign(body, KEY, ORIGIN).encoded();
    }

    private static Map<String, byte[]> forms() {
        String html = "<!doctype html>\n<p\n>The head&nbsp;of it</p><p class=\"mono\">"
                + NOTE.replace("+", "&#43;")
                        .replace("/", "&#x2F;")
                        .replace("\u2014", "&mdash;")
                        .replace("\n", "<br>\n")
                + "</p>";
        String mail = mail("text/plain; charset=utf-8", "quoted-printable", printable(TEXT));
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("alone", NOTE);
        texts.put("without its last line end", NOTE.strip());
        texts.put("CRLF", TEXT.replace("\n", "\r\n"));
        texts.put("spaces at the ends", TEXT.replace("\n", " \t\n"));
        texts.put("byte order mark", "\ufeff" + TEXT);
        texts.put("other blanks", TEXT.replace(" ", "\u00a0").replace("\n", "\n\u200b"));
        texts.put("quoted", quoted("> ", TEXT));
        texts.put("quoted several deep", quoted(">> > ", TEXT) + quoted("> ", "so it was\n"));
        texts.put("quoted with bars", quoted("| ", TEXT));
        texts.put("broken", broken(TEXT, 40));
        texts.put("broken and quoted", quoted("> ", broken(TEXT, 33)));
        texts.put("all on one line", TEXT.replace("\n", " "));
        texts.put(
                "a line of the file",
                "2026-03-05T08:00:57.100Z 1290 " + NOTE.split("\n")[2] + " " + NOTE.split("\n")[4] + "\n");
        texts.put("printable", mail);
        texts.put("printable in printable", mail("text/plain", "quoted-printable", printable(mail)));
        texts.put("printable and quoted", mail("text/plain", "quoted-printable", printable(quoted("> ", TEXT))));
        texts.put("quoted while printable", quoted("> ", mail));
        texts.put("base64", mail("text/plain; charset=utf-8", "base64", base64(TEXT.getBytes(StandardCharsets.UTF_8))));
        texts.put("base64 of UTF-16", mail("text/plain", "base64", base64(TEXT.getBytes(StandardCharsets.UTF_16LE))));
        texts.put("HTML alone", mail("text/html", "8bit", html));
        texts.put("HTML, printable", mail("text/html", "quoted-printable", printable(html)));
        texts.put("HTML, base64", mail("text/html", "base64", base64(html.getBytes(StandardCharsets.UTF_8))));
        texts.put("attached", parts("message/rfc822", "8bit", mail));
        texts.put("attached, base64", parts("message/rfc822", "base64", base64(mail.getBytes(StandardCharsets.UTF_8))));
        texts.put("mailbox", "From x Thu Mar  5 08:00:00 2026\n" + mail + "\nFrom x Fri Mar  6 08:00:00 2026\n" + mail);
        Map<String, byte[]> forms = new LinkedHashMap<>();
        texts.forEach((name, text) -> forms.put(name, text.getBytes(StandardCharsets.UTF_8)));
        forms.put("UTF-16", ("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE));
        forms.put("windows-1252", TEXT.replace(" ", "\u00a0").getBytes(Charset.forName("windows-1252")));
        forms.put("ASCII, no dash", TEXT.getBytes(StandardCharsets.US_ASCII));
        return forms;
    }

    @Test
    void everyFormOfAMailHoldsItsNote() throws IOException {
        for (Map.Entry<String, byte[]> form : forms().entrySet()) {
            Path file = Files.write(folder.resolve("mail"), form.getValue());
            assertThat(HeldCheckpoints.notes(file)).as(form.getKey()).contains(NOTE);
            assertThat(HeldCheckpoints.newest(file, note -> true).orElseThrow().size())
                    .as(form.getKey())
                    .isEqualTo(1290);
        }
    }

    @Test
    void allNotesOfAMailboxAreFoundAndTheNewestIsTheLargest() throws IOException {
        StringBuilder mailbox = new StringBuilder();
        for (long size = 1; size < 400; size++) {
            mailbox.append("From x\n")
                    .append(mail("text/plain", "quoted-printable", printable(TEXT.replace(NOTE, note(size)))));
        }
        Path file = Files.writeString(folder.resolve("mbox"), mailbox);
        assertThat(HeldCheckpoints.notes(file)).contains(note(1), note(200), note(399));
        assertThat(HeldCheckpoints.newest(file, note -> true).orElseThrow().size())
                .isEqualTo(399);
        assertThat(HeldCheckpoints.newest(file, note -> !note.encoded().equals(note(399)))
                        .orElseThrow()
                        .size())
                .as("the largest whose signature is good")
                .isEqualTo(398);
        assertThat(HeldCheckpoints.newest(file, note -> false)).isEmpty();
    }

    /** What two mail programs really saved and passed on. */
    @Test
    void mailsThatMuttAndSnailSaved() throws IOException, URISyntaxException {
        Path saved = Path.of(Objects.requireNonNull(HeldCheckpointsTest.class.getResource("/anchors"))
                .toURI());
        VerifierKey key = VerifierKey.parse(Files.readString(saved.resolve("vkey")));
        try (var files = Files.list(saved)) {
            for (Path file : files.filter(path -> !path.endsWith("vkey")).toList()) {
                List<Long> signed = HeldCheckpoints.notes(file).stream()
                        .map(SignedNote::parse)
                        .filter(note -> note.isSignedBy(key))
                        .map(note -> Checkpoint.parse(note.text()).size())
                        .distinct()
                        .toList();
                assertThat(signed).as(file.toString()).contains(290L).hasSize(file.endsWith("snail.mbox") ? 2 : 1);
            }
        }
    }

    @Test
    void whatHoldsNoneOrIsTooLargeIsRefused() throws IOException {
        Path file =
                Files.writeString(folder.resolve("mail"), mail("text/plain", "8bit", "Dear Ada,\n\n1290 records.\n"));
        assertThatThrownBy(() -> HeldCheckpoints.newest(file, note -> true))
                .hasMessageContaining("holds no signed note");
        assertThatThrownBy(() -> HeldCheckpoints.newest(folder.resolve("none"), note -> true))
                .hasMessageContaining("cannot read");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((16 << 20) + 1);
        }
        assertThatThrownBy(() -> HeldCheckpoints.newest(file, note -> true)).hasMessageContaining("more than 16 MiB");
    }

    private static String mail(String type, String encoding, String body) {
        return "From: Ronde <ronde@ronde.example>\nDate: Thu, 5 Mar 2026 08:00:57 +0000\nSubject: Checkpoint\n"
                + "MIME-Version: 1.0\nContent-Type: " + type + "\nContent-Transfer-Encoding: " + encoding + "\n\n"
                + body
                + "\n";
    }

    private static String parts(String type, String encoding, String body) {
        return mail(
                "multipart/mixed; boundary=\"b=_1\"",
                "7bit",
                "--b=_1\nContent-Type: text/plain\n\nas promised\n\n--b=_1\n" + "Content-Type: " + type
                        + "\nContent-Transfer-Encoding: " + encoding + "\n\n" + body + "\n--b=_1--\n");
    }

    private static String quoted(String mark, String text) {
        return text.replaceAll("(?m)^", mark);
    }

    private static String broken(String text, int width) {
        return text.replaceAll("(\\S{" + width + "})(?=\\S)", "$1\n");
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '\n' || (b >= ' ' && b < 127 && b != '=');
            String letter = plain ? String.valueOf((char) b) : String.format("=%02X", b);
            if (b != '\n' && column + letter.length() > 75) {
                out.append("=\n");
                column = 0;
            }
            out.append(letter);
            column = b == '\n' ? 0 : column + letter.length();
        }
        return out.toString();
    }
}
