package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.seal.LedgerDamaged;
import java.io.IOException;
import java.util.List;
import java.util.Map;

record BlobFiles(ExportDao dao, BundleFolder folder) {
    /** Names come from outside and never become paths. */
    void add(Leaf leaf) throws IOException {
        for (Object item : leaf.document().get("att") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> attachment = item instanceof Map<?, ?> map ? map : Map.of();
            Hash hash = Hash.ofHex(String.valueOf(attachment.get("sha256")));
            String path = "data/blobs/" + hash + "." + ending(String.valueOf(attachment.get("mediaType")));
            if (!folder.has(path)) {
                folder.write(path, content(leaf, hash));
            }
        }
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

    private byte[] content(Leaf leaf, Hash hash) {
        byte[] content = dao.findBlob(hash.bytes())
                .orElseThrow(
                        () -> new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " is missing"));
        if (!Hash.sha256(content).equals(hash)) {
            throw new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " was changed");
        }
        return content;
    }
}
