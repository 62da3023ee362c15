package dev.ronde.evidence;

import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.CommandUser;
import dev.ronde.platform.http.Principal;

/**
 * Who caused a record. {@code ref} is a random id that can be looked up while the person exists, never an address:
 * names stay outside of sealed records.
 *
 * @param kind user, token, link or system
 * @param ref random reference of the person or token, at most 40 characters
 * @param auth how the actor was recognised: password, token, link, none …
 */
public record Actor(String kind, String ref, String auth) {
    public static final Actor SYSTEM = new Actor("system", "system", "none");

    public Actor {
        if (kind.isBlank() || ref.isBlank() || auth.isBlank() || ref.length() > 40) {
            throw new IllegalArgumentException("an actor has a kind, a ref of at most 40 characters and an auth");
        }
    }

    /** Whoever runs this process on the command line of the machine. */
    public static Actor command() {
        return new Actor("user", CommandUser.actorRef(CommandUser.signedIn()), "command");
    }

    /** Whoever makes a request: a token, the holder of a link from a mail, or a person signed in. */
    public static Actor of(Principal principal) {
        String kind = principal.tokenId() != null ? "token" : principal.channel() == Channel.LINK ? "link" : "user";
        return new Actor(kind, principal.actorRef(), principal.auth());
    }
}
