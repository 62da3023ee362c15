package dev.ronde.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A folder for texts and papers that are made again, to be compared with those of a bundle. */
final class MadeAgain implements AutoCloseable {
    private static final int BLOCK = 65_536;

    private final Path folder;

    MadeAgain() throws IOException {
        folder = Files.createTempDirectory("ronde-verify");
    }

    Path folder() {
        return folder;
    }

    /** Byte by byte; of a workbook that another zlib packed, entry by entry. */
    boolean same(String path, Path bundle) throws IOException {
        Path made = folder.resolve(path);
        Path there = bundle.resolve(path);
        return Files.mismatch(made, there) < 0 || (path.endsWith(".xlsx") && sameEntries(made, there));
    }

    private boolean sameEntries(Path made, Path there) throws IOException {
        // a copy, as that of a bundle lies in a ZIP itself
        Path copy = Files.copy(there, folder.resolve("copy"));
        try (ZipFile one = new ZipFile(made.toFile());
                ZipFile other = new ZipFile(copy.toFile())) {
            List<String> names = one.stream().map(ZipEntry::getName).toList();
            if (!names.equals(other.stream().map(ZipEntry::getName).toList())) {
                return false;
            }
            for (String name : names) {
                try (InputStream first = one.getInputStream(one.getEntry(name));
                        InputStream second = other.getInputStream(other.getEntry(name))) {
                    if (!sameBytes(first, second)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (ZipException e) {
            return false;
        }
    }

    private static boolean sameBytes(InputStream first, InputStream second) throws IOException {
        byte[] block;
        do {
            block = first.readNBytes(BLOCK);
            // one byte more than there should be is enough to see that there is more
            byte[] compared = second.readNBytes(Math.max(1, block.length));
            if (!Arrays.equals(block, compared)) {
                return false;
            }
        } while (block.length > 0);
        return true;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
