package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PDF that comes with an answer, over SMTP and IMAP, is on the page of its review and in the auditor's bundle. */
final class AnswerWithFileTest {
    private static final byte[] PDF =
            "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final String PLAN = """
            id: quarterly
            title: Quarterly review
            scope: {kinds: [service.redis]}
            cadence: {every: P3M, anchor: 2026-03-12}
            lead_time: P14D
            missed_after: P30D
            """;

    private final TestClock clock = TestClock.at("2026-02-27T10:00:00Z");
    private final GreenMail servers = new GreenMail(new ServerSetup[] {
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            })
            .withConfiguration(GreenMailConfiguration.aConfig().withSieveIgnoreDetail());
    private TestApp app;

    @BeforeEach
    void start() {
        servers.start();
        servers.setUser("ronde@ronde.test", "ronde", "secret");
        Map<Setting, String> settings = new HashMap<>();
        settings.put(Setting.SMTP_HOST, "127.0.0.1");
        settings.put(Setting.SMTP_PORT, String.valueOf(servers.getSmtp().getPort()));
        settings.put(Setting.SMTP_TLS, "none");
        settings.put(Setting.MAIL_FROM, "ronde@ronde.test");
        settings.put(Setting.MAIL_REPLY, "plus");
        settings.put(Setting.MAIL_RATE, "0");
        settings.put(Setting.IMAP_HOST, "127.0.0.1");
        settings.put(Setting.IMAP_PORT, String.valueOf(servers.getImap().getPort()));
        settings.put(Setting.IMAP_TLS, "none");
        settings.put(Setting.IMAP_USER, "ronde");
        settings.put(Setting.IMAP_PASSWORD, "secret");
        app = TestApp.start(clock, settings);
    }

    @AfterEach
    void stop() {
        app.close();
        servers.stop();
    }

    @Test
    void aPdfInAReplyIsOnThePageAndInTheExport() throws Exception {
        Map<String, String> operator = app.operator();
        post(
                "/api/v1/assets/import",
                "ref,name,kind,owner_email\nfw-1,Front,service.redis,alice@corp.example\n",
                "text/csv",
                operator);
        post("/api/v1/plans?announce=true", PLAN, "application/yaml", operator);
        app.settle();
        clock.advance(Duration.ofMinutes(5));
        app.settle();
        answer(replyAddress());
        clock.advance(Duration.ofMinutes(2));
        app.settle();

        assertThat(app.get("/api/v1/reviews/REV-1001").text("/state")).isEqualTo("attested");
        assertThat(app.get("/reviews/REV-1001").body()).contains("rapport.pdf");
        assertThat(mailsTo("alice@corp.example"))
                .anySatisfy(mail -> assertThat(mail).contains("rapport.pdf").contains("Fait, merci"));
        assertThat(bundled("/data/blobs/")).isEqualTo(PDF);
    }

    private void post(String path, String body, String type, Map<String, String> operator) {
        Map<String, String> headers = new HashMap<>(operator);
        headers.put("Content-Type", type);
        TestApp.Answer answer = app.call("POST", path, body, headers);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    private List<String> mailsTo(String address) {
        return Arrays.stream(servers.getReceivedMessages())
                .map(AnswerWithFileTest::text)
                .filter(mail -> mail.contains("To: ") && mail.contains(address))
                .toList();
    }

    private static String text(MimeMessage message) {
        try {
            return com.icegreen.greenmail.util.GreenMailUtil.getWholeMessage(message)
                    .replaceAll("=\r?\n", "")
                    .replace("=2E", ".");
        } catch (RuntimeException e) {
            throw new AssertionError(e);
        }
    }

    private String replyAddress() throws MessagingException {
        MimeMessage assignment = Arrays.stream(servers.getReceivedMessages())
                .filter(mail -> text(mail).contains("alice@corp.example"))
                .findFirst()
                .orElseThrow();
        return ((InternetAddress) assignment.getReplyTo()[0]).getAddress();
    }

    private void answer(String to) throws MessagingException {
        String raw = "From: Alice <alice@corp.example>\r\nTo: Ronde <" + to
                + ">\r\nSubject: Re: revue\r\nMessage-ID: <pj@corp.example>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nFait, merci\r\n"
                + "--b\r\nContent-Type: application/pdf; name=rapport.pdf\r\n"
                + "Content-Disposition: attachment; filename=rapport.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(PDF) + "\r\n--b--\r\n";
        Properties properties = new Properties();
        properties.put("mail.smtp.from", "alice@corp.example");
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", servers.getSmtp().getPort(), null, null);
            transport.sendMessage(
                    new MimeMessage(session, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))),
                    new InternetAddress[] {new InternetAddress(to)});
        }
    }

    /** The one file under the folder in a bundle of the quarter that verifies. */
    private byte[] bundled(String folder) throws Exception {
        return VerifiedBundle.export(app, Map.of("from", "2026-01-01", "to", "2026-03-31"))
                .file(folder, ".pdf");
    }
}
