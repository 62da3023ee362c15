package dev.ronde.mail;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * The names our mails carry.
 *
 * @param domain the right side of Message-IDs and of the list id
 * @param base what links start with, without a slash at the end
 * @param installation who sends, for the header that recognises our own mail
 */
public record MailAddresses(String from, String domain, String base, UUID installation, Replies replies) {
    public enum Replies {
        /** {@code ronde+<handle>@example.org}: the mail server drops what follows the plus when it delivers. */
        PLUS,
        /** {@code <handle>@reply.example.org}: the mail server delivers every address of that domain. */
        CATCHALL,
        /** Nobody is invited to answer; one who does is still recognised by the Message-IDs. */
        NONE
    }

    /** RFC 5321 4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int HANDLE = 40;
    private static final String LOCAL_PART = "[A-Za-z0-9._%+=-]{1,64}";

    public MailAddresses {
        if (!from.matches(LOCAL_PART + "@[A-Za-z0-9.-]+")) {
            throw new SettingsException(
                    Setting.MAIL_FROM.key() + " is \"" + from + "\": write one address such as ronde@example.org.");
        }
        if (replies == Replies.PLUS && from.indexOf('@') + 1 + HANDLE > LONGEST_LOCAL_PART) {
            throw new SettingsException(Setting.MAIL_FROM.key() + " is \"" + from + "\": with "
                    + Setting.MAIL_REPLY.key() + "=plus at most 23 characters may stand before the @.");
        }
        if (replies == Replies.PLUS && from.substring(0, from.indexOf('@')).contains("+")) {
            throw new SettingsException(Setting.MAIL_FROM.key() + " is \"" + from + "\": it holds a plus already, so "
                    + Setting.MAIL_REPLY.key() + " cannot be plus.");
        }
    }

    public static MailAddresses of(Settings settings, UUID installation) {
        URI base = settings.baseUrl();
        String from = settings.find(Setting.MAIL_FROM)
                .orElse("ronde@" + base.getHost())
                .strip();
        String domain = settings.find(Setting.MAIL_DOMAIN).orElse(from.substring(from.indexOf('@') + 1));
        Replies replies = Replies.valueOf(
                settings.oneOf(Setting.MAIL_REPLY, "plus", "catchall", "none").toUpperCase(Locale.ROOT));
        return new MailAddresses(from, domain, base.toString(), installation, replies);
    }

    public boolean answerable() {
        return replies != Replies.NONE;
    }

    /** The address that carries a handle back to us; ours without one where answers are off. */
    public String carrying(String handle) {
        return switch (replies) {
            case PLUS -> from.replace("@", "+" + handle + "@");
            case CATCHALL -> handle + "@" + domain;
            case NONE -> from;
        };
    }

    public String messageId(UUID outboxId) {
        return "<ronde." + outboxId + "@" + domain + ">";
    }

    /** The id every mail of one review to one person refers to, so that mail programs show them as one conversation. */
    public String threadRoot(UUID reviewId, UUID personId) {
        UUID thread = UUID.nameUUIDFromBytes((reviewId + "|" + personId).getBytes(StandardCharsets.UTF_8));
        return "<ronde-r." + reviewId + "." + thread.toString().substring(0, 8) + "@" + domain + ">";
    }

    public String link(HandlePurpose purpose, String handle) {
        return base + purpose.path() + handle;
    }
}
