package dev.gatun.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dot;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Identity;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.MergeLayer;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Node;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Subtract;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.tests.own.Averaging;
import dev.gatun.tests.own.FixedVectors;
import dev.gatun.tests.own.Refusing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which values carry a mask: from the call that is given or makes one, to the last that still has steps. */
final class MaskRulesTest {

    private final Input words = Input.ints(5).named("words");
    private final Input data = Input.shape(5, 3).named("data");
    private final Input mask = Input.mask(5).named("mask");
    private final Node vectors = FixedVectors.of(8, 3).named("vectors").on(words);

    private static Graph graph(List<Node> inputs, Node... outputs) {
        return Graph.of("g", false, inputs, List.of(outputs));
    }

    private static LayerCall masked(Node data, Node mask) {
        return Lstm.units(2).returnSequences().returnState().named("lstm")
                .call(new CallArguments<>(List.of(data), List.of(), mask));
    }

    private static Graph.Ref ref(int step, int output) {
        return new Graph.Ref(step, output);
    }

    /** Behind the outputs of the call that makes it; states and last steps have none. */
    @Test
    void aMaskGoesAsFarAsThereAreSteps() {
        LayerCall lstm = Lstm.units(2).returnSequences().returnState().call(CallArguments.of(List.of(vectors)));
        Node end = Dense.units(1).on(Lstm.units(2).on(Activation.of("tanh").on(lstm.output(0))));
        Graph.Ref made = ref(1, 1);
        assertEquals(Map.of(ref(1, 0), made, ref(2, 0), made, ref(3, 0), made),
                graph(List.of(words), end, lstm.output(1)).masks());
    }

    @Test
    void aMaskThatIsGivenIsCarriedOn() {
        Graph graph = graph(List.of(data, mask), masked(data, mask).output(0));
        assertEquals(Map.of(ref(2, 0), ref(1, 0)), graph.masks());
    }

    @Test
    void aMaskIsAnInputOfItsOwnKindAndSize() {
        String numbers = assertThrows(IllegalArgumentException.class,
                () -> graph(List.of(data), masked(data, Dense.units(1).named("d").on(data)).output(0))).getMessage();
        assertEquals(
                "LSTM 'lstm': its mask must say for each step whether it counts, got numbers of layer 'd'; give an "
                        + "Input.mask(time)",
                numbers);
        assertThrows(IllegalArgumentException.class, () -> graph(List.of(data, words), masked(data, words).output(0)));
        Input other = Input.mask(6).named("other");
        assertEquals(
                "LSTM 'lstm': its mask has shape (None, 6), its sequence (None, 5, 3); a mask is [batch, time] of the "
                        + "same sizes",
                assertThrows(ShapeException.class,
                        () -> graph(List.of(data, other), masked(data, other).output(0))).getMessage());
        Input open = Input.mask(Shape.UNKNOWN);
        assertEquals(1, graph(List.of(data, open), masked(data, open).output(0)).masks().size());
        Input rows = Input.shape(3).named("rows");
        String flat = assertThrows(ShapeException.class, () -> graph(List.of(rows, mask), Dense.units(2).named("d")
                .call(new CallArguments<>(List.of(rows), List.of(), mask)).output(0))).getMessage();
        assertTrue(flat.startsWith("Dense 'd': a mask leaves out steps of a sequence"), flat);
    }

    @Test
    void aLayerThatCannotLeaveStepsOutSaysSo() {
        String said = assertThrows(IllegalArgumentException.class,
                () -> graph(List.of(words), Refusing.masks().named("turn").on(vectors))).getMessage();
        assertTrue(said.startsWith("Refusing 'turn' cannot leave steps out, but its input has a mask"), said);
        assertEquals(Map.of(), graph(List.of(data), Refusing.masks().on(data)).masks());
    }

    /** Steps and features change places, or are laid out anew: Keras loses the mask too. */
    @Test
    void aMaskEndsWhereStepsDo() {
        for (Layer layer : List.of(Permute.dims(2, 1), Flatten.of(), Reshape.to(5, 3), Reshape.to(-1, 1))) {
            assertEquals(1, graph(List.of(words), layer.on(vectors)).masks().size(), layer + ": that of the vectors");
        }
        assertEquals(2, graph(List.of(words), Permute.dims(1, 2).on(vectors)).masks().size());
        assertEquals(2, graph(List.of(words), Identity.of().on(vectors)).masks().size());
    }

    /** Of merged values all have to have one; of those that are laid behind each other one is enough. */
    @Test
    void masksOfSeveralInputsBecomeOneAsInKeras() {
        for (MergeLayer<?> merge : List.of(Add.of(), Subtract.of(), Multiply.of(), Average.of(), Maximum.of(),
                Minimum.of())) {
            Graph both = graph(List.of(words), merge.on(vectors, vectors));
            assertEquals(ref(2, 1), both.masks().get(ref(2, 0)), merge.kind());
            assertEquals(1, graph(List.of(words, data), merge.on(vectors, data)).masks().size(), merge.kind());
        }
        for (int axis : new int[] {-1, 1, 2}) {
            Graph one = graph(List.of(words, data), Concatenate.axis(axis).on(data, vectors));
            assertEquals(ref(3, 1), one.masks().get(ref(3, 0)));
            assertEquals(1, graph(List.of(words, data), Concatenate.axis(axis).dropsMasks(true).on(data, vectors))
                    .masks().size());
            assertEquals(Map.of(), graph(List.of(data), Concatenate.axis(axis).on(data, data)).masks());
        }
        assertEquals(1, graph(List.of(words), Dot.axes(2).on(vectors, vectors)).masks().size());
        String said = assertThrows(IllegalArgumentException.class, () -> graph(List.of(data, mask), Add.of().named("a")
                .call(new CallArguments<>(List.of(data, data), List.of(), mask)).output(0))).getMessage();
        assertTrue(said.startsWith("Add 'a' makes its mask of those that its inputs carry"), said);
    }

    /** One masked input is enough; without any there is none. */
    @Test
    void severalMasksBecomeOne() {
        for (List<Node> read : List.of(List.<Node>of(vectors, data), List.<Node>of(data, vectors))) {
            Graph graph = graph(List.of(words, data), Averaging.all().call(CallArguments.of(read)).output(0));
            assertEquals(ref(3, 1), graph.masks().get(ref(3, 0)));
            assertEquals(2, graph.masks().size());
        }
        Graph none = graph(List.of(data), Averaging.all().call(CallArguments.of(List.of(data, data))).output(0));
        assertEquals(Map.of(), none.masks());
    }
}
