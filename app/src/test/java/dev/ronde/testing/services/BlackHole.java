package dev.ronde.testing.services;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on loopback that answers like a filtered one, over TCP and UDP: its queue of connections is full, so further ones get nothing
 * back, and nobody reads its datagrams.
 */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket server;
    private final DatagramSocket datagrams;
    private final List<Socket> queue = new ArrayList<>();

    private BlackHole(ServerSocket server) throws IOException {
        this.server = server;
        this.datagrams = new DatagramSocket(server.getLocalPort(), server.getInetAddress());
    }

    public static BlackHole open() throws IOException {
        return open("127.0.0.1");
    }

    /** @param address of loopback */
    public static BlackHole open(String address) throws IOException {
        BlackHole hole = new BlackHole(new ServerSocket(0, 1, InetAddress.getByName(address)));
        while (hole.takes()) {
            if (hole.queue.size() > 64) {
                throw new IllegalStateException("the queue of connections does not fill up");
            }
        }
        return hole;
    }

    public int port() {
        return server.getLocalPort();
    }

    private boolean takes() throws IOException {
        Socket socket = new Socket();
        queue.add(socket);
        try {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        datagrams.close();
        server.close();
    }
}
