package dev.ronde.mail;

/** The content of a mail about to be sent, or the reason why it is not sent. */
public interface Rendering {

    /** The duty is gone.
     *
     * @param state {@link MailState#CANCELLED} or {@link MailState#SUPERSEDED}
     * @param reason as rows keep it, see {@link MailReason#with} */
    record Gone(MailState state, String reason) implements Rendering {}

    static Rendering cancelled(MailReason reason, String... values) {
        return new Gone(MailState.CANCELLED, reason.with(values));
    }

    static Rendering superseded(MailReason reason, String... values) {
        return new Gone(MailState.SUPERSEDED, reason.with(values));
    }
}
