package dev.ronde.demo;

import dev.ronde.platform.resource.Overlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The temporary home of a demonstration. Its checks run daily instead of hourly, because twelve weeks of hours would
 * take longer to make than a visitor waits.
 */
public record DemoHome(Path folder, Path checks) {
    public static DemoHome make() {
        try {
            Path folder = Files.createTempDirectory("ronde-demo");
            Path checks = Files.createDirectories(folder.resolve("checks"));
            Overlay packaged = Overlay.of("checks", null);
            for (String name : packaged.list("", ".yaml")) {
                String text = packaged.text(name).orElse("");
                String daily = text.replaceFirst(
                        "(?m)^schedule: \\{every: PT\\d+H, freshFor: PT\\d+H\\}",
                        "schedule: {every: P1D, freshFor: P2D}");
                if (!daily.equals(text)) {
                    Files.writeString(checks.resolve(name), daily, StandardCharsets.UTF_8);
                }
            }
            return new DemoHome(folder, checks);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary home cannot be made", e);
        }
    }

    public void remove() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary home " + folder + " cannot be removed", e);
        }
    }
}
