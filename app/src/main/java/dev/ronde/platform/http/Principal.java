package dev.ronde.platform.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param actorRef random reference that stands in evidence instead of a name
 * @param auth how they proved it: password, token or command
 * @param personId the person, where it is one
 * @param tokenId the API token, where it is one
 */
public record Principal(
        String actorRef,
        String name,
        Role role,
        Channel channel,
        String auth,
        @Nullable UUID personId,
        @Nullable UUID tokenId) {
    /** Whether they may do what leads do: decide, extend, release. */
    public boolean lead() {
        return role == Role.ADMIN || role == Role.COMPLIANCE;
    }

    /** Whether they see only what is theirs. */
    public boolean ownOnly() {
        return role == Role.OWNER;
    }
}
