package dev.ronde.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program's stdout, which remembers that it could not be written: a stream for printing swallows that, and a full disk would leave half
 * an export and the exit code 0.
 */
public final class StandardOut extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    private StandardOut() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    public static StandardOut install() {
        StandardOut out = new StandardOut();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out;
    }

    /** Why something could not be written; empty where all was, or where the reader had enough, as {@code head} has. */
    public Optional<String> failure() {
        System.out.flush();
        IOException found = failure;
        return Optional.ofNullable(found).map(IOException::getMessage).filter(text -> !text.contains("Broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        try {
            out.write(b);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
