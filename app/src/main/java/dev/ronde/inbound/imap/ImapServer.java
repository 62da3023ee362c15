package dev.ronde.inbound.imap;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox that is fetched.
 *
 * @param tls none, starttls or tls
 * @param token what signs in instead of the password (XOAUTH2); absent: the password does
 */
public record ImapServer(
        String host,
        int port,
        String user,
        @Nullable String password,
        String tls,
        String folder,
        @Nullable AccessToken token) {
    private static final String CONNECT_MILLIS = "15000";
    private static final String READ_MILLIS = "60000";

    /** The mailbox that is fetched; empty where none is configured.
     *
     * @throws SettingsException where it lacks a user or what signs in */
    public static Optional<ImapServer> of(Settings settings) {
        return settings.find(Setting.IMAP_HOST).map(host -> {
            AccessToken token = settings.find(Setting.IMAP_TOKEN_COMMAND)
                    .map(AccessToken::ofCommand)
                    .or(() -> settings.find(Setting.IMAP_TOKEN_PATH).map(path -> AccessToken.ofFile(Path.of(path))))
                    .orElse(null);
            String password = settings.find(Setting.IMAP_PASSWORD).orElse(null);
            if (settings.find(Setting.IMAP_USER).isEmpty() || (password == null && token == null)) {
                throw new SettingsException(Setting.IMAP_HOST.key() + " is set: set " + Setting.IMAP_USER.key()
                        + " and " + Setting.IMAP_PASSWORD.key() + " too, or a token.");
            }
            return new ImapServer(
                    host.strip(),
                    settings.integer(Setting.IMAP_PORT),
                    settings.get(Setting.IMAP_USER),
                    password,
                    settings.oneOf(Setting.IMAP_TLS, "none", "starttls", "tls"),
                    settings.get(Setting.IMAP_FOLDER),
                    token);
        });
    }

    public String mailbox() {
        return user + "@" + host + "/" + folder;
    }

    /** Signs in.
     *
     * @throws AccessToken.NoToken where the file or the command gives none */
    Store connect() throws MessagingException {
        Store store = Session.getInstance(properties()).getStore("imap");
        store.connect(host, port, user, secret());
        return store;
    }

    String secret() {
        return token == null ? String.valueOf(password) : token.read();
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.imap.timeout", READ_MILLIS);
        properties.put("mail.imap.writetimeout", READ_MILLIS);
        properties.put("mail.imap.ssl.enable", String.valueOf(tls.equals("tls")));
        properties.put("mail.imap.ssl.checkserveridentity", "true");
        properties.put("mail.imap.starttls.enable", String.valueOf(tls.equals("starttls")));
        properties.put("mail.imap.starttls.required", String.valueOf(tls.equals("starttls")));
        if (token != null) {
            properties.put("mail.imap.auth.mechanisms", "XOAUTH2");
        }
        return properties;
    }

    @Override
    public String toString() {
        return host + ":" + port + " (" + tls + "), " + user + ", " + folder;
    }
}
