package dev.ronde.mail.inbound;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar answered to an invitation (RFC 5546 3.2.3). Clients accept by themselves, so that acceptance says nothing.
 *
 * @param status accepted, declined, tentative or another word, lower case
 */
public record CalendarReply(String status) {
    private static final Pattern STATUS = Pattern.compile("(?i)PARTSTAT=\"?([A-Z-]{1,30})");

    static @Nullable CalendarReply read(byte[] raw, MimePart part) {
        if (part.type().equals("text/calendar")) {
            Matcher matcher = STATUS.matcher(part.text(raw, MailLimits.TEXT).replaceAll("\r?\n[ \t]", ""));
            return new CalendarReply(matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "unknown");
        }
        for (MimePart inner : part.parts()) {
            CalendarReply found = read(raw, inner);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
