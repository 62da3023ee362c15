package dev.ronde.catalogue.cel;

import com.google.protobuf.ByteString;
import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches one evaluation: 200,000 steps, 64 KiB a text, 100,000 entries a list, two seconds, and interruption.
 *
 * <p>The listener is called for every step; the evaluator may swallow what it throws inside {@code ||}, so the flag counts, not
 * the exception.
 */
final class Budget implements CelEvaluationListener {
    private static final int MAX_STEPS = 200_000;
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_NANOS = 2_000_000_000L;

    private final long startedAtNanos = System.nanoTime();
    private int steps;
    private @Nullable String exceeded;

    @Override
    public void callback(CelExpr expression, Object result) {
        if (++steps > MAX_STEPS) {
            exceed("more than " + MAX_STEPS + " steps");
        }
        if (textLength(result) > MAX_TEXT) {
            exceed("a text longer than " + MAX_TEXT + " characters");
        }
        if (entries(result) > MAX_ENTRIES) {
            exceed("a list longer than " + MAX_ENTRIES + " entries");
        }
        if ((steps & 0xff) == 0 && System.nanoTime() - startedAtNanos > MAX_NANOS) {
            exceed("more than two seconds");
        }
        if (Thread.currentThread().isInterrupted()) {
            exceed("the evaluation was interrupted");
        }
        if (exceeded != null) {
            throw new ExceededException();
        }
    }

    private static int textLength(Object result) {
        if (result instanceof CharSequence text) {
            return text.length();
        }
        return result instanceof ByteString bytes ? bytes.size() : 0;
    }

    private static int entries(Object result) {
        if (result instanceof Collection<?> list) {
            return list.size();
        }
        return result instanceof Map<?, ?> map ? map.size() : 0;
    }

    private void exceed(String what) {
        if (exceeded == null) {
            exceeded = what;
        }
    }

    @Nullable
    String exceeded() {
        return exceeded;
    }

    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExceededException() {
            super("evaluation budget exceeded", null, false, false);
        }
    }
}
