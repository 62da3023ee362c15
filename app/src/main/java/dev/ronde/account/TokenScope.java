package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The assets that tokens are confined to, kept by the room that knows assets. */
public interface TokenScope {
    /**
     * Confines a new token to these assets.
     *
     * @throws Problem 422 with a pointer below {@code /assets} for each ref the inventory does not know
     */
    void confine(Handle tx, UUID tokenId, List<String> refs);

    /** The refs each of these tokens is confined to, in order; a token for every asset is left out. */
    Map<UUID, List<String>> refs(Handle handle, Collection<UUID> tokenIds);
}
