package dev.ronde.testing;

import dev.ronde.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The product as it is given away, one jar that names its libraries, for {@code java -jar}. Tests run before {@code package} makes that one,
 * so this is put together from what was compiled, once in a test process; the classes of tests are not in it.
 */
final class ThinJar {
    private static final Path FILE = make();

    private ThinJar() {}

    static Path file() {
        return FILE;
    }

    private static Path make() {
        try {
            Path classes = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = Leftovers.lastingFolder("ronde-jar").resolve("ronde.jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream zip = new JarOutputStream(out, manifest())) {
                zip.setLevel(Deflater.BEST_SPEED);
                for (Path file : files(classes)) {
                    // with the folders, as the jar plugin writes them: who looks for the files in one asks for it by
                    // name
                    boolean folder = Files.isDirectory(file);
                    zip.putNextEntry(new JarEntry(classes.relativize(file) + (folder ? "/" : "")));
                    if (!folder) {
                        Files.copy(file, zip);
                    }
                    zip.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Manifest manifest() {
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        main.put(Attributes.Name.CLASS_PATH, libraries);
        return manifest;
    }

    private static List<Path> files(Path classes) throws IOException {
        try (Stream<Path> tree = Files.walk(classes)) {
            return tree.filter(file -> !file.equals(classes) && !file.endsWith("META-INF/MANIFEST.MF"))
                    .sorted()
                    .toList();
        }
    }
}
