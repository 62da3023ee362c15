package dev.ronde.review.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says what a file really is: its first bytes must keep what its name promises. */
public final class FileSniffer {

    private static final int HEAD = 1024;
    private static final Set<String> ARCHIVES =
            Set.of("zip", "7z", "rar", "jar", "gz", "tgz", "tar", "xz", "bz2", "cab", "iso");
    private static final Set<String> CAN_RUN = Set.of(
            "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "lnk", "sh", "py",
            "html", "htm", "svg", "xhtml");

    private FileSniffer() {}

    /**
     * What was found out.
     *
     * @param reason why it is refused; empty where the kind stands
     */
    public record Verdict(Optional<FileKind> kind, String reason) {

        private static Verdict of(FileKind kind) {
            return new Verdict(Optional.of(kind), "");
        }

        private static Verdict refused(String reason) {
            return new Verdict(Optional.empty(), reason);
        }
    }

    /** Looks at a file of this name. */
    public static Verdict look(String name, byte[] bytes) {
        Optional<FileKind> promised = FileKind.ofName(name);
        if (promised.isEmpty()) {
            return Verdict.refused("files named like this are not taken; taken are " + FileKind.endings());
        }
        FileKind kind = promised.get();
        if (bytes.length == 0) {
            return Verdict.refused("the file is empty");
        }
        if (kind.readable()) {
            return text(kind, bytes);
        }
        return kind.zipped() ? archive(kind, bytes) : binary(kind, bytes);
    }

    private static Verdict binary(FileKind kind, byte[] bytes) {
        boolean kept = switch (kind) {
            case PDF -> starts(bytes, 0, '%', 'P', 'D', 'F', '-');
            case PNG -> starts(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
            case JPEG -> starts(bytes, 0, 0xff, 0xd8, 0xff);
            case HEIC -> starts(bytes, 4, 'f', 't', 'y', 'p');
            case MSG -> starts(bytes, 0, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
            default -> false;
        };
        return kept ? Verdict.of(kind) : Verdict.refused("its content is not what its name says");
    }

    private static Verdict text(FileKind kind, byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return Verdict.refused("its content is not text");
            }
        }
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (head.startsWith("#!") || head.startsWith("mz\u0090")) {
            return Verdict.refused("it is a program");
        }
        if (head.contains("<html")
                || head.contains("<!doctype html")
                || head.contains("<svg")
                || head.contains("<script")) {
            return Verdict.refused("it is a page or a drawing that can run; send it as a picture or as PDF");
        }
        if (kind == FileKind.JSON && !utf8(bytes)) {
            return Verdict.refused("its content is not UTF-8");
        }
        return Verdict.of(kind);
    }

    private static boolean utf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static Verdict archive(FileKind kind, byte[] bytes) {
        if (!starts(bytes, 0, 'P', 'K')) {
            return Verdict.refused("its content is not what its name says");
        }
        Optional<ZipIndex> index = ZipIndex.read(bytes);
        if (index.isEmpty()) {
            return Verdict.refused("it cannot be read to its end");
        }
        if (index.get().encrypted()) {
            return Verdict.refused("it is encrypted, so nobody can say what it holds");
        }
        for (String name : index.get().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            String ending = lower.substring(lower.lastIndexOf('.') + 1);
            if (lower.endsWith("vbaproject.bin")) {
                return Verdict.refused("it holds macros");
            }
            if (ARCHIVES.contains(ending)) {
                return Verdict.refused("it holds another archive");
            }
            if (CAN_RUN.contains(ending)) {
                return Verdict.refused("it holds something that can run");
            }
        }
        return Verdict.of(kind);
    }

    private static boolean starts(byte[] bytes, int from, int... magic) {
        if (bytes.length < from + magic.length) {
            return false;
        }
        for (int index = 0; index < magic.length; index++) {
            if ((bytes[from + index] & 0xff) != magic[index]) {
                return false;
            }
        }
        return true;
    }
}
