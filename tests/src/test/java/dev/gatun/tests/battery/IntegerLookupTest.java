package dev.gatun.tests.battery;

import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.OutputMode;
import dev.gatun.tests.reference.RefEncoding;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Lookups that make vectors; those that make whole numbers are in {@code CategoriesTest}. */
final class IntegerLookupTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        IntegerLookup known = IntegerLookup.of(4, 2, 9);
        return List.of(
                instance(known.outputMode(OutputMode.MULTI_HOT), place(1)).takes(5).gives(4).notStepByStep(),
                instance(known.outputMode(OutputMode.ONE_HOT).oovIndices(2), place(2)).takes(4).gives(4, 5),
                instance(known.outputMode(OutputMode.ONE_HOT).maskToken(0),
                        id -> id == 0 ? -1 : place(1).applyAsInt(id))
                        .takes().gives(4),
                instance(known.maxTokens(20).padToMaxTokens(false).outputMode(OutputMode.MULTI_HOT), place(1))
                        .takes(3).gives(4).notStepByStep());
    }

    private static IntUnaryOperator place(int unknowns) {
        return id -> switch (id) {
            case 4 -> unknowns;
            case 2 -> unknowns + 1;
            case 9 -> unknowns + 2;
            default -> id % unknowns;
        };
    }

    private static Instance instance(IntegerLookup layer, IntUnaryOperator place) {
        return Instance.of(layer, (graph, in) -> graph.add(
                new RefEncoding(layer.ids(), place, layer.outputMode().isOfSample()),
                List.of(in.getFirst()), "y/" + NAME)).ids(11);
    }
}
