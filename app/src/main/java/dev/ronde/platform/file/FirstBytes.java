package dev.ronde.platform.file;

/** What a file is by its first bytes, whatever it is called. */
public final class FirstBytes {
    private static final int LOOKED_AT = 8_192;

    private FirstBytes() {}

    /** The media type the first bytes show; {@code application/octet-stream} where they show nothing. */
    public static String type(byte[] content) {
        if (starts(content, 0, '%', 'P', 'D', 'F', '-')) {
            return "application/pdf";
        }
        if (starts(content, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return "image/png";
        }
        if (starts(content, 0, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        if (starts(content, 4, 'f', 't', 'y', 'p', 'h', 'e', 'i')
                || starts(content, 4, 'f', 't', 'y', 'p', 'm', 'i', 'f', '1')) {
            return "image/heic";
        }
        if (starts(content, 0, 'P', 'K', 3, 4) || starts(content, 0, 'P', 'K', 5, 6)) {
            return "application/zip";
        }
        if (starts(content, 0, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) {
            return "application/x-ole-storage";
        }
        boolean text = text(content);
        // A text may begin with these two letters; a program that does has zero bytes in its header.
        boolean windows = starts(content, 0, 'M', 'Z') && !text;
        if (windows || starts(content, 0, 0x7f, 'E', 'L', 'F') || starts(content, 0, '#', '!')) {
            return "application/x-executable";
        }
        return text ? "text/plain" : "application/octet-stream";
    }

    private static boolean text(byte[] content) {
        for (int at = 0; at < Math.min(content.length, LOOKED_AT); at++) {
            if (content[at] == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(byte[] bytes, int from, int... magic) {
        if (bytes.length < from + magic.length) {
            return false;
        }
        for (int index = 0; index < magic.length; index++) {
            if ((bytes[from + index] & 0xff) != magic[index]) {
                return false;
            }
        }
        return true;
    }
}
