package dev.ronde;

import dev.ronde.command.Launcher;
import dev.ronde.command.Server;
import dev.ronde.platform.config.Settings;
import java.time.InstantSource;

record AppLauncher(InstantSource clock) implements Launcher {
    @Override
    public Server serve(Settings settings) {
        return App.start(settings, clock, App.Mode.SERVE);
    }

    @Override
    public Server demo(Settings settings) {
        return Demonstration.start(settings, clock);
    }

    @Override
    public Server forCommand(Settings settings) {
        return App.start(settings, clock, App.Mode.COMMAND);
    }
}
