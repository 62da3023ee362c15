package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resolver that checks of domains ask: {@code RONDE_PROBE_RESOLVER}, else the first name server of this machine, else this machine
 * itself. The policy holds for it as for every target.
 *
 * @param host its address
 * @param port its TCP port
 */
public record NameServer(String host, int port) {
    private static final int PORT = 53;
    private static final Path OF_THE_SYSTEM = Path.of("/etc/resolv.conf");
    private static final String NOBODY_ELSE = "127.0.0.1";

    /**
     * Reads the setting.
     *
     * @throws SettingsException where it is no address
     */
    public static NameServer of(Settings settings) {
        return settings.find(Setting.PROBE_RESOLVER)
                .map(NameServer::parse)
                .orElseGet(() -> new NameServer(first(lines(OF_THE_SYSTEM)).orElse(NOBODY_ELSE), PORT));
    }

    /** Its fields, as check files name them: {@code {{resolver.host}}} and {@code {{resolver.port}}}. */
    public Map<String, Object> fields() {
        return Map.of("host", host, "port", (long) port);
    }

    private static NameServer parse(String text) {
        Optional<NameServer> bare = address(text).map(host -> new NameServer(host, PORT));
        if (bare.isPresent()) {
            return bare.get();
        }
        try {
            HostPort both = HostPort.parse(text);
            if (both.host().address().isPresent()) {
                return new NameServer(both.host().text(), both.port());
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SettingsException(
                Setting.PROBE_RESOLVER.key() + " is " + text
                        + ": write the address of a resolver, with its port unless that is 53, such as 10.0.0.53 or [2001:db8::53]:5353.");
    }

    private static Optional<String> address(String text) {
        try {
            HostName name = HostName.parse(text);
            return name.address().map(found -> name.text());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Skips addresses with a zone, which the allow list could not allow. */
    static Optional<String> first(List<String> resolvConf) {
        return resolvConf.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
                .flatMap(words -> address(words[1]).stream())
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // another system, which keeps its name servers elsewhere
            return List.of();
        }
    }
}
