package dev.ronde.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain sockets and keeps the last one, so that its read limit can follow the SMTP phase; TLS is laid over it. They send at once: held
 * back for the receipt of what went before (Nagle), the final dot of every mail of some size would wait for the other side's delayed
 * acknowledgement, some 40 ms (RFC 1122 4.2.3.4).
 */
final class TimedSockets extends SocketFactory {
    private volatile @Nullable Socket last;

    void waitAtMost(Duration limit) {
        Socket socket = last;
        if (socket != null && !socket.isClosed()) {
            try {
                socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            } catch (SocketException e) {
                // The connection is gone; the read that follows says so with the right phase.
            }
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        last = socket;
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    private Socket connected(@Nullable InetSocketAddress from, InetSocketAddress to) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(from);
            socket.connect(to);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
