package dev.ronde.inbound.message;

import dev.ronde.platform.text.Worded;
import java.util.List;

/** What a report of a mail server means for us. */
public enum BounceClass implements Worded {
    /** The address does not exist, or takes nothing for good. */
    HARD,
    /** It may work later: a full mailbox, a server that is away. */
    SOFT,
    /** They or we forbid it: the channel's matter, never the person's. */
    POLICY,
    DELAY,
    DELIVERED;

    /** The class of an enhanced status code (RFC 3463) such as {@code 5.1.1}.
     *
     * @param action of the report: failed, delayed, delivered, relayed or expanded */
    static BounceClass of(String action, String status, String diagnostic) {
        if (action.equals("delayed")) {
            return DELAY;
        }
        if (action.equals("delivered") || action.equals("relayed") || action.equals("expanded")) {
            return DELIVERED;
        }
        if (status.startsWith("4.")) {
            return SOFT;
        }
        String code = status.startsWith("5.") ? status : "";
        String folded = Folding.line(diagnostic);
        boolean nobody = folded.matches(".*(user unknown|unknown user|no such user|does not exist|user not found"
                + "|no mailbox|mailbox unavailable|recipient not found|unknown recipient|unknown local part"
                + "|address rejected|n'existe pas|utilisateur inconnu).*");
        return switch (code) {
            case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1" -> HARD;
            // no such domain: Postfix, Exchange Online
            case "5.4.4", "5.4.310" -> HARD;
            case "5.1.7", "5.1.8" -> POLICY;
            default ->
                List.of("5.7.", "5.6.", "5.3.", "5.5.").stream().anyMatch(code::startsWith)
                        ? POLICY
                        : code.startsWith("5.2.") || !nobody ? SOFT : HARD;
        };
    }
}
