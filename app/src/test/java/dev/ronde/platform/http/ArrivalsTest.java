package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

/** How many connections there may be, from one site and from all. */
final class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(TrustedProxies.NONE);

    @Test
    void theAddressesOfOneSiteAreOne() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Arrivals.OF_ONE_ADDRESS; i++) {
            lines.add(open("2001:db8:0:1::" + Integer.toHexString(i)));
        }
        assertThat(lines).allMatch(Line::isOpen);
        assertThat(open("2001:db8:0:1::ffff").isOpen()).isFalse();
        assertThat(open("2001:db8:0:2::1").isOpen()).isTrue();
        assertThat(arrivals.news())
                .contains("too much at once in the last minute: 1 connections closed, 0 requests refused");
        assertThat(arrivals.news()).isEmpty();
        arrivals.onClosed(lines.get(0).connection());
        assertThat(open("2001:db8:0:1::ffff").isOpen()).isTrue();
    }

    @Test
    void whereAllAreOpenTheLongestSilentMakesRoom() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Arrivals.OF_ALL; i++) {
            lines.add(open("198.51." + i / 200 + "." + i % 200));
        }
        assertThat(lines).allMatch(Line::isOpen);
        assertThat(open("203.0.113.7").isOpen()).isTrue();
        assertThat(lines.get(0).isOpen()).isFalse();
        assertThat(lines.subList(1, lines.size())).allMatch(Line::isOpen);
    }

    private Line open(String address) {
        Line line = new Line(address);
        arrivals.onOpened(line.connection());
        if (!line.isOpen()) {
            arrivals.onClosed(line.connection());
        }
        return line;
    }

    /** A connection from some address that says nothing. */
    private static final class Line extends ByteArrayEndPoint {
        private final InetSocketAddress from;
        private final AbstractConnection connection = new AbstractConnection(this, Runnable::run) {
            @Override
            public void onFillable() {}
        };

        Line(String address) {
            from = new InetSocketAddress(address, 4711);
        }

        AbstractConnection connection() {
            return connection;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return from;
        }
    }
}
