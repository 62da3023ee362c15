package dev.ronde;

import dev.ronde.command.RondeCommand;
import dev.ronde.command.StandardOut;
import java.time.InstantSource;
import java.util.Optional;

/** Entry of the program: the only place with the wall clock and the exit. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        boolean embedded = Boolean.getBoolean("ronde.embedded");
        Optional<StandardOut> out = embedded ? Optional.empty() : Optional.of(StandardOut.install());
        InstantSource clock = InstantSource.system();
        int code = new RondeCommand(new AppLauncher(clock), System.getenv(), clock)
                .commandLineFor(args)
                .execute(args);
        Optional<String> lost = out.flatMap(StandardOut::failure);
        lost.ifPresent(
                why -> System.err.println("stdout cannot be written: " + why + ". What was printed is not whole."));
        if (code != 0 || !embedded) {
            System.exit(code == 0 && lost.isPresent() ? 1 : code);
        }
    }
}
