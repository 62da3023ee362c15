package dev.ronde.platform.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what a file really is: its first bytes must keep what its name promises, and nothing in it may run or hide. */
public final class FileSniffer {
    private static final int HEAD = 1024;
    private static final Set<String> ARCHIVES =
            Set.of("zip", "7z", "rar", "jar", "gz", "tgz", "tar", "xz", "bz2", "cab", "iso");
    /** Bytes of one archive that are unpacked at most; a zip bomb has more. */
    private static final int UNPACKED = 64 << 20;

    private static final Set<String> MACROS =
            Set.of("docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm");
    private static final Set<String> PAGES = Set.of("html", "htm", "svg", "xhtml", "mht", "mhtml");
    private static final Set<String> PROGRAMS = Set.of(
            "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "lnk", "sh", "py",
            "apk");

    private static final String RUNNING = "<(?:[^\\s<>/:!?]+:)?(?:svg|html|script)[\\s/>]";

    private static final Pattern ELEMENT = Pattern.compile(RUNNING);
    private static final Pattern ROOT = Pattern.compile("[^<]*(?:<!doctype[^<>\\[]*>[^<]*)?" + RUNNING);
    /** Document types that run, or that declare entities of their own. */
    private static final Pattern KIND = Pattern.compile("<!doctype\\s+(?:svg|html)|<!doctype[^<>]*\\[");

    private static final Pattern NAMESPACE = Pattern.compile("http://www\\.w3\\.org/(?:1999/xhtml|2000/svg)");

    private record Aside(String open, String close) {}

    private static final List<Aside> ASIDES =
            List.of(new Aside("<!--", "-->"), new Aside("<![cdata[", "]]>"), new Aside("<?", "?>"));

    private static final Pattern OUTSIDE = Pattern.compile("^[/\\\\]|^[A-Za-z]:|(?:^|[/\\\\])\\.\\.(?:[/\\\\]|$)");

    private FileSniffer() {}

    /**
     * What was found out.
     *
     * @param kind what it is; empty where it is refused
     * @param refusal why it is refused; empty where it is kept
     */
    public record Verdict(Optional<FileKind> kind, Optional<FileRefusal> refusal) {
        private static Verdict of(FileKind kind) {
            return new Verdict(Optional.of(kind), Optional.empty());
        }

        private static Verdict refused(FileRefusal refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }
    }

    public static Verdict look(String name, byte[] bytes) {
        Optional<FileKind> promised = FileKind.ofName(name);
        String found = FirstBytes.type(bytes);
        if (found.equals("application/x-executable") || PROGRAMS.contains(ending(name))) {
            return Verdict.refused(FileRefusal.PROGRAM);
        }
        if (PAGES.contains(ending(name))) {
            return Verdict.refused(FileRefusal.ACTIVE_PAGE);
        }
        if (promised.isEmpty()) {
            return Verdict.refused(FileRefusal.TYPE_NOT_TAKEN);
        }
        FileKind kind = promised.get();
        if (bytes.length == 0) {
            return Verdict.refused(FileRefusal.EMPTY);
        }
        if (kind.readable()) {
            return text(kind, bytes);
        }
        if (!found.equals(kind.firstBytes())) {
            return Verdict.refused(FileRefusal.NOT_WHAT_IT_SAYS);
        }
        return kind.zipped() ? archive(kind, bytes) : Verdict.of(kind);
    }

    private static Verdict text(FileKind kind, byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return Verdict.refused(FileRefusal.NOT_WHAT_IT_SAYS);
            }
        }
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (head.startsWith("#!")) {
            return Verdict.refused(FileRefusal.PROGRAM);
        }
        // A mail may hold a page: it is handed out as a mail, which nothing opens as a page.
        boolean page = head.contains("<html")
                || head.contains("<!doctype html")
                || head.contains("<svg")
                || head.contains("<script")
                // the others are shown as text; XML is what its root says, however late that comes
                || (kind == FileKind.XML && runs(bytes));
        if (page && kind != FileKind.EML) {
            return Verdict.refused(FileRefusal.ACTIVE_PAGE);
        }
        return kind == FileKind.JSON && !utf8(bytes) ? Verdict.refused(FileRefusal.NOT_WHAT_IT_SAYS) : Verdict.of(kind);
    }

    /** The first element decides about XML; one further down runs if its language has such elements. */
    private static boolean runs(byte[] bytes) {
        String text = elements(new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        return ROOT.matcher(text).lookingAt()
                || KIND.matcher(text).find()
                || (NAMESPACE.matcher(text).find() && ELEMENT.matcher(text).find());
    }

    private static String elements(String text) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
            int here = at;
            Optional<Aside> opened = ASIDES.stream()
                    .filter(aside -> text.startsWith(aside.open(), here))
                    .findFirst();
            if (opened.isEmpty()) {
                at++;
                continue;
            }
            kept.append(text, from, at).append(' ');
            String close = opened.get().close();
            int end = text.indexOf(close, at + opened.get().open().length());
            if (end < 0) {
                return kept.toString();
            }
            at = end + close.length();
            from = at;
        }
        return kept.append(text.substring(from)).toString();
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
        Optional<ZipIndex> index = ZipIndex.read(bytes);
        if (index.isEmpty()) {
            return Verdict.refused(FileRefusal.BROKEN);
        }
        if (index.get().encrypted()) {
            return Verdict.refused(FileRefusal.ENCRYPTED);
        }
        int left = UNPACKED;
        for (ZipIndex.Entry entry : index.get().entries()) {
            Optional<FileRefusal> named = byName(entry.name());
            if (named.isPresent()) {
                return Verdict.refused(named.get());
            }
            if (kind == FileKind.ZIP) {
                Optional<byte[]> content = ZipIndex.content(bytes, entry, left);
                if (content.isEmpty()) {
                    return Verdict.refused(
                            entry.unpacked() > left ? FileRefusal.TOO_LARGE_UNPACKED : FileRefusal.BROKEN);
                }
                left -= content.get().length;
                Optional<FileRefusal> inside = inside(entry.name(), content.get());
                if (inside.isPresent()) {
                    return Verdict.refused(inside.get());
                }
            }
        }
        return Verdict.of(kind);
    }

    /** A document counts as if it were alone; anything else is refused if it can run or is an archive. */
    private static Optional<FileRefusal> inside(String name, byte[] content) {
        if (isDocument(name)) {
            return look(name, content).refusal();
        }
        return switch (FirstBytes.type(content)) {
            case "application/x-executable" -> Optional.of(FileRefusal.PROGRAM);
            case "application/zip" -> Optional.of(FileRefusal.ARCHIVE_IN_ARCHIVE);
            default -> look(name, content).refusal().filter(why -> why == FileRefusal.ACTIVE_PAGE);
        };
    }

    private static Optional<FileRefusal> byName(String name) {
        if (OUTSIDE.matcher(name).find()) {
            return Optional.of(FileRefusal.OUTSIDE_PATH);
        }
        if (name.toLowerCase(Locale.ROOT).endsWith("vbaproject.bin") || MACROS.contains(ending(name))) {
            return Optional.of(FileRefusal.MACROS);
        }
        if (ARCHIVES.contains(ending(name))) {
            return Optional.of(FileRefusal.ARCHIVE_IN_ARCHIVE);
        }
        return PROGRAMS.contains(ending(name)) || PAGES.contains(ending(name))
                ? Optional.of(FileRefusal.PROGRAM)
                : Optional.empty();
    }

    private static boolean isDocument(String name) {
        return FileKind.ofName(name).filter(FileKind::zipped).isPresent();
    }

    private static String ending(String name) {
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }
}
