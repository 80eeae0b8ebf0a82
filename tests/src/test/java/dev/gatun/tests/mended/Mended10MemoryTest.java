package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.Fork;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Issue D, number 10: {@code Lstm.units(9000)} ended in "Java heap space"; what did not fit is said, and how much is there. */
final class Mended10MemoryTest {

    private static final Pattern BYTES = Pattern.compile("(\\d+) bytes");

    @Test
    void weightsThatNoMachineHoldsAreNamedWithTheirBytes() {
        Input input = Input.sequence(4);
        String message = assertThrows(OutOfMemoryError.class,
                () -> Model.of(input, Lstm.units(200_000_000).named("giant").on(input))).getMessage();
        says(message, "'giant/recurrent_kernel'", "(200000000, 800000000)", "use fewer units",
                "640000000000000000 bytes",
                "the machine has");
        assertTrue(BYTES.matcher(message).results().count() >= 3, message);
    }

    @Test
    void workingMemoryThatNoMachineHoldsIsNamedWithItsBytes() {
        Input input = Input.sequence(4);
        try (Model model = Model.of(input, Lstm.units(1000).named("long").on(input))) {
            String message = assertThrows(OutOfMemoryError.class, () -> model.warmUp(Shape.of(1, 2_000_000_000, 4)))
                    .getMessage();
            says(message, "'long ", "[(1, 2000000000, 4)]", "bytes", "smaller batch or shorter sequences");
            assertEquals(Shape.of(1, 1000), model.predict(Tensor.zeros(1, 2, 4)).shape(), "and the model goes on");
        }
    }

    @Test
    void anArenaAsksTheMachineBeforeItTouchesAGiant() {
        try (TensorArena arena = TensorArena.open("giant")) {
            String message = assertThrows(OutOfMemoryError.class, () -> arena.allocate(1L << 46, "70 terabytes"))
                    .getMessage();
            says(message, "'giant'", String.valueOf(1L << 46), "70 terabytes", "the machine has");
            Matcher left = Pattern.compile("the machine has (\\d+) bytes left").matcher(message);
            if (System.getProperty("os.name").equals("Linux")) {
                assertTrue(left.find() && Long.parseLong(left.group(1)) > 0, message);
            }
            assertEquals(0, arena.allocatedBytes());
        }
    }

    /** The recurrent kernel alone is larger than the whole heap. */
    public static final class SmallHeap {
        public static void main(String[] args) {
            Input input = Input.sequence(4);
            try (Model model = Model.of(input,
                    Lstm.units(2000).named("wide").recurrentInitializer(Initializer.GLOROT_UNIFORM).on(input))) {
                System.out.println(model.predict(Tensor.zeros(1, 1, 4)).shape());
                try {
                    model.weight("wide/recurrent_kernel").get();
                } catch (OutOfMemoryError told) {
                    System.out.println(told.getMessage());
                }
            }
        }
    }

    @Test
    void weightsNeedNoHeapAndWhoCopiesThemThereIsToldWhatDidNotFit() throws IOException, InterruptedException {
        var lines = Fork.run(SmallHeap.class, "-Xmx40m").lines();
        assertEquals("(1, 2000)", lines.get(0));
        says(lines.get(1), "Weight 'wide/recurrent_kernel'", "(2000, 8000)", "64000000 bytes", "-Xmx");
    }

    private static void says(String message, String... words) {
        for (String word : words) {
            assertTrue(message.contains(word), () -> "no " + word + " in: " + message);
        }
    }
}
