package dev.ronde.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes plain sockets and keeps the last one, so that its read limit can follow the SMTP phase; TLS is laid over it. */
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
    public Socket createSocket() {
        Socket socket = new Socket();
        last = socket;
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = new Socket(host, port);
        last = socket;
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = new Socket(host, port);
        last = socket;
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        Socket socket = new Socket(host, port, local, localPort);
        last = socket;
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        Socket socket = new Socket(host, port, local, localPort);
        last = socket;
        return socket;
    }
}
