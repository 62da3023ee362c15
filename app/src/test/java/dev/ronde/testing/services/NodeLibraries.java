package dev.ronde.testing.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code app/src/test/nodes/prepare} brought: the jars of servers that come from Maven. */
final class NodeLibraries {
    private NodeLibraries() {}

    /** Returns the folder with the jars of a product. */
    static Path of(String product) {
        return Path.of(System.getProperty("ronde.buildDirectory", "target"), "nodes", product, "lib")
                .toAbsolutePath();
    }

    /** Returns the product with the version of this jar of it, for example {@code opensearch 2.19.6}. */
    static String program(String product, String artifact) {
        try (Stream<Path> jars = Files.list(of(product))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.matches(artifact + "-[0-9][0-9.]*\\.jar"))
                    .map(name -> product + " " + name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
