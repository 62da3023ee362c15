package dev.ronde.platform.resource;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packaged files with the operator's folder over them: his file wins. Paths use {@code /} and never leave the folder. */
public final class Overlay {
    /** In bytes; a larger file of the operator is refused before it is read. */
    private static final int MAX_BYTES = 256 * 1024;

    private final String root;
    private final @Nullable Path folder;

    private Overlay(String root, @Nullable Path folder) {
        this.root = root;
        this.folder = folder == null ? null : folder.toAbsolutePath().normalize();
    }

    /** The check files ({@code RONDE_CHECKS} over the packaged ones). */
    public static Overlay checks(Settings settings) {
        return of("checks", settings, Setting.CHECKS);
    }

    /** The templates ({@code RONDE_TEMPLATES} over the packaged ones). */
    public static Overlay templates(Settings settings) {
        return of("templates", settings, Setting.TEMPLATES);
    }

    public static Overlay of(String root, @Nullable Path folder) {
        return new Overlay(root, folder);
    }

    public Overlay packaged() {
        return new Overlay(root, null);
    }

    private static Overlay of(String root, Settings settings, Setting setting) {
        Path folder = settings.find(setting).map(Path::of).orElse(null);
        if (folder != null && !Files.isDirectory(folder)) {
            throw new SettingsException(
                    setting.key() + " names " + folder + ", which is not a folder. Create it or unset it.");
        }
        return new Overlay(root, folder);
    }

    /**
     * The bytes of a file; the operator's where he has one. {@link UncheckedIOException} where his cannot be read, is larger than 256 KiB,
     * is a link that leads out of his folder, or is no file: a folder, or a pipe or device, which is never opened.
     */
    public Optional<byte[]> read(String path) {
        Optional<byte[]> file = head(path, overridden(path) ? MAX_BYTES + 1 : Integer.MAX_VALUE);
        if (overridden(path) && file.isPresent() && file.get().length > MAX_BYTES) {
            throw unreadable(path, new IOException("it is too large; " + MAX_BYTES + " bytes are allowed"));
        }
        return file;
    }

    /** As {@link #read}, but of a file of any size no more than its first bytes, at most so many. */
    public Optional<byte[]> head(String path, int most) {
        try (InputStream in = open(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readNBytes(most));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The SHA-256 of the whole of a file of any size, in hexadecimal; of which no more than a few KiB are held at a time. */
    public Optional<String> sha256(String path) {
        try (InputStream in = open(path)) {
            if (in == null) {
                return Optional.empty();
            }
            MessageDigest sha256 = Sha256.digest();
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            return Optional.of(Sha256.hex(sha256));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private @Nullable InputStream open(String path) throws IOException {
        Path own = ownPath(path);
        if (own == null || !stands(own)) {
            return Overlay.class.getClassLoader().getResourceAsStream(root + "/" + path);
        }
        if (!Files.isRegularFile(own)) {
            throw new IOException("it is a folder, a pipe, a device or a link to nothing, not a file");
        }
        if (folder == null || !own.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException("it is a link that leads out of the folder");
        }
        return Files.newInputStream(own);
    }

    private UncheckedIOException unreadable(String path, IOException cause) {
        return new UncheckedIOException("cannot read " + root + "/" + path + ": " + cause.getMessage(), cause);
    }

    public Optional<String> text(String path) {
        return read(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether the operator's own stands there, be it a file or something that has its name. */
    public boolean overridden(String path) {
        Path own = ownPath(path);
        return own != null && stands(own);
    }

    private static boolean stands(Path own) {
        return Files.exists(own, LinkOption.NOFOLLOW_LINKS);
    }

    /** The file as people know it: where the operator's own stands, its place in his folder. */
    public String shown(String path) {
        Path own = ownPath(path);
        return own != null && stands(own) ? own.toString() : root + "/" + path;
    }

    /** Paths of the operator's own files anywhere below a folder, sorted; none where he has no folder. */
    public List<String> own(String below) {
        Path start = ownPath(below);
        if (start == null || !Files.isDirectory(start) || folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root + "/" + below, e);
        }
    }

    private @Nullable Path ownPath(String path) {
        if (folder == null) {
            return null;
        }
        Path file = folder.resolve(path).normalize();
        return file.startsWith(folder) ? file : null;
    }

    /**
     * Paths of the files directly in a folder ({@code ""} for the root) whose names end so, sorted; both layers. What has such a name in
     * the operator's folder and is no file is among them: who reads it is told so.
     */
    public List<String> list(String inFolder, String suffix) {
        SortedSet<String> names = new TreeSet<>();
        String prefix = inFolder.isEmpty() ? "" : inFolder + "/";
        try {
            Path own = ownPath(inFolder);
            if (own != null && Files.isDirectory(own)) {
                addNames(names, own, prefix, path -> true);
            }
            Enumeration<URL> places =
                    Overlay.class.getClassLoader().getResources(root + (inFolder.isEmpty() ? "" : "/" + inFolder));
            while (places.hasMoreElements()) {
                addPackaged(names, places.nextElement(), prefix);
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot list " + root + "/" + inFolder, e);
        }
        return names.stream().filter(name -> name.endsWith(suffix)).toList();
    }

    private void addPackaged(SortedSet<String> names, URL place, String prefix) throws IOException, URISyntaxException {
        if (place.openConnection() instanceof JarURLConnection connection) {
            String entryPrefix = connection.getEntryName().replaceAll("/+$", "") + "/";
            try (JarFile jar = new JarFile(
                    Path.of(URI.create(connection.getJarFileURL().toString())).toFile())) {
                for (JarEntry entry : java.util.Collections.list(jar.entries())) {
                    String name = entry.getName();
                    if (name.startsWith(entryPrefix) && !entry.isDirectory()) {
                        String rest = name.substring(entryPrefix.length());
                        if (!rest.contains("/")) {
                            names.add(prefix + rest);
                        }
                    }
                }
            }
        } else {
            addNames(names, Path.of(place.toURI()), prefix, Files::isRegularFile);
        }
    }

    private static void addNames(SortedSet<String> names, Path in, String prefix, Predicate<Path> which)
            throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            files.filter(which).forEach(file -> names.add(prefix + file.getFileName()));
        }
    }
}
