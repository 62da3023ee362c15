package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Hash;

/** A file a record refers to by its hash; the bytes lie in {@code evidence_blob}. */
final class Attachment {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;

    Attachment(String name, String mediaType, byte[] bytes) {
        if (name.isBlank() || name.length() > 200 || mediaType.length() > 100 || bytes.length > 16 << 20) {
            throw new IllegalArgumentException("an attachment has a name, a media type and at most 16 MiB");
        }
        this.name = name;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    String name() {
        return name;
    }

    String mediaType() {
        return mediaType;
    }

    Hash hash() {
        return Hash.sha256(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }
}
