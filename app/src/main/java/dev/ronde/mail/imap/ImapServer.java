package dev.ronde.mail.imap;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
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

    /** Its name in the database: one for each folder of each server. */
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

    private Properties properties() {
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
