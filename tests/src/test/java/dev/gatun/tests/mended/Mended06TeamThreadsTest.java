package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.tests.Fork;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issue D, number 6: threads of {@code model.stream(1, 2)} and {@code model.threads(2)} lived on after their owner. */
@Timeout(120)
final class Mended06TeamThreadsTest {

    private Set<Thread> before;

    @BeforeEach
    void look() {
        before = workers();
    }

    @Test
    void aClosedStreamHasNoThreads() {
        try (Model model = model()) {
            ModelStream stream = model.stream(1, 2);
            assertEquals(1, added().size());
            stream.close();
            assertEquals(Set.of(), added());
        }
    }

    @Test
    void aClosedModelHasNoThreads() {
        Model model = model().threads(3);
        assertEquals(2, added().size());
        model.threads(2);
        assertEquals(1, added().size(), "those of the former number have ended");
        model.close();
        assertEquals(Set.of(), added());
    }

    /** Its memory goes with the model, so its threads are of no use any more. */
    @Test
    void aStreamLeftOpenEndsWithItsModel() {
        Model model = model();
        ModelStream stream = model.stream(1, 2);
        model.close();
        assertEquals(Set.of(), added());
        stream.close();
    }

    /** A team of many takes milliseconds to start, so the model is closed before the stream is planned. */
    @Test
    void aStreamWhoseModelIsClosedMeanwhileHasNoThreads() throws InterruptedException {
        for (int round = 0; round < 4; round++) {
            Model model = model();
            Thread opening = Thread.ofPlatform().start(() -> {
                try (ModelStream stream = model.stream(1, 300)) {
                    assertEquals(1, stream.outputLength());
                } catch (IllegalStateException closed) {
                    assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
                }
            });
            while (opening.isAlive() && added().isEmpty()) {
                Thread.onSpinWait();
            }
            closed(model);
            opening.join();
            assertEquals(Set.of(), added());
        }
    }

    private static void closed(Model model) {
        while (model.network().arena().isOpen()) {
            try {
                model.close();
            } catch (IllegalStateException inside) {
                Thread.onSpinWait();
            }
        }
    }

    /** In a JVM of its own: this one's tests leave no arena open. */
    @Test
    void threadsEndWhenTheirForgottenOwnerIsCollected() throws Exception {
        Fork child = Fork.run(ForgottenModels.class);
        assertEquals(List.of("0 threads"), child.lines());
        assertTrue(child.errors().contains("was never closed"), child.errors());
    }

    static Model model() {
        return Sequential.of(Input.shape(4, 2), Lstm.units(3), Dense.units(1));
    }

    private Set<Thread> added() {
        return workers().stream().filter(thread -> !before.contains(thread)).collect(Collectors.toSet());
    }

    static Set<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gatun-team-")).collect(Collectors.toSet());
    }
}
