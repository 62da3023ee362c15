package dev.ronde.testing.services;

import dev.ronde.testing.Unchecked;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Postfix and Dovecot on loopback: what Ronde sends goes through a real queue into real mailboxes, plus addresses
 * reach their owner, unknown users bounce, Sieve scripts run. Needs root, as Postfix does.
 */
public final class MailHouse implements AutoCloseable {
    private static final String NOBODY = "65534";
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder = ServiceProcess.folder();
    private final int smtp = ServiceProcess.freePort();
    private final int imap = ServiceProcess.freePort();
    private final int lmtp = ServiceProcess.freePort();
    private final int secureSmtp = ServiceProcess.freePort();
    private final ServiceProcess dovecot;
    private final ServiceProcess postfix;

    /** Starts both with a mailbox for each address; the password of all is {@code secret}. */
    public MailHouse(List<String> addresses) {
        this(addresses, null);
    }

    /** The same; with tokens, mailboxes open over TLS only, by token, and a second SMTP port wants STARTTLS. */
    public MailHouse(List<String> addresses, @Nullable TokenServer tokens) {
        if (tokens != null) {
            certify();
        }
        StringBuilder users = new StringBuilder();
        for (String address : addresses) {
            Path home = folder.resolve("mail").resolve(address);
            make(home);
            users.append(address)
                    .append(":{PLAIN}secret:" + NOBODY + ":" + NOBODY + "::")
                    .append(home)
                    .append("::\n");
        }
        Services.write(folder.resolve("users"), users.toString());
        Services.write(folder.resolve("dovecot.conf"), dovecotConf(tokens));
        make(folder.resolve("conf"));
        make(folder.resolve("spool"));
        make(folder.resolve("data"));
        Services.write(folder.resolve("conf/main.cf"), mainCf() + (tokens == null ? "" : tlsCf()));
        Services.write(folder.resolve("conf/master.cf"), masterCf() + (tokens == null ? "" : tlsService()));
        ServiceProcess.run(folder, List.of("chown", "-R", NOBODY + ":" + NOBODY, "mail"));
        ServiceProcess.run(folder, List.of("chown", "postfix", "data"));
        make(folder.resolve("said"));
        // each process clears the folder it speaks into; the one that ends last has them all
        dovecot = ServiceProcess.start(
                        folder.resolve("said"),
                        List.of("dovecot", "-c", folder.resolve("dovecot.conf").toString(), "-F"))
                .awaitPort(imap)
                .awaitPort(lmtp);
        postfix = ServiceProcess.start(
                        folder, List.of("postfix", "-c", folder.resolve("conf").toString(), "start-fg"))
                .awaitPort(smtp);
    }

    public int smtpPort() {
        return smtp;
    }

    public int imapPort() {
        return imap;
    }

    /** The port that takes mail after STARTTLS only. */
    public int secureSmtpPort() {
        return secureSmtp;
    }

    /** A trust store with the authority that vouches for both. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** What Dovecot noted of those who signed in over IMAP. */
    public List<String> signedIn() {
        return read(folder.resolve("dovecot.log"))
                .lines()
                .filter(line -> line.contains("imap-login: Info: Logged in"))
                .toList();
    }

    /** Gives a mailbox a Sieve script. */
    public void sieve(String address, String script) {
        Path file = folder.resolve("mail").resolve(address).resolve(".dovecot.sieve");
        Services.write(file, script);
        ServiceProcess.run(folder, List.of("chown", NOBODY + ":" + NOBODY, file.toString()));
    }

    /** Hands a message to Postfix as a mail program does. */
    public void send(String from, String to, String raw) {
        Properties properties = new Properties();
        properties.put("mail.smtp.from", from);
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", smtp, null, null);
            MimeMessage message =
                    new MimeMessage(session, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
            transport.sendMessage(message, new InternetAddress[] {new InternetAddress(to)});
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What lies in a mailbox, oldest first, as it stands on disk. */
    public List<String> mails(String address) {
        Path inbox = folder.resolve("mail").resolve(address).resolve("Maildir");
        List<Path> files = new ArrayList<>();
        for (String state : List.of("new", "cur")) {
            if (Files.isDirectory(inbox.resolve(state))) {
                try (Stream<Path> found = Files.list(inbox.resolve(state))) {
                    found.forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files.stream()
                .sorted(java.util.Comparator.comparing(
                        file -> file.getFileName().toString()))
                .map(MailHouse::read)
                .toList();
    }

    /** Waits until something has come true, looking every fifth of a second. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not happen within " + PATIENCE_SECONDS + " s");
            }
            Unchecked.run(() -> TimeUnit.MILLISECONDS.sleep(200));
        }
    }

    @Override
    public void close() {
        ServiceProcess.run(
                folder, List.of("postfix", "-c", folder.resolve("conf").toString(), "stop"));
        dovecot.close();
        postfix.close();
    }

    private static String read(Path file) {
        return Unchecked.get(() -> Files.readString(file, StandardCharsets.UTF_8));
    }

    private static void make(Path path) {
        Unchecked.run(() -> Files.createDirectories(path));
    }

    /** An authority, a certificate of it for {@code localhost}, and a trust store that holds the authority. */
    private void certify() {
        Services.write(folder.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Authority");
        openssl("req -newkey rsa:2048 -nodes -keyout mx.key -out mx.csr -subj /CN=localhost");
        openssl("x509 -req -in mx.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile names -out mx.pem");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ServiceProcess.run(
                folder,
                List.of((keytool
                                + " -importcert -noprompt -alias ca -file ca.pem -keystore trust.p12 -storepass changeit")
                        .split(" ")));
    }

    private void openssl(String arguments) {
        ServiceProcess.run(folder, List.of(("openssl " + arguments).split(" ")));
    }

    private String tlsCf() {
        return """
                smtpd_tls_cert_file = %1$s/mx.pem
                smtpd_tls_key_file = %1$s/mx.key
                """.formatted(folder);
    }

    private String tlsService() {
        return "127.0.0.1:%d inet n - n - - smtpd -o smtpd_tls_security_level=encrypt\n".formatted(secureSmtp);
    }

    private String byToken(TokenServer tokens) {
        return """
                ssl = required
                ssl_server_cert_file = %1$s/mx.pem
                ssl_server_key_file = %1$s/mx.key
                auth_mechanisms = xoauth2
                oauth2 {
                  introspection_mode = get
                  introspection_url = http://127.0.0.1:%2$d/?token=
                  username_attribute = email
                  active_attribute = active
                  active_value = true
                }
                passdb oauth2 {
                  mechanisms_filter = xoauth2
                }
                """.formatted(folder, tokens.port());
    }

    private String byPassword() {
        return """
                ssl = no
                auth_allow_cleartext = yes
                passdb passwd-file {
                  passwd_file_path = %1$s/users
                }
                """.formatted(folder);
    }

    private String dovecotConf(@Nullable TokenServer tokens) {
        String versions = "dovecot_config_version = 2.4.1\ndovecot_storage_version = 2.4.1\n";
        return versions
                + (tokens == null ? byPassword() : byToken(tokens))
                + """
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                protocols = imap lmtp
                listen = 127.0.0.1
                first_valid_uid = 1
                mail_driver = maildir
                mail_path = ~/Maildir
                recipient_delimiter = +
                submission_host = 127.0.0.1:%4$d
                userdb passwd-file {
                  passwd_file_path = %1$s/users
                }
                service imap-login {
                  inet_listener imap {
                    port = %5$d
                  }
                  inet_listener imaps {
                    port = %6$d
                    ssl = yes
                  }
                }
                service lmtp {
                  inet_listener lmtp {
                    port = %3$d
                  }
                }
                protocol lmtp {
                  mail_plugins {
                    sieve = yes
                  }
                }
                sieve_script personal {
                  path = ~/.dovecot.sieve
                }
                """.formatted(folder, imap, lmtp, smtp, tokens == null ? imap : 0, tokens == null ? 0 : imap);
    }

    private String mainCf() {
        return """
                compatibility_level = 3.6
                queue_directory = %1$s/spool
                data_directory = %1$s/data
                mail_owner = postfix
                setgid_group = postdrop
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = mx.corp.example
                mydestination =
                mynetworks = 127.0.0.0/8
                virtual_mailbox_domains = corp.example, ronde.test
                virtual_mailbox_maps = static:ok
                virtual_transport = lmtp:inet:127.0.0.1:%2$d
                recipient_delimiter = +
                smtpd_recipient_restrictions = permit_mynetworks, reject
                smtpd_peername_lookup = no
                notify_classes =
                maillog_file = %1$s/postfix.log
                maillog_file_prefixes = /tmp
                """.formatted(folder, lmtp);
    }

    private String masterCf() {
        return """
                127.0.0.1:%d inet n - n - - smtpd
                pickup unix n - n 60 1 pickup
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                smtp unix - - n - - smtp
                error unix - - n - - error
                retry unix - - n - - error
                lmtp unix - - n - - lmtp
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                tlsmgr unix - - n 1000? 1 tlsmgr
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(smtp);
    }
}
