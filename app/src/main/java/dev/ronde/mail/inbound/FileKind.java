package dev.ronde.mail.inbound;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which files are taken as evidence: by their first bytes and by their name, both. */
final class FileKind {
    private static final Set<String> TEXTS =
            Set.of("txt", "log", "csv", "json", "xml", "yaml", "yml", "cfg", "conf", "eml");
    private static final Map<String, String> BINARY = Map.ofEntries(
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("heic", "image/heic"),
            Map.entry("docx", "application/zip"),
            Map.entry("xlsx", "application/zip"),
            Map.entry("odt", "application/zip"),
            Map.entry("ods", "application/zip"),
            Map.entry("zip", "application/zip"),
            Map.entry("msg", "application/x-ole-storage"));
    private static final Set<String> NESTED =
            Set.of("zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "tar", "jar", "iso", "cab");
    private static final Set<String> PROGRAMS = Set.of(
            "exe", "dll", "com", "scr", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "msi", "sh", "lnk", "hta",
            "apk");

    private FileKind() {}

    /** The type the first bytes show. */
    static String found(byte[] content) {
        if (starts(content, 0, "%PDF-")) {
            return "application/pdf";
        }
        if (content.length > 8 && content[0] == (byte) 0x89 && starts(content, 1, "PNG")) {
            return "image/png";
        }
        if (content.length > 3 && content[0] == (byte) 0xFF && content[1] == (byte) 0xD8) {
            return "image/jpeg";
        }
        if (starts(content, 4, "ftyphei") || starts(content, 4, "ftypmif1")) {
            return "image/heic";
        }
        if (starts(content, 0, "PK\003\004") || starts(content, 0, "PK\005\006")) {
            return "application/zip";
        }
        if (content.length > 8 && content[0] == (byte) 0xD0 && content[1] == (byte) 0xCF && content[2] == 0x11) {
            return "application/x-ole-storage";
        }
        if (starts(content, 0, "MZ") || starts(content, 0, "\177ELF") || starts(content, 0, "#!")) {
            return "application/x-executable";
        }
        return text(content) ? "text/plain" : "application/octet-stream";
    }

    /** Why a file of this name and type is refused; empty where it may be kept. */
    static String refusal(String name, String found, byte[] content) {
        String extension =
                name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
        if (found.equals("application/x-executable") || PROGRAMS.contains(extension)) {
            return "program";
        }
        if (extension.matches("html?|svg|xhtml|mht|mhtml")) {
            return "active_page";
        }
        if (TEXTS.contains(extension)) {
            return found.equals("text/plain") ? "" : "not_what_it_says";
        }
        String expected = BINARY.get(extension);
        if (expected == null) {
            return "type_not_taken";
        }
        if (!expected.equals(found)) {
            return "not_what_it_says";
        }
        return found.equals("application/zip") ? zip(content, extension) : "";
    }

    /** Looks at the names in the archive: macros, archives in archives, encryption. */
    private static String zip(byte[] content, String extension) {
        int at = 0;
        int entries = 0;
        while (at + 30 < content.length && starts(content, at, "PK\003\004") && entries++ < 10_000) {
            int flags = le16(content, at + 6);
            if ((flags & 1) != 0) {
                return "encrypted";
            }
            int nameLength = le16(content, at + 26);
            int from = at + 30;
            int to = Math.min(content.length, from + nameLength);
            String entry = new String(content, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (entry.endsWith("vbaproject.bin")) {
                return "macros";
            }
            String inner = entry.substring(entry.lastIndexOf('.') + 1);
            if (extension.equals("zip") && (NESTED.contains(inner) || PROGRAMS.contains(inner))) {
                return NESTED.contains(inner) ? "archive_in_archive" : "program";
            }
            at = next(content, to);
        }
        return "";
    }

    /** The next entry: sizes may be missing in the header, so its mark is looked for. */
    private static int next(byte[] content, int from) {
        for (int at = from; at + 4 <= content.length; at++) {
            if (content[at] == 'P' && content[at + 1] == 'K' && (content[at + 2] == 3 || content[at + 2] == 1)) {
                return at;
            }
        }
        return content.length;
    }

    private static int le16(byte[] content, int at) {
        return (content[at] & 0xFF) | ((content[at + 1] & 0xFF) << 8);
    }

    private static boolean starts(byte[] content, int at, String mark) {
        byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
        if (content.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (content[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(byte[] content) {
        int looked = Math.min(content.length, 8_192);
        for (int at = 0; at < looked; at++) {
            if (content[at] == 0) {
                return false;
            }
        }
        return true;
    }
}
