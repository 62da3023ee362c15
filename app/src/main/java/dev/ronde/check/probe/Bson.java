package dev.ronde.check.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks the top level of a BSON document (bsonspec.org 1.1) without taking anything out of it but numbers. */
final class Bson {
    private final ByteBuffer bytes;
    private final int end;
    private int at;
    private int type;
    private int nameStart;
    private int valueStart;

    Bson(ByteBuffer bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = Math.min(end, bytes.limit());
    }

    /** False at the end and at the first thing that is not a field. */
    boolean next() {
        if (at >= end || bytes.get(at) == 0) {
            return false;
        }
        type = bytes.get(at) & 0xff;
        nameStart = at + 1;
        int zero = nameStart;
        while (zero < end && bytes.get(zero) != 0) {
            zero++;
        }
        valueStart = zero + 1;
        long size = size();
        if (size < 0 || valueStart + size > end) {
            return false;
        }
        at = (int) (valueStart + size);
        return true;
    }

    boolean isNamed(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        return bytes.slice(nameStart, valueStart - 1 - nameStart).equals(ByteBuffer.wrap(wanted));
    }

    long number() {
        return switch (type) {
            case 0x01 -> (long) bytes.getDouble(valueStart);
            case 0x08 -> bytes.get(valueStart);
            case 0x10 -> bytes.getInt(valueStart);
            case 0x12 -> bytes.getLong(valueStart);
            default -> 0;
        };
    }

    /** In bytes; -1 for types that no server uses in an answer to this question. */
    private long size() {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> 8;
            case 0x02 -> length() < 0 ? -1 : 4L + length();
            case 0x03, 0x04 -> length() < 5 ? -1 : length();
            case 0x05 -> length() < 0 ? -1 : 5L + length();
            case 0x07 -> 12;
            case 0x08 -> 1;
            case 0x0a -> 0;
            case 0x10 -> 4;
            default -> -1;
        };
    }

    private int length() {
        return valueStart + 4 > end ? -1 : bytes.getInt(valueStart);
    }
}
