package dev.ronde.account;

import dev.ronde.platform.resource.ReaderWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

record SetupForm(String name, String email, String password, String organisation, String zone, String language) {
    static SetupForm read(Map<String, String> form, String password) {
        return new SetupForm(
                Names.spaced(form.getOrDefault("name", "")),
                form.getOrDefault("email", "").strip(),
                password,
                Names.clean(form.getOrDefault("organisation", "")),
                form.getOrDefault("zone", "").strip(),
                "fr".equals(form.get("language")) ? "fr" : "en");
    }

    SetupForm withEmail(String known) {
        return new SetupForm(name, known, password, organisation, zone, language);
    }

    List<FormError> errors(boolean first, ReaderWords say) {
        List<FormError> errors = new ArrayList<>();
        FormError.ofName(name, say).ifPresent(errors::add);
        if (EmailAddress.parse(email).isEmpty()) {
            errors.add(new FormError("email", say.text("account.setup.email.invalid", Names.clean(email))));
        }
        errors.addAll(passwordErrors(password, email, say));
        if (first && organisation.isEmpty()) {
            errors.add(new FormError("organisation", say.text("account.setup.organisation.missing")));
        }
        if (Zones.parse(zone).isEmpty()) {
            errors.add(new FormError("zone", say.text("account.setup.zone.invalid", Names.clean(zone))));
        }
        return errors;
    }

    static List<FormError> passwordErrors(String password, String email, ReaderWords say) {
        return Passwords.fault(password, email).stream()
                .map(fault -> new FormError("password", say.text("account.password." + fault.word())))
                .toList();
    }
}
