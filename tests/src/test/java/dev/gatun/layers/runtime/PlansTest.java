package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.Permute;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What plans run and how much memory they take. */
final class PlansTest {

    private static final Shape SHAPE = Shape.of(4, 6, 6);

    private final Input x = Input.shape(6, 6).named("x");

    /** Turned again and again, so that no two calls run as one. */
    private Node chain(int length) {
        Node node = x;
        for (int i = 0; i < length; i++) {
            node = Permute.dims(2, 1).on(Dense.units(6).on(node));
        }
        return node;
    }

    private long bytes(int length, ExecutionMode mode) {
        try (Model model = Model.of(x, chain(length))) {
            return model.network().execution(List.of(SHAPE), mode).bytes();
        }
    }

    /** In predictions a value's place is given to others; the way back reads them all. */
    @Test
    void aDeepModelPredictsInTheMemoryOfAShallowOne() {
        assertEquals(bytes(3, ExecutionMode.INFERENCE), bytes(20, ExecutionMode.INFERENCE));
        long three = bytes(3, ExecutionMode.TRAINING);
        long four = bytes(4, ExecutionMode.TRAINING);
        assertTrue(four > three);
        assertEquals(16 * (four - three), bytes(20, ExecutionMode.TRAINING) - four);
    }

    /** Whatever is read later, be it by the caller, lies where it was. */
    @Test
    void whatIsStillToBeReadIsNotWrittenOver() {
        Tensor data = NormalTensor.of(3, 4, 6, 6);
        Dense shared = Dense.units(6).named("shared");
        List<Node> several = new ArrayList<>();
        Node node = x;
        for (int i = 0; i < 6; i++) {
            node = Permute.dims(2, 1).on(shared.on(node));
            several.add(node);
        }
        try (Model whole = Model.of(List.of(x), several)) {
            List<Tensor> together = whole.predict(List.of(data));
            for (int i = 0; i < several.size(); i++) {
                try (Model alone = Model.of(x, several.get(i))) {
                    alone.weight("shared/kernel").set(whole.weight("shared/kernel").get());
                    assertArrayEquals(alone.predict(data).toArray(), together.get(i).toArray(), "after " + i);
                }
            }
        }
    }

    @Test
    void aPlanSaysWhatItRuns() {
        Node stack = Lstm.units(3).named("b").on(Lstm.units(3).returnSequences().named("a").on(x));
        Node end = Activation.of("tanh").named("d").on(Dropout.rate(0.5).named("drop").on(Dense.units(2).named("c")
                .on(stack)));
        try (Model model = Model.of(x, end)) {
            assertEquals("INFERENCE [(4, 6, 6)]: [a > b] [c, d]",
                    model.network().execution(List.of(SHAPE), ExecutionMode.INFERENCE).toString());
            assertEquals("TRAINING [(4, 6, 6)]: [a] [b] [c] [drop] [d]",
                    model.network().execution(List.of(SHAPE), ExecutionMode.TRAINING).toString());
        }
    }
}
