package dev.ronde.asset.bulk;

import dev.ronde.platform.http.Principal;
import java.util.List;
import java.util.UUID;

/** Runs every check of some assets now, on behalf of a person. */
public interface CheckStarter {
    UUID start(List<String> refs, Principal principal);
}
