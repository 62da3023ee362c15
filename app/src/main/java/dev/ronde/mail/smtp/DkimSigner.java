package dev.ronde.mail.smtp;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.CRLFOutputStream;

/**
 * Signs messages as a domain (DKIM, RFC 6376, with Ed25519 keys RFC 8463): relaxed canonical forms, the whole body, and every
 * field a mail of ours has that means something. From, Reply-To and Subject are named once more than they occur, so that
 * nobody can add another.
 */
public final class DkimSigner {
    private static final Set<String> SIGNED = Set.of(
            "from",
            "to",
            "reply-to",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "auto-submitted",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post");
    private static final List<String> CLOSED = List.of("from", "reply-to", "subject");
    private static final int WIDTH = 72;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,20000})-----END PRIVATE KEY-----");
    private static final int SHORTEST = 1024;

    private final String domain;
    private final String selector;
    private final PrivateKey key;
    private final boolean ed25519;

    /** Signs as a domain.
     *
     * @param selector under which {@code <selector>._domainkey.<domain>} publishes the public key
     * @throws IllegalArgumentException with the reason where the key cannot be used */
    public DkimSigner(String domain, String selector, String pem) {
        this.domain = domain;
        this.selector = selector;
        this.key = read(pem);
        this.ed25519 = ed25519(key);
    }

    /** The signer in the settings, for the domain of this address unless they name another; empty where the mail server signs, or nobody. */
    public static Optional<DkimSigner> of(Settings settings, String from) {
        return settings.find(Setting.DKIM_KEY).map(pem -> {
            String domain = settings.find(Setting.DKIM_DOMAIN).orElse(from.substring(from.indexOf('@') + 1));
            try {
                return new DkimSigner(domain, settings.get(Setting.DKIM_SELECTOR), pem);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(Setting.DKIM_KEY.key() + " cannot sign: " + e.getMessage() + ".");
            }
        });
    }

    /** Reads PKCS#8 in PEM: RSA of at least 1024 bits (RFC 8301) or Ed25519. */
    private static PrivateKey read(String pem) {
        if (pem.contains("BEGIN RSA PRIVATE KEY") || pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "it is not plain PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem");
        }
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException("it holds no line -----BEGIN PRIVATE KEY-----");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        for (String algorithm : new String[] {"RSA", "Ed25519"}) {
            try {
                return checked(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                // it is a key of the other kind, or none
            }
        }
        throw new IllegalArgumentException("it is neither an RSA nor an Ed25519 key");
    }

    private static PrivateKey checked(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < SHORTEST) {
            throw new IllegalArgumentException("an RSA key needs at least " + SHORTEST + " bits");
        }
        return key;
    }

    private static boolean ed25519(PrivateKey key) {
        return key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }

    /** Nothing may change in the message after this. */
    void sign(MimeMessage message, Instant at) throws MessagingException {
        byte[] wire = wire(message);
        int body = bodyAt(wire);
        List<String> fields = fields(new String(wire, 0, body, StandardCharsets.ISO_8859_1));
        List<String> names = new ArrayList<>();
        StringBuilder signed = new StringBuilder();
        // of several fields of one name the lowest is taken first (RFC 6376 5.4.2)
        for (int i = fields.size() - 1; i >= 0; i--) {
            String name = fields.get(i).split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (SIGNED.contains(name)) {
                names.add(name);
                signed.append(Relaxed.field(fields.get(i))).append("\r\n");
            }
        }
        names.addAll(CLOSED);
        byte[] content = new byte[wire.length - body];
        System.arraycopy(wire, body, content, 0, content.length);
        String field = "v=1; a=" + (ed25519 ? "ed25519" : "rsa") + "-sha256; c=relaxed/relaxed; d=" + domain + "; s="
                + selector + ";\r\n t=" + at.getEpochSecond() + ";\r\n h=" + folded(String.join(":", names))
                + ";\r\n bh="
                + Base64.getEncoder()
                        .encodeToString(Hash.sha256(Relaxed.body(content)).bytes()) + ";\r\n b=";
        signed.append(Relaxed.field("DKIM-Signature: " + field));
        message.addHeader("DKIM-Signature", field + signature(signed.toString()));
    }

    private String signature(String signed) {
        byte[] bytes = signed.getBytes(StandardCharsets.ISO_8859_1);
        try {
            Signature signer = Signature.getInstance(ed25519 ? "Ed25519" : "SHA256withRSA");
            signer.initSign(key);
            signer.update(ed25519 ? Hash.sha256(bytes).bytes() : bytes);
            return lines(Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The DKIM key cannot sign: " + e.getMessage(), e);
        }
    }

    private static byte[] wire(MimeMessage message) throws MessagingException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        try {
            message.writeTo(new CRLFOutputStream(raw));
        } catch (IOException e) {
            throw new MessagingException("The message cannot be written: " + e.getMessage(), e);
        }
        byte[] bytes = raw.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            raw.writeBytes(new byte[] {'\r', '\n'});
        }
        return raw.toByteArray();
    }

    private static int bodyAt(byte[] wire) {
        for (int at = 0; at + 3 < wire.length; at++) {
            if (wire[at] == '\r' && wire[at + 1] == '\n' && wire[at + 2] == '\r' && wire[at + 3] == '\n') {
                return at + 4;
            }
        }
        return wire.length;
    }

    private static List<String> fields(String header) {
        return List.of(header.strip().split("\r\n(?![ \t])"));
    }

    private static String folded(String names) {
        StringBuilder text = new StringBuilder();
        int width = 3;
        for (String name : names.split("(?<=:)")) {
            if (width + name.length() > WIDTH) {
                text.append("\r\n ");
                width = 1;
            }
            text.append(name);
            width += name.length();
        }
        return text.toString();
    }

    private static String lines(String base64) {
        return base64.replaceAll("(.{" + WIDTH + "})(?=.)", "$1\r\n ");
    }
}
