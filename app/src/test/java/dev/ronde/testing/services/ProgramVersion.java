package dev.ronde.testing.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The name of an installed program or jar with the version of its Debian package, for tables that say what was verified against. */
final class ProgramVersion {
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private ProgramVersion() {}

    /** Returns for example {@code redis-server 5:8.0.2-3}; the name alone where no package owns it. */
    static String of(String program) {
        return KNOWN.computeIfAbsent(program, ProgramVersion::look);
    }

    private static String look(String program) {
        String name = Path.of(program).getFileName().toString();
        String owner = said(List.of(
                "sh", "-c", "dpkg -S \"$(readlink -f \"$(command -v \"$1\" || echo \"$1\")\")\"", "sh", program));
        if (!owner.contains(":")) {
            return name;
        }
        String version = said(List.of("dpkg-query", "-W", "-f", "${Version}", owner.substring(0, owner.indexOf(':'))));
        return (name + " " + version).strip();
    }

    private static String said(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
