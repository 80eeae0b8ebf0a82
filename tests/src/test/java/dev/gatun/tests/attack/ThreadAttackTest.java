package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.tests.attack.threads.ThreadRun;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Several threads at one door at once: each call gives the bits it would give alone, or is refused with a sentence. Nobody
 * hangs, and when all is closed no thread of ours lives.
 */
final class ThreadAttackTest {

    @Test
    void eachCallIsRightOrRefused() throws Exception {
        List<String> lines;
        try (Child child = Child.start(Child.USUAL, ThreadRun.class, Dose.of(1, 150), Dose.of(60, 250))) {
            lines = child.lines(Duration.ofMinutes(Dose.of(3, 20)));
        }
        for (String line : lines) {
            if (!line.startsWith("FAULT")) {
                String[] counts = line.split(" ");
                Row.tell(ThreadAttackTest.class, "Threads: " + counts[0], String.format(Locale.ROOT,
                        "%,d rounds: %,d calls with the right bits, %,d refused with a sentence, %,d other; no thread left",
                        Integer.parseInt(counts[1]), Integer.parseInt(counts[2]), Integer.parseInt(counts[3]),
                        Integer.parseInt(counts[4])));
            }
        }
        List<String> faults = lines.stream().filter(line -> line.startsWith("FAULT")).toList();
        assertEquals(List.of(), faults);
    }
}
