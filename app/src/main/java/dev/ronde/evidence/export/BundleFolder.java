package dev.ronde.evidence.export;

import dev.ronde.platform.text.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

final class BundleFolder implements AutoCloseable {
    /** Not 1 January: that is Java's "before 1980" sentinel and would add a field that depends on the time zone. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path root;
    private final List<Writer> open = new ArrayList<>();
    private final Map<String, String> sums = new HashMap<>();

    BundleFolder(Path root) throws IOException {
        this.root = root;
        delete(root);
        Files.createDirectories(root);
    }

    Writer writer(String path) throws IOException {
        Writer writer = Files.newBufferedWriter(file(path), StandardCharsets.UTF_8);
        open.add(writer);
        return writer;
    }

    void write(String path, String text) throws IOException {
        Files.writeString(file(path), text, StandardCharsets.UTF_8);
    }

    void write(String path, byte[] bytes) throws IOException {
        Files.write(file(path), bytes);
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return file;
    }

    void finish() throws IOException {
        for (Writer writer : open) {
            writer.close();
        }
        open.clear();
    }

    /** All paths inside, sorted by their bytes, with sizes. */
    SortedMap<String, Long> paths() throws IOException {
        TreeMap<String, Long> paths = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                paths.put(root.relativize(file).toString().replace('\\', '/'), Files.size(file));
            }
        }
        return paths;
    }

    /** Of a finished file. */
    String sha256(String path) throws IOException {
        String sum = sums.get(path);
        if (sum == null) {
            sum = sha256(root.resolve(path));
            sums.put(path, sum);
        }
        return sum;
    }

    static String sha256(Path file) throws IOException {
        return Sha256.of(file);
    }

    Path root() {
        return root;
    }

    /** Packs everything so that the same files always give the same bytes: sorted entries, one date, one level. */
    void pack(String top, Path file) throws IOException {
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(raw, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (String path : paths().keySet()) {
                ZipEntry entry = new ZipEntry(top + "/" + path);
                entry.setTimeLocal(ENTRY_TIME);
                zip.putNextEntry(entry);
                Files.copy(root.resolve(path), zip);
                zip.closeEntry();
            }
        }
    }

    @Override
    public void close() {
        try {
            finish();
            delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + root, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
