package dev.ronde.platform.http;

import java.util.Objects;

/** The person at the shell from which a command comes, as it says: whoever may run it on this machine may say anything. */
public final class CommandUser {
    /** Of a request that a command makes. */
    public static final String HEADER = "Ronde-User";

    /** Stands for all of them; records of before they had names have it alone. */
    public static final String SHELL = "system:command";

    private static final String PREFIX = "command:";
    private static final int LONGEST = 32;

    private CommandUser() {}

    /** The operating-system user who signed in to this process, also where they became another one by sudo. */
    public static String signedIn() {
        return Objects.requireNonNullElse(System.getenv("SUDO_USER"), System.getProperty("user.name", ""));
    }

    /** How evidence names them: {@code command:} and the user, of 40 characters at most. */
    public static String actorRef(String user) {
        String plain = user.replaceAll("[^A-Za-z0-9._@-]", "_");
        return PREFIX + (plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(LONGEST, plain.length())));
    }

    /** Whether an actor of evidence is somebody at a shell of the server. */
    public static boolean isShell(String actorRef) {
        return actorRef.startsWith(PREFIX);
    }
}
