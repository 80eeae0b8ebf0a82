package dev.gatun.tests.battery;

import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.OutputMode;
import dev.gatun.tests.reference.RefEncoding;
import java.util.List;

/** What occurs in a sample, and each id by itself, also alone; counts, which may have weights, are in {@code CategoriesTest}. */
final class CategoryEncodingTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        CategoryEncoding each = CategoryEncoding.tokens(6).outputMode(OutputMode.ONE_HOT);
        return List.of(instance(CategoryEncoding.tokens(7)).takes(5).gives(7).notStepByStep(),
                instance(CategoryEncoding.tokens(40)).takes(3).gives(40).notStepByStep(),
                instance(each).takes(4).gives(4, 6),
                instance(each).takes().gives(6));
    }

    private static Instance instance(CategoryEncoding layer) {
        return Instance.of(layer, (graph, in) -> graph.add(
                new RefEncoding(layer.tokens(), id -> id, layer.outputMode().isOfSample()),
                List.of(in.getFirst()), "y/" + NAME)).ids(layer.tokens());
    }
}
