package dev.ronde.check.probe;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The addresses of this machine's own interfaces, read again at most every 30 seconds. */
final class OwnAddresses {
    private static final long KEEP_NANOS = 30_000_000_000L;

    private final LongSupplier nanos;
    private @Nullable Set<InetAddress> known;
    private long readAt;

    OwnAddresses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean contains(InetAddress address) {
        long now = nanos.getAsLong();
        if (known == null || now - readAt > KEEP_NANOS) {
            known = read();
            readAt = now;
        }
        return known.contains(address);
    }

    boolean reach(InetAddress address) {
        return address.isLoopbackAddress() || contains(address);
    }

    private static Set<InetAddress> read() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(OwnAddresses::withoutZone)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            throw new IllegalStateException("the own network interfaces cannot be read", e);
        }
    }

    private static InetAddress withoutZone(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has four or sixteen bytes", e);
        }
    }
}
