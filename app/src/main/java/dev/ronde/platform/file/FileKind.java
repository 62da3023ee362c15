package dev.ronde.platform.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be kept as evidence: the endings of its names and the media type under which it is handed out. */
public enum FileKind {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    HEIC("image/heic", "heic"),
    TEXT("text/plain", "txt", "log", "cfg", "conf", "md"),
    CSV("text/csv", "csv"),
    JSON("application/json", "json"),
    XML("application/xml", "xml"),
    YAML("application/yaml", "yaml", "yml"),
    EML("message/rfc822", "eml"),
    MSG("application/vnd.ms-outlook", "msg"),
    OFFICE_TEXT("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    OFFICE_TABLE("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    OPEN_TEXT("application/vnd.oasis.opendocument.text", "odt"),
    OPEN_TABLE("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ZIP("application/zip", "zip");

    private static final Set<FileKind> READABLE = Set.of(TEXT, CSV, JSON, XML, YAML, EML);
    private static final Set<FileKind> ZIPPED = Set.of(OFFICE_TEXT, OFFICE_TABLE, OPEN_TEXT, OPEN_TABLE, ZIP);

    private final String mediaType;
    private final String endings;

    FileKind(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = String.join(" ", endings);
    }

    public String mediaType() {
        return mediaType;
    }

    String firstBytes() {
        return zipped() ? "application/zip" : this == MSG ? "application/x-ole-storage" : mediaType;
    }

    boolean readable() {
        return READABLE.contains(this);
    }

    boolean zipped() {
        return ZIPPED.contains(this);
    }

    static Optional<FileKind> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> List.of(kind.endings.split(" ")).contains(ending))
                .findFirst();
    }

    public static String endings() {
        return Arrays.stream(values()).map(kind -> kind.endings).collect(Collectors.joining(" "));
    }
}
