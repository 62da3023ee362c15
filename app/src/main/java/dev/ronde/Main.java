package dev.ronde;

import dev.ronde.command.RondeCommand;
import java.time.InstantSource;

/** Entry of the program: the only place with the wall clock and the exit. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        InstantSource clock = InstantSource.system();
        int code = new RondeCommand(new AppLauncher(clock), System.getenv(), clock)
                .commandLineFor(args)
                .execute(args);
        if (code != 0 || !Boolean.getBoolean("ronde.embedded")) {
            System.exit(code);
        }
    }
}
