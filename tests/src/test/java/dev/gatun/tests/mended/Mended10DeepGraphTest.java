package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.Unregistered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issue D, number 10: a chain of 5,000 layers ended in {@code StackOverflowError: null}. */
@Timeout(300)
final class Mended10DeepGraphTest {

    private static final int DEEP = 5_000;

    @Test
    void aFunctionalChainOfFiveThousandLayersDoesAllAModelDoes() {
        use(functional(DEEP), DEEP);
    }

    @Test
    void aSequentialChainOfFiveThousandLayersDoesAllAModelDoes() {
        use(sequential(DEEP), DEEP);
    }

    @Test
    @Tag("thorough")
    void aHundredThousandLayersAreNoOtherMatter() {
        use(functional(100_000), 100_000);
        use(sequential(100_000), 100_000);
    }

    @Test
    void manyRecurrentLayersInARowAreJoinedWithoutRecursion() {
        int deep = 1_000;
        List<Layer> layers = new ArrayList<>(List.of(Input.sequence(1)));
        for (int i = 0; i < deep; i++) {
            layers.add(Lstm.units(1).returnSequences());
        }
        try (Model model = Sequential.of(layers)) {
            assertEquals(Shape.of(1, 2, 1), model.predict(Tensor.zeros(1, 2, 1)).shape());
            model.stream().close();
        }
    }

    @Test
    void whatIsReadTwiceIsFoundOnceHoweverDeep() {
        // Without a memory of what was seen, 2 to the power of 5,000 paths.
        Input input = Input.shape(1);
        Node node = input;
        Lstm join = Lstm.units(1).returnSequences();
        Input sequence = Input.sequence(1);
        Node state = node;
        for (int i = 0; i < 200; i++) {
            state = join.on(sequence, State.of(state, state)).sequence();
            state = Lstm.units(1).on(state);
        }
        try (Model model = Model.of(List.of(input, sequence), List.of(state))) {
            assertEquals(402, model.graph().steps().size());
        }
    }

    @Test
    void aCycleIsToldAtAnyDepth() {
        Input input = Input.shape(2);
        LayerCall[] cycle = new LayerCall[1];
        Node back = new Node() {
            @Override
            public LayerCall call() {
                return cycle[0];
            }

            @Override
            public int output() {
                return 0;
            }
        };
        cycle[0] = new Unregistered().call(CallArguments.of(List.of(input, back)));
        Node last = cycle[0].output(0);
        for (int i = 0; i < DEEP; i++) {
            last = Dense.units(2).on(last);
        }
        Node deepest = last;
        String message = assertThrows(IllegalArgumentException.class, () -> Model.of(input, deepest)).getMessage();
        assertTrue(message.contains("cycle") && message.contains("Unregistered"), message);
    }

    private static Model functional(int deep) {
        Input input = Input.shape(2);
        Node node = input;
        for (int i = 0; i < deep; i++) {
            node = Dense.units(2).on(node);
        }
        // What a debugger or a log would ask for.
        assertTrue(node.toString().length() < 1000 && node.equals(node) && node.hashCode() == node.hashCode());
        return Model.of(input, node);
    }

    private static Model sequential(int deep) {
        List<Layer> layers = new ArrayList<>(List.of(Input.shape(2)));
        for (int i = 0; i < deep; i++) {
            layers.add(Dense.units(2));
        }
        return Sequential.of(layers);
    }

    private static void use(Model built, int deep) {
        try (Model model = built) {
            assertEquals(deep, model.summaryText().lines().filter(line -> line.contains("(Dense)")).count());
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
            assertEquals(Shape.of(3, 2), model.predict(x).shape());
            assertEquals(1, Trainer.of(model).optimizer(Sgd.rate(1e-3)).loss(Loss.MSE).fit(x, x).size());
            assertEquals("dense_" + (deep - 1) + "/bias", model.weight("dense_" + (deep - 1) + "/bias").name());
            assertEquals(deep + 1, ((List<?>) ModelConfig.toMap(model.graph()).get("layers")).size());
        }
    }
}
