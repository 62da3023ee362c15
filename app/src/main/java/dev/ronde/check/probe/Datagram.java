package dev.ronde.check.probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One question and one answer over UDP, connected to the address that was tested, so that nobody else's packet is taken for an answer. */
final class Datagram {
    /** Longest answer that is read, in bytes. */
    static final int LARGEST = 1_500;

    private static final int SLICE_MILLIS = 250;
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private Datagram() {}

    /**
     * What came of it.
     *
     * @param local own address and port; null where none was taken
     */
    record Answer(
            WireOutcome outcome,
            int bytesOut,
            int bytesIn,
            @Nullable SocketAddress local) {}

    /** Waits as long as one connect may take; asks a second time after a second, since UDP may lose a packet. */
    static Answer exchange(InetSocketAddress target, byte[] request, byte[] answer, Budget budget, LongSupplier nanos) {
        int sent = 0;
        SocketAddress local = null;
        try (DatagramSocket socket = new DatagramSocket()) {
            ProbeThread.owns(socket);
            socket.connect(target);
            local = socket.getLocalSocketAddress();
            long start = nanos.getAsLong();
            long deadline = start + budget.connectMillis() * 1_000_000L;
            while (nanos.getAsLong() - deadline < 0) {
                if (sent == 0 || (sent == request.length && nanos.getAsLong() - start > AGAIN_NANOS)) {
                    socket.send(new DatagramPacket(request, request.length));
                    sent += request.length;
                }
                int length = receive(socket, answer, budget);
                if (length >= 0) {
                    return new Answer(WireOutcome.RESPONSE, sent, length, local);
                }
            }
            return new Answer(WireOutcome.TIMEOUT, sent, 0, local);
        } catch (PortUnreachableException e) {
            return new Answer(WireOutcome.REFUSED, sent, 0, local);
        } catch (SocketTimeoutException e) {
            return new Answer(WireOutcome.TIMEOUT, sent, 0, local);
        } catch (InterruptedIOException e) {
            throw new ProbeThread.StoppedException();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ProbeThread.StoppedException();
            }
            return new Answer(WireOutcome.UNREACHABLE, sent, 0, local);
        } finally {
            ProbeThread.ownsNothing();
        }
    }

    private static int receive(DatagramSocket socket, byte[] answer, Budget budget) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the probe was stopped");
        }
        socket.setSoTimeout(budget.readMillis(SLICE_MILLIS));
        DatagramPacket packet = new DatagramPacket(answer, answer.length);
        try {
            socket.receive(packet);
            return packet.getLength();
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }
}
