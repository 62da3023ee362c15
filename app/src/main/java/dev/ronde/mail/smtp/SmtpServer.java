package dev.ronde.mail.smtp;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes our mail.
 *
 * @param beforeDot how long an answer may take in every phase before the message has been sent
 * @param afterDot how long the final answer may take (RFC 5321 4.5.3.2.6 asks for 10 minutes)
 */
public record SmtpServer(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        SmtpTls tls,
        String ehlo,
        Duration beforeDot,
        Duration afterDot) {

    private static final Duration BEFORE_DOT = Duration.ofMinutes(1);
    private static final Duration AFTER_DOT = Duration.ofMinutes(10);

    public SmtpServer {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "RONDE_SMTP_HOST and RONDE_SMTP_PORT name no server: " + host + ":" + port);
        }
    }

    public static SmtpServer of(
            String host, int port, @Nullable String user, @Nullable String password, SmtpTls tls, String ehlo) {
        return new SmtpServer(host, port, user, password, tls, ehlo, BEFORE_DOT, AFTER_DOT);
    }

    public static Optional<SmtpServer> of(Settings settings, String ehlo) {
        return settings.find(Setting.SMTP_HOST).map(host -> {
            String tls = settings.oneOf(Setting.SMTP_TLS, "none", "starttls", "tls");
            return of(
                    host.strip(),
                    settings.integer(Setting.SMTP_PORT),
                    settings.find(Setting.SMTP_USER).orElse(null),
                    settings.find(Setting.SMTP_PASSWORD).orElse(null),
                    SmtpTls.valueOf(tls.toUpperCase(Locale.ROOT)),
                    ehlo);
        });
    }

    public SmtpServer waiting(Duration before, Duration after) {
        return new SmtpServer(host, port, user, password, tls, ehlo, before, after);
    }

    public boolean loopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** Its address, such as {@code mail.example.org:25}. */
    public String where() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return where() + " (" + tls.name().toLowerCase(Locale.ROOT) + ")";
    }
}
