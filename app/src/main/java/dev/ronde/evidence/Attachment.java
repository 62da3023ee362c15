package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Hash;

/** A file a record refers to by its hash; the bytes lie in {@code evidence_blob}. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Attachment(String name, String mediaType, byte[] bytes) {
    Attachment {
        if (name.isBlank() || name.length() > 200 || mediaType.length() > 100 || bytes.length > 16 << 20) {
            throw new IllegalArgumentException("an attachment has a name, a media type and at most 16 MiB");
        }
    }

    Hash hash() {
        return Hash.sha256(bytes);
    }
}
