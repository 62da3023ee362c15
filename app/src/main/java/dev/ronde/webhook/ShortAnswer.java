package dev.ronde.webhook;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps the beginning of an answer as one line of at most 500 characters and reads no further: an answer may never end. */
final class ShortAnswer implements HttpResponse.BodyHandler<String> {
    private static final int KEPT_BYTES = 1_000;
    private static final int KEPT_CHARACTERS = 500;

    @Override
    public HttpResponse.BodySubscriber<String> apply(HttpResponse.ResponseInfo info) {
        return new Beginning();
    }

    /** The beginning of the text on one line, without terminal control characters. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() > KEPT_CHARACTERS ? line.substring(0, KEPT_CHARACTERS) : line;
    }

    private static final class Beginning implements HttpResponse.BodySubscriber<String> {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), KEPT_BYTES - kept.size())];
                buffer.get(part);
                kept.writeBytes(part);
            }
            if (subscription == null) {
                return;
            }
            if (kept.size() >= KEPT_BYTES) {
                subscription.cancel();
                onComplete();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.complete(line(kept.toString(StandardCharsets.UTF_8)));
        }
    }
}
