package dev.ronde.mail;

/** How an answer says which mail it answers. */
public enum ReplyMode {
    /** {@code ronde+<handle>@example.org}: the mail server drops what follows the plus when it delivers. */
    PLUS,
    /** {@code <handle>@reply.example.org}: the mail server delivers every address of that domain. */
    CATCHALL,
    /** Nobody is invited to answer; one who does is still recognised by the Message-IDs. */
    NONE
}
