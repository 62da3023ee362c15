package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose reads end when the budget of the whole collection does, however slowly the other side drips, and when the
 * thread is interrupted; an interrupt of a {@link ProbeThread} closes it. TLS layered on top is bound by the same deadline, its
 * handshake included.
 */
final class BudgetSocket extends Socket {
    private static final int SLICE_MILLIS = 250;

    private final Budget budget;
    private int bytesIn;
    private int bytesOut;
    private @Nullable SocketAddress local;
    private int looks = Integer.MAX_VALUE;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private boolean inFlights;

    BudgetSocket(Budget budget) {
        super(Proxy.NO_PROXY);
        this.budget = budget;
    }

    void dial(InetSocketAddress target) throws IOException {
        int millis = budget.connectMillis();
        if (millis == 0) {
            throw new SocketTimeoutException("total");
        }
        ProbeThread.owns(this);
        setTcpNoDelay(true);
        // bound by itself, so that the log knows the port also where nobody answers
        bind(null);
        local = getLocalSocketAddress();
        try {
            connect(target, millis);
        } catch (IOException e) {
            local = source(target, getLocalPort());
            throw e;
        }
        local = getLocalSocketAddress();
        if (!target.equals(getRemoteSocketAddress())) {
            throw new IllegalStateException("the connection went to another address than the one that was tested");
        }
    }

    /** The source address according to the routing table; sends nothing to learn it. */
    private @Nullable SocketAddress source(InetSocketAddress target, int port) {
        if (port <= 0) {
            return local;
        }
        try (DatagramSocket route = new DatagramSocket()) {
            route.connect(target);
            InetAddress own = route.getLocalAddress();
            return own == null || own.isAnyLocalAddress() ? local : new InetSocketAddress(own, port);
        } catch (IOException | UncheckedIOException e) {
            return local;
        }
    }

    /** Own address and port as far as known, also after closing; null before dialling. */
    @Nullable
    SocketAddress local() {
        return local;
    }

    /** Whether the routing table had a local address for the target; known after dialling. */
    boolean knowsItsWay() {
        return local instanceof InetSocketAddress own && !own.getAddress().isAnyLocalAddress();
    }

    /** True limits reads to a moment from now on; false lets them take what the budget allows again. */
    void onlyForAMoment(boolean moment) {
        looks = moment ? 2 : Integer.MAX_VALUE;
    }

    /** In one piece: if the first record is refused, writing the second meets a reset and hides the reason. */
    void inFlights(boolean whole) throws IOException {
        sendFlight();
        inFlights = whole;
    }

    private void sendFlight() throws IOException {
        byte[] whole = flight.toByteArray();
        flight.reset();
        if (whole.length > 0) {
            super.getOutputStream().write(whole);
            bytesOut += whole.length;
        }
    }

    int bytesIn() {
        return bytesIn;
    }

    int bytesOut() {
        return bytesOut;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = await(in, bytes, offset, length);
                if (count > 0) {
                    bytesIn += count;
                    if (budget.exhausts(count)) {
                        throw new IOException("byte limit");
                    }
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (inFlights) {
                    flight.write(bytes, offset, length);
                } else {
                    out.write(bytes, offset, length);
                    bytesOut += length;
                }
            }
        };
    }

    /** Waits in slices, so that an interrupt is noticed; readMillis ends the loop when all of the time is gone. */
    private int await(InputStream in, byte[] bytes, int offset, int length) throws IOException {
        sendFlight();
        OptionalInt count = OptionalInt.empty();
        for (int look = 0; count.isEmpty(); look++) {
            if (look >= looks) {
                throw new SocketTimeoutException("nothing yet");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the probe was stopped");
            }
            setSoTimeout(budget.readMillis(SLICE_MILLIS));
            count = slice(in, bytes, offset, length);
        }
        return count.getAsInt();
    }

    private static OptionalInt slice(InputStream in, byte[] bytes, int offset, int length) throws IOException {
        try {
            return OptionalInt.of(in.read(bytes, offset, length));
        } catch (SocketTimeoutException e) {
            return OptionalInt.empty();
        }
    }
}
