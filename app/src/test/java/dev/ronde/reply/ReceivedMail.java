package dev.ronde.reply;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.ronde.testing.Unchecked;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail as it arrived at the mail server: decoded parts, and the raw message for its headers. */
public record ReceivedMail(String to, String subject, String text, String html, String raw) {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final Pattern LINK = Pattern.compile("https://ronde\\.test(/r/[a-z2-7]{40})");

    public List<String> links() {
        return LINK.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** The first link of a purpose, from the slash on. */
    public String link(char purpose) {
        return link(text, purpose);
    }

    static String link(String words, char purpose) {
        Matcher matcher = Pattern.compile("/" + purpose + "/[a-z2-7]{40}").matcher(words);
        return matcher.find() ? matcher.group() : "";
    }

    /** The address an answer goes to. */
    public String replyAddress() {
        return header("Reply-To").replaceAll(".*<|>.*", "");
    }

    public String header(String name) {
        Matcher matcher =
                Pattern.compile("(?m)^" + name + ": (.*(?:\\r?\\n[ \\t].*)*)").matcher(raw);
        return matcher.find()
                ? matcher.group(1).replaceAll("\\r?\\n[ \\t]+", " ").strip()
                : "";
    }

    /** Reads a mail as it went over the wire. */
    public static ReceivedMail of(String raw) {
        return Unchecked.get(() -> {
            byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
            return of(new MimeMessage(SESSION, new ByteArrayInputStream(bytes)), raw);
        });
    }

    static ReceivedMail of(MimeMessage message) {
        return of(message, GreenMailUtil.getWholeMessage(message));
    }

    private static ReceivedMail of(MimeMessage message, String raw) {
        return Unchecked.get(() -> {
            List<String> parts = new ArrayList<>();
            collect((Multipart) message.getContent(), parts);
            return new ReceivedMail(
                    message.getHeader("To", ","),
                    message.getSubject(),
                    parts.get(0).replace("\r\n", "\n"),
                    parts.get(1).replace("\r\n", "\n"),
                    raw);
        });
    }

    private static void collect(Multipart parts, List<String> texts) throws MessagingException, IOException {
        for (int i = 0; i < parts.getCount(); i++) {
            Object content = parts.getBodyPart(i).getContent();
            if (content instanceof Multipart inner) {
                collect(inner, texts);
            } else {
                texts.add(content.toString());
            }
        }
    }
}
