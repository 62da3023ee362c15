package dev.ronde.mail.inbound;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar answered to an invitation (RFC 5546 3.2.3). Clients accept by themselves, so that acceptance says nothing.
 *
 * @param status accepted, declined, tentative or another word, lower case
 * @param uid the event it answers; may be empty
 * @param comment what the person wrote beside it; may be empty
 */
public record CalendarReply(String status, String uid, String comment) {
    private static final Pattern STATUS = Pattern.compile("(?i)PARTSTAT=\"?([A-Z-]{1,30})");
    private static final Pattern UID = Pattern.compile("(?im)^UID:(.{1,200})$");
    private static final Pattern COMMENT = Pattern.compile("(?im)^COMMENT(?:;[^:\r\n]*)?:(.{1,2000})$");

    /** Whether it answers the event of this review; one that names no event answers the mail it came for. */
    public boolean about(UUID reviewId) {
        return uid.isEmpty() || uid.toLowerCase(Locale.ROOT).startsWith("review-" + reviewId + "@");
    }

    static @Nullable CalendarReply read(byte[] raw, MimePart part) {
        if (part.type().equals("text/calendar")) {
            String text =
                    part.text(raw, MailLimits.TEXT).replaceAll("\r?\n[ \t]", "").replace("\r\n", "\n");
            return new CalendarReply(
                    found(STATUS, text, "unknown").toLowerCase(Locale.ROOT),
                    found(UID, text, "").strip(),
                    found(COMMENT, text, "")
                            .replaceAll("\\\\[nN]", "\n")
                            .replaceAll("\\\\(.)", "$1")
                            .strip());
        }
        for (MimePart inner : part.parts()) {
            CalendarReply found = read(raw, inner);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String found(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
