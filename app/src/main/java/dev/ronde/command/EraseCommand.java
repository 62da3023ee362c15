package dev.ronde.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = {
            "Erase the words, the name and the address of somebody who has left; it cannot be undone.",
            "What they did, and when, stays under their reference, and every proof still holds."
        })
final class EraseCommand extends CommandBase {
    @Parameters(paramLabel = "PERSON", description = "Address or reference of the person.")
    String person = "";

    @Option(
            names = "--basis",
            paramLabel = "TEXT",
            required = true,
            description = "The legal basis, such as \"Art. 17\"; it stands in the evidence and in exports.")
    String basis = "";

    @Override
    public Integer call() {
        return withApi(api -> show(
                api.postArguments("/api/v1/erasures", ApiClient.fields("person", person, "basis", basis)),
                "person",
                "texts",
                "erased_at"));
    }
}
