package dev.ronde.bench;

import dev.ronde.App;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.handle.MasterKeys;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.BigEstate;
import dev.ronde.testing.TestApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers a second that are stored, decided and recorded, each handed over by HTTP as {@code mail ingest} does, on H2 with a grant
 * for every review. Half acknowledge, a quarter report a problem, a quarter are unclear and are asked back.
 */
public final class InboundBench {
    private static final String[] LINES = {"ok", "vu, merci", "problem: a rule is too wide", "what is this about?"};

    private InboundBench() {}

    private record Reply(UUID review, UUID person, String email) {}

    public static void main(String[] args) throws Exception {
        int grants = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int replies = args.length > 1 ? Integer.parseInt(args[1]) : 3_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        int clients = args.length > 3 ? Integer.parseInt(args[3]) : 4;
        Map<Setting, String> settings =
                Map.of(Setting.MAIL_FROM, "ronde@ronde.test", Setting.MAIL_REPLY, "plus", Setting.MAIL_RATE, "0");
        double[] rates = new double[rounds];
        try (TestApp app = TestApp.start(InstantSource.system(), settings, App.Mode.STILL)) {
            BigEstate.fill(app, grants);
            List<String> messages = messages(app, grants, replies * rounds);
            for (int round = 0; round < rounds; round++) {
                rates[round] = round(app, messages.subList(round * replies, (round + 1) * replies), clients);
                System.err.println("round " + round + ": " + rates[round] + " a second");
            }
        }
        Ratio.print("inbound_h2_" + grants + "_grants", "replies/s", rates);
        System.exit(0);
    }

    private static List<String> messages(TestApp app, int grants, int wanted) {
        MasterKeys keys = MasterKeys.open(app.home().resolve("keys/mail.key"));
        UUID installation = app.app()
                .database()
                .read(handle -> handle.createQuery("select installation_id from installation")
                        .mapTo(UUID.class)
                        .one());
        HandleSigner signer = new HandleSigner(keys, installation);
        Grants desk = new Grants(keys, signer, InstantSource.system());
        List<Reply> open = app.app()
                .database()
                .read(handle -> handle.createQuery("""
                        select r.id as review, p.id as person, p.email from review r join person p on p.id = r.owner_id
                         where r.opened_at is not null
                         order by case when r.attested_at is null and r.slot_no = 4 then 0 else 1 end, r.review_number
                         limit :grants""")
                        .bind("grants", grants)
                        .map((row, context) -> new Reply(
                                row.getObject("review", UUID.class),
                                row.getObject("person", UUID.class),
                                row.getString("email")))
                        .list());
        Instant until = Instant.now().plus(Duration.ofDays(90));
        List<String> handles = new ArrayList<>();
        for (int from = 0; from < open.size(); from += 500) {
            List<Reply> some = open.subList(from, Math.min(open.size(), from + 500));
            app.app()
                    .database()
                    .useTransaction(tx -> some.forEach(reply -> {
                        Grant grant = desk.ensure(tx, HandlePurpose.REPLY, reply.review(), reply.person(), until);
                        handles.add(desk.handle(grant));
                    }));
        }
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            int of = i % handles.size();
            messages.add("From: " + open.get(of).email() + "\r\nTo: Ronde <ronde+" + handles.get(of)
                    + "@ronde.test>\r\nSubject: Re: review\r\nMessage-ID: <bench" + i
                    + "@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                    + LINES[i % LINES.length]
                    + "\r\n\r\nOn Fri, Feb 27, 2026 at 9:12 AM Ronde <ronde@ronde.test> wrote:\r\n"
                    + "> The review of asset waits for you.\r\n".repeat(20));
        }
        return messages;
    }

    private static double round(TestApp app, List<String> messages, int clients) throws Exception {
        ConcurrentLinkedQueue<String> queue = new ConcurrentLinkedQueue<>(messages);
        AtomicInteger decided = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        List<Future<?>> done = new ArrayList<>();
        long from = System.nanoTime();
        for (int client = 0; client < clients; client++) {
            done.add(pool.submit(() -> {
                HttpClient http = HttpClient.newHttpClient();
                for (String message = queue.poll(); message != null; message = queue.poll()) {
                    decided.addAndGet(send(app, http, message) ? 1 : 0);
                }
                return null;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        pool.shutdown();
        if (decided.get() != messages.size()) {
            throw new IllegalStateException(decided + " of " + messages.size() + " were decided");
        }
        return messages.size() / seconds;
    }

    private static boolean send(TestApp app, HttpClient http, String message) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(app.address() + "/api/v1/inbox"))
                        .header("Authorization", "Bearer " + app.app().token())
                        .header("Content-Type", "message/rfc822")
                        .POST(HttpRequest.BodyPublishers.ofString(message, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body().contains("\"decision\":\"executed\"")
                || answer.body().contains("\"decision\":\"commented\"");
    }
}
