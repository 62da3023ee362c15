package dev.ronde.platform.http;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is bounded, whoever reads it and however: nothing beyond what is {@link #allow allowed}, and not slower than its
 * {@link Pace}. Its beginning has been received already.
 */
final class Incoming extends Request.Wrapper {
    private final byte[] begun;
    private final boolean whole;
    private final Pace pace;
    private boolean begunTaken;
    private long taken;
    private long most = Intake.WITHOUT_SESSION;
    private @Nullable BodyRefused refused;

    /**
     * @param begun what has been received
     * @param whole whether that is all
     */
    Incoming(Request request, byte[] begun, boolean whole, Pace pace) {
        super(request);
        this.begun = begun;
        this.whole = whole;
        this.pace = pace;
    }

    static Incoming of(Context context) {
        return Request.as(ServletContextRequest.getServletContextRequest(context.req()), Incoming.class);
    }

    void allow(long bytes) {
        most = bytes;
    }

    /** Bytes the body may bring into memory: its stated length, or the allowed length if it states none. */
    long weight() {
        long said = getLength();
        return whole ? begun.length : said >= 0 ? Math.min(said, most) : most;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (refused != null) {
            return Content.Chunk.from(refused);
        }
        if (!begunTaken) {
            begunTaken = true;
            if (whole || begun.length > 0) {
                return checked(Content.Chunk.from(ByteBuffer.wrap(begun), whole));
            }
        }
        if (whole) {
            return Content.Chunk.EOF;
        }
        Content.Chunk chunk = super.read();
        return chunk == null || Content.Chunk.isFailure(chunk) ? chunk : checked(chunk);
    }

    private Content.Chunk checked(Content.Chunk chunk) {
        taken += chunk.remaining();
        if (taken > most) {
            refused = new BodyRefused(Requests.tooLarge(most));
        } else if (!whole && pace.tooSlow(taken)) {
            refused = new BodyRefused(Pace.problem());
        }
        if (refused == null) {
            return chunk;
        }
        chunk.release();
        return Content.Chunk.from(refused);
    }

    /** What is not read here is received after the answer: no reason to close the connection with it. */
    @Override
    public boolean consumeAvailable() {
        return true;
    }

    @Override
    public void demand(Runnable callback) {
        if (whole || !begunTaken || refused != null) {
            getComponents().getExecutor().execute(callback);
        } else {
            super.demand(callback);
        }
    }
}
