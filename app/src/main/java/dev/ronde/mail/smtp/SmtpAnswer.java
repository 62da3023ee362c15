package dev.ronde.mail.smtp;

import dev.ronde.platform.text.Cut;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt, as it is kept.
 *
 * @param code the reply code, 0 or less where the server said nothing
 * @param text what the server said, or what failed, in one line
 */
public record SmtpAnswer(SmtpVerdict verdict, SmtpPhase phase, int code, String text) {
    private static final Pattern ENHANCED = Pattern.compile("(?<![.\\d])([245]\\.\\d{1,3}\\.\\d{1,3})(?!\\.?\\d)");
    private static final Pattern QUEUED_AS = Pattern.compile("(?i)queued as <?([^\\s>]{1,200})");
    /** Services that rewrite Message-IDs report their own id instead: {@code 250 Ok 0102018e4a1c…}. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)^250 (?:2\\.\\d\\.\\d )?ok:? <?([a-z0-9][a-z0-9.@_+-]{15,199})>?$");

    private static final int LONGEST = 1000;

    public SmtpAnswer {
        text = text.replaceAll("\\s+", " ").strip();
        text = Cut.to(text, LONGEST);
    }

    static SmtpAnswer failed(SmtpPhase phase, int code, String text) {
        return new SmtpAnswer(SmtpVerdict.of(phase, code, enhanced(text)), phase, code, text);
    }

    /** The enhanced status code (RFC 3463); null if the server gave none. */
    public @Nullable String enhancedCode() {
        return enhanced(text);
    }

    private static @Nullable String enhanced(String text) {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The id that the server gave with {@code queued as}; null if it gave none. */
    public @Nullable String remoteId() {
        if (verdict != SmtpVerdict.ACCEPTED) {
            return null;
        }
        Matcher queued = QUEUED_AS.matcher(text);
        Matcher named = NAMED.matcher(text);
        return queued.find() ? queued.group(1) : named.find() ? named.group(1).split("@", 2)[0] : null;
    }
}
