package dev.ronde.mail.handle;

/** What a handle is for; it is part of the signature, so a handle of one purpose is nothing at the door of another. */
public enum HandlePurpose {
    /** Opens one review to one person: {@code /r/}. */
    LINK('l', "/r/"),
    /** Lists one digest to the person it was sent to: {@code /d/}. */
    DIGEST('d', "/d/"),
    /** Takes back one attestation for 24 hours: {@code /u/}. */
    UNDO('u', "/u/"),
    /** Mutes the optional mails of one person: {@code /m/}. */
    MUTE('m', "/m/"),
    /** The reply address of one review, or one digest, and person. */
    REPLY('r', ""),
    /** The address reports about such mails go to; it names the grant of the reply address. */
    BOUNCE('b', "");

    private final char letter;
    private final String path;

    HandlePurpose(char letter, String path) {
        this.letter = letter;
        this.path = path;
    }

    public char letter() {
        return letter;
    }

    /** The path before the handle; empty if the handle is not a link. */
    public String path() {
        return path;
    }

    /** The purpose of a stored letter.
     *
     * @throws IllegalArgumentException for a letter that is none */
    public static HandlePurpose ofLetter(String letter) {
        for (HandlePurpose purpose : values()) {
            if (letter.length() == 1 && letter.charAt(0) == purpose.letter) {
                return purpose;
            }
        }
        throw new IllegalArgumentException("No handle has the purpose " + letter);
    }
}
