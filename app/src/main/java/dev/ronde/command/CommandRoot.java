package dev.ronde.command;

import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** What every command gets from the root of the command line. */
interface CommandRoot {
    Launcher launcher();

    InstantSource clock();

    Map<String, String> environment();

    CommandLine commandLine();
}
