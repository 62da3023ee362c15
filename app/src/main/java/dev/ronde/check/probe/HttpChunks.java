package dev.ronde.check.probe;

import java.io.IOException;

/** The chunked transfer coding (RFC 9112 §7.1), decoded in place in the line's buffer. */
final class HttpChunks {
    private HttpChunks() {}

    /** Reads to the last chunk and returns where the joined data ends; stops at anything that is not a whole chunk header. */
    static int join(Line line, int start) throws IOException {
        byte[] bytes = line.buffer();
        int end = start;
        int data = line.lineFrom(start);
        int size = data < 0 ? -1 : size(line, start, data);
        while (size > 0) {
            boolean whole = line.atLeast(data + size + 2);
            int count = Math.min(size, line.length() - data);
            System.arraycopy(bytes, data, bytes, end, count);
            end += count;
            int next = data + size + 2;
            data = whole ? line.lineFrom(next) : -1;
            size = data < 0 ? -1 : size(line, next, data);
        }
        return end;
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
