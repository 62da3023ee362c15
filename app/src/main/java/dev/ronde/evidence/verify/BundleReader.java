package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle as a ZIP or as the folder it was unpacked to; paths are relative to its one top folder. Nothing is unpacked. */
final class BundleReader implements AutoCloseable {
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final Map<String, Opener> files;
    private final AutoCloseable resource;

    private BundleReader(Map<String, Opener> files, AutoCloseable resource) {
        this.files = files;
        this.resource = resource;
    }

    /** @throws Unreadable unless it is a folder or a ZIP with one top folder */
    static BundleReader open(Path path) {
        try {
            return Files.isDirectory(path) ? ofFolder(path) : ofZip(path);
        } catch (NoSuchFileException e) {
            throw new Unreadable("there is no " + path + ": name a bundle, or the folder it was unpacked into");
        } catch (IOException e) {
            throw new Unreadable("cannot read " + path + ": " + e.getMessage());
        }
    }

    private static BundleReader ofFolder(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            Map<String, Opener> files = new TreeMap<>();
            // Also a link to a folder: nothing may be there that nobody looks into.
            found.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> files.put(
                            folder.relativize(file).toString().replace('\\', '/'), () -> Files.newInputStream(file)));
            return new BundleReader(files, () -> {});
        }
    }

    private static BundleReader ofZip(Path path) throws IOException {
        ZipForm.require(path);
        ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
        Map<String, Opener> files = new TreeMap<>();
        SortedSet<String> tops = new TreeSet<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            int slash = name.indexOf('/');
            if (slash <= 0 || List.of(name.split("/", -1)).contains("..")) {
                zip.close();
                throw Unreadable.layout("the entry " + name + " is not inside one top folder");
            }
            tops.add(name.substring(0, slash));
            files.put(name.substring(slash + 1), () -> zip.getInputStream(entry));
        }
        if (tops.size() != 1) {
            zip.close();
            throw Unreadable.layout("the ZIP has " + tops.size() + " top folders instead of one");
        }
        return new BundleReader(files, zip);
    }

    SortedSet<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    InputStream open(String path) throws IOException {
        Opener opener = files.get(path);
        if (opener == null) {
            throw new Unreadable("the bundle has no " + path);
        }
        return opener.open();
    }

    /** Lines of a file and all its parts, in order; each further part of a CSV file repeats the header. */
    PartLines lines(String path) {
        List<String> parts = new ArrayList<>(List.of(path));
        files.keySet().stream().filter(name -> name.startsWith(path + ".part")).forEach(parts::add);
        return new PartLines(this::reader, parts, path.endsWith(".csv"));
    }

    BufferedReader reader(String path) throws IOException {
        return new BufferedReader(new InputStreamReader(open(path), StandardCharsets.UTF_8.newDecoder()));
    }

    byte[] bytes(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Unreadable("cannot read " + path + ": " + e.getMessage());
        }
    }

    long size(String path) {
        try (InputStream in = open(path)) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new Unreadable("cannot read " + path + ": " + e.getMessage());
        }
    }

    String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    String sha256(String path) {
        MessageDigest digest = Hash.digest();
        try (InputStream in = new DigestInputStream(open(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new Unreadable("cannot read " + path + ": " + e.getMessage());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
