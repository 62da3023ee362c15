package dev.ronde.platform.http;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param actorRef random reference that stands in evidence instead of a name
 * @param auth how they proved it: password, token or command
 * @param personId the person, where it is one
 * @param tokenId the API token, where it is one
 * @param teams the teams the person is a member of
 * @param limits of an auditor with an engagement; null for everybody else
 */
public record Principal(
        String actorRef,
        String name,
        Role role,
        Channel channel,
        String auth,
        @Nullable UUID personId,
        @Nullable UUID tokenId,
        Set<UUID> teams,
        @Nullable Limits limits) {
    private static final UUID NOBODY = new UUID(0, 0);

    public Principal {
        teams = Set.copyOf(teams);
    }

    public Principal(
            String actorRef,
            String name,
            Role role,
            Channel channel,
            String auth,
            @Nullable UUID personId,
            @Nullable UUID tokenId) {
        this(actorRef, name, role, channel, auth, personId, tokenId, Set.of(), null);
    }

    public boolean lead() {
        return role.leads();
    }

    /**
     * The person who sees only what is theirs or their teams', or of their engagement; null for those who see everything. A token of nobody sees
     * nothing.
     */
    public @Nullable UUID confinedTo() {
        return ownOnly() || limits != null ? person() : null;
    }

    /** Whose bundles and freezes they see, where those are not all: an auditor with an engagement sees what they asked for. */
    public @Nullable String onlyAskedBy() {
        return limits == null ? null : actorRef;
    }

    /** Who they are by themselves; an id of nobody where a token stands for nobody. */
    public UUID person() {
        return Objects.requireNonNullElse(personId, NOBODY);
    }

    /** Whom they stand for: themselves and their teams; nobody where a token stands for nobody. */
    public Set<UUID> standsFor() {
        Set<UUID> all = new HashSet<>(teams);
        if (personId != null) {
            all.add(personId);
        }
        return all;
    }

    public boolean ownOnly() {
        return role == Role.OWNER;
    }
}
