package dev.ronde.check.probe;

/** The chunked transfer coding (RFC 9112 §7.1), decoded in place in the line's buffer. */
final class HttpChunks {
    private HttpChunks() {}

    /** Also true if the bytes cannot be chunks. */
    static boolean isComplete(Line line, int start) {
        int at = start;
        while (at < line.length()) {
            int newline = newline(line, at);
            if (newline < 0) {
                return false;
            }
            int size = size(line, at, newline);
            if (size <= 0) {
                return true;
            }
            at = newline + 1 + size + 2;
        }
        return false;
    }

    /** Returns where the joined data ends; stops at anything that is not a whole chunk header. */
    static int join(Line line, int start) {
        byte[] bytes = line.buffer();
        int at = start;
        int end = start;
        while (at < line.length()) {
            int newline = newline(line, at);
            int size = newline < 0 ? -1 : size(line, at, newline);
            if (size <= 0) {
                break;
            }
            int count = Math.min(size, Math.max(0, line.length() - newline - 1));
            System.arraycopy(bytes, newline + 1, bytes, end, count);
            end += count;
            at = newline + 1 + size + 2;
        }
        return end;
    }

    private static int newline(Line line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.buffer()[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** -1 if it is not a chunk header; a size that no budget allows is cut to 16 MiB. */
    private static int size(Line line, int from, int newline) {
        int size = 0;
        int digits = 0;
        for (int i = from; i < newline; i++, digits++) {
            int digit = Character.digit(line.buffer()[i], 16);
            if (digit < 0) {
                break;
            }
            size = Math.min(size * 16 + digit, 0xffffff);
        }
        return digits == 0 ? -1 : size;
    }
}
