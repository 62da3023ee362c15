package dev.ronde.mail;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** One kind of mail, owned by the room that knows what it tells. */
public interface MailKind {
    String name();

    /** Says what the mail says now, from the present state, or that its duty is gone. Also called to show it, so it must change nothing but grants. */
    Rendering render(Handle tx, OutboxMail mail, Instant now);

    /** Called in the transaction in which the mail reached a settled state. */
    default void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {}

    /** Takes the content of a held mail back so that it comes again in a digest.
     *
     * @return false where this kind is in no digest; then the mail is sent as it is */
    default boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return false;
    }
}
