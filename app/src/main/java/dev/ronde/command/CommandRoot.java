package dev.ronde.command;

import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** What every command gets from the root of the command line. */
interface CommandRoot {
    Launcher launcher();

    /** The wall clock, born in Main. */
    InstantSource clock();

    /** The environment of the process. */
    Map<String, String> environment();

    /** The whole command line. */
    CommandLine commandLine();
}
