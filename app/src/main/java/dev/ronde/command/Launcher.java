package dev.ronde.command;

import dev.ronde.platform.config.Settings;

/** Starts servers for commands; the composition root implements it. */
public interface Launcher {
    Server serve(Settings settings);

    /** A server on a temporary home with the demonstration estate. */
    Server demo(Settings settings);

    /** A server for one command: API on a free loopback port, jobs, no scheduler. */
    Server forCommand(Settings settings);
}
