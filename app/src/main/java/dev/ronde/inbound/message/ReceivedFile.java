package dev.ronde.inbound.message;

import dev.ronde.platform.text.Worded;

/**
 * A file that came with a message.
 *
 * @param name made safe: no path, at most 120 characters
 * @param foundType by its first bytes, such as {@code application/pdf}
 * @param content its bytes; empty where it is not kept
 * @param reason a word why it is refused or ignored; empty where it is kept
 */
public record ReceivedFile(
        String name,
        String declaredType,
        String foundType,
        long size,
        String sha256,
        Fate fate,
        String reason,
        FileBytes content) {

    public enum Fate implements Worded {
        /** It becomes evidence. */
        KEPT,
        /** It is not kept, and the receipt says why. */
        REFUSED,
        /** It belongs to the mail, not to the answer: a logo, a signature. */
        IGNORED;
    }

    public ReceivedFile but(Fate other, String why) {
        return new ReceivedFile(name, declaredType, foundType, size, sha256, other, why, FileBytes.NONE);
    }
}
