package dev.ronde.platform.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A small file by which a node shows that a folder is the same for all: each leaves its own while it serves, and each can look for those of
 * the others.
 */
public final class NodeMark {
    private final Path file;

    private NodeMark(Path file) {
        this.file = file;
    }

    public static NodeMark leave(Path folder, String node) {
        Path file = file(folder, node);
        try {
            Files.createDirectories(folder);
            Files.write(file, node.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeMark(file);
    }

    public static List<String> missing(Path folder, Collection<String> nodes) {
        return nodes.stream()
                .filter(node -> Files.notExists(file(folder, node)))
                .sorted()
                .toList();
    }

    private static Path file(Path folder, String node) {
        return folder.resolve(".node-" + node.replaceAll("[^A-Za-z0-9]", "-"));
    }

    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
