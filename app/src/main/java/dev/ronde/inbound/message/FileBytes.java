package dev.ronde.inbound.message;

/** The bytes of a file that is kept. */
public final class FileBytes {
    static final FileBytes NONE = new FileBytes(new byte[0]);

    private final byte[] bytes;

    FileBytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }
}
