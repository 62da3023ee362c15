package dev.ronde.platform.http;

import java.util.Objects;
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
    private static final UUID NOBODY = new UUID(0, 0);

    /** Whether they may do what leads do: decide, extend, release. */
    public boolean lead() {
        return role == Role.ADMIN || role == Role.COMPLIANCE;
    }

    /** The person whose own things are all they see; null for those who see everything. A token that stands for nobody sees nothing. */
    public @Nullable UUID confinedTo() {
        return ownOnly() ? Objects.requireNonNullElse(personId, NOBODY) : null;
    }

    /** Whether they see only what is theirs. */
    public boolean ownOnly() {
        return role == Role.OWNER;
    }
}
