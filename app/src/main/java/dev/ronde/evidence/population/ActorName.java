package dev.ronde.evidence.population;

import java.util.function.UnaryOperator;

/** What an actor is called where people read it. */
public final class ActorName {
    private static final String COMMAND = "command:";

    private ActorName() {}

    /** Whether somebody worked at a shell of the server. */
    static boolean isCommand(String ref) {
        return ref.startsWith(COMMAND);
    }

    /**
     * The name with what kind of actor it is.
     *
     * @param names the name of a person or token, or the reference where no record names it
     */
    public static String of(String ref, UnaryOperator<String> names) {
        if (ref.equals("system")) {
            return "Ronde (program)";
        }
        return isCommand(ref)
                ? ref.substring(COMMAND.length()) + " (command on the server)"
                : names.apply(ref) + (ref.startsWith("t:") ? " (token)" : "");
    }
}
