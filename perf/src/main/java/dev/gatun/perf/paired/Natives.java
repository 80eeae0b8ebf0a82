package dev.gatun.perf.paired;

import java.util.List;
import java.util.Optional;

/**
 * What an engine's native libraries need.
 *
 * @param platforms those in its jars, for example {@code linux-x86_64}
 * @param flags     what its kernels take for granted, in the words of {@code /proc/cpuinfo}; without one they would die
 */
public record Natives(List<String> platforms, List<String> flags) {

    /** Why they cannot run there; empty if they can. */
    public Optional<String> refusal(Processor processor) {
        if (!platforms.contains(processor.platform())) {
            return Optional.of("its libraries are for " + String.join(", ", platforms) + ", and this is "
                    + processor.platform());
        }
        List<String> missing = processor.missing(flags);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("its kernels need " + String.join(", ", missing) + ", which this processor has not");
    }
}
