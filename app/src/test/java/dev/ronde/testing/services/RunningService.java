package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.List;

/** A service that is one program on one port of 127.0.0.1. */
record RunningService(int port, ServiceProcess process) implements Service {
    /** Starts the program in the folder and waits until its port takes connections. */
    static Service start(int port, Path folder, List<String> command) {
        return new RunningService(port, ServiceProcess.start(folder, command).awaitPort(port));
    }

    @Override
    public String program() {
        return process.program();
    }

    @Override
    public void close() {
        process.close();
    }
}
