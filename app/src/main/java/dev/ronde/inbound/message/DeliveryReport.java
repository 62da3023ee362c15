package dev.ronde.inbound.message;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server says became of a mail of ours (RFC 3464), or, where it says so in prose, what can be read out of it.
 *
 * @param status enhanced code such as {@code 5.1.1}; empty where none was given
 * @param recipient the address it finally failed for; may be another than ours, where mail is forwarded
 * @param diagnostic what the other server said, at most 500 characters
 * @param standard whether it was a report of the standard form
 */
public record DeliveryReport(
        BounceClass bounceClass, String action, String status, String recipient, String diagnostic, boolean standard) {
    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern CODE = Pattern.compile("\\b(5\\d\\d|4\\d\\d)[ -]");
    private static final int LONGEST = 500;
    private static final int BODY = 64 << 10;

    static DeliveryReport read(MimePart message) {
        List<DeliveryReport> found = new ArrayList<>();
        statuses(message, found);
        return found.stream()
                .min((one, other) -> one.bounceClass().compareTo(other.bounceClass()))
                .orElseGet(() -> prose(message));
    }

    private static void statuses(MimePart part, List<DeliveryReport> found) {
        if (part.type().equals("message/delivery-status") || part.type().equals("message/global-delivery-status")) {
            byte[] content = part.content(BODY);
            int at = 0;
            while (at < content.length && found.size() < 100) {
                Headers group = Headers.read(content, at, content.length);
                at = Math.max(group.bodyAt(), at + 1);
                if (group.has("action") || group.has("final-recipient")) {
                    found.add(of(group));
                }
            }
        }
        for (MimePart inner : part.parts()) {
            statuses(inner, found);
        }
    }

    private static DeliveryReport of(Headers group) {
        String action = group.first("action")
                .orElse("failed")
                .strip()
                .toLowerCase(Locale.ROOT)
                .split("[\\s;(]", 2)[0];
        Matcher status = STATUS.matcher(group.first("status").orElse(""));
        String code = status.find() ? status.group(1) : "";
        String diagnostic = shortened(group.first("diagnostic-code").orElse(""));
        String recipient = group.first("final-recipient")
                .orElse("")
                .replaceFirst("^[^;]*;", "")
                .strip();
        return new DeliveryReport(
                BounceClass.of(action, code, diagnostic), action, code, shortened(recipient), diagnostic, true);
    }

    /** A report in words, such as qmail's: at most a soft failure, unless it names a status. */
    private static DeliveryReport prose(MimePart message) {
        MimePart part = message;
        while (!part.parts().isEmpty()) {
            part = part.parts().get(0);
        }
        String text = part.text(BODY);
        String diagnostic = text.lines()
                .map(String::strip)
                .filter(line -> line.length() < LONGEST
                        && (STATUS.matcher(line).find() || CODE.matcher(line).find()))
                .findFirst()
                .orElse("");
        Matcher status = STATUS.matcher(diagnostic);
        String code = status.find() ? status.group(1) : "";
        BounceClass sort = code.isEmpty() ? BounceClass.SOFT : BounceClass.of("failed", code, diagnostic);
        return new DeliveryReport(
                sort == BounceClass.HARD ? BounceClass.SOFT : sort, "failed", code, "", shortened(diagnostic), false);
    }

    private static String shortened(String text) {
        return Cut.to(text, LONGEST);
    }
}
