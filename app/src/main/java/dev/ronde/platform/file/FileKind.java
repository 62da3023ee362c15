package dev.ronde.platform.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be kept as evidence: the endings of its names and the media type under which it is handed out. */
public enum FileKind {
    /** Portable documents. */
    PDF("application/pdf", "pdf"),
    /** Screenshots. */
    PNG("image/png", "png"),
    /** Photographs. */
    JPEG("image/jpeg", "jpg", "jpeg"),
    /** Photographs of phones. */
    HEIC("image/heic", "heic"),
    /** Anything readable. */
    TEXT("text/plain", "txt", "log", "cfg", "conf", "md"),
    /** Tables. */
    CSV("text/csv", "csv"),
    /** Data. */
    JSON("application/json", "json"),
    /** Data. */
    XML("application/xml", "xml"),
    /** Data. */
    YAML("application/yaml", "yaml", "yml"),
    /** A mail as it was sent. */
    EML("message/rfc822", "eml"),
    /** A mail as one program keeps it. */
    MSG("application/vnd.ms-outlook", "msg"),
    /** Texts of office programs, without macros. */
    OFFICE_TEXT("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    /** Tables of office programs, without macros. */
    OFFICE_TABLE("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    /** Texts of open office programs. */
    OPEN_TEXT("application/vnd.oasis.opendocument.text", "odt"),
    /** Tables of open office programs. */
    OPEN_TABLE("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    /** Several files at once, none of them an archive. */
    ZIP("application/zip", "zip");

    private static final Set<FileKind> READABLE = Set.of(TEXT, CSV, JSON, XML, YAML, EML);
    private static final Set<FileKind> ZIPPED = Set.of(OFFICE_TEXT, OFFICE_TABLE, OPEN_TEXT, OPEN_TABLE, ZIP);

    private final String mediaType;
    private final String endings;

    FileKind(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = String.join(" ", endings);
    }

    /** The media type under which it is handed out. */
    public String mediaType() {
        return mediaType;
    }

    /** The media type its first bytes show; see {@link FirstBytes}. */
    String firstBytes() {
        return zipped() ? "application/zip" : this == MSG ? "application/x-ole-storage" : mediaType;
    }

    /** Whether it is text throughout. */
    boolean readable() {
        return READABLE.contains(this);
    }

    /** Whether it is an archive inside. */
    boolean zipped() {
        return ZIPPED.contains(this);
    }

    /** The kind a name promises; empty for endings that are not taken. */
    static Optional<FileKind> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> List.of(kind.endings.split(" ")).contains(ending))
                .findFirst();
    }

    /** Every ending that is taken, for people to read. */
    public static String endings() {
        return Arrays.stream(values()).map(kind -> kind.endings).collect(Collectors.joining(" "));
    }
}
