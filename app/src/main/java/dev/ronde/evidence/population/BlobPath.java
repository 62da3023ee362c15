package dev.ronde.evidence.population;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where the attachments of a record lie in a bundle: by their hash and media type; their names come from outside and never become paths. */
public final class BlobPath {
    private BlobPath() {}

    public static Set<String> of(Leaf leaf) {
        Set<String> paths = new TreeSet<>();
        for (Object item : leaf.document().get("att") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> attachment = Leaf.map(item);
            paths.add("data/blobs/" + attachment.get("sha256") + "."
                    + ending(String.valueOf(attachment.get("mediaType"))));
        }
        return paths;
    }

    private static String ending(String mediaType) {
        return switch (mediaType) {
            case "application/json" -> "json";
            case "text/plain" -> "txt";
            case "text/csv" -> "csv";
            case "application/yaml" -> "yaml";
            case "application/xml" -> "xml";
            case "application/pdf" -> "pdf";
            case "image/png" -> "png";
            case "image/jpeg" -> "jpg";
            case "image/heic" -> "heic";
            case "message/rfc822" -> "eml";
            case "application/zip" -> "zip";
            default -> "bin";
        };
    }
}
