package dev.gatun.perf.python;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.paired.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be there in a Python. */
public enum PythonEngine {
    /** Keras on TensorFlow, whose wheels are built for processors with AVX. */
    KERAS("Keras on TensorFlow", List.of("avx")),
    /** PyTorch. */
    TORCH("PyTorch in Python", List.of());

    private static final String X86 = "x86_64";

    private final String title;
    private final List<String> flags;

    PythonEngine(String title, List<String> flags) {
        this.title = title;
        this.flags = flags;
    }

    /** As it stands in sentences. */
    public String title() {
        return title;
    }

    /** Why it would die on the processor; empty if it would not, or where the system does not say what that can do. */
    public Optional<String> refusal(Processor processor) {
        List<String> missing = processor.missing(flags);
        return processor.flags().isEmpty() || !processor.platform().endsWith(X86) || missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it needs " + String.join(", ", missing) + ", which this processor has not");
    }

    /**
     * Asks a Python what it has of the engine.
     *
     * @param python a command, for example {@code python3}
     * @param folder for the script
     */
    public PythonCheck check(String python, Path folder) {
        try {
            Process process = Script.process(python, folder, "check", name().toLowerCase(Locale.ROOT))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            byte[] said = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            return code == 0
                    ? new ObjectMapper().readValue(said, PythonCheck.class)
                    : nothing(python + " ended with exit code " + code + " when asked for it");
        } catch (IOException failed) {
            return nothing("'" + python + "' cannot be run: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return nothing("interrupted while " + python + " was asked");
        }
    }

    private static PythonCheck nothing(String reason) {
        return new PythonCheck(Map.of(), List.of(reason));
    }
}
