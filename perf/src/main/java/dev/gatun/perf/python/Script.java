package dev.gatun.perf.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script that every engine of Python's runs, and how one is started. */
final class Script {

    private static final String NAME = "peer.py";

    private Script() {}

    /** A Python that runs the script, which is left in a folder; what it says on standard error goes where ours goes. */
    static ProcessBuilder process(String python, Path folder, String... words) throws IOException {
        Path file = folder.resolve(NAME);
        try (InputStream in = Script.class.getResourceAsStream(NAME)) {
            Files.write(file, in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(python, file.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        // The comparison is of processors.
        builder.environment().put("CUDA_VISIBLE_DEVICES", "-1");
        return builder;
    }
}
