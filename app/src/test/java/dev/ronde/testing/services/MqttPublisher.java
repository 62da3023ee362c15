package dev.ronde.testing.services;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Just enough MQTT 3.1.1 to leave a retained message in a broker. */
final class MqttPublisher {
    private MqttPublisher() {}

    static void retain(int port, @Nullable String user, String password, String topic, String message) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            ByteArrayOutputStream connect = new ByteArrayOutputStream();
            text(connect, "MQTT");
            connect.write(4);
            connect.write(user == null ? 0x02 : 0xc2);
            connect.write(0);
            connect.write(10);
            text(connect, "owner");
            if (user != null) {
                text(connect, user);
                text(connect, password);
            }
            send(socket, 0x10, connect);
            expect(socket.getInputStream(), 4);
            ByteArrayOutputStream publish = new ByteArrayOutputStream();
            text(publish, topic);
            publish.write(0);
            publish.write(1);
            publish.writeBytes(message.getBytes(StandardCharsets.UTF_8));
            send(socket, 0x33, publish);
            expect(socket.getInputStream(), 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(InputStream in, int length) throws IOException {
        byte[] packet = in.readNBytes(length);
        if (packet.length < length || (packet[0] == 0x20 && packet[3] != 0)) {
            throw new IllegalStateException("the broker did not take the canary");
        }
    }

    private static void send(Socket socket, int type, ByteArrayOutputStream body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        packet.write(body.size());
        packet.writeBytes(body.toByteArray());
        socket.getOutputStream().write(packet.toByteArray());
        socket.getOutputStream().flush();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
