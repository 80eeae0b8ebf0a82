package dev.gatun.perf.python;

import dev.gatun.perf.paired.Processor;
import java.util.List;
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
}
