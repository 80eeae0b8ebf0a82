package dev.gatun.perf.python;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a Python has of an engine.
 *
 * @param versions of Python and of what is there, by name
 * @param missing  what is not, and why; empty if the engine can run
 */
public record PythonCheck(Map<String, String> versions, List<String> missing) {

    /**
     * Asks it.
     *
     * @param python a command, for example {@code python3}
     * @param folder for the script
     */
    public static PythonCheck of(String python, PythonEngine engine, Path folder) {
        try {
            Process process = Script.process(python, folder, "check", engine.name().toLowerCase(Locale.ROOT))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            byte[] said = process.getInputStream().readAllBytes();
            int code = process.onExit().join().exitValue();
            return code == 0
                    ? new ObjectMapper().readValue(said, PythonCheck.class)
                    : nothing(python + " ended with exit code " + code + " when asked for it");
        } catch (IOException failed) {
            return nothing("'" + python + "' cannot be run: " + failed.getMessage());
        }
    }

    private static PythonCheck nothing(String reason) {
        return new PythonCheck(Map.of(), List.of(reason));
    }
}
