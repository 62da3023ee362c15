package dev.ronde.evidence.witness;

import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** One witness of {@code RONDE_WITNESSES}: where it listens and under which key it cosigns. */
record WitnessAddress(URI url, VerifierKey key) {
    static List<WitnessAddress> read(List<String> setting) {
        List<WitnessAddress> read = new ArrayList<>();
        for (String entry : setting) {
            String[] parts = entry.strip().split("\\s+", -1);
            try {
                URI url = URI.create((parts[0] + "/add-checkpoint").replace("//add-checkpoint", "/add-checkpoint"));
                if (parts.length != 2 || !List.of("http", "https").contains(url.getScheme()) || url.getHost() == null) {
                    throw new IllegalArgumentException("an entry is an address, a blank and a key");
                }
                read.add(new WitnessAddress(url, VerifierKey.parseWitness(parts[1])));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        Setting.WITNESSES.key() + " has \"" + entry.strip() + "\": " + e.getMessage()
                                + ". Write https://witness.example.org and what ronde witness printed, with commas between several.");
            }
        }
        if (read.stream().map(witness -> witness.key().name()).distinct().count() < read.size()) {
            throw new SettingsException(Setting.WITNESSES.key() + " names a witness twice.");
        }
        return read;
    }
}
