package dev.ronde.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.ScriptedSmtp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the SMTP table of the mail design (cases 91 to 98), each against a server that does it. */
final class SmtpSenderTest {
    @AutoClose
    private final ScriptedSmtp smtp = new ScriptedSmtp();

    @ParameterizedTest(name = "{0} answers {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    GREETING | 421 4.3.2 not now                 | CONNECT  | RETRY     | 421
                    GREETING | 554 5.7.1 go away                 | CONNECT  | RETRY     | 554
                    GREETING | close                             | CONNECT  | RETRY     | 0
                    MAIL     | 451 4.3.0 later                   | MAIL     | RETRY     | 451
                    MAIL     | 550 5.7.1 not you                 | MAIL     | CHANNEL   | 550
                    RCPT     | 450 4.2.1 later                   | RCPT     | RETRY     | 450
                    RCPT     | 550 5.1.1 no such person          | RCPT     | REFUSED   | 550
                    RCPT     | 554 5.7.1 Relay access denied     | RCPT     | CHANNEL   | 554
                    RCPT     | 530 sign in first                 | RCPT     | CHANNEL   | 530
                    RCPT     | 550 5.1.8 who are you             | RCPT     | CHANNEL   | 550
                    RCPT     | 550 5.2.1 not now, 5.7.1.2        | RCPT     | REFUSED   | 550
                    RCPT     | 450 4.7.1 greylisted              | RCPT     | RETRY     | 450
                    DATA     | 554 5.7.1 no                      | DATA_CMD | CHANNEL   | 554
                    DOT      | 550 5.7.26 DMARC                  | EOD_SENT | CHANNEL   | 550
                    DATA     | 451 4.3.0 later                   | DATA_CMD | RETRY     | 451
                    DATA     | close                             | DATA_CMD | RETRY     | -1
                    DATA     | silence                           | DATA_CMD | RETRY     | 0
                    DOT      | 451 4.3.0 later                   | EOD_SENT | RETRY     | 451
                    DOT      | 552 5.2.2 too much                | EOD_SENT | REFUSED   | 552
                    DOT      | silence                           | EOD_SENT | UNCERTAIN | 0
                    DOT      | close                             | EOD_SENT | UNCERTAIN | -1
                    BODY     | close                             | EOD_SENT | UNCERTAIN | -1
                    """)
    void phaseAndCodeDecide(String command, String answer, SmtpPhase phase, SmtpVerdict verdict, int code) {
        smtp.answering(command, answer);
        try (SmtpSender sender = sender(null)) {
            SmtpAnswer result = sender.send(letter("hello"));
            assertThat(result.phase()).isEqualTo(phase);
            assertThat(result.verdict()).isEqualTo(verdict);
            assertThat(Math.max(-1, result.code())).isEqualTo(code);
        }
    }

    @Test
    void refusedSignInIsTheChannelsProblem() {
        smtp.answering("AUTH", "535 5.7.8 wrong password");
        try (SmtpSender sender = sender("relay")) {
            SmtpAnswer result = sender.send(letter("hello"));
            assertThat(result.phase()).isEqualTo(SmtpPhase.AUTH);
            assertThat(result.verdict()).isEqualTo(SmtpVerdict.CHANNEL);
            assertThat(result.code()).isEqualTo(535);
            assertThat(result.enhancedCode()).isEqualTo("5.7.8");
        }
    }

    @Test
    void nobodyListeningIsARetry() {
        try (SmtpSender sender =
                new SmtpSender(SmtpServer.of("127.0.0.1", 1, null, null, SmtpTls.NONE, "ronde.test"), null)) {
            SmtpAnswer result = sender.send(letter("hello"));
            assertThat(result.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(result.verdict()).isEqualTo(SmtpVerdict.RETRY);
        }
    }

    @Test
    void missingStartTlsIsRefusedInsteadOfSendingInTheClear() {
        SmtpServer server = SmtpServer.of("127.0.0.1", smtp.port(), null, null, SmtpTls.STARTTLS, "ronde.test");
        try (SmtpSender sender = new SmtpSender(server, null)) {
            SmtpAnswer result = sender.send(letter("hello"));
            assertThat(result.verdict()).isEqualTo(SmtpVerdict.RETRY);
            assertThat(result.text()).contains("STARTTLS");
            assertThat(smtp.taken()).isEmpty();
        }
    }

    @Test
    void oneConnectionCarriesManyLettersAndAFailureDoesNotSpoilTheNext() {
        try (SmtpSender sender = sender(null)) {
            assertThat(sender.send(letter("one")).remoteId()).isEqualTo("4Xyz1");
            assertThat(sender.send(letter("two")).remoteId()).isEqualTo("4Xyz2");
            smtp.answering("RCPT", "550 5.1.1 no such person");
            assertThat(sender.send(letter("three")).verdict()).isEqualTo(SmtpVerdict.REFUSED);
            smtp.usual();
            assertThat(sender.send(letter("four")).verdict()).isEqualTo(SmtpVerdict.ACCEPTED);
        }
        assertThat(smtp.taken()).hasSize(3);
    }

    @Test
    void hostileNamesBreakNoHeader() {
        Letter poisoned = new Letter(
                "<ronde.1@ronde.test>",
                Instant.parse("2026-03-05T08:14:00Z"),
                "Ronde\r\nBcc: evil@evil.example",
                "ronde@ronde.test",
                "Al\u202Eice\nX-Evil: 1",
                "alice@corp.example",
                "[REV-1] FW\r\nBcc: evil@evil.example\u2066 caf\u00e9",
                "body",
                null,
                Map.of("List-Id", "Reviews <reviews.ronde.test>"),
                null,
                "ronde@ronde.test",
                null);
        try (SmtpSender sender = sender(null)) {
            assertThat(sender.send(poisoned).verdict()).isEqualTo(SmtpVerdict.ACCEPTED);
        }
        String wire = smtp.taken().get(0);
        assertThat(wire).contains("Date: Thu, 5 Mar 2026 ");
        assertThat(wire).containsOnlyOnce("Subject:").doesNotContain("\nBcc:").doesNotContain("\nX-Evil:");
    }

    @Test
    void anAddressThatIsNoneIsRefusedAndNotThrown() {
        Letter bad = new Letter(
                "<ronde.1@ronde.test>",
                Instant.parse("2026-03-05T08:14:00Z"),
                "Ronde",
                "ronde@ronde.test",
                "A",
                "a@b\r\nRCPT TO:<evil@evil.example>",
                "s",
                "t",
                null,
                Map.of(),
                null,
                "ronde@ronde.test",
                null);
        try (SmtpSender sender = sender(null)) {
            assertThat(sender.send(bad).verdict()).isEqualTo(SmtpVerdict.REFUSED);
        }
        assertThat(smtp.taken()).isEmpty();
    }

    /** RFC 6531: only a server that says so takes letters outside ASCII before the {@code @}; elsewhere it is this address that cannot be reached. */
    @Test
    void anAddressBeyondAsciiIsRefusedAloneWhereTheServerDoesNotTakeIt() {
        try (SmtpSender sender = sender(null)) {
            assertThat(sender.send(letter("one")).verdict()).isEqualTo(SmtpVerdict.ACCEPTED);
            SmtpAnswer result = sender.send(to("élodie@corp.example"));
            assertThat(result.verdict()).isEqualTo(SmtpVerdict.REFUSED);
            assertThat(result.phase()).isEqualTo(SmtpPhase.RCPT);
            assertThat(result.enhancedCode()).isEqualTo("5.1.3");
            assertThat(result.text()).contains("élodie@corp.example", "SMTPUTF8", "another address");
            assertThat(sender.send(letter("two")).verdict()).isEqualTo(SmtpVerdict.ACCEPTED);
        }
        assertThat(smtp.taken()).hasSize(2);
        assertThat(smtp.recipients()).doesNotContain("élodie@corp.example");
    }

    @Test
    void anAddressBeyondAsciiLeavesAsItIsWhereTheServerTakesIt() {
        smtp.answering("EHLO", "250-scripted\r\n250-SMTPUTF8\r\n250 8BITMIME");
        try (SmtpSender sender = sender(null)) {
            for (Letter letter : List.of(letter("one"), to("élodie@corp.example"), letter("two"))) {
                SmtpAnswer result = sender.send(letter);
                assertThat(result.verdict()).as(result.text()).isEqualTo(SmtpVerdict.ACCEPTED);
            }
        }
        assertThat(smtp.recipients())
                .containsExactly("alice@corp.example", "élodie@corp.example", "alice@corp.example");
        assertThat(smtp.taken().get(1)).contains("To: Alice <élodie@corp.example>");
    }

    private SmtpSender sender(@Nullable String user) {
        String password = user == null ? null : "secret";
        return new SmtpSender(
                SmtpServer.of("127.0.0.1", smtp.port(), user, password, SmtpTls.NONE, "ronde.test")
                        .waiting(Duration.ofMillis(700), Duration.ofMillis(900)),
                null);
    }

    private static Letter letter(String text) {
        return letter(text, "alice@corp.example");
    }

    private static Letter to(String address) {
        return letter("hello", address);
    }

    private static Letter letter(String text, String to) {
        return new Letter(
                "<ronde." + text + "@ronde.test>",
                Instant.parse("2026-03-05T08:14:00Z"),
                "Ronde",
                "ronde@ronde.test",
                "Alice",
                to,
                "[REV-1] Review",
                text,
                "<p>" + text + "</p>",
                Map.of("Auto-Submitted", "auto-generated"),
                null,
                "ronde@ronde.test",
                null);
    }
}
