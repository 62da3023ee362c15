package dev.ronde.command;

import dev.ronde.platform.address.HostName;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the mail server is there; no mail is sent. */
final class MailDoctor {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private MailDoctor() {}

    static List<Diagnosis> look(Settings settings) {
        List<Diagnosis> found = new ArrayList<>();
        if (settings.find(Setting.SMTP_HOST).isEmpty()) {
            found.add(Diagnosis.warn(
                    "mail",
                    "No mail server is configured: mails stay on the outbox page.",
                    "Set RONDE_SMTP_HOST, then try ronde mail test."));
            return found;
        }
        String host = settings.get(Setting.SMTP_HOST);
        int port = settings.integer(Setting.SMTP_PORT);
        String where = host + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            found.add(greeting(settings, socket, where));
        } catch (UnknownHostException e) {
            found.add(Diagnosis.fail("mail", "The name " + host + " has no address.", "Correct RONDE_SMTP_HOST."));
        } catch (IOException e) {
            found.add(Diagnosis.fail(
                    "mail",
                    where + " does not answer: " + e.getMessage(),
                    "Check RONDE_SMTP_HOST, RONDE_SMTP_PORT and the firewall."));
        }
        String people = settings.baseUrl().getHost();
        if (people.equalsIgnoreCase("localhost")
                || HostName.literal(people.replaceAll("[\\[\\]]", ""))
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent()) {
            found.add(Diagnosis.warn(
                    "mail",
                    "Links in mails lead to " + settings.baseUrl() + ", which opens on this machine only.",
                    "Set RONDE_BASE_URL to the address people reach Ronde under."));
        }
        if (settings.get(Setting.MAIL_FROM).endsWith("@localhost")
                || settings.origin(Setting.MAIL_FROM) == Settings.Origin.COMPUTED) {
            found.add(Diagnosis.warn(
                    "mail",
                    "Mails come from " + settings.get(Setting.MAIL_FROM) + ".",
                    "Set RONDE_MAIL_FROM to an address your mail server may send from."));
        }
        return found;
    }

    private static Diagnosis greeting(Settings settings, Socket socket, String where) throws IOException {
        if (settings.oneOf(Setting.SMTP_TLS, "none", "starttls", "tls").equals("tls")) {
            return Diagnosis.ok("mail", where + " takes connections. Try: ronde mail test");
        }
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return line != null && line.startsWith("220")
                ? Diagnosis.ok("mail", where + " answers. Try: ronde mail test")
                : Diagnosis.fail(
                        "mail",
                        where + " is not an SMTP server: it says \"" + line + "\".",
                        "Check RONDE_SMTP_PORT and RONDE_SMTP_TLS.");
    }
}
