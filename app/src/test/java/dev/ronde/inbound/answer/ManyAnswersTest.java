package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.InboundFile;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many answers of one person: how often they are written to, and what is taken for a part of their signature. */
final class ManyAnswersTest {
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    private final Conversation talk = new Conversation(DatabaseKind.H2);
    private int sent;

    @AfterEach
    void close() {
        talk.close();
    }

    private List<ReceivedMail> receipts() {
        return talk.world.mailsTo(talk.alice).stream()
                .filter(mail -> mail.text().contains("We read this line"))
                .toList();
    }

    private void answerEvery(Duration step, Instant until) {
        while (talk.world.clock.instant().isBefore(until)) {
            sent++;
            talk.answers("problem: port " + sent + " is open");
            talk.world.clock.advance(step);
            talk.world.settle();
        }
    }

    @Test
    void noMoreThanThirtyADay() {
        Instant begin = talk.world.clock.instant();
        answerEvery(Duration.ofMinutes(30), begin.plus(Duration.ofHours(23)));
        assertThat(sent).isGreaterThan(40);
        assertThat(receipts()).hasSize(30);
        assertThat(receipts().get(29).text()).contains("Thirty receipts went to you");
        assertThat(receipts().get(28).text()).doesNotContain("Thirty receipts");
    }

    private InboundMail with(String name, String type, byte[] content) {
        sent++;
        InboundMail mail = talk.world.receive("From: alice@corp.example\r\nTo: " + talk.replyAddress()
                + "\r\nSubject: Re\r\nMessage-ID: <with" + sent + "@corp.example>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nproblem: look at file " + sent + "\r\n"
                + "--b\r\nContent-Type: " + type + "\r\nContent-Disposition: attachment; filename=" + name
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n--b--\r\n");
        talk.world.clock.advance(Duration.ofMinutes(5));
        return mail;
    }

    private String fate(InboundMail mail) {
        InboundFile file = talk.world.inbox.inbox().files(mail.id()).get(0);
        return file.fate() + " " + file.reason();
    }

    /** The third time it comes it is no evidence any more; a list or a configuration may be that of several assets. */
    @Test
    void aPictureThatComesAgainAndAgainIsPartOfASignature() {
        byte[] logo = new byte[40_000];
        System.arraycopy(PNG, 0, logo, 0, PNG.length);
        assertThat(fate(with("logo.png", "image/png", logo))).startsWith("kept");
        assertThat(fate(with("brand.png", "image/png", logo))).startsWith("kept");
        assertThat(fate(with("logo.png", "image/png", logo))).isEqualTo("ignored seen_before");
        byte[] other = logo.clone();
        other[39_999] = 1;
        assertThat(fate(with("logo.png", "image/png", other))).startsWith("kept");
        byte[] rules = "allow 22 from 10.0.0.0/8\n".getBytes(StandardCharsets.US_ASCII);
        for (int time = 0; time < 4; time++) {
            assertThat(fate(with("rules.txt", "text/plain", rules))).startsWith("kept");
        }
    }
}
