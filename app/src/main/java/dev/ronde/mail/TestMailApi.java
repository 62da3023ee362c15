package dev.ronde.mail;

import dev.ronde.account.EmailAddress;
import dev.ronde.account.Names;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends a test mail and answers what the mail server said. */
public record TestMailApi(Supplier<TestMail> mails, Settings settings) implements Routes {
    @Override
    public void register(Router router) {
        router.post("/api/v1/mails/test", Access.ADMINS, this::send);
    }

    public record To(@Nullable String to) {}

    private void send(Context context) {
        String to = Requests.body(context, To.class).to();
        if (to == null || to.isBlank()) {
            throw Problem.invalid("/to", "required", "Send the address the test mail goes to.");
        }
        if (EmailAddress.parse(to).isEmpty()) {
            throw Problem.invalid("/to", "not_an_email", "“" + Names.clean(to) + "” is not a mail address");
        }
        TestMail.Result result =
                mails.get().send(to.strip(), settings.locale(), settings.zone(), Actor.of(Requests.principal(context)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("to", to.strip());
        SmtpAnswer answer = result.answer();
        body.put("verdict", answer.verdict().word());
        body.put("server", result.server().where());
        body.put("phase", answer.phase().word());
        body.put("smtp_code", answer.code());
        body.put("answer", answer.text());
        body.put("said", result.said());
        context.json(body);
    }
}
