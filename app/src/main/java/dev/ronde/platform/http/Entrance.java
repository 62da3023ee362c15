package dev.ronde.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in. While a body is on its way no thread waits for it; a thread is taken when there is something to do. Whether the
 * process is alive is answered by a thread of its own, however busy the others are.
 */
final class Entrance extends Handler.Wrapper {
    private static final String ALIVE = "/healthz";
    private static final int AT_WORK = 40;
    private static final int WAITING = 1_000;
    /** Bytes of an unread body to receive: a client that still writes would not see its answer. */
    private static final long MOST_FORGOTTEN = 100_000_000L;

    private final Arrivals arrivals;
    private final ExecutorService work = threads("request", AT_WORK);
    private final ExecutorService alive = threads("alive", 1);

    Entrance(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    private static ExecutorService threads(String name, int most) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        arrivals.asked(request);
        Reception reception = new Reception(request, response, new Forgetting(request, callback));
        if (reception.worthWaiting()) {
            reception.run();
        } else {
            // without a length and in no chunks there is no body
            reception.pass(request.getLength() <= 0);
        }
        return true;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        work.shutdown();
        alive.shutdown();
    }

    private final class Reception implements Invocable.Task {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Pace pace = new Pace();
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);

        Reception(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /** A long body is refused before it is read, unless its sender is known. */
        boolean worthWaiting() {
            long said = request.getLength();
            boolean unknown = said < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
            return unknown || (said > 0 && said <= Intake.WITHOUT_SESSION);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                keep(chunk.getByteBuffer());
                boolean last = chunk.isLast();
                chunk.release();
                if (last || begun.size() > Intake.WITHOUT_SESSION) {
                    pass(last);
                    return;
                }
                if (pace.tooSlow(begun.size())) {
                    arrivals.refused();
                    Response.writeError(
                            request,
                            response,
                            callback,
                            HttpStatus.REQUEST_TIMEOUT_408,
                            Pace.problem().text());
                    return;
                }
            }
        }

        private void keep(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            begun.writeBytes(copy);
        }

        void pass(boolean whole) {
            Executor threads = ALIVE.equals(Request.getPathInContext(request)) ? alive : work;
            Incoming incoming = new Incoming(request, begun.toByteArray(), whole, pace);
            try {
                threads.execute(() -> answer(incoming));
            } catch (RejectedExecutionException full) {
                arrivals.refused();
                response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
                Response.writeError(
                        request,
                        response,
                        callback,
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "The server is busy. Try again in a few seconds.");
            }
        }

        private void answer(Incoming incoming) {
            try {
                if (!Entrance.super.handle(incoming, response, callback)) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable failure) {
                Response.writeError(request, response, callback, failure);
            }
        }
    }

    /** Receives the rest of the body after the answer and drops it, up to a limit. */
    private final class Forgetting extends Callback.Nested implements Invocable.Task {
        private final Request request;
        private final Callback done;
        private @Nullable Pace pace;
        private long forgotten;

        Forgetting(Request request, Callback done) {
            super(done);
            this.request = request;
            this.done = done;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void succeeded() {
            // whoever asked whether to send it has not been told to
            if (request.getHeaders().contains(HttpHeader.EXPECT)) {
                end();
            } else {
                pace = new Pace();
                run();
            }
        }

        @Override
        public void failed(Throwable failure) {
            arrivals.answered(request);
            super.failed(failure);
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
                forgotten += chunk.remaining();
                chunk.release();
                if (last || forgotten > MOST_FORGOTTEN || pace == null || pace.tooSlow(forgotten)) {
                    end();
                    return;
                }
            }
        }

        private void end() {
            arrivals.answered(request);
            done.succeeded();
        }
    }
}
