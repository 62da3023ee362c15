package dev.ronde.mail.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies a relaxed/relaxed DKIM signature as RFC 6376 6.1 says, from the text of a message with {@code \n} as line end. */
final class DkimVerifier {
    private DkimVerifier() {}

    static boolean verifies(String message, PublicKey key) throws GeneralSecurityException {
        int end = message.indexOf("\n\n");
        String head = message.substring(0, end);
        String signature = field(message, "dkim-signature");
        String body = canonicalBody(message.substring(end + 2));
        byte[] hash = digest(body);
        if (!tag(signature, "bh").equals(Base64.getEncoder().encodeToString(hash))) {
            return false;
        }
        List<String> left = new ArrayList<>(List.of(head.split("\n(?![ \t])")));
        StringBuilder data = new StringBuilder();
        for (String name : tag(signature, "h").split(":")) {
            for (int at = left.size() - 1; at >= 0; at--) {
                if (left.get(at).toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    data.append(canonicalField(left.remove(at))).append("\r\n");
                    break;
                }
            }
        }
        data.append(canonicalField("DKIM-Signature: " + signature.replaceFirst("([;\\s]b=)[^;]*$", "$1")));
        boolean edwards = tag(signature, "a").equals("ed25519-sha256");
        Signature check = Signature.getInstance(edwards ? "Ed25519" : "SHA256withRSA");
        check.initVerify(key);
        check.update(edwards ? digest(data.toString()) : data.toString().getBytes(StandardCharsets.UTF_8));
        try {
            return check.verify(Base64.getDecoder().decode(tag(signature, "b")));
        } catch (java.security.SignatureException e) {
            return false;
        }
    }

    /** The folded text of a field, without its name. */
    static String field(String message, String name) {
        Matcher found =
                Pattern.compile("(?im)^" + name + ":((?:.*)(?:\n[ \t].*)*)").matcher(message);
        if (!found.find()) {
            throw new AssertionError("no field " + name + " in\n" + message);
        }
        return found.group(1).strip();
    }

    /** The value of a tag without any white space. */
    static String tag(String signature, String name) {
        Matcher found = Pattern.compile("(?:^|;)\\s*" + name + "\\s*=([^;]*)").matcher(signature);
        return found.find() ? found.group(1).replaceAll("\\s", "") : "";
    }

    private static String canonicalField(String field) {
        String[] halves = field.split(":", 2);
        return halves[0].strip().toLowerCase(Locale.ROOT) + ":"
                + halves[1].replace("\n", "").replaceAll("[ \t]+", " ").strip();
    }

    private static String canonicalBody(String body) {
        String tidy = body.replaceAll("[ \t]+", " ").replaceAll("(?m) $", "").replaceAll("\n+\\z", "");
        return tidy.isEmpty() ? "" : tidy.replace("\n", "\r\n") + "\r\n";
    }

    private static byte[] digest(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
