package dev.ronde.mail.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets behind the handles, one per key id, in a file outside the database: who reads the database alone can
 * forge nothing. One line per key: the id (1 to 127), a space, 64 hex digits; the highest id signs new handles.
 */
public final class MasterKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private volatile NavigableMap<Integer, byte[]> secrets;

    private MasterKeys(Path file, NavigableMap<Integer, byte[]> secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** Reads the file, or makes it (mode 0600) with a first key where there is none.
     *
     * @throws IllegalStateException for a file that is not a key file, naming the line */
    public static MasterKeys open(Path file) {
        if (!Files.exists(file)) {
            create(file, line(1));
        }
        return new MasterKeys(file, read(file));
    }

    public int newest() {
        return secrets.lastKey();
    }

    /** The secret of a key id; looks into the file again, because another node may have added it. */
    public Optional<byte[]> secret(int kid) {
        byte[] secret = secrets.get(kid);
        if (secret == null && kid > newest()) {
            secrets = read(file);
            secret = secrets.get(kid);
        }
        return Optional.ofNullable(secret);
    }

    /** Adds a key with the next id and returns that id; the older ones go on verifying.
     *
     * @throws IllegalStateException when all 127 ids are used */
    public synchronized int add() {
        NavigableMap<Integer, byte[]> present = read(file);
        int kid = present.lastKey() + 1;
        if (kid > 127) {
            throw new IllegalStateException(file + " holds 127 keys; remove the lines of retired ones");
        }
        try {
            String text = Files.readString(file);
            write(file, text + (text.endsWith("\n") ? "" : "\n") + line(kid));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot add a key to " + file, e);
        }
        secrets = read(file);
        return kid;
    }

    private static String line(int kid) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return kid + " " + HexFormat.of().formatHex(secret) + "\n";
    }

    private static NavigableMap<Integer, byte[]> read(Path file) {
        NavigableMap<Integer, byte[]> found = new TreeMap<>();
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    if (!line.matches("([1-9]|[1-9][0-9]|1[01][0-9]|12[0-7]) [0-9a-f]{64}")) {
                        throw new IllegalStateException(file + " line " + number
                                + ": expected a key id from 1 to 127, a space and 64 hex digits");
                    }
                    int space = line.indexOf(' ');
                    int kid = Integer.parseInt(line.substring(0, space));
                    found.put(kid, HexFormat.of().parseHex(line.substring(space + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the mail key " + file + " (RONDE_MAIL_KEY)", e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(file + " holds no key; remove it to have a new one made");
        }
        return found;
    }

    /** Several nodes may start at once on one folder: the first link wins, the others read it. */
    private static void create(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = privateFile(file, text);
            try {
                Files.createLink(file, fresh);
            } catch (UnsupportedOperationException e) {
                Files.move(fresh, file);
            } catch (FileAlreadyExistsException e) {
                // Another node was first; its key is the one.
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the mail key " + file + " (RONDE_MAIL_KEY)", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.move(privateFile(file, text), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path privateFile(Path beside, String text) throws IOException {
        Path fresh = beside.resolveSibling(beside.getFileName() + "." + Long.toHexString(RANDOM.nextLong()));
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        return fresh;
    }
}
