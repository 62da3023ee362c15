package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.seal.LedgerDamaged;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Attachments by their hash; their names come from the record and never become paths. */
final class BlobFiles {
    private final ExportDao dao;
    private final BundleFolder folder;

    BlobFiles(ExportDao dao, BundleFolder folder) {
        this.dao = dao;
        this.folder = folder;
    }

    void add(Leaf leaf) throws IOException {
        if (!(leaf.document().get("att") instanceof List<?> list)) {
            return;
        }
        for (Object item : list) {
            if (item instanceof Map<?, ?> attachment) {
                add(
                        leaf,
                        Hash.ofHex(String.valueOf(attachment.get("sha256"))),
                        String.valueOf(attachment.get("mediaType")));
            }
        }
    }

    private void add(Leaf leaf, Hash hash, String mediaType) throws IOException {
        String path = "data/blobs/" + hash + "." + ending(mediaType);
        if (folder.has(path)) {
            return;
        }
        byte[] content = dao.findBlob(hash.bytes())
                .orElseThrow(
                        () -> new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " is missing"));
        if (!Hash.sha256(content).equals(hash)) {
            throw new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " was changed");
        }
        folder.write(path, content);
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
