package dev.ronde.platform.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * The file of an H2 database, whose header names what was written last.
 *
 * <p>Each commit writes a chunk. Where a chunk does not lie where the one before it expected, H2 writes the header too, so that the
 * chunk is found after a kill; but H2 2.5 still names the chunk before it there ({@code FileStore.storeBuffer} remembers the new one only
 * after its write). A process that is killed then loses that commit and up to twenty after it, each of which was acknowledged. Here the
 * header that follows a chunk names that chunk.
 */
final class H2FileChannel extends FileBaseDefault {
    private static final int BLOCK = 4096;
    private static final int LONGEST_LINE = 1024;

    private final FileChannel file;
    private final String name;
    private @Nullable Chunk justWritten;

    /**
     * A piece of the file.
     *
     * @param block where it lies, in blocks of 4,096 bytes
     */
    private record Chunk(long block, long id, long version) {}

    H2FileChannel(FileChannel file, String name) {
        this.file = file;
        this.name = name;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        ByteBuffer bytes = position == 0 ? header(source) : source;
        Chunk chunk = position == 0 ? null : chunk(source, position);
        int length = source.remaining();
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        source.position(source.limit());
        justWritten = chunk;
        return length;
    }

    /** Names the chunk that was written just before if H2 names an older one. */
    private ByteBuffer header(ByteBuffer source) {
        Map<String, String> fields = fields(source);
        Chunk chunk = justWritten;
        if (chunk == null
                || !fields.containsKey("H")
                || source.remaining() != 2 * BLOCK
                || version(fields) >= chunk.version()) {
            return source;
        }
        HashMap<String, Object> right = new HashMap<>(fields);
        right.remove("fletcher");
        right.put("block", chunk.block());
        right.put("chunk", chunk.id());
        right.put("version", chunk.version());
        StringBuilder line = DataUtils.appendMap(new StringBuilder(), right);
        byte[] summed = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        DataUtils.appendMap(line, "fletcher", DataUtils.getFletcher32(summed, 0, summed.length));
        byte[] written = line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        // it is there twice, in case one is torn
        return ByteBuffer.allocate(2 * BLOCK).put(0, written).put(BLOCK, written);
    }

    private static @Nullable Chunk chunk(ByteBuffer source, long position) {
        Map<String, String> fields = fields(source);
        return fields.containsKey("chunk") && fields.containsKey("version")
                ? new Chunk(position / BLOCK, DataUtils.readHexLong(fields, "chunk", 0), version(fields))
                : null;
    }

    private static long version(Map<String, String> fields) {
        return DataUtils.readHexLong(fields, "version", 0);
    }

    private static Map<String, String> fields(ByteBuffer source) {
        byte[] start = new byte[Math.min(source.remaining(), LONGEST_LINE)];
        source.get(source.position(), start);
        String line = new String(start, StandardCharsets.ISO_8859_1);
        int end = line.indexOf('\n');
        if (end < 0 || !(line.startsWith("chunk:") || line.startsWith("H:"))) {
            return Map.of();
        }
        try {
            return DataUtils.parseMap(line.substring(0, end).strip());
        } catch (MVStoreException e) {
            return Map.of();
        }
    }

    /** Readers need not wait for each other, nor for the writer: no position is shared. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
