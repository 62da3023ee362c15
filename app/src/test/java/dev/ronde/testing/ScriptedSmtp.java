package dev.ronde.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * An SMTP server that answers as told: by default it takes everything; an answer per command word ({@code GREETING},
 * {@code EHLO}, {@code AUTH}, {@code MAIL}, {@code RCPT}, {@code DATA}, {@code BODY}, {@code DOT}) replaces the usual one. {@code close} ends the
 * connection, {@code silence} answers nothing.
 */
public final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile int connections = Integer.MAX_VALUE;
    private volatile IntConsumer onTaken = count -> {};

    public ScriptedSmtp() {
        listener = Unchecked.get(() -> new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    public ScriptedSmtp answering(String command, String answer) {
        script.put(command, answer);
        return this;
    }

    public ScriptedSmtp usual() {
        script.clear();
        return this;
    }

    /** Greets no more than so many clients at once; the others are asked to come later. */
    public ScriptedSmtp serving(int clients) {
        connections = clients;
        return this;
    }

    /** Calls this with the number of messages taken, after each and before its answer. */
    public ScriptedSmtp afterEach(IntConsumer taken) {
        onTaken = taken;
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The messages whose final dot was read, also where the answer to it was not a success. */
    public List<String> taken() {
        return taken;
    }

    /** The envelope senders that were given, without angle brackets. */
    public List<String> senders() {
        return senders;
    }

    /** The envelope recipients that were given, without angle brackets. */
    public List<String> recipients() {
        return recipients;
    }

    @Override
    public void close() {
        Unchecked.run(() -> {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        });
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-smtp-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            conversation(socket, busy.incrementAndGet() > connections);
        } finally {
            busy.decrementAndGet();
        }
    }

    private void conversation(Socket socket, boolean tooMany) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            if (tooMany) {
                out.write("421 4.3.2 too many connections\r\n".getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (!answer(out, "GREETING", "220 scripted ESMTP")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
                if (word.equals("MAIL")) {
                    senders.add(line.replaceAll("^[^<]*<|>.*$", ""));
                }
                if (word.equals("RCPT")) {
                    recipients.add(line.replaceAll("^[^<]*<|>.*$", ""));
                }
                boolean goOn = switch (word) {
                    case "EHLO" -> answer(out, word, "250-scripted\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME");
                    case "AUTH" -> answer(out, word, "235 2.7.0 ok");
                    case "DATA" -> answer(out, word, "354 go on") && (refuses(word) || body(in, out));
                    case "QUIT" -> {
                        answer(out, word, "221 bye");
                        yield false;
                    }
                    default -> answer(out, word, "250 2.1.0 ok");
                };
                if (!goOn) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    private boolean refuses(String word) {
        String answer = script.get(word);
        return answer != null && !answer.startsWith("3");
    }

    private boolean body(BufferedReader in, OutputStream out) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if ("close".equals(script.get("BODY"))) {
                return false;
            }
            if (line.equals(".")) {
                taken.add(message.toString());
                onTaken.accept(taken.size());
                return answer(out, "DOT", "250 2.0.0 Ok: queued as 4Xyz" + taken.size());
            }
            message.append(line.startsWith("..") ? line.substring(1) : line).append('\n');
        }
        return false;
    }

    private boolean answer(OutputStream out, String command, String usual) throws IOException {
        String answer = script.getOrDefault(command, usual);
        if (answer.equals("close")) {
            return false;
        }
        if (!answer.equals("silence")) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        return true;
    }
}
